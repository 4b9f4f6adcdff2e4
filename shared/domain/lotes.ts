/** What a package says of itself beside what it is: information, summed for the variance. Dates as `2026-12-31`. */
export interface DatosLote {
  readonly lote: string | null;
  readonly caduca: string | null;
  /** Week and year of a tire's making, as moulded on it: `2319` is week 23 of 2019. */
  readonly dot: string | null;
}

export const SIN_DATOS: DatosLote = { lote: null, caduca: null, dot: null };

/** GS1 prints at most 20 characters; hand-written lots get a little more room. */
export const LOTE_MAXIMO = 30;
// biome-ignore lint/suspicious/noControlCharactersInRegex: why: stripping control characters is the point
const CONTROLES = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2060\ufeff]/g;

/** A lot as a person typed it, without outer or double blanks; case and signs stay as printed. */
export function limpiaLote(texto: string): string {
  return texto.replace(CONTROLES, ' ').replace(/\s+/g, ' ').trim();
}

/** What the product asks for and nobody has said; a tire's DOT stands for its lot. */
export function datoQueFalta(
  producto: { readonly pideLote: boolean; readonly pideCaducidad: boolean },
  datos: DatosLote,
): 'lote' | 'caducidad' | null {
  if (producto.pideLote && datos.lote === null && datos.dot === null) return 'lote';
  return producto.pideCaducidad && datos.caduca === null ? 'caducidad' : null;
}

/**
 * What the next package says: its label's own, else what was said of the ones before it (`previos`), which holds until
 * another is said. A label's lot brings its own expiry; an expiry alone that differs is of another lot.
 */
export function datosQueSiguen(previos: DatosLote, etiqueta: DatosLote | null): DatosLote {
  if (etiqueta === null || (etiqueta.lote === null && etiqueta.caduca === null)) return previos;
  const { lote, caduca } = etiqueta;
  if (lote !== null) {
    return { lote, caduca: caduca ?? (previos.lote === lote ? previos.caduca : null), dot: null };
  }
  return previos.caduca === null || previos.caduca === caduca
    ? { ...previos, caduca }
    : { ...SIN_DATOS, caduca };
}

/** Tires carry a DOT instead of a lot: told by the names of their category and of those above it. */
export function llevaDot(categorias: string): boolean {
  const plegado = categorias
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
  return /\b(llantas?|neumaticos?)\b/.test(plegado) && !/\b(camaras?|reparacion)\b/.test(plegado);
}
