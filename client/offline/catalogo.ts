import type { Table } from 'dexie';
import type { FilaCodigoBarras, FilaProducto } from '#shared/contracts/filas.ts';
import { type CacheDb, type CatalogoMeta, catalogoMeta, type Lado, ladoDe } from './cache-db.ts';
import {
  type Bloque,
  desempaca,
  type Ficha,
  type FilaDe,
  filaConId,
  filasConTexto,
  huella,
  huella32,
  type TablaBloque,
} from './catalogo-bloques.ts';
import { TablaHuellas } from './tabla-huellas.ts';

/** Texts of blocks kept for the next reading: about 2 MB. */
const TEXTOS_MAX = 64;
/** Products kept as objects: a conteo's list asks for the same ones after each scan. */
const PRODUCTOS_MAX = 4_000;

/** In memory, where each row of one side is: 100,000 products with a code each take about 9 MB. */
export class Directorio {
  readonly serie: string;
  readonly fichas = new Map<number, Ficha>();
  /** Rows of each block that no later block replaces. */
  readonly vivas = new Map<number, number>();
  /** Blocks below this number are in. */
  siguiente = 0;
  readonly textos = new Map<number, string>();
  readonly productos = new Map<string, { n: number; fila: FilaProducto }>();
  readonly #lugar: Record<TablaBloque, TablaHuellas> = {
    productos: new TablaHuellas(),
    codigos_barras: new TablaHuellas(),
  };

  /** `desde`: only of the blocks from this number on. */
  constructor(serie: string, desde = 0) {
    this.serie = serie;
    this.siguiente = desde;
  }

  /** Takes in cards, in ascending order; those that are in already are passed over. */
  suma(fichas: readonly Ficha[]): void {
    for (const tabla of ['productos', 'codigos_barras'] as const) {
      const suyas = fichas.filter((ficha) => ficha.tabla === tabla && ficha.n >= this.siguiente);
      this.#lugar[tabla].reserva(suyas.reduce((total, { ids }) => total + ids.length, 0));
    }
    for (const ficha of fichas) {
      if (ficha.n < this.siguiente) continue;
      this.siguiente = ficha.n + 1;
      this.fichas.set(ficha.n, ficha);
      this.vivas.set(ficha.n, ficha.ids.length);
      const lugar = this.#lugar[ficha.tabla];
      for (const id of ficha.ids) {
        const before = lugar.pon(id, ficha.n);
        if (before !== undefined) this.vivas.set(before, this.vivas.get(before)! - 1);
      }
    }
  }

  /** Number of the block with the living row. */
  donde(tabla: TablaBloque, id: string): number | undefined {
    return this.dondeHuella(tabla, huella(id));
  }

  dondeHuella(tabla: TablaBloque, huella: number): number | undefined {
    return this.#lugar[tabla].get(huella);
  }

  vive(tabla: TablaBloque, id: string, n: number): boolean {
    return this.donde(tabla, id) === n;
  }

  /** Blocks that may hold one of these texts in a field that is looked up. */
  candidatos(tabla: TablaBloque, textos: readonly string[]): number[] {
    const claves = textos.map(huella32);
    const found: number[] = [];
    for (const ficha of this.fichas.values()) {
      if (ficha.tabla === tabla && claves.some((clave) => contiene(ficha.claves, clave))) found.push(ficha.n);
    }
    return found;
  }
}

function contiene(sorted: Uint32Array, wanted: number): boolean {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = sorted[middle]!;
    if (at === wanted) return true;
    if (at < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

const directorios = new WeakMap<CacheDb, Map<Lado, Directorio>>();

/** Tables that a transaction on the catalogue covers. */
export function tablasDelCatalogo(db: CacheDb): Table[] {
  return [db.meta, db.fichas_a, db.fichas_b, db.bloques_a, db.bloques_b];
}

/**
 * The directory of a side as the transaction sees it: only the cards of new blocks are read. A rewritten side has
 * another `serie`. Inside a transaction over `tablasDelCatalogo`.
 */
export async function directorioDe(db: CacheDb, lado: Lado, meta: CatalogoMeta): Promise<Directorio> {
  const lados = directorios.get(db) ?? new Map<Lado, Directorio>();
  directorios.set(db, lados);
  let directorio = lados.get(lado);
  const { serie, siguiente } = meta.lados[lado];
  if (directorio?.serie !== serie) {
    directorio = new Directorio(serie);
    lados.set(lado, directorio);
  }
  if (directorio.siguiente < siguiente) {
    directorio.suma(await ladoDe(db, lado).fichas.where('n').aboveOrEqual(directorio.siguiente).toArray());
    directorio.siguiente = Math.max(directorio.siguiente, siguiente);
  }
  return directorio;
}

/** The directory in memory, if it is of these blocks: it lacks the newest at most. */
export function directorioEnMemoria(db: CacheDb, lado: Lado, meta: CatalogoMeta): boolean {
  return directorios.get(db)?.get(lado)?.serie === meta.lados[lado].serie;
}

/** Reads of the visible side, within one transaction. */
export class LecturaCatalogo {
  readonly directorio: Directorio;
  readonly #bloques: Table<Bloque, number>;

  constructor(directorio: Directorio, bloques: Table<Bloque, number>) {
    this.directorio = directorio;
    this.#bloques = bloques;
  }

  /** Texts of these blocks. */
  async textos(ns: readonly number[]): Promise<Map<number, string>> {
    const { textos } = this.directorio;
    const found = new Map<number, string>();
    const missing: number[] = [];
    for (const n of ns) {
      const known = textos.get(n);
      if (known === undefined) missing.push(n);
      else found.set(n, known);
    }
    const rows = missing.length === 0 ? [] : await this.#bloques.bulkGet(missing);
    for (const row of rows) {
      if (!row) continue;
      found.set(row.n, row.filas);
      if (textos.size >= TEXTOS_MAX) textos.delete(textos.keys().next().value!);
      textos.set(row.n, row.filas);
    }
    return found;
  }

  /** Products by id; those that the cache lacks are absent. */
  async productos(ids: Iterable<string>): Promise<Map<string, FilaProducto>> {
    const { directorio } = this;
    const found = new Map<string, FilaProducto>();
    const missing = new Map<number, string[]>();
    for (const id of new Set(ids)) {
      const n = directorio.donde('productos', id);
      if (n === undefined) continue;
      const known = directorio.productos.get(id);
      if (known?.n === n) found.set(id, known.fila);
      else missing.set(n, [...(missing.get(n) ?? []), id]);
    }
    for (const [n, texto] of await this.textos([...missing.keys()])) {
      for (const id of missing.get(n)!) {
        const fila = filaConId<'productos'>(texto, id);
        if (!fila) continue;
        found.set(id, fila);
        if (directorio.productos.size >= PRODUCTOS_MAX) directorio.productos.clear();
        directorio.productos.set(id, { n, fila });
      }
    }
    return found;
  }

  /** Living rows that hold one of these texts in any field that is looked up. */
  async conTexto<T extends TablaBloque>(tabla: T, textos: readonly string[]): Promise<FilaDe<T>[]> {
    const { directorio } = this;
    const found: FilaDe<T>[] = [];
    for (const [n, texto] of await this.textos(directorio.candidatos(tabla, textos))) {
      for (const fila of filasConTexto<T>(texto, textos)) {
        if (directorio.vive(tabla, fila.id, n)) found.push(fila);
      }
    }
    return found;
  }

  async codigosDe(productoIds: readonly string[]): Promise<FilaCodigoBarras[]> {
    const wanted = new Set(productoIds);
    const rows = await this.conTexto('codigos_barras', productoIds);
    return rows.filter((row) => wanted.has(row.productoId));
  }

  /** Numbers of the blocks of a table, in their order. */
  numeros(tabla: TablaBloque): number[] {
    return [...this.directorio.fichas.values()].flatMap((ficha) => (ficha.tabla === tabla ? ficha.n : []));
  }

  /** Living rows of these blocks, of all unless told. */
  async filas<T extends TablaBloque>(tabla: T, ns = this.numeros(tabla)): Promise<FilaDe<T>[]> {
    const found: FilaDe<T>[] = [];
    for (const row of await this.#bloques.bulkGet(ns)) {
      if (!row) continue;
      for (const fila of desempaca<T>(row.filas)) {
        if (this.directorio.vive(tabla, fila.id, row.n)) found.push(fila);
      }
    }
    return found;
  }
}

/** Forgets what is in memory: a transaction that had read its own writes was undone. */
export function olvidaDirectorios(db: CacheDb): void {
  directorios.delete(db);
}

/** Runs `work` on one side of the catalogue, the visible one unless told, in one read transaction. */
export function conCatalogo<T>(
  db: CacheDb,
  work: (lectura: LecturaCatalogo) => Promise<T>,
  lado?: Lado,
): Promise<T> {
  return db.transaction('r', tablasDelCatalogo(db), async () => {
    const meta = await catalogoMeta(db);
    const elegido = lado ?? meta.activa;
    const directorio = await directorioDe(db, elegido, meta);
    return work(new LecturaCatalogo(directorio, ladoDe(db, elegido).bloques));
  });
}
