import { AsyncLocalStorage } from 'node:async_hooks';
import type { Pool } from 'pg';

/** The transaction that the running code is part of; `open` turns false when it ends. */
const current = new AsyncLocalStorage<{ open: boolean }>();

/** Marks everything that `fn` does, also later and indirectly, as done inside one transaction. */
export async function insideTransaction<T>(fn: () => Promise<T>): Promise<T> {
  const mark = { open: true };
  try {
    return await current.run(mark, fn);
  } finally {
    mark.open = false;
  }
}

/**
 * Makes a pool of one client refuse to be asked from inside a transaction: the answer could only come after
 * the transaction, which is waiting for it.
 */
export function refuseInsideTransactions(pool: Pool): void {
  const connect = pool.connect.bind(pool) as (callback?: unknown) => unknown;
  pool.connect = ((callback?: (error: Error) => void) => {
    if (current.getStore()?.open !== true) return connect(callback);
    const error = new Error('the root database was used inside a transaction: pass the tx on');
    if (callback === undefined) return Promise.reject(error);
    process.nextTick(callback, error);
    return undefined;
  }) as Pool['connect'];
}
