import type { FilaCodigoBarras, FilaProducto } from '#shared/contracts/filas.ts';

/**
 * The catalogue lies in IndexedDB in blocks of rows and not row by row: one record with its index entries costs a phone
 * about 0.2 ms of CPU to write, so 100,000 products and their codes took 40 s of CPU; in blocks they take 2 s.
 *
 * A block is text: a first line with the names of the fields, then a line a row, `["0198…","PH-2840",…]`, id first. A
 * row is found by the text of its id or code and only that line is parsed. Blocks are only appended: of two rows with
 * one id the later block's stands. A card (`Ficha`) a block tells which ids and codes it may hold.
 */

export type TablaBloque = 'productos' | 'codigos_barras';
export type FilaDe<T extends TablaBloque> = T extends 'productos' ? FilaProducto : FilaCodigoBarras;
type Cruda = Record<string, unknown>;

export type Bloque = { n: number; filas: string };
export type Ficha = {
  n: number;
  tabla: TablaBloque;
  /** `huella` of each row's id, in the order of the lines. */
  ids: Float64Array;
  /** `huella32` of each text that a row is looked up by, ascending. */
  claves: Uint32Array;
};

/** Rows per block: about 35 kB of products, below the 64 kB from which Chromium keeps a value in a file of its own. */
export const FILAS_POR_BLOQUE = 128;

/** Fields by which rows are looked up, besides the id. */
const BUSCADOS: Record<TablaBloque, readonly string[]> = {
  productos: ['codigo', 'upc', 'sku'],
  codigos_barras: ['codigo', 'claveGtin', 'productoId'],
};

/** 53 bits of a text. Two of 100,000 random ids share one with a chance of 5 in 10 million. */
export function huella(text: string): number {
  let low = 0x811c9dc5;
  let high = 0x2545f491;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ (unit + (high >>> 15)), 0x5851f42d);
  }
  low = Math.imul(low ^ (low >>> 16), 0x45d9f3b);
  high = Math.imul(high ^ (high >>> 13), 0x3c6ef372 | 1);
  return ((high ^ (high >>> 16)) >>> 11) * 0x1_0000_0000 + ((low ^ (low >>> 15)) >>> 0);
}

/** 32 bits of a text: enough to choose blocks, since the text itself is compared afterwards. */
export function huella32(text: string): number {
  return huella(text) >>> 0;
}

/** Rows as blocks numbered from `n`, each with its card. A block's rows all have the same fields. */
export function empaca(
  tabla: TablaBloque,
  filas: readonly Cruda[],
  n: number,
): { bloques: Bloque[]; fichas: Ficha[] } {
  const bloques: Bloque[] = [];
  const fichas: Ficha[] = [];
  for (let from = 0; from < filas.length; ) {
    const campos = camposDe(filas[from]!);
    let to = from + 1;
    while (to < filas.length && to - from < FILAS_POR_BLOQUE && tiene(filas[to]!, campos)) to += 1;
    const parte = filas.slice(from, to);
    const lineas = [JSON.stringify(campos)];
    for (const fila of parte) lineas.push(JSON.stringify(campos.map((campo) => fila[campo])));
    bloques.push({ n: n + bloques.length, filas: lineas.join('\n') });
    fichas.push({ n: n + fichas.length, tabla, ids: idsDe(parte), claves: clavesDe(tabla, parte) });
    from = to;
  }
  return { bloques, fichas };
}

function camposDe(fila: Cruda): string[] {
  return ['id', ...Object.keys(fila).filter((campo) => campo !== 'id')];
}

function tiene(fila: Cruda, campos: readonly string[]): boolean {
  return Object.keys(fila).length === campos.length && campos.every((campo) => Object.hasOwn(fila, campo));
}

function idsDe(filas: readonly Cruda[]): Float64Array {
  return Float64Array.from(filas, (fila) => huella(String(fila.id)));
}

function clavesDe(tabla: TablaBloque, filas: readonly Cruda[]): Uint32Array {
  const claves = new Set<number>();
  for (const fila of filas) {
    for (const campo of BUSCADOS[tabla]) {
      const text = fila[campo];
      if (typeof text === 'string' && text !== '') claves.add(huella32(text));
    }
  }
  return Uint32Array.from(claves).sort();
}

/** All rows of a block. */
export function desempaca<T extends TablaBloque>(filas: string): FilaDe<T>[] {
  const [campos, ...lineas] = JSON.parse(`[${filas.replaceAll('\n', ',')}]`) as [string[], ...unknown[][]];
  return lineas.map((valores) => arma(campos, valores)) as FilaDe<T>[];
}

function arma(campos: readonly string[], valores: readonly unknown[]): Cruda {
  const fila: Cruda = {};
  for (let i = 0; i < campos.length; i += 1) fila[campos[i]!] = valores[i];
  return fila;
}

/** The row with that id, or null. */
export function filaConId<T extends TablaBloque>(filas: string, id: string): FilaDe<T> | null {
  const at = filas.indexOf(`\n[${JSON.stringify(id)}`);
  return at === -1 ? null : (filaEn(filas, at) as FilaDe<T>);
}

/** Rows that hold one of these texts as the whole of a field, whichever. */
export function filasConTexto<T extends TablaBloque>(filas: string, textos: Iterable<string>): FilaDe<T>[] {
  const starts = new Set<number>();
  for (const texto of textos) {
    const quoted = JSON.stringify(texto);
    for (let at = filas.indexOf(quoted); at !== -1; at = filas.indexOf(quoted, at + 1)) {
      const start = filas.lastIndexOf('\n', at);
      if (start !== -1) starts.add(start);
    }
  }
  return [...starts].sort((a, b) => a - b).map((start) => filaEn(filas, start) as FilaDe<T>);
}

/** `start`: place of the line break before the row. */
function filaEn(filas: string, start: number): Cruda {
  const end = filas.indexOf('\n', start + 1);
  const campos = JSON.parse(filas.slice(0, filas.indexOf('\n'))) as string[];
  return arma(campos, JSON.parse(filas.slice(start + 1, end === -1 ? undefined : end)) as unknown[]);
}
