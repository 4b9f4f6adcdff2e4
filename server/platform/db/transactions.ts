import { type Kysely, sql } from 'kysely';
import type { Claims, Db, Tx, TxOptions } from './db.ts';
import { insideTransaction } from './inside.ts';
import { retrying } from './retry.ts';
import type { Database } from './schema-types.ts';

const DEFAULT_ATTEMPTS = 5;

async function run<T>(
  kysely: Kysely<Database>,
  enter: (tx: Tx) => Promise<unknown>,
  fn: (tx: Tx) => Promise<T>,
  options: TxOptions,
): Promise<T> {
  return retrying(async () => {
    let transaction = kysely.transaction().setIsolationLevel(options.isolation ?? 'read committed');
    if (options.readOnly === true) transaction = transaction.setAccessMode('read only');
    return transaction.execute(async (tx) => {
      await enter(tx);
      const result = await insideTransaction(() => fn(tx));
      // COMMIT of a transaction in which a failed statement was caught and forgotten is a silent ROLLBACK;
      // this statement fails there, so nobody is told "saved" about something undone.
      await sql`select 1`.execute(tx);
      return result;
    });
  }, options.attempts ?? DEFAULT_ATTEMPTS);
}

/** `withUser` and `asService` over one Kysely. */
export function transactionsOver(kysely: Kysely<Database>): Pick<Db, 'withUser' | 'asService'> {
  return {
    withUser: (claims: Claims, fn, options = {}) => {
      const json = JSON.stringify({ ...claims, role: 'authenticated' });
      return run(
        kysely,
        (tx) =>
          sql`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${json}, true)`.execute(
            tx,
          ),
        fn,
        options,
      );
    },
    asService: (fn, options = {}) =>
      run(
        kysely,
        (tx) => sql`select set_config('request.jwt.claims', '{"role":"service_role"}', true)`.execute(tx),
        fn,
        options,
      ),
  };
}
