import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { createDb } from '#server/platform/db/create-db.ts';
import type { Db, DbKind } from '#server/platform/db/db.ts';
import { TEMPLATE } from './names.ts';
import { migratedPglite } from './pglite-cache.ts';
import { closeAtEnd } from './resources.ts';

export interface TestDbOptions {
  /** What `DB_KIND` says when left out, else `postgres`. */
  readonly kind?: DbKind;
  /** `false`: an empty database without migrations. */
  readonly migrated?: boolean;
  /** Pool size on PostgreSQL; 5 when left out. */
  readonly max?: number;
}

/** The kind of database this vitest project tests on. */
export function dbKind(): DbKind {
  return process.env.DB_KIND === 'pglite' ? 'pglite' : 'postgres';
}

async function admin<T>(fn: (client: pg.Client) => Promise<T>): Promise<T> {
  const cluster = inject('cluster');
  if (cluster === undefined) throw new Error('this test needs PostgreSQL, which is not installed here');
  const client = new pg.Client({ connectionString: cluster.adminUrl });
  await client.connect();
  try {
    return await fn(client);
  } finally {
    await client.end();
  }
}

/**
 * The URL of a new PostgreSQL database, cloned from the migrated template unless `migrated` is false, as an
 * owner that is no superuser. Dropped when the test file ends.
 */
export async function testDatabaseUrl(options: Pick<TestDbOptions, 'migrated'> = {}): Promise<string> {
  const name = `prueba_${randomBytes(6).toString('hex')}`;
  const template = options.migrated === false ? 'template1' : TEMPLATE;
  await admin((client) => client.query(`create database ${name} template ${template} owner devcompras`));
  closeAtEnd(() =>
    admin((client) => client.query(`drop database if exists ${name} with (force)`)).then(() => undefined),
  );
  return `${inject('cluster')?.ownerUrl}${name}`;
}

/**
 * A database of this test file's own, as the server's `Db`; closed and dropped when the file ends. Call it
 * at the top of the file (`const db = await testDb()`) or in `beforeAll`.
 */
export async function testDb(options: TestDbOptions = {}): Promise<Db> {
  const db =
    (options.kind ?? dbKind()) === 'pglite'
      ? await createDb({
          kind: 'pglite',
          dataDir: undefined,
          ...(options.migrated === false ? {} : { dump: await migratedPglite() }),
        })
      : await createDb({ kind: 'postgres', url: await testDatabaseUrl(options), max: options.max ?? 5 });
  closeAtEnd(() => db.close());
  return db;
}
