import type { CacheDb, Lado } from './cache-db.ts';
import type { Directorio } from './catalogo.ts';
import type { TablaBloque } from './catalogo-bloques.ts';
import {
  CABEZA,
  type Cabeza,
  lugarDe,
  type Repetidos,
  restoDe,
  TABLAS,
  TRAMOS,
  type Tramo,
  tramosDe,
} from './catalogo-indice.ts';

/** Writes the index of catalogo-indice.ts, for a catalogue that has come down: no part of the first JavaScript. */

/** A place must fit into 16 bits: eight million rows. */
const BLOQUES_MAX = 65_536;

/**
 * Writes the index over all blocks anew and returns up to which number it goes; null: more than they need is one for
 * eight million rows. In a transaction that writes.
 */
export async function indexa(db: CacheDb, lado: Lado, directorio: Directorio): Promise<number | null> {
  const { fichas, siguiente } = directorio;
  if (fichas.size > BLOQUES_MAX) return null;
  const filas: (Cabeza | Tramo)[] = [];
  const repetidos = { productos: new Map<number, number>(), codigos_barras: new Map<number, number>() };
  const ns = Uint32Array.from(fichas.keys());
  for (const tabla of TABLAS) {
    const suyos = [...ns.entries()].filter(([, n]) => fichas.get(n)!.tabla === tabla);
    for (const [n, pares] of tramos(
      tabla,
      suyos.map(([place, n]) => ({ place, ...fichas.get(n)! })),
    )) {
      filas.push({ n, pares });
    }
    for (const [, n] of suyos) {
      const { ids } = fichas.get(n)!;
      if (directorio.vivas.get(n) === ids.length) continue;
      for (const id of ids) {
        const vive = directorio.dondeHuella(tabla, id)!;
        if (vive !== n) repetidos[tabla].set(id, vive);
      }
    }
  }
  filas.push({
    n: CABEZA,
    hasta: siguiente,
    ns,
    repetidos: { productos: plano(repetidos.productos), codigos_barras: plano(repetidos.codigos_barras) },
  });
  const table = tramosDe(db, lado);
  await table.where('n').below(0).delete();
  await table.bulkPut(filas);
  return siguiente;
}

type Puesta = { place: number; ids: Float64Array; claves: Uint32Array };

/** The pieces of one table, sorted by counting: a quarter of a million texts take 30 ms. */
function tramos(tabla: TablaBloque, fichas: readonly Puesta[]): Map<number, Uint32Array> {
  const cada = (work: (huella: number, place: number) => void) => {
    for (const { place, ids, claves } of fichas) {
      for (const clave of claves) work(clave, place);
      // Codes are looked up by their text, products also by their id.
      if (tabla === 'productos') for (const id of ids) work(id >>> 0, place);
    }
  };
  const cuantos = new Uint32Array(TRAMOS + 1);
  cada((huella) => {
    cuantos[(huella >>> 25) + 1]! += 1;
  });
  for (let i = 0; i < TRAMOS; i += 1) cuantos[i + 1]! += cuantos[i]!;
  const todos = new Uint32Array(cuantos[TRAMOS]!);
  const lleno = cuantos.slice();
  cada((huella, place) => {
    const at = lleno[huella >>> 25]!++;
    todos[at] = (restoDe(huella) << 16) | place;
  });
  const found = new Map<number, Uint32Array>();
  for (let i = 0; i < TRAMOS; i += 1) {
    if (cuantos[i] !== cuantos[i + 1])
      found.set(lugarDe(tabla, i << 25), todos.slice(cuantos[i], cuantos[i + 1]).sort());
  }
  return found;
}

function plano(repetidos: ReadonlyMap<number, number>): Repetidos {
  return { huellas: Float64Array.from(repetidos.keys()), ns: Uint32Array.from(repetidos.values()) };
}
