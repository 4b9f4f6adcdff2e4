import { GS } from '../codigos.ts';
import { type Identificador, identificadorDe, LARGO_POR_PREFIJO } from './tabla.ts';
import { type CodigoValor, juzgaValor, largos } from './valor.ts';

export type CodigoGs1 = CodigoValor | 'GS1_NO_ES' | 'GS1_SIN_SEPARADOR' | 'GS1_IA_DESCONOCIDO';

/** One AI with its value, both as printed. */
export interface Elemento {
  readonly ident: Identificador;
  readonly valor: string;
}

/** What was read before the first fault is kept: a GTIN in front of a doubtful lot is still sure. */
export interface Lectura {
  readonly elementos: Elemento[];
  readonly fallo: CodigoGs1 | null;
  /** The AI at which it stopped, for the sentence. */
  readonly ai: string | null;
}

/** AIs of one length, so that the next one's beginning is known without a separator. */
function esFijo(ident: Identificador): boolean {
  const { min, max } = largos(ident);
  return min === max;
}

/**
 * Could the end of this value be further elements whose separator was lost? Only what is really printed after a
 * lot or a serial counts: a GTIN or SSCC whose check digit holds, a date, a measure, the lot or the serial that the
 * label did not give yet, and the pieces that AI 02 always comes with.
 */
function escondeOtro(valor: string, vistos: ReadonlySet<string>, anio: number): boolean {
  for (let corte = 1; corte < valor.length - 2; corte += 1) {
    if (cabeEntero(valor.slice(corte), vistos, anio)) return true;
  }
  return false;
}

function cabeEntero(texto: string, vistos: ReadonlySet<string>, anio: number): boolean {
  const ident = identificadorDe(texto);
  if (ident === undefined || vistos.has(ident.ai)) return false;
  const { ai } = ident;
  const acompana =
    /^(?:0[012]|1[1-7]|3[1-6]\d\d)$/.test(ai) ||
    ai === '10' ||
    ai === '21' ||
    (ai === '37' && vistos.has('02'));
  if (!acompana) return false;
  const resto = texto.slice(ai.length);
  if (!esFijo(ident)) return juzgaValor(ident, resto, anio) === null;
  const { max } = largos(ident);
  if (juzgaValor(ident, resto.slice(0, max), anio) !== null) return false;
  const cola = resto.slice(max);
  return cola === '' || cabeEntero(cola, new Set([...vistos, ai]), anio);
}

/** Elements of a text as a symbol carries it, FNC1 as GS. `separa`: the reader is known to keep the separators. */
export function lectura(texto: string, opts: { anio: number; separa: boolean }): Lectura {
  const elementos: Elemento[] = [];
  const vistos = new Set<string>();
  const separa = opts.separa || texto.slice(1).includes(GS);
  const para = (fallo: CodigoGs1, ai: string | null): Lectura => ({ elementos, fallo, ai });
  let resto = texto;
  while (resto !== '') {
    if (resto.startsWith(GS)) {
      resto = resto.slice(1);
      continue;
    }
    const ident = identificadorDe(resto);
    if (ident === undefined) {
      const largo = LARGO_POR_PREFIJO.get(resto.slice(0, 2));
      // An AI that GS1 may add later still has a known length, but nobody here knows what it says.
      return para(
        elementos.length === 0 && largo === undefined ? 'GS1_NO_ES' : 'GS1_IA_DESCONOCIDO',
        resto.slice(0, 4),
      );
    }
    const cuerpo = resto.slice(ident.ai.length);
    const fin = cuerpo.indexOf(GS);
    const hasta = fin === -1 ? cuerpo.length : fin;
    const { max } = largos(ident);
    const fijo = esFijo(ident);
    const valor = cuerpo.slice(0, fijo ? Math.min(max, hasta) : hasta);
    if (!fijo && valor.length > max) return para('GS1_SIN_SEPARADOR', ident.ai);
    const malo = juzgaValor(ident, valor, opts.anio);
    if (
      malo === 'GS1_FORMATO_MALO' &&
      !fijo &&
      !separa &&
      ident.partes[0]?.clase === 'N' &&
      /^\d/.test(valor)
    ) {
      return para('GS1_SIN_SEPARADOR', ident.ai);
    }
    if (malo !== null) return para(malo, ident.ai);
    if (vistos.has(ident.ai) && !elementos.some((e) => e.ident === ident && e.valor === valor)) {
      return para('GS1_FORMATO_MALO', ident.ai);
    }
    vistos.add(ident.ai);
    if (!fijo && !separa && escondeOtro(valor, vistos, opts.anio)) return para('GS1_SIN_SEPARADOR', ident.ai);
    elementos.push({ ident, valor });
    resto = cuerpo.slice(valor.length);
  }
  return { elementos, fallo: elementos.length === 0 ? 'GS1_NO_ES' : null, ai: null };
}

/** The printed form `(01)07501031311309(10)A1` as the symbol would carry it; null when it is not that form. */
export function sinParentesis(texto: string): string | null {
  if (!/^\(\d{2,4}\)/.test(texto)) return null;
  const marcas = [...texto.matchAll(/\((\d{2,4})\)/g)].filter(({ 1: ai }) => identificadorDe(ai!)?.ai === ai);
  if (marcas[0]?.index !== 0) return null;
  return marcas
    .map((marca, i) => {
      const desde = marca.index + marca[0].length;
      return marca[1] + texto.slice(desde, marcas[i + 1]?.index ?? texto.length).replace(/\s/g, '') + GS;
    })
    .join('');
}
