import { parseDecimal } from '../decimal.ts';

/** What a field of the catalogue holds on the wire and in a form: decimals, ids and JSON as text. */
export type Valor = string | boolean | null;

export type TipoCampo =
  | 'texto'
  | 'area'
  | 'dinero'
  | 'costo'
  | 'cantidad'
  | 'entero'
  | 'opcion'
  | 'si_no'
  | 'id'
  | 'json';

/** One field of an entity: where it is kept, how a person calls it, and what it may hold. */
export interface Campo {
  /** Name on the wire. */
  readonly campo: string;
  /** Column of the table. */
  readonly columna: string;
  /** As a sentence and a label name it, with its article's gender left to the sentence. */
  readonly nombre: string;
  readonly tipo: TipoCampo;
  /** Most letters of a text; most of an `entero`. */
  readonly maximo?: number;
  readonly requerido?: boolean;
  readonly opciones?: readonly { readonly value: string; readonly label: string }[];
  /** May be set on many rows at once. */
  readonly enBloque?: boolean;
  /** More rules for what passed those of its type: the sentence of what is wrong, or null. */
  readonly revisa?: (texto: string) => string | null;
}

export type Validado = { ok: true; valor: Valor } | { ok: false; frase: string };

const ESCALA = { dinero: 2, costo: 6, cantidad: 5 } as const;
const ENTEROS = { dinero: 12, costo: 12, cantidad: 13 } as const;
// biome-ignore lint/suspicious/noControlCharactersInRegex: why: what a text column refuses or a screen cannot show
const CONTROLES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Checks one value and brings it to the form in which it is kept and compared; the sentence says what to do. */
export function validaCampo(campo: Campo, valor: Valor): Validado {
  if (campo.tipo === 'si_no') {
    return typeof valor === 'boolean' ? { ok: true, valor } : mal(campo, 'debe ser sí o no');
  }
  if (typeof valor === 'boolean') return mal(campo, 'no es un texto');
  const texto = (valor ?? '').normalize('NFC').trim();
  if (texto === '') {
    return campo.requerido ? mal(campo, 'no puede quedar vacío') : { ok: true, valor: null };
  }
  if (CONTROLES.test(texto)) return mal(campo, 'tiene un carácter que no se puede guardar');
  const propio = campo.revisa?.(texto) ?? null;
  if (propio !== null) return mal(campo, propio);
  switch (campo.tipo) {
    case 'texto':
    case 'area':
      return texto.length > (campo.maximo ?? 255)
        ? mal(campo, `pasa de ${campo.maximo ?? 255} letras`)
        : { ok: true, valor: texto };
    case 'opcion':
      return campo.opciones?.some((o) => o.value === texto)
        ? { ok: true, valor: texto }
        : mal(campo, `no puede ser «${texto.slice(0, 30)}»`);
    case 'entero':
      return /^\d{1,6}$/.test(texto) && Number(texto) <= (campo.maximo ?? 999_999)
        ? { ok: true, valor: String(Number(texto)) }
        : mal(campo, `debe ser un número de 0 a ${campo.maximo ?? 999_999}`);
    case 'dinero':
    case 'costo':
    case 'cantidad':
      return decimal(campo, campo.tipo, texto);
    default:
      return { ok: true, valor: texto };
  }
}

function decimal(campo: Campo, tipo: 'dinero' | 'costo' | 'cantidad', texto: string): Validado {
  const limpio = texto.replace(/^\$\s*/, '').replace(/(\d),(?=\d{3}(\D|$))/g, '$1');
  if (limpio.startsWith('-')) return mal(campo, 'no puede ser negativo');
  const leido = parseDecimal(limpio, ESCALA[tipo]);
  if (!leido.ok || !new RegExp(`^\\d{1,${ENTEROS[tipo]}}(\\.\\d+)?$`).test(limpio)) {
    return mal(campo, `«${texto.slice(0, 20)}» no es un número; escríbelo como 1234.50`);
  }
  return { ok: true, valor: decimalCorto(limpio) };
}

/** `12.50` and `012.5` are `12.5`: the form in which two decimals are compared. */
export function decimalCorto(texto: string): string {
  const [entero = '0', fraccion = ''] = texto.split('.');
  const cola = fraccion.replace(/0+$/, '');
  const cabeza = entero.replace(/^0+(?=\d)/, '');
  return cola === '' ? cabeza : `${cabeza}.${cola}`;
}

/** Equal for a person: null is empty, and decimals are compared as numbers. */
export function mismoValor(campo: Campo, a: Valor, b: Valor): boolean {
  return forma(campo, a) === forma(campo, b);
}

function forma(campo: Campo, valor: Valor): Valor {
  if (valor === null || valor === '') return null;
  if (typeof valor === 'boolean') return valor;
  const decimales = campo.tipo === 'dinero' || campo.tipo === 'costo' || campo.tipo === 'cantidad';
  return decimales ? decimalCorto(valor) : valor;
}

function mal(campo: Campo, que: string): Validado {
  return { ok: false, frase: `${campo.nombre} ${que}` };
}
