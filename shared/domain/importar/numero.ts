import { type Celda, limpiaTexto, textoNumero } from './celda.ts';

/** What parts a whole from its fraction. */
export type Decimal = '.' | ',';

/**
 * A number as it can be understood with each decimal sign, canonical decimal text; null where it can't. Equal or alone: certain.
 * «1,234» is 1234 or 1.234: only the rest of the file, or a person, can say.
 */
export interface Lectura {
  readonly punto: string | null;
  readonly coma: string | null;
  readonly porciento: boolean;
  /** More was taken off than a currency: a unit, brackets or a late sign for a negative, odd thousands. */
  readonly limpiado: boolean;
}

const MONEDA = /^(?:mxn?\$?|m\.?n\.?|\$|pesos)\s*|\s*(?:mxn|m\.?\s?n\.?|pesos|\$)$/gi;
const UNIDAD = /\s*(?:pzas?|pzs?|pieza|piezas|unidad|unidades|uds?|kgs?|lts?|mts?|m|l|h87)\.?$/i;
const MILES_RAROS = /^\d{1,3}(?:[ '’´]\d{3})+(?:[.,]\d+)?$/;
const CON_PUNTO = /^(?:(\d+)|([1-9]\d{0,2}(?:,\d{3})+))?(?:\.(\d*))?$/;
const CON_COMA = /^(?:(\d+)|([1-9]\d{0,2}(?:\.\d{3})+))?(?:,(\d*))?$/;
const DIGITOS_MAXIMO = 40;

function canonico(entero: string, fraccion: string, negativo: boolean): string {
  const e = entero.replace(/^0+(?=\d)/, '') || '0';
  const f = fraccion.replace(/0+$/, '');
  const valor = f === '' ? e : `${e}.${f}`;
  return negativo && valor !== '0' ? `-${valor}` : valor;
}

function segun(forma: RegExp, cuerpo: string, negativo: boolean): string | null {
  const partes = forma.exec(cuerpo);
  if (partes === null) return null;
  return canonico((partes[1] ?? partes[2] ?? '').replace(/[.,]/g, ''), partes[3] ?? '', negativo);
}

/** Reads what a person or a program wrote as a number. Null: it is none. */
export function leeNumero(crudo: string): Lectura | null {
  const texto = limpiaTexto(crudo);
  let cuerpo = texto;
  let negativo = false;
  const parentesis = /^(\$?\s*)\(([^()]*)\)$/.exec(cuerpo);
  if (parentesis !== null) {
    negativo = true;
    cuerpo = parentesis[2]!.trim();
  }
  const porciento = cuerpo.endsWith('%');
  if (porciento) cuerpo = cuerpo.slice(0, -1).trim();
  const signo = (): boolean => {
    const sin = cuerpo.replace(/^[-−–]\s*|\s*[-−–]$/, '');
    if (sin === cuerpo || negativo) return false;
    cuerpo = sin;
    negativo = true;
    return true;
  };
  const conSigno = signo();
  cuerpo = cuerpo.replace(MONEDA, '').trim();
  // «$ -12» has its sign behind the currency.
  if (!conSigno) signo();
  if (cuerpo.startsWith('+')) cuerpo = cuerpo.slice(1).trim();
  const sinUnidad = cuerpo.replace(UNIDAD, '');
  const raros = MILES_RAROS.test(sinUnidad);
  const limpiado =
    parentesis !== null || raros || sinUnidad !== cuerpo || (negativo && !/^[$\s]*[-−–]/.test(texto));
  cuerpo = raros ? sinUnidad.replace(/[ '’´]/g, '') : sinUnidad;
  if (!/\d/.test(cuerpo) || cuerpo.length > DIGITOS_MAXIMO || /[^\d.,]/.test(cuerpo)) return null;
  const punto = segun(CON_PUNTO, cuerpo, negativo);
  const coma = segun(CON_COMA, cuerpo, negativo);
  if (punto === null && coma === null) return null;
  return { punto, coma, porciento, limpiado };
}

/** The decimal sign that a text proves; null when it reads the same with both, or either may be meant. */
export function pruebaDecimal(lectura: Lectura | null): Decimal | null {
  if (lectura === null || lectura.punto === lectura.coma) return null;
  if (lectura.coma === null) return '.';
  return lectura.punto === null ? ',' : null;
}

/** Both readings are possible and differ. */
export function esDudoso(lectura: Lectura | null): boolean {
  return (
    lectura !== null && lectura.punto !== null && lectura.coma !== null && lectura.punto !== lectura.coma
  );
}

export interface Numero {
  readonly valor: string;
  readonly porciento: boolean;
  readonly limpiado: boolean;
  /** It was read with the file's decimal sign, and the other would have given something else. */
  readonly dudoso: boolean;
}

/**
 * Decimal text of a cell. `decimal` only decides what can be read both ways; what reads one way only is read so, whatever the
 * file's sign. Null: no number (`''` and blanks too).
 */
export function numeroDe(celda: Celda | undefined, decimal: Decimal): Numero | null {
  if (typeof celda === 'number') {
    return { valor: textoNumero(celda), porciento: false, limpiado: false, dudoso: false };
  }
  if (celda === null || celda === undefined || typeof celda === 'boolean') return null;
  if (typeof celda === 'string') {
    const lectura = leeNumero(celda);
    if (lectura === null) return null;
    const valor = decimal === '.' ? (lectura.punto ?? lectura.coma!) : (lectura.coma ?? lectura.punto!);
    return { valor, porciento: lectura.porciento, limpiado: lectura.limpiado, dudoso: esDudoso(lectura) };
  }
  if (celda.k === 'porciento') {
    return { valor: textoNumero(celda.n * 100), porciento: true, limpiado: false, dudoso: false };
  }
  return celda.k === 'ceros'
    ? { valor: textoNumero(celda.n), porciento: false, limpiado: false, dudoso: false }
    : null;
}
