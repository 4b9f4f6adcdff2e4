import Dexie, { type Table } from 'dexie';
import type { FilaCategoria } from '#shared/contracts/filas.ts';
import type { PaginaScope, PullSalida } from '#shared/contracts/sync.ts';
import type { Rol } from '#shared/roles.ts';
import { VE_COSTOS, VE_EXISTENCIAS } from '#shared/roles.ts';
import {
  CACHE_NAME,
  CacheDb,
  CLAVES,
  catalogoMeta,
  catalogoVacio,
  ES_CACHE,
  ladoDe,
  TABLAS_MARCADAS,
  type TablaMarcada,
} from './cache-db.ts';
import { olvidaDirectorios } from './catalogo.ts';
import { EscrituraCatalogo, traeIndexador } from './catalogo-escribe.ts';
import { newId } from './clock.ts';

const CATALOGO = 'catalogo';
const TABLAS_CATALOGO = ['a', 'b'].flatMap((lado) => [
  `bloques_${lado}`,
  `fichas_${lado}`,
  `categorias_${lado}`,
]);

/** What changed in the catalogue, for the search index: some products, or everything. */
export type CambioCatalogo = { ids: string[]; todo: boolean };

/** The cache over one database handle that can be dropped, opened again or thrown away. */
export class Cache {
  #db: CacheDb;
  readonly #open: () => CacheDb;
  readonly #listeners = new Set<(cambio: CambioCatalogo) => void>();

  constructor(open: () => CacheDb = () => new CacheDb()) {
    this.#open = open;
    this.#db = open();
  }

  get db(): CacheDb {
    return this.#db;
  }

  reopen(): void {
    try {
      this.#db.close();
    } catch {
      // why: a dead handle may refuse to close
    }
    this.#db = this.#open();
  }

  /** Throws the whole cache away: the way out of a corrupt database. The next pull starts from nothing. */
  async rebuild(): Promise<void> {
    await this.#db.delete();
    this.#db = this.#open();
    this.#tell({ ids: [], todo: true });
  }

  onCatalogo(listener: (cambio: CambioCatalogo) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(cambio: CambioCatalogo): void {
    for (const listener of [...this.#listeners]) listener(cambio);
  }

  /** A `lastMid` of this device that covers `mid` goes, until the next complete pull. */
  async dropLevel(device: string, mid: number): Promise<void> {
    const { meta } = this.#db;
    const level = await meta.get('lastMid');
    if (level?.k === 'lastMid' && level.device === device && level.mid >= mid) await meta.delete('lastMid');
  }

  async cursors(): Promise<Record<string, string>> {
    const rows = await this.#db.cursores.toArray();
    return Object.fromEntries(rows.map((row) => [row.scope, row.cursor]));
  }

  /** Whose rows are here, and since which change of person; `serie` is '' before the first one. */
  async dueno(): Promise<{ usuarioId: string | null; serie: string }> {
    const row = await this.#db.meta.get('dueno');
    return row?.k === 'dueno' ? row : { usuarioId: null, serie: '' };
  }

  /**
   * Applies one answer of pull: rows, resets, removed scopes, cursors and `lastMid`, in ONE transaction. A page
   * counts only while its scope's cursor is still the one that was asked with (`sent`): a second tab may have
   * moved it, and an older page would undo newer rows. With `serie` (of `dueno`, from before it was asked) an answer
   * that comes after a change of person is not stored: it is what the former one might see.
   */
  async applyPull(
    answer: PullSalida,
    sent: Readonly<Record<string, string>>,
    device: string,
    serie?: string,
  ): Promise<void> {
    const db = this.#db;
    const cambio: CambioCatalogo = { ids: [], todo: false };
    const work = async () => {
      if (serie !== undefined) {
        const row = await db.meta.get('dueno');
        if ((row?.k === 'dueno' ? row.serie : '') !== serie) return;
      }
      for (const scope of answer.scopesRemoved) {
        await clearScope(db, scope, cambio);
        await db.cursores.delete(scope);
      }
      // Rows that go away take with them what `lastMid` promised to be here.
      if (answer.scopesRemoved.length > 0 || answer.pages.some((page) => page.reset)) {
        await db.meta.delete('lastMid');
      }
      let all = true;
      for (const page of answer.pages) {
        const current = await db.cursores.get(page.scope);
        if (current?.cursor !== sent[page.scope]) {
          all = false;
          continue;
        }
        if (page.scope === CATALOGO) {
          await applyCatalogo(db, page, cambio);
          // Whatever of a snapshot was here is in the page's way or behind it.
          await db.meta.delete('foto');
        } else await applyMarked(db, page);
        await db.cursores.put({ scope: page.scope, cursor: page.cursor, head: page.head });
      }
      if (all && answer.lastMid !== null) await db.meta.put({ k: 'lastMid', device, mid: answer.lastMid });
    };
    if (answer.pages.some((page) => page.scope === CATALOGO && page.head)) await traeIndexador();
    try {
      await db.transaction('rw', tablesOf(db, answer), work);
    } catch (error) {
      olvidaDirectorios(db);
      throw error;
    }
    if (cambio.todo || cambio.ids.length > 0) this.#tell(cambio);
  }

  /** Runs `work` on the catalogue, its cursor and `meta` in ONE transaction, and tells what it says that changed. */
  async enCatalogo<T>(work: (db: CacheDb, cambio: CambioCatalogo) => Promise<T>): Promise<T> {
    const db = this.#db;
    const cambio: CambioCatalogo = { ids: [], todo: false };
    let value: T;
    await traeIndexador();
    try {
      const tables = ['cursores', 'meta', ...TABLAS_CATALOGO].map((name) => db.table(name));
      // why: Dexie follows native promises only from a function that is declared async
      value = await db.transaction('rw', tables, async () => work(db, cambio));
    } catch (error) {
      olvidaDirectorios(db);
      throw error;
    }
    if (cambio.todo || cambio.ids.length > 0) this.#tell(cambio);
    return value;
  }

  /**
   * At a change of person: what the former one might see and the new one may not goes at once, without waiting for
   * the server. What both may see stays; the next pull settles the rest.
   */
  async purgeFor(
    person: { usuarioId: string; rol: Rol; tiendaIds: readonly string[] } | null,
  ): Promise<void> {
    const db = this.#db;
    const cambio: CambioCatalogo = { ids: [], todo: false };
    await db.transaction('rw', db.tables, async () => {
      const scopes = new Set((await db.cursores.toArray()).map((row) => row.scope));
      for (const table of TABLAS_MARCADAS) {
        for (const scope of await db.table(table).orderBy('_s').uniqueKeys()) scopes.add(String(scope));
      }
      const suyos = person === null ? new Set<string>() : await conteosDe(db, person);
      for (const scope of scopes) {
        if (scope === CATALOGO || (person && (mayKeep(scope, person) || suyos.has(scope)))) continue;
        await clearScope(db, scope, cambio);
        await db.cursores.delete(scope);
      }
      await db.meta.delete('lastMid');
      await db.meta.put({ k: 'dueno', usuarioId: person?.usuarioId ?? null, serie: newId() });
    });
  }
}

/**
 * The tables that an answer can touch. Fewer locks: while the catalogue comes down, a conteo's screens read on.
 * Clearing a scope looks into all of them.
 */
function tablesOf(db: CacheDb, answer: PullSalida): Table[] {
  if (answer.scopesRemoved.length > 0 || answer.pages.some((page) => page.reset && page.scope !== CATALOGO)) {
    return db.tables;
  }
  const names = new Set<string>(['cursores', 'meta']);
  for (const page of answer.pages) {
    if (page.scope === CATALOGO) for (const name of TABLAS_CATALOGO) names.add(name);
    else for (const name of TABLAS_MARCADAS) if (page.upserts[name] || page.deletes[name]) names.add(name);
  }
  return [...names].map((name) => db.table(name));
}

/** Scopes of the conteos that the phone has and that the person counts too: they hold lists, never a quantity. */
async function conteosDe(
  db: CacheDb,
  person: { usuarioId: string; rol: Rol; tiendaIds: readonly string[] },
): Promise<Set<string>> {
  const cuenta = new Set(
    [...(await db.conteo_contadores.toArray()), ...(await db.conteo_intento_contadores.toArray())]
      .filter((row) => row.usuarioId === person.usuarioId)
      .map((row) => row.conteoId),
  );
  const conteos = await db.conteos.toArray();
  return new Set(
    conteos
      .filter(
        (row) => cuenta.has(row.id) && (person.rol === 'admin' || person.tiendaIds.includes(row.tiendaId)),
      )
      .map((row) => row._s),
  );
}

function mayKeep(
  scope: string,
  person: { usuarioId: string; rol: Rol; tiendaIds: readonly string[] },
): boolean {
  const [kind, first, second] = scope.split(':');
  if (kind === 'usuario') return first === person.usuarioId;
  if (kind === 'lineas') return second === person.usuarioId;
  if (kind === 'costos') return VE_COSTOS.includes(person.rol);
  if (kind === 'stock') return VE_EXISTENCIAS.includes(person.rol);
  if (kind === 'tienda') return person.rol === 'admin' || person.tiendaIds.includes(first ?? '');
  return false;
}

async function clearScope(db: CacheDb, scope: string, cambio: CambioCatalogo): Promise<void> {
  if (scope === CATALOGO) {
    const meta = catalogoVacio();
    for (const lado of ['a', 'b'] as const) await new EscrituraCatalogo(db, lado, meta).vacia();
    await db.meta.put(meta);
    await db.meta.delete('foto');
    cambio.todo = true;
    return;
  }
  for (const table of TABLAS_MARCADAS) await db.table(table).where('_s').equals(scope).delete();
}

/**
 * A row that moved to another scope comes as an upsert there and a delete here, maybe on another page: a delete takes
 * only a row that still belongs to the page's scope.
 */
async function applyMarked(db: CacheDb, page: PaginaScope): Promise<void> {
  if (page.reset) {
    for (const table of TABLAS_MARCADAS) await db.table(table).where('_s').equals(page.scope).delete();
  }
  for (const name of TABLAS_MARCADAS) {
    const gone = page.deletes[name];
    if (!gone && !page.upserts[name]) continue;
    const table = db.table<{ _s: string; _pk: string }, string>(name);
    if (gone?.length) {
      const rows = await table.bulkGet(gone);
      await table.bulkDelete(gone.filter((_, i) => rows[i]?._s === page.scope));
    }
    const rows = page.upserts[name];
    if (rows?.length)
      await table.bulkPut(rows.map((row) => ({ ...row, _s: page.scope, _pk: pkOf(name, row) })));
  }
}

/** Joined key of a row, as pull's deletes name it. */
export function pkOf(name: TablaMarcada, row: Record<string, unknown>): string {
  return CLAVES[name].map((field) => String(row[field])).join(':');
}

/** Rows of a table that this version does not know are left out: the cursor may pass them, nothing here reads them. */
export async function applyCatalogo(
  db: CacheDb,
  page: Pick<PaginaScope, 'reset' | 'upserts' | 'deletes' | 'head'>,
  cambio: CambioCatalogo,
): Promise<void> {
  const meta = await catalogoMeta(db);
  if (page.reset) {
    meta.llenando = meta.completo ? (meta.activa === 'a' ? 'b' : 'a') : null;
    meta.recibidos = 0;
    await new EscrituraCatalogo(db, meta.llenando ?? meta.activa, meta).vacia();
    cambio.todo ||= meta.llenando === null;
  }
  const lado = meta.llenando ?? meta.activa;
  const escritura = new EscrituraCatalogo(db, lado, meta);
  const productos = page.upserts.productos ?? [];
  const codigos = page.upserts.codigos_barras ?? [];
  const idos = page.deletes.productos ?? [];
  const codigosIdos = await escritura.quita('codigos_barras', page.deletes.codigos_barras ?? []);
  await escritura.quita('productos', idos);
  await escritura.pon('productos', productos);
  await escritura.pon('codigos_barras', codigos);
  const { categorias } = ladoDe(db, lado);
  await categorias.bulkDelete(page.deletes.categorias ?? []);
  await categorias.bulkPut((page.upserts.categorias ?? []) as FilaCategoria[]);
  meta.recibidos += productos.length;
  if (meta.llenando === null) {
    const touched = new Set(idos);
    for (const row of productos) touched.add(String(row.id));
    for (const row of [...codigos, ...codigosIdos]) touched.add(String(row.productoId));
    cambio.ids.push(...touched);
  }
  if (page.head) {
    if (meta.llenando !== null) {
      await new EscrituraCatalogo(db, meta.activa, meta).vacia();
      meta.activa = meta.llenando;
      meta.llenando = null;
      cambio.todo = true;
    }
    meta.completo = true;
    meta.recibidos = 0;
    await escritura.repasa();
    await escritura.indexa();
  }
  await db.meta.put(meta);
}

/** Deletes the cache databases of other schemas. Not awaited by anybody: another tab may hold one open. */
export async function deleteOldCaches(): Promise<void> {
  for (const name of await Dexie.getDatabaseNames()) {
    if (ES_CACHE.test(name) && name !== CACHE_NAME) await Dexie.delete(name);
  }
}
