import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Db } from './db.ts';
import { refuseInsideTransactions } from './inside.ts';
import { createListeners, createPostgresListener, listenStatement } from './listen.ts';
import { type PgliteHost, startPglite } from './pglite-host.ts';
import { PgliteStream } from './pglite-stream.ts';
import type { Database } from './schema-types.ts';
import { transactionsOver } from './transactions.ts';
import { typeParsers } from './type-parsers.ts';

/**
 * Every session speaks UTC, so that text made by the database never depends on the machine. Just-in-time compilation is
 * off: the planner overrates our lateral look-ups, and compiling one takes 200-400 ms where running it takes 5.
 */
const SESSION = "set timezone to 'UTC'; set jit to off";

export interface PostgresConfig {
  readonly kind: 'postgres';
  /** `postgres://…`; a direct or session-pooler connection, never a transaction pooler. */
  readonly url: string;
  /** 10 when left out. */
  readonly max?: number | undefined;
  readonly onProblem?: ((error: Error) => void) | undefined;
}

export interface PgliteConfig {
  readonly kind: 'pglite';
  /** Folder of the database; undefined: in memory, gone at the end. The caller holds the lock. */
  readonly dataDir: string | undefined;
  /** A tar(.gz) of a data directory to begin from; the folder must not hold a database yet. */
  readonly dump?: Uint8Array<ArrayBuffer> | undefined;
  readonly onProblem?: ((error: Error) => void) | undefined;
}

/** The embedded database has two more verbs. */
export interface EmbeddedDb extends Db {
  readonly kind: 'pglite';
  /** A tar of the whole data directory, taken between transactions. */
  dump(): Promise<Uint8Array<ArrayBuffer>>;
  /** Resolves with the reason if the database's thread dies; nothing works after that. */
  readonly crashed: Promise<Error>;
}

export type DbConfig = PostgresConfig | PgliteConfig;

function report(config: DbConfig): (error: Error) => void {
  return config.onProblem ?? (() => undefined);
}

/** Closing twice waits for the same end. */
function once(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => {
    closing ??= close();
    return closing;
  };
}

function createPostgresDb(config: PostgresConfig): Db {
  const connection: pg.ClientConfig = {
    connectionString: config.url,
    types: typeParsers,
    application_name: 'devcompras',
  };
  const pool = new pg.Pool({
    ...connection,
    max: config.max ?? 10,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    onConnect: (client) => client.query(SESSION),
  } as pg.PoolConfig);
  pool.on('error', report(config));
  // The pool listens to its idle connections only: one that dies in use would end the process. Its query rejects.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const listener = createPostgresListener(connection, report(config));
  const kysely = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  return {
    kind: 'postgres',
    kysely,
    pool,
    ...transactionsOver(kysely),
    listen: (channel, cb) => listener.listen(channel, cb),
    close: once(async () => {
      await listener.close();
      await pool.end();
    }),
  };
}

async function createEmbeddedDb(config: PgliteConfig): Promise<EmbeddedDb> {
  const host: PgliteHost = await startPglite({ dataDir: config.dataDir, dump: config.dump });
  const listeners = createListeners();
  const pool = new pg.Pool({
    types: typeParsers,
    stream: () => new PgliteStream(host),
    user: 'postgres',
    database: 'postgres',
    // PGlite has one session; a second client would share its transactions.
    max: 1,
    idleTimeoutMillis: 0,
    onConnect: async (client: pg.ClientBase) => {
      client.on('notification', ({ channel, payload }) => listeners.deliver(channel, payload ?? ''));
      await client.query(SESSION);
      for (const channel of listeners.channels) await client.query(listenStatement('LISTEN', channel));
    },
  } as pg.PoolConfig);
  pool.on('error', report(config));
  refuseInsideTransactions(pool);
  const kysely = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  return {
    kind: 'pglite',
    kysely,
    pool,
    crashed: host.crashed,
    ...transactionsOver(kysely),
    async listen(channel, cb) {
      listeners.add(channel, cb);
      await pool.query(listenStatement('LISTEN', channel));
      return async () => {
        if (listeners.remove(channel, cb) && !pool.ending)
          await pool.query(listenStatement('UNLISTEN', channel));
      };
    },
    async dump() {
      // Holding the only client keeps every transaction out while the files are read.
      const client = await pool.connect();
      try {
        await client.query('checkpoint');
        return await host.dump();
      } finally {
        client.release();
      }
    },
    close: once(async () => {
      await pool.end();
      await host.close();
    }),
  };
}

/** Opens the database. Rejects when PGlite cannot start; a PostgreSQL that is away is found at the first query. */
export function createDb(config: PostgresConfig): Promise<Db>;
export function createDb(config: PgliteConfig): Promise<EmbeddedDb>;
export function createDb(config: DbConfig): Promise<Db>;
export async function createDb(config: DbConfig): Promise<Db> {
  return config.kind === 'pglite' ? createEmbeddedDb(config) : createPostgresDb(config);
}
