import { Dexie, type Table } from 'dexie';

/** Values of the index kept at once. */
const GRUPOS_MAX = 16;
/** More changed rows than this are read again with their group. */
const SUELTAS_MAX = 200;

/** A node of the tree of key ranges that a commit carries for each table. */
type Rango = { from?: unknown; to?: unknown; l?: Rango | null; r?: Rango | null };
/** Changed keys since the last read; 'todo' when it is not known which. */
type Cambios = Set<string | number> | 'todo';
type Grupo = { filas: Map<string | number, object>; cambios: Cambios; lee: Promise<void> };

/**
 * Rows of a table by the value of one index, kept in memory. Commits of any tab say which keys they changed, and only
 * those are read again: a count of two thousand lines would otherwise be read whole after each scan, for 0.2 s on a
 * cheap phone. May lag behind another tab by milliseconds, as every screen does: what decides reads the database.
 */
export class FilasVivas<T extends object> {
  readonly #table: Table<T>;
  readonly #indice: string;
  readonly #grupos = new Map<string, Grupo>();

  constructor(table: Table<T>, indice: string) {
    this.#table = table;
    this.#indice = indice;
    Dexie.on('storagemutated', this.#escucha);
  }

  readonly #escucha = (partes: unknown) => this.#cambia(partes as Record<string, Rango>);

  #cambia(partes: Record<string, Rango>): void {
    if (this.#table.db.hasBeenClosed()) {
      Dexie.on.storagemutated.unsubscribe(this.#escucha);
      this.#grupos.clear();
      vivas.delete(this.#table);
      return;
    }
    const rangos = partes[`idb://${this.#table.db.name}/${this.#table.name}/`];
    if (!rangos && !partes.all) return;
    const keys: Cambios = partes.all ? 'todo' : sueltas(rangos!);
    for (const grupo of this.#grupos.values()) {
      if (keys === 'todo' || grupo.cambios === 'todo') grupo.cambios = 'todo';
      else for (const key of keys) grupo.cambios.add(key);
    }
  }

  /** Rows whose index has this value, in no order. They belong to the store: not to be changed. */
  async lee(valor: string): Promise<T[]> {
    let grupo = this.#grupos.get(valor);
    if (!grupo) {
      grupo = { filas: new Map(), cambios: 'todo', lee: Promise.resolve() };
      const oldest = this.#grupos.keys().next();
      if (this.#grupos.size >= GRUPOS_MAX && !oldest.done) this.#grupos.delete(oldest.value);
      this.#grupos.set(valor, grupo);
    }
    const mine = grupo;
    mine.lee = mine.lee.catch(() => {}).then(() => this.#renueva(valor, mine));
    await mine.lee;
    return [...mine.filas.values()] as T[];
  }

  async #renueva(valor: string, grupo: Grupo): Promise<void> {
    const { cambios } = grupo;
    if (cambios !== 'todo' && cambios.size === 0) return;
    grupo.cambios = new Set();
    const { keyPath } = this.#table.schema.primKey;
    const clave = (fila: T) => (fila as Record<string, string | number>)[keyPath as string]!;
    try {
      if (cambios === 'todo' || cambios.size > SUELTAS_MAX) {
        const filas = await this.#table.where(this.#indice).equals(valor).toArray();
        grupo.filas = new Map(filas.map((fila) => [clave(fila), fila]));
        return;
      }
      const keys = [...cambios];
      const filas = await this.#table.bulkGet(keys);
      filas.forEach((fila, i) => {
        if (fila && (fila as Record<string, unknown>)[this.#indice] === valor)
          grupo.filas.set(keys[i]!, fila);
        else grupo.filas.delete(keys[i]!);
      });
    } catch (error) {
      grupo.cambios = 'todo';
      throw error;
    }
  }
}

/** The keys of the ranges when each is one key. */
function sueltas(rangos: Rango): Cambios {
  const keys = new Set<string | number>();
  const nodos: (Rango | null | undefined)[] = [rangos];
  for (const nodo of nodos) {
    if (!nodo || !('from' in nodo)) continue;
    const { from, to } = nodo;
    if (from !== to || (typeof from !== 'string' && typeof from !== 'number')) return 'todo';
    keys.add(from);
    nodos.push(nodo.l, nodo.r);
  }
  return keys;
}

const vivas = new WeakMap<object, FilasVivas<object>>();

/** The one store of a table; another handle of the database has tables of its own. */
export function filasVivas<T extends object>(
  table: Table<T, string> | Table<T, number>,
  indice: string,
): FilasVivas<T> {
  let found = vivas.get(table);
  if (!found) {
    found = new FilasVivas(table as unknown as Table<object>, indice);
    vivas.set(table, found);
  }
  return found as unknown as FilasVivas<T>;
}
