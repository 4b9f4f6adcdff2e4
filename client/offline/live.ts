import { Dexie } from 'dexie';
import { useSyncExternalStore } from 'react';

/** How long an unwatched query keeps its last value, so that going back to a screen shows it at once. */
const KEEP_MS = 10_000;
/** A query that failed (dead handle, database reopened) starts again after this. */
const RETRY_MS = 1_000;
/** Commits that come closer together than this are one change for the screens. */
const GATHER_MS = 25;
/** The same for commits of the catalogue alone: while it comes down there are two a second, and hardly any screen cares. */
const GATHER_CATALOGO_MS = 1_000;
const DEL_CATALOGO =
  /^idb:\/\/cache-[^/]*\/(bloques|fichas|categorias)_[ab]\/|^idb:\/\/cache-[^/]*\/(meta|cursores)\//;

function soloCatalogo(partes: object): boolean {
  const nombres = Object.keys(partes);
  return nombres.length > 0 && nombres.every((parte) => DEL_CATALOGO.test(parte));
}

/**
 * Runs `query` now and again after every commit of any tab to either database, and hands on each value. Returns the
 * function that stops it.
 *
 * Dexie's `liveQuery` re-runs only for what it saw the query read, and loses sight of reads behind several native
 * `await`s: a list then stays old without an error. Reading a little too often is cheap; showing a stale count is not.
 */
export function observa<T>(query: () => Promise<T>, next: (value: T) => void): () => void {
  let stopped = false;
  let running = false;
  /** When the next read is due, by `performance.now()`. */
  let due = Number.POSITIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const readIn = (ms: number) => {
    due = performance.now() + ms;
    clearTimeout(timer);
    if (!running) timer = setTimeout(() => void run(), ms);
  };
  const run = async () => {
    running = true;
    due = Number.POSITIVE_INFINITY;
    let failed = false;
    try {
      const value = await query();
      if (!stopped) next(value);
    } catch {
      failed = true;
    }
    running = false;
    if (stopped) return;
    if (failed) readIn(RETRY_MS);
    else if (due < Number.POSITIVE_INFINITY) readIn(Math.max(0, due - performance.now()));
  };
  const changed = (partes: object) => {
    const ms = soloCatalogo(partes) ? GATHER_CATALOGO_MS : GATHER_MS;
    if (performance.now() + ms < due) readIn(ms);
  };

  Dexie.on('storagemutated', changed);
  void run();
  return () => {
    stopped = true;
    clearTimeout(timer);
    Dexie.on.storagemutated.unsubscribe(changed);
  };
}

type Store = {
  subscribe: (listener: () => void) => () => void;
  get: () => unknown;
  /** The value is of another person: gone at once, read again for whoever watches. */
  forget: () => void;
};

const stores = new Map<string, Store>();

function createStore(key: string, query: () => Promise<unknown>): Store {
  const listeners = new Set<() => void>();
  let value: unknown;
  let stop: (() => void) | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const watch = () =>
    observa(query, (read) => {
      value = read;
      for (const each of [...listeners]) each();
    });
  return {
    subscribe(listener) {
      listeners.add(listener);
      clearTimeout(timer);
      stop ??= watch();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        timer = setTimeout(() => {
          stop?.();
          stop = null;
          stores.delete(key);
        }, KEEP_MS);
      };
    },
    get: () => value,
    forget() {
      value = undefined;
      if (!stop) return;
      // A read under way may still hold the former person's rows: it is not waited for.
      stop();
      stop = watch();
      for (const each of [...listeners]) each();
    },
  };
}

/** Forgets every value at hand: another person takes the phone. */
export function olvidaVivas(): void {
  for (const store of stores.values()) store.forget();
}

/**
 * The value of a query over the two databases, again whenever any tab changes them. `key` names query and arguments:
 * components with the same key share one query. `undefined` while the first read is under way.
 */
export function useLive<T>(key: string, query: () => Promise<T>): T | undefined {
  let store = stores.get(key);
  if (!store) {
    store = createStore(key, query);
    stores.set(key, store);
  }
  return useSyncExternalStore(store.subscribe, store.get) as T | undefined;
}
