import { liveQuery } from 'dexie';
import { useSyncExternalStore } from 'react';

/** How long an unwatched query keeps its last value, so that going back to a screen shows it at once. */
const KEEP_MS = 10_000;
/** A query that failed (dead handle, database reopened) starts again after this. */
const RETRY_MS = 1_000;

type Store = { subscribe: (listener: () => void) => () => void; get: () => unknown };

const stores = new Map<string, Store>();

function createStore(key: string, query: () => Promise<unknown>): Store {
  const listeners = new Set<() => void>();
  let value: unknown;
  let running: { unsubscribe(): void } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const start = () => {
    running = liveQuery(query).subscribe({
      next: (next) => {
        value = next;
        for (const listener of [...listeners]) listener();
      },
      error: () => {
        running = null;
        timer = setTimeout(() => listeners.size > 0 && start(), RETRY_MS);
      },
    });
  };

  return {
    subscribe(listener) {
      listeners.add(listener);
      clearTimeout(timer);
      if (!running) start();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        timer = setTimeout(() => {
          running?.unsubscribe();
          running = null;
          stores.delete(key);
        }, KEEP_MS);
      };
    },
    get: () => value,
  };
}

/**
 * The value of a query over the two databases, again whenever any tab changes what it read. `key` names query and
 * arguments: components with the same key share one query. `undefined` while the first read is under way.
 */
export function useLive<T>(key: string, query: () => Promise<T>): T | undefined {
  let store = stores.get(key);
  if (!store) {
    store = createStore(key, query);
    stores.set(key, store);
  }
  return useSyncExternalStore(store.subscribe, store.get) as T | undefined;
}
