import type { FilaCodigoBarras, FilaProducto } from '#shared/contracts/filas.ts';
import {
  agrega,
  buscar,
  crearIndice,
  elimina,
  type FilaBusqueda,
  type Indice,
} from '#shared/domain/busqueda.ts';
import type { Cache, CambioCatalogo } from './cache.ts';
import { conCatalogo } from './catalogo.ts';

/** Blocks read per transaction, 4,096 rows: short enough that a look-up by code never waits long for the database. */
const BLOQUES = 32;
/** More changed products than this at once: building the index anew is cheaper than changing it. */
const CAMBIOS_MAX = 500;
/** A large change is taken in this long after it, or eight times as long as the last build took. */
const ESPERA_MS = 1_000;
const ESPERA_VECES = 8;

type ProductoLeve = Pick<FilaProducto, 'id' | 'codigo' | 'sku' | 'upc' | 'nombre' | 'marca' | 'modelo'>;

/**
 * The search index over one cache, built at the first search or `warm` and kept in step by `change`. While it is built
 * anew, searches are answered by the one before.
 */
export class CatalogoIndice {
  readonly #cache: Cache;
  #ready: Indice | null = null;
  #building: Promise<Indice> | null = null;
  /** The catalogue changed at large since the build began. */
  #stale = false;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #tookMs = 0;
  #changes: Promise<void> = Promise.resolve();

  constructor(cache: Cache) {
    this.#cache = cache;
  }

  /** Builds the index unless it is there. */
  async warm(): Promise<void> {
    if (!this.#ready) await this.#build();
  }

  #build(): Promise<Indice> {
    this.#building ??= this.#read().finally(() => {
      this.#building = null;
      if (this.#stale) this.#later();
    });
    return this.#building;
  }

  #later(): void {
    this.#timer ??= setTimeout(
      () => {
        this.#timer = null;
        this.#build().catch(() => {
          // why: the index of before goes on answering, and the next change builds again
        });
      },
      Math.max(ESPERA_MS, ESPERA_VECES * this.#tookMs),
    );
  }

  async #read(): Promise<Indice> {
    this.#stale = false;
    const started = performance.now();
    const { db } = this.#cache;
    const codes = new Map<string, string[]>();
    for await (const rows of tramos(db, 'codigos_barras')) {
      for (const { isActive, productoId, codigo } of rows as FilaCodigoBarras[]) {
        if (!isActive) continue;
        const known = codes.get(productoId);
        if (known) known.push(codigo);
        else codes.set(productoId, [codigo]);
      }
    }
    const leves: ProductoLeve[] = [];
    for await (const rows of tramos(db, 'productos')) {
      for (const row of rows as FilaProducto[]) if (visible(row)) leves.push(row);
    }
    leves.sort((a, b) => (a.codigo < b.codigo ? -1 : a.codigo > b.codigo ? 1 : 0));
    const indice = crearIndice(leves.map((row) => filaDe(row, codes.get(row.id) ?? [])));
    this.#ready = indice;
    this.#tookMs = performance.now() - started;
    return indice;
  }

  /** Takes in what a pull changed. Before the first build there is nothing to do: the build reads the newest. */
  change(cambio: CambioCatalogo): void {
    if (!this.#ready && !this.#building) return;
    if (cambio.todo || cambio.ids.length > CAMBIOS_MAX || this.#building) {
      this.#stale = true;
      if (!this.#building) this.#later();
      return;
    }
    this.#changes = this.#changes
      .then(() => this.#apply(cambio.ids))
      .catch(() => {
        // why: a change that cannot be read leaves the index in doubt; it is built again
        this.#stale = true;
        this.#later();
      });
  }

  async #apply(ids: readonly string[]): Promise<void> {
    const { rows, codes } = await conCatalogo(this.#cache.db, async (lectura) => ({
      rows: await lectura.productos(ids),
      codes: await lectura.codigosDe(ids),
    }));
    const indice = this.#ready;
    if (!indice) return;
    const alive = [...rows.values()].filter(visible);
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
    if (!this.#ready) await this.#build();
    await this.#changes;
    return buscar(this.#ready!, consulta, limite).map((acierto) => acierto.id);
  }
}

/** All living rows of a table, some blocks at a time; a row that changes meanwhile may come twice, newest last. */
async function* tramos(db: Cache['db'], tabla: 'productos' | 'codigos_barras') {
  for (let from = -1; ; ) {
    const { rows, last } = await conCatalogo(db, async (lectura) => {
      const ns = lectura
        .numeros(tabla)
        .filter((n) => n > from)
        .slice(0, BLOQUES);
      return { rows: await lectura.filas(tabla, ns), last: ns.at(-1) };
    });
    if (last === undefined) return;
    yield rows;
    from = last;
  }
}

function visible(row: FilaProducto): boolean {
  return row.isActive && row.fusionadoEn === null;
}

function filaDe(row: ProductoLeve, codes: readonly string[]): FilaBusqueda {
  const propios = [row.codigo, row.sku, row.upc].filter((code) => code !== null && code !== '');
  return {
    id: row.id,
    texto: [row.nombre, row.marca, row.modelo].filter(Boolean).join(' '),
    codigos: [...new Set([...propios, ...codes] as string[])],
  };
}
