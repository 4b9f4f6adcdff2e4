import { esGtin, GS, limpiaCodigo } from './codigos.ts';

/** Symbologies that labels are printed in. */
export type Simbolo = 'ean13' | 'ean8' | 'upca' | 'itf14' | 'code128' | 'qr';

const DE_GTIN: Readonly<Record<number, Simbolo>> = { 8: 'ean8', 12: 'upca', 13: 'ean13', 14: 'itf14' };
/** What Code 128 prints without shifting tricks that some readers lose: plain ASCII. */
const ASCII = /^[\x20-\x7e]+$/;
/** Longer than this a row of bars is too wide to be read on a label at all. */
const CODE128_MAXIMO = 40;
const SOLO_CEROS = /^0+$/;

/**
 * The symbology of a code, so that reading the label gives that very code: a GTIN whose check digit holds in the one of its
 * length, else Code 128, and what Code 128 can't hold (accents, ñ, GS, more than 40 signs) as QR. null for no code.
 */
export function simboloDe(raw: string): Simbolo | null {
  const codigo = limpiaCodigo(raw);
  if (codigo === '') return null;
  if (esGtin(codigo) && !SOLO_CEROS.test(codigo)) return DE_GTIN[codigo.length]!;
  return ASCII.test(codigo) && codigo.length <= CODE128_MAXIMO && !codigo.includes(GS) ? 'code128' : 'qr';
}

/** Blank space that readers need on each side of the bars, modules. */
export const MARGEN_MODULOS: Readonly<Record<Exclude<Simbolo, 'qr'>, number>> = {
  ean13: 11,
  ean8: 7,
  upca: 9,
  itf14: 10,
  code128: 10,
};

/** Points (1/72 in) of a millimetre: PDFs are measured in points. */
export const PUNTOS_MM = 72 / 25.4;

export interface FormatoEtiqueta {
  /** As the box of labels says it. */
  readonly nombre: string;
  /** Size of a page and of a label, and where the first one starts, in points. */
  readonly pagina: { readonly ancho: number; readonly alto: number };
  readonly ancho: number;
  readonly alto: number;
  readonly izquierda: number;
  readonly arriba: number;
  /** From one label to the next, across and down. */
  readonly pasoX: number;
  readonly pasoY: number;
  readonly columnas: number;
  readonly filas: number;
  /** The printer's dot: bars are whole dots wide, so that none is rounded away. */
  readonly punto: number;
  /** Narrowest bar that prints and reads reliably, in dots. */
  readonly minimo: number;
}

const PULGADA = 72;
const LASER = { punto: PULGADA / 600, minimo: 5 };
const TERMICA = { punto: PULGADA / 203, minimo: 2 };
const CARTA = { ancho: 8.5 * PULGADA, alto: 11 * PULGADA };

function rollo(ancho: number, alto: number): FormatoEtiqueta {
  const lado = { ancho: ancho * PUNTOS_MM, alto: alto * PUNTOS_MM };
  return {
    nombre: `Rollo térmico ${ancho} × ${alto} mm`,
    pagina: lado,
    ...lado,
    izquierda: 0,
    arriba: 0,
    pasoX: 0,
    pasoY: 0,
    columnas: 1,
    filas: 1,
    ...TERMICA,
  };
}

export const FORMATOS_ETIQUETA = {
  'carta-30': {
    nombre: 'Carta, 30 por hoja (3 × 10, 67 × 25 mm, como Avery 5160)',
    pagina: CARTA,
    ancho: 2.625 * PULGADA,
    alto: PULGADA,
    izquierda: 0.1875 * PULGADA,
    arriba: 0.5 * PULGADA,
    pasoX: 2.75 * PULGADA,
    pasoY: PULGADA,
    columnas: 3,
    filas: 10,
    ...LASER,
  },
  'carta-14': {
    nombre: 'Carta, 14 por hoja (2 × 7, 102 × 34 mm, como Avery 5162)',
    pagina: CARTA,
    ancho: 4 * PULGADA,
    alto: (4 / 3) * PULGADA,
    izquierda: 0.15625 * PULGADA,
    arriba: (5 / 6) * PULGADA,
    pasoX: 4.1875 * PULGADA,
    pasoY: (4 / 3) * PULGADA,
    columnas: 2,
    filas: 7,
    ...LASER,
  },
  'rollo-50x25': rollo(50, 25),
  'rollo-100x50': rollo(100, 50),
} as const satisfies Record<string, FormatoEtiqueta>;

export type ClaveFormato = keyof typeof FORMATOS_ETIQUETA;
export const CLAVES_FORMATO = Object.keys(FORMATOS_ETIQUETA) as ClaveFormato[];
/** Labels of one request; a larger run is asked for in parts. */
export const ETIQUETAS_MAXIMO = 5_000;

export function porPagina({ columnas, filas }: FormatoEtiqueta): number {
  return columnas * filas;
}

/** Pages of `cuantas` labels when the first free one of the first page is `desde` (from 1, row by row). */
export function paginasDe(formato: FormatoEtiqueta, cuantas: number, desde = 1): number {
  return cuantas === 0 ? 0 : Math.ceil((cuantas + desde - 1) / porPagina(formato));
}

/** Page (from 0) and upper left corner, points, of the n-th label (from 0). */
export function lugarEtiqueta(
  formato: FormatoEtiqueta,
  n: number,
  desde = 1,
): { pagina: number; x: number; y: number } {
  const cabe = porPagina(formato);
  const lugar = n + desde - 1;
  const enPagina = lugar % cabe;
  return {
    pagina: Math.floor(lugar / cabe),
    x: formato.izquierda + (enPagina % formato.columnas) * formato.pasoX,
    y: formato.arriba + Math.floor(enPagina / formato.columnas) * formato.pasoY,
  };
}

/** Bars wider than this only take room, mm. */
const MODULO_MAXIMO_MM = 0.5;

/**
 * Width of the narrowest bar, points: the widest number of whole dots with which `modulos` (quiet zones included) fit in
 * `ancho` points; null when not even the narrowest reliable one fits.
 */
export function moduloQueCabe(formato: FormatoEtiqueta, modulos: number, ancho: number): number | null {
  const tope = Math.floor((MODULO_MAXIMO_MM * PUNTOS_MM) / formato.punto);
  const caben = Math.floor(ancho / (modulos * formato.punto) + 1e-9);
  const puntos = Math.min(tope, caben);
  return puntos < formato.minimo ? null : puntos * formato.punto;
}

/** Text in at most two lines of `largo(line) ≤ ancho`: the first broken at a blank where there is one, the second cut with "…". */
export function enDosLineas(texto: string, ancho: number, largo: (linea: string) => number): string[] {
  const limpio = texto.trim().replace(/\s+/g, ' ');
  if (limpio === '') return [];
  if (largo(limpio) <= ancho) return [limpio];
  const signos = [...limpio];
  let caben = 1;
  while (caben < signos.length && largo(signos.slice(0, caben + 1).join('')) <= ancho) caben += 1;
  const blanco = signos.lastIndexOf(' ', caben);
  const hasta = blanco > 0 ? blanco : caben;
  const resto = signos.slice(hasta).join('').trim();
  return [signos.slice(0, hasta).join(''), corta(resto, ancho, largo)];
}

function corta(texto: string, ancho: number, largo: (linea: string) => number): string {
  if (largo(texto) <= ancho) return texto;
  const signos = [...texto];
  while (signos.length > 0 && largo(`${signos.join('')}…`) > ancho) signos.pop();
  return `${signos.join('').trimEnd()}…`;
}
