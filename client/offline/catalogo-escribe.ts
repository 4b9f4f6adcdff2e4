import type { Table } from 'dexie';
import { type CacheDb, type CatalogoMeta, type Lado, ladoDe } from './cache-db.ts';
import { type Directorio, directorioDe, LecturaCatalogo } from './catalogo.ts';
import { desempaca, empaca, FILAS_POR_BLOQUE, huella, type TablaBloque } from './catalogo-bloques.ts';
import { newId } from './clock.ts';

/** A block with fewer living rows than this is worth merging, and this many of them are worth the work. */
const ESCASO = FILAS_POR_BLOQUE / 4;
const ESCASOS_MAX = 64;
/** Blocks that the index does not cover, at least and as a part of all: a cold start reads the cards of each. */
const COLA_MIN = 64;
const COLA_PARTE = 16;

type Cruda = Record<string, unknown>;

let escribeIndice: typeof import('./catalogo-indexa.ts').indexa | null = null;

/** Before a transaction that brings the catalogue to its head: inside it nothing can be waited for but the database. */
export async function traeIndexador(): Promise<void> {
  // why: without its code the catalogue is found by its cards, and the next change tries again
  escribeIndice ??= await import('./catalogo-indexa.ts').then(({ indexa }) => indexa).catch(() => null);
}

/** Writes on one side, inside a transaction over the catalogue. Changes `meta` in memory; the caller stores it. */
export class EscrituraCatalogo {
  readonly #db: CacheDb;
  readonly #lado: Lado;
  readonly #meta: CatalogoMeta;

  constructor(db: CacheDb, lado: Lado, meta: CatalogoMeta) {
    this.#db = db;
    this.#lado = lado;
    this.#meta = meta;
  }

  get #tablas() {
    return ladoDe(this.#db, this.#lado);
  }

  get #cuenta() {
    return this.#meta.lados[this.#lado];
  }

  #directorio(): Promise<Directorio> {
    return directorioDe(this.#db, this.#lado, this.#meta);
  }

  /** Empties the side. */
  async vacia(): Promise<void> {
    for (const table of Object.values(this.#tablas) as Table[]) await table.clear();
    this.#meta.lados[this.#lado] = { serie: newId(), siguiente: 0, productos: 0 };
  }

  /** Rows that are new or changed. */
  async pon(tabla: TablaBloque, filas: readonly Cruda[]): Promise<void> {
    if (filas.length === 0) return;
    if (tabla === 'productos') {
      const directorio = await this.#directorio();
      const nuevos = new Set<string>();
      for (const { id } of filas) {
        if (directorio.donde(tabla, String(id)) === undefined) nuevos.add(String(id));
      }
      this.#cuenta.productos += nuevos.size;
    }
    await this.#agrega(tabla, filas);
  }

  async #agrega(tabla: TablaBloque, filas: readonly Cruda[]): Promise<void> {
    const { bloques, fichas } = empaca(tabla, filas, this.#cuenta.siguiente);
    this.#cuenta.siguiente += bloques.length;
    await this.#tablas.bloques.bulkPut(bloques);
    await this.#tablas.fichas.bulkPut(fichas);
  }

  /**
   * Takes rows away and returns the living ones that went. They go from every block that has them: an older row must not
   * come back to life.
   */
  async quita(tabla: TablaBloque, ids: readonly string[]): Promise<Cruda[]> {
    if (ids.length === 0) return [];
    const directorio = await this.#directorio();
    const huellas = new Set(ids.map(huella));
    const idos = new Set(ids);
    const quitadas: Cruda[] = [];
    let touched = false;
    for (const ficha of directorio.fichas.values()) {
      if (ficha.tabla !== tabla || !ficha.ids.some((id) => huellas.has(id))) continue;
      const bloque = await this.#tablas.bloques.get(ficha.n);
      const filas = bloque ? desempaca<TablaBloque>(bloque.filas) : [];
      const quedan = filas.filter((fila) => !idos.has(fila.id));
      for (const fila of filas) {
        if (idos.has(fila.id) && directorio.vive(tabla, fila.id, ficha.n)) quitadas.push(fila);
      }
      touched = true;
      if (quedan.length === 0) {
        await this.#tablas.bloques.delete(ficha.n);
        await this.#tablas.fichas.delete(ficha.n);
        continue;
      }
      const nuevo = empaca(tabla, quedan, ficha.n);
      await this.#tablas.bloques.put(nuevo.bloques[0]!);
      await this.#tablas.fichas.put(nuevo.fichas[0]!);
    }
    if (tabla === 'productos') this.#cuenta.productos -= quitadas.length;
    if (touched) this.#cuenta.serie = newId();
    return quitadas;
  }

  /** At the head: the index over all blocks, when more of them than `cola` are not in it and its code is here. */
  async indexa(cola?: number): Promise<void> {
    if (escribeIndice === null) return;
    const directorio = await this.#directorio();
    const max = cola ?? Math.max(COLA_MIN, directorio.fichas.size / COLA_PARTE);
    const desde = this.#cuenta.indice ?? 0;
    let fuera = 0;
    for (const n of directorio.fichas.keys()) if (n >= desde) fuera += 1;
    if (fuera <= max) return;
    const hasta = await escribeIndice(this.#db, this.#lado, directorio);
    if (hasta === null) delete this.#cuenta.indice;
    else this.#cuenta.indice = hasta;
  }

  /** Writes the living rows of blocks that became nearly empty together: daily pulls of a few rows leave many. */
  async repasa(max = ESCASOS_MAX): Promise<void> {
    const directorio = await this.#directorio();
    const escasos = [...directorio.fichas.values()].filter(
      (ficha) => directorio.vivas.get(ficha.n)! < ESCASO,
    );
    if (escasos.length <= max) return;
    const lectura = new LecturaCatalogo(directorio, this.#tablas.bloques);
    for (const tabla of ['productos', 'codigos_barras'] as const) {
      const ns = escasos.flatMap((ficha) => (ficha.tabla === tabla ? ficha.n : []));
      const vivas = await lectura.filas(tabla, ns);
      await this.#tablas.bloques.bulkDelete(ns);
      await this.#tablas.fichas.bulkDelete(ns);
      await this.#agrega(tabla, vivas);
    }
    this.#cuenta.serie = newId();
  }
}
