import type { Table } from 'dexie';
import { type CacheDb, type Lado, ladoDe } from './cache-db.ts';
import { huella32, type TablaBloque } from './catalogo-bloques.ts';

/**
 * From a code or an id to its block without reading the cards: 100,000 products have 1,564 of them, 3 MB, and the first
 * look-up after a cold start reads six pieces of this index instead.
 *
 * It lies among the cards, at numbers below 0, and covers the blocks below `hasta`; what came later is in their cards,
 * which are few and read besides. A covered block only ever loses rows (`quita`, `repasa`), so that what the index says too
 * much is found not to be there, and it never says too little. Emptying the side empties it.
 */

/** An id that several covered blocks have, by `huella`, and the number of the block whose row stands. */
export type Repetidos = { huellas: Float64Array; ns: Uint32Array };
export type Cabeza = {
  n: typeof CABEZA;
  hasta: number;
  /** Number of each covered block; a piece tells them by their place here. */
  ns: Uint32Array;
  repetidos: Record<TablaBloque, Repetidos>;
};
/** Of one table the texts with the same top bits: the next 16 bits of each above the place of its block, ascending. */
export type Tramo = { n: number; pares: Uint32Array };

export const CABEZA = -1;
export const TABLAS = ['productos', 'codigos_barras'] as const;
/** Pieces of one table: 8 kB each with 100,000 products. */
export const TRAMOS = 128;

export const tramosDe = (db: CacheDb, lado: Lado) =>
  ladoDe(db, lado).fichas as unknown as Table<Cabeza | Tramo, number>;
export const lugarDe = (tabla: TablaBloque, huella: number) =>
  CABEZA - 1 - TABLAS.indexOf(tabla) * TRAMOS - (huella >>> 25);
export const restoDe = (huella: number) => (huella >>> 9) & 0xffff;

/** The index as one look-up after the other reads it: a piece is read once. */
export class Indice {
  readonly hasta: number;
  readonly #ns: Uint32Array;
  readonly #repetidos: Record<TablaBloque, Map<number, number>>;
  readonly #tramos = new Map<number, Uint32Array>();

  private constructor({ hasta, ns, repetidos }: Cabeza) {
    this.hasta = hasta;
    this.#ns = ns;
    const mapa = ({ huellas, ns }: Repetidos) => new Map([...huellas].map((huella, i) => [huella, ns[i]!]));
    this.#repetidos = {
      productos: mapa(repetidos.productos),
      codigos_barras: mapa(repetidos.codigos_barras),
    };
  }

  /** null: the side has none. In a transaction over the catalogue, like `bloques`. */
  static async de(db: CacheDb, lado: Lado): Promise<Indice | null> {
    const cabeza = (await tramosDe(db, lado).get(CABEZA)) as Cabeza | undefined;
    return cabeza === undefined ? null : new Indice(cabeza);
  }

  /** The block whose row of this id stands among the covered ones that have it, where several do. */
  deRepetido(tabla: TablaBloque, huella: number): number | undefined {
    return this.#repetidos[tabla].get(huella);
  }

  /** Covered blocks that may hold each of these texts: codes of either table, ids of products. */
  async bloques(
    db: CacheDb,
    lado: Lado,
    tabla: TablaBloque,
    textos: readonly string[],
  ): Promise<Map<string, number[]>> {
    const buscados = textos.map((texto) => ({ texto, huella: huella32(texto) }));
    const faltan = new Set(buscados.map(({ huella }) => lugarDe(tabla, huella)));
    for (const n of this.#tramos.keys()) faltan.delete(n);
    if (faltan.size > 0) {
      const ns = [...faltan];
      const filas = (await tramosDe(db, lado).bulkGet(ns)) as (Tramo | undefined)[];
      for (const [i, n] of ns.entries()) this.#tramos.set(n, filas[i]?.pares ?? new Uint32Array());
    }
    const found = new Map<string, number[]>();
    for (const { texto, huella } of buscados) {
      const lugares = enPares(this.#tramos.get(lugarDe(tabla, huella))!, restoDe(huella));
      found.set(
        texto,
        lugares.map((place) => this.#ns[place]!),
      );
    }
    return found;
  }
}

function enPares(pares: Uint32Array, resto: number): number[] {
  let low = 0;
  let high = pares.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pares[middle]! >>> 16 < resto) low = middle + 1;
    else high = middle;
  }
  const places: number[] = [];
  for (let at = low; at < pares.length && pares[at]! >>> 16 === resto; at += 1)
    places.push(pares[at]! & 0xffff);
  return places;
}
