import type { FilaProducto } from '#shared/contracts/filas.ts';
import { type CacheDb, type CatalogoMeta, catalogoMeta, type Lado, ladoDe } from './cache-db.ts';
import {
  Directorio,
  directorioDe,
  directorioEnMemoria,
  LecturaCatalogo,
  tablasDelCatalogo,
} from './catalogo.ts';
import { type FilaDe, filaConId, filasConTexto, huella, type TablaBloque } from './catalogo-bloques.ts';
import { Indice } from './catalogo-indice.ts';

/** What a look-up needs of the catalogue, whether by the index or by the directory of all blocks. */
export type Hallazgo = Pick<LecturaCatalogo, 'productos' | 'conTexto'>;

/** More products than this at once: reading all the cards is cheaper than a piece for each. */
const IDS_MAX = 256;

/** Of one side: the index, and the cards of the blocks that it does not cover. */
type Ligero = { serie: string; indice: Indice; cola: Directorio };
const ligeros = new WeakMap<CacheDb, Map<Lado, Ligero>>();

/** null: the side has no index. In a transaction over the catalogue. */
async function ligeroDe(db: CacheDb, lado: Lado, meta: CatalogoMeta): Promise<Ligero | null> {
  const { serie, siguiente, indice: hasta } = meta.lados[lado];
  if (hasta === undefined) return null;
  const lados = ligeros.get(db) ?? new Map<Lado, Ligero>();
  ligeros.set(db, lados);
  let ligero = lados.get(lado);
  if (ligero?.serie !== serie || ligero.indice.hasta !== hasta) {
    const indice = await Indice.de(db, lado);
    if (indice?.hasta !== hasta) return null;
    ligero = { serie, indice, cola: new Directorio(serie, hasta) };
    lados.set(lado, ligero);
  }
  const { cola } = ligero;
  if (cola.siguiente < siguiente) {
    cola.suma(await ladoDe(db, lado).fichas.where('n').aboveOrEqual(cola.siguiente).toArray());
    cola.siguiente = Math.max(cola.siguiente, siguiente);
  }
  return ligero;
}

/** Reads by the index: the pieces that a text falls into, and the blocks that they name. */
class LecturaLigera implements Hallazgo {
  readonly #db: CacheDb;
  readonly #lado: Lado;
  readonly #indice: Indice;
  readonly #cola: Directorio;
  readonly #bloques: LecturaCatalogo;

  constructor(db: CacheDb, lado: Lado, { indice, cola }: Ligero) {
    this.#db = db;
    this.#lado = lado;
    this.#indice = indice;
    this.#cola = cola;
    this.#bloques = new LecturaCatalogo(cola, ladoDe(db, lado).bloques);
  }

  /** Contract: `LecturaCatalogo.productos`. */
  async productos(ids: Iterable<string>): Promise<Map<string, FilaProducto>> {
    const tabla = 'productos';
    const pedidos = [...new Set(ids)];
    const donde = await this.#indice.bloques(this.#db, this.#lado, tabla, pedidos);
    const porBloque = new Map<number, string[]>();
    for (const id of pedidos) {
      const nuevo = this.#cola.donde(tabla, id);
      for (const n of nuevo === undefined ? donde.get(id)! : [nuevo]) {
        porBloque.set(n, [...(porBloque.get(n) ?? []), id]);
      }
    }
    const found = new Map<string, FilaProducto>();
    for (const [n, texto] of await this.#bloques.textos([...porBloque.keys()])) {
      for (const id of porBloque.get(n)!) {
        const fila = this.#vive(tabla, id, n) ? filaConId<typeof tabla>(texto, id) : null;
        if (fila) found.set(id, fila);
      }
    }
    return found;
  }

  /** Contract: `LecturaCatalogo.conTexto`. */
  async conTexto<T extends TablaBloque>(tabla: T, textos: readonly string[]): Promise<FilaDe<T>[]> {
    const donde = await this.#indice.bloques(this.#db, this.#lado, tabla, textos);
    const ns = new Set([...donde.values()].flat().sort((a, b) => a - b));
    for (const n of this.#cola.candidatos(tabla, textos)) ns.add(n);
    const found: FilaDe<T>[] = [];
    for (const [n, texto] of await this.#bloques.textos([...ns])) {
      for (const fila of filasConTexto<T>(texto, textos)) {
        if (this.#vive(tabla, fila.id, n)) found.push(fila);
      }
    }
    return found;
  }

  #vive(tabla: TablaBloque, id: string, n: number): boolean {
    return (this.#cola.donde(tabla, id) ?? this.#indice.deRepetido(tabla, huella(id)) ?? n) === n;
  }
}

/**
 * Runs `work` on the visible side in one read transaction: by the directory where it is in memory (something was written
 * or searched by words), else by the index, so that the first look-up of the day reads only what it needs.
 */
export function conHallazgo<T>(db: CacheDb, work: (lectura: Hallazgo) => Promise<T>, ids = 0): Promise<T> {
  return db.transaction('r', tablasDelCatalogo(db), async () => {
    const meta = await catalogoMeta(db);
    const lado = meta.activa;
    const ligero =
      ids > IDS_MAX || directorioEnMemoria(db, lado, meta) ? null : await ligeroDe(db, lado, meta);
    if (ligero !== null) return work(new LecturaLigera(db, lado, ligero));
    ligeros.get(db)?.delete(lado);
    return work(new LecturaCatalogo(await directorioDe(db, lado, meta), ladoDe(db, lado).bloques));
  });
}
