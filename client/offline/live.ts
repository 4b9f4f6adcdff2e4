import { Dexie } from 'dexie';
import { useSyncExternalStore } from 'react';

/** How long an unwatched query keeps its last value, so that going back to a screen shows it at once. */
const KEEP_MS = 10_000;
/** A query that failed (dead handle, database reopened) starts again after this. */
const RETRY_MS = 1_000;
/** Commits that come closer together than this are one change for the screens. */
const GATHER_MS = 25;

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
  let dirty = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const run = async () => {
    running = true;
    dirty = false;
    try {
      const value = await query();
      if (!stopped) next(value);
    } catch {
      dirty = true;
      if (!stopped) timer = setTimeout(() => void run(), RETRY_MS);
      return;
    } finally {
      running = false;
    }
    if (dirty && !stopped) timer = setTimeout(() => void run(), GATHER_MS);
  };
  const changed = () => {
    if (dirty) return;
    dirty = true;
    if (!running) timer = setTimeout(() => void run(), GATHER_MS);
  };

  Dexie.on('storagemutated', changed);
  void run();
  return () => {
    stopped = true;
    clearTimeout(timer);
    Dexie.on.storagemutated.unsubscribe(changed);
  };
}

type Store = { subscribe: (listener: () => void) => () => void; get: () => unknown };

const stores = new Map<string, Store>();

function createStore(key: string, query: () => Promise<unknown>): Store {
  const listeners = new Set<() => void>();
  let value: unknown;
  let stop: (() => void) | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  return {
    subscribe(listener) {
      listeners.add(listener);
      clearTimeout(timer);
      stop ??= observa(query, (read) => {
        value = read;
        for (const each of [...listeners]) each();
      });
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
  };
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
