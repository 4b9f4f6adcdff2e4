/** What a reader of any format delivers for one cell, before anything is believed of it. */
export type Celda =
  | null
  | string
  | number
  | boolean
  /** Days since 1899-12-30, as in Excel's 1900 system; a book of the 1904 system is converted before. Fraction: time. */
  | { readonly k: 'fecha'; readonly serie: number }
  /** Shown as a percentage: 0.16 is «16 %». */
  | { readonly k: 'porciento'; readonly n: number }
  /** A whole number shown with zeros in front up to `ancho` digits: a code, in truth. */
  | { readonly k: 'ceros'; readonly n: number; readonly ancho: number }
  /** «#N/A» and its kin; `#SIN_VALOR`: a formula whose result is not in the file. */
  | { readonly k: 'error'; readonly texto: string };

export interface FilaHoja {
  /** As the spreadsheet numbers it, from 1. */
  readonly fila: number;
  readonly celdas: readonly Celda[];
  readonly oculta: boolean;
}

/** Cells joined into one, all from 0, ends included. */
export interface Union {
  readonly fila: number;
  readonly columna: number;
  readonly filaFin: number;
  readonly columnaFin: number;
}

export const SIN_VALOR = '#SIN_VALOR';
const BLANCOS = /[\s\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]+/g;

/** `A` for 0, `AA` for 26. */
export function letraColumna(indice: number): string {
  let letra = '';
  for (let n = indice; n >= 0; n = Math.floor(n / 26) - 1) letra = String.fromCharCode(65 + (n % 26)) + letra;
  return letra;
}

/** Without outer blanks, with one plain blank where there were several of any kind. */
export function limpiaTexto(texto: string): string {
  return texto.replace(BLANCOS, ' ').trim();
}

/** Decimal text of a double as a spreadsheet shows it: 15 digits, never an exponent. */
export function textoNumero(n: number): string {
  if (Number.isInteger(n) && Math.abs(n) < 1e15) return String(n === 0 ? 0 : n);
  const [mantisa = '0', exponente = '0'] = n.toExponential(14).split('e');
  const signo = mantisa.startsWith('-') ? '-' : '';
  const digitos = mantisa.replace(/[-.]/g, '');
  const punto = 1 + Number(exponente);
  const relleno =
    punto <= 0
      ? `0.${'0'.repeat(-punto)}${digitos}`
      : punto >= digitos.length
        ? digitos + '0'.repeat(punto - digitos.length)
        : `${digitos.slice(0, punto)}.${digitos.slice(punto)}`;
  const corto = relleno.includes('.') ? relleno.replace(/\.?0+$/, '') : relleno;
  return corto === '0' ? '0' : signo + corto;
}

function dos(n: number): string {
  return String(n).padStart(2, '0');
}

/** Civil date of a serial, and the seconds into its day. Null outside the years 1900 to 9999. */
export function deSerie(serie: number): { fecha: string; segundos: number } | null {
  if (!(serie >= 0 && serie < 2_958_466)) return null;
  let dias = Math.floor(serie);
  let segundos = Math.round((serie - dias) * 86_400);
  if (segundos === 86_400) {
    dias += 1;
    segundos = 0;
  }
  // Excel believes that 1900 was a leap year: before 1 March 1900 its serials are one day short.
  const dia = new Date((dias - 25_569 + (dias < 60 ? 1 : 0)) * 86_400_000);
  const fecha = `${String(dia.getUTCFullYear()).padStart(4, '0')}-${dos(dia.getUTCMonth() + 1)}-${dos(dia.getUTCDate())}`;
  return { fecha, segundos };
}

/** `HH:MM:SS` of the seconds into a day. */
export function textoHora(segundos: number): string {
  return `${dos(Math.floor(segundos / 3600))}:${dos(Math.floor(segundos / 60) % 60)}:${dos(segundos % 60)}`;
}

/** What a person sees in the cell, near enough to find it. */
export function textoCelda(celda: Celda | undefined): string {
  if (celda === null || celda === undefined) return '';
  if (typeof celda === 'string') return celda;
  if (typeof celda === 'number') return textoNumero(celda);
  if (typeof celda === 'boolean') return celda ? 'VERDADERO' : 'FALSO';
  if (celda.k === 'error') return celda.texto;
  if (celda.k === 'porciento') return `${textoNumero(celda.n * 100)} %`;
  if (celda.k === 'ceros') return textoNumero(celda.n).padStart(celda.ancho, '0');
  const dia = deSerie(celda.serie);
  if (dia === null) return textoNumero(celda.serie);
  if (celda.serie < 1) return textoHora(dia.segundos);
  return dia.segundos === 0 ? dia.fecha : `${dia.fecha} ${textoHora(dia.segundos)}`;
}

/** True for nothing, blanks of any kind, and lines drawn with signs. */
export function esVacia(celda: Celda | undefined): boolean {
  if (celda === null || celda === undefined) return true;
  return typeof celda === 'string' && (celda === '' || /^[\s\u00a0\u200b\ufeff\-_=*.]*$/.test(celda));
}
