import type { FilaProducto } from '#shared/contracts/filas.ts';
import {
  agrega,
  buscar,
  crearIndice,
  elimina,
  type FilaBusqueda,
  type Indice,
} from '#shared/domain/busqueda.ts';
import type { Cache, CambioCatalogo } from './cache.ts';
import { catalogoMeta, ladoDe } from './cache-db.ts';

/** Rows read per step: short enough that a look-up by code never waits long for the database. */
const CHUNK = 2_000;

/** The search index over one cache, built at the first search or `warm` and kept in step by `change`. */
export class CatalogoIndice {
  readonly #cache: Cache;
  #building: Promise<Indice> | null = null;
  #changes: Promise<void> = Promise.resolve();

  constructor(cache: Cache) {
    this.#cache = cache;
  }

  /** Builds the index unless it is there. */
  async warm(): Promise<void> {
    await this.#index();
  }

  #index(): Promise<Indice> {
    this.#building ??= this.#build().catch((error: unknown) => {
      this.#building = null;
      throw error;
    });
    return this.#building;
  }

  async #build(): Promise<Indice> {
    const { db } = this.#cache;
    const { productos, codigos_barras } = ladoDe(db, (await catalogoMeta(db)).activa);
    const codes = new Map<string, string[]>();
    for (let after = ''; ; ) {
      const rows = await codigos_barras.where('id').above(after).limit(CHUNK).toArray();
      for (const row of rows) {
        if (!row.isActive) continue;
        const known = codes.get(row.productoId);
        if (known) known.push(row.codigo);
        else codes.set(row.productoId, [row.codigo]);
      }
      const last = rows.at(-1);
      if (!last || rows.length < CHUNK) break;
      after = last.id;
    }
    const filas: { codigo: string; fila: FilaBusqueda }[] = [];
    for (let after = ''; ; ) {
      const rows = await productos.where('id').above(after).limit(CHUNK).toArray();
      for (const row of rows) {
        if (visible(row)) filas.push({ codigo: row.codigo, fila: filaDe(row, codes.get(row.id) ?? []) });
      }
      const last = rows.at(-1);
      if (!last || rows.length < CHUNK) break;
      after = last.id;
    }
    filas.sort((a, b) => (a.codigo < b.codigo ? -1 : a.codigo > b.codigo ? 1 : 0));
    return crearIndice(filas.map(({ fila }) => fila));
  }

  /** Takes in what a pull changed. Before the first build there is nothing to do: the build reads the newest. */
  change(cambio: CambioCatalogo): void {
    if (!this.#building) return;
    if (cambio.todo) {
      this.#building = null;
      return;
    }
    const building = this.#building;
    this.#changes = this.#changes
      .then(async () => this.#apply(await building, cambio.ids))
      .catch(() => {
        // why: a change that cannot be read leaves the index in doubt; the next search builds it again
        this.#building = null;
      });
  }

  async #apply(indice: Indice, ids: readonly string[]): Promise<void> {
    const { db } = this.#cache;
    const { productos, codigos_barras } = ladoDe(db, (await catalogoMeta(db)).activa);
    const rows = await productos.bulkGet([...ids]);
    const codes = await codigos_barras.where('productoId').anyOf(ids).toArray();
    const alive = rows.flatMap((row) => (row && visible(row) ? [row] : []));
    const living = new Set(alive.map((row) => row.id));
    elimina(
      indice,
      ids.filter((id) => !living.has(id)),
    );
    agrega(
      indice,
      alive.map((row) =>
        filaDe(
          row,
          codes.filter((code) => code.productoId === row.id && code.isActive).map((code) => code.codigo),
        ),
      ),
    );
  }

  /** Ids, best first. */
  async search(consulta: string, limite: number): Promise<string[]> {
    const indice = await this.#index();
    await this.#changes;
    return buscar(indice, consulta, limite).map((acierto) => acierto.id);
  }
}

function visible(row: FilaProducto): boolean {
  return row.isActive && row.fusionadoEn === null;
}

function filaDe(row: FilaProducto, codes: readonly string[]): FilaBusqueda {
  const propios = [row.codigo, row.sku, row.upc].filter((code) => code !== null && code !== '');
  return {
    id: row.id,
    texto: [row.nombre, row.marca, row.modelo].filter(Boolean).join(' '),
    codigos: [...new Set([...propios, ...codes] as string[])],
  };
}
