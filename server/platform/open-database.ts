import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Env } from '../env.ts';
import type { Clock } from './clock.ts';
import { createDb, type EmbeddedDb } from './db/create-db.ts';
import type { Db } from './db/db.ts';
import { type Dumps, pgliteDir, startDumps, writeDump } from './db/dumps.ts';
import { currentMigration, migrate, readMigrations } from './db/migrate.ts';
import { acquireLock } from './lock.ts';
import type { Logger } from './logger.ts';

/** The database of this process, migrated, and how to leave it. */
export interface OpenDatabase {
  readonly db: Db;
  /** The embedded one: its dumps. */
  readonly dumps: Dumps | undefined;
  /** Resolves with the reason if the embedded database dies. */
  readonly crashed: Promise<Error>;
  /** Dumps (embedded), closes and frees the folder. */
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly env: Env;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Told in Spanish what is being waited for. */
  readonly onStep: (reason: string) => void;
}

const RECONNECT_MS = 1_000;

/** SQLSTATE class 28: wrong user or password; 3D000: no such database. Waiting will not mend them. */
function isHopeless(error: unknown): boolean {
  return /^(28|3D)/.test(String((error as { code?: unknown }).code));
}

async function waitForPostgres(db: Db, { logger, onStep }: OpenOptions): Promise<void> {
  for (let told = false; ; ) {
    try {
      await db.pool.query('select 1');
      return;
    } catch (error) {
      if (isHopeless(error)) throw error;
      if (!told) logger.warn({ err: error }, 'PostgreSQL does not answer yet');
      told = true;
      onStep('Esperando a que PostgreSQL conteste.');
      await sleep(RECONNECT_MS);
    }
  }
}

async function openPostgres(url: string, options: OpenOptions): Promise<OpenDatabase> {
  const { env, logger, onStep } = options;
  const db = await createDb({
    kind: 'postgres',
    url,
    max: env.poolMax,
    onProblem: (error) => logger.warn({ err: error }, 'connection to PostgreSQL lost'),
  });
  try {
    await waitForPostgres(db, options);
    onStep('Aplicando migraciones.');
    await migrate(db);
  } catch (error) {
    await db.close();
    throw error;
  }
  return { db, dumps: undefined, crashed: new Promise(() => undefined), close: () => db.close() };
}

/** A dump before the first new migration: a migration that goes wrong in use must be undoable. */
async function dumpBeforeMigrating(db: EmbeddedDb, { env, clock }: OpenOptions): Promise<void> {
  const current = await currentMigration(db).catch(() => undefined);
  const newest = (await readMigrations()).at(-1)?.name;
  if (current === undefined || newest === undefined || newest <= current) return;
  await writeDump(db, env.dataDir, env.dumpKeep, clock);
}

/**
 * Clears what a first start left that was cut in the middle of making the database, and marks that one is
 * being made. Returns how to say that it is complete.
 */
async function markCreation(dataDir: string): Promise<() => Promise<void>> {
  const mark = path.join(dataDir, 'creando');
  if (existsSync(mark)) await rm(pgliteDir(dataDir), { recursive: true, force: true });
  if (existsSync(pgliteDir(dataDir))) return async () => undefined;
  await writeFile(mark, '');
  return () => rm(mark);
}

async function openEmbedded(options: OpenOptions): Promise<OpenDatabase> {
  const { env, logger, clock, onStep } = options;
  const lock = acquireLock(env.dataDir);
  try {
    onStep('Abriendo la base de datos integrada.');
    const created = await markCreation(env.dataDir);
    const db = await createDb({
      kind: 'pglite',
      dataDir: pgliteDir(env.dataDir),
      onProblem: (error) => logger.warn({ err: error }, 'connection to PGlite lost'),
    });
    await dumpBeforeMigrating(db, options);
    onStep('Aplicando migraciones.');
    await migrate(db);
    await created();
    const { dataDir, dumpMinutes: minutes, dumpKeep: keep } = env;
    const dumps = startDumps(db, { dataDir, minutes, keep, clock, logger });
    return {
      db,
      dumps,
      crashed: db.crashed,
      async close() {
        await dumps.stop();
        await dumps
          .now()
          .catch((error: unknown) => logger.error({ err: error }, 'no se pudo escribir el respaldo'));
        await db.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Opens and migrates. Rejects with `LockedError`, `MigrationError` or the database's own error. */
export function openDatabase(options: OpenOptions): Promise<OpenDatabase> {
  const { databaseUrl } = options.env;
  return databaseUrl === undefined ? openEmbedded(options) : openPostgres(databaseUrl, options);
}
