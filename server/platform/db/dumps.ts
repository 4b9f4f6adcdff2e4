import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip, type ZlibOptions } from 'node:zlib';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import { createDb, type EmbeddedDb } from './create-db.ts';

const compress = promisify<Uint8Array, ZlibOptions, Buffer>(gzip);
const FOLDER = 'respaldos';
const NAME = /^devcompras-\d{8}T\d{6}Z\.tar\.gz$/;

/** Where the dumps of a data folder are. */
export function dumpsDir(dataDir: string): string {
  return path.join(dataDir, FOLDER);
}

/** Where PGlite keeps its files inside a data folder. */
export function pgliteDir(dataDir: string): string {
  return path.join(dataDir, 'pglite');
}

/** The dumps of a folder, newest first, as full paths. */
export async function listDumps(dataDir: string): Promise<string[]> {
  const names = await readdir(dumpsDir(dataDir)).catch(() => []);
  return names
    .filter((name) => NAME.test(name))
    .sort()
    .reverse()
    .map((name) => path.join(dumpsDir(dataDir), name));
}

/**
 * Writes a dump of the whole database and forgets all but the newest `keep`. The file gets its name only
 * when it is whole and on the disk. Resolves with its path.
 */
export async function writeDump(
  db: EmbeddedDb,
  dataDir: string,
  keep: number,
  clock: Clock,
): Promise<string> {
  // Compressed here, in the thread pool: the database stands still only while its files are read.
  const bytes = await compress(await db.dump(), { level: 1 });
  await mkdir(dumpsDir(dataDir), { recursive: true });
  const stamp = clock
    .now()
    .toISOString()
    .replaceAll(/[-:]|\.\d+/g, '');
  const file = path.join(dumpsDir(dataDir), `devcompras-${stamp}.tar.gz`);
  const partial = `${file}.parcial`;
  const handle = await open(partial, 'w');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(partial, file);
  for (const old of (await listDumps(dataDir)).slice(keep)) await rm(old);
  return file;
}

export interface Dumps {
  /** Writes one now, unless nothing was written to the database since the last. Rejects when it can't. */
  now(): Promise<void>;
  /** Stops the timer and waits for a dump under way. */
  stop(): Promise<void>;
}

export interface DumpsConfig {
  readonly dataDir: string;
  /** Minutes between dumps; 0: only when asked. */
  readonly minutes: number;
  readonly keep: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

async function walPosition(db: EmbeddedDb): Promise<string | undefined> {
  const { rows } = await db.pool.query<{ en: string }>('select pg_current_wal_insert_lsn()::text as en');
  return rows[0]?.en;
}

/** Dumps on a schedule. A failed dump is an error in the log, never the end of the server. */
export function startDumps(db: EmbeddedDb, { dataDir, minutes, keep, clock, logger }: DumpsConfig): Dumps {
  let last: string | undefined;
  let running: Promise<void> | undefined;

  async function dump(): Promise<void> {
    if (last !== undefined && last === (await walPosition(db))) return;
    const file = await writeDump(db, dataDir, keep, clock);
    last = await walPosition(db);
    logger.info({ file }, 'respaldo escrito');
  }

  function now(): Promise<void> {
    running ??= dump().finally(() => {
      running = undefined;
    });
    return running;
  }

  const timer =
    minutes === 0
      ? undefined
      : setInterval(() => {
          now().catch((error: unknown) => logger.error({ err: error }, 'no se pudo escribir el respaldo'));
        }, minutes * 60_000);
  timer?.unref();
  return {
    now,
    async stop() {
      clearInterval(timer);
      await running?.catch(() => undefined);
    },
  };
}

/**
 * Puts a dump in the place of the folder's database. The caller holds the lock. What was there is moved to
 * `pglite-antes-de-<instant>`, not deleted. The dump is opened first: a broken file changes nothing.
 * Resolves with the newest migration of the dump's own.
 */
export async function restoreDump(
  dataDir: string,
  dumpFile: string,
  clock: Clock,
): Promise<{ migration: string | undefined; previous: string | undefined }> {
  const dump = new Uint8Array(await readFile(dumpFile));
  const fresh = `${pgliteDir(dataDir)}.restaurando`;
  await rm(fresh, { recursive: true, force: true });
  const db = await createDb({ kind: 'pglite', dataDir: fresh, dump });
  let migration: string | undefined;
  try {
    const { rows } = await db.pool.query<{ nombre: string }>(
      'select nombre from sync.migracion order by nombre desc limit 1',
    );
    migration = rows[0]?.nombre;
  } finally {
    await db.close();
  }
  const stamp = clock
    .now()
    .toISOString()
    .replaceAll(/[-:]|\.\d+/g, '');
  const previous = path.join(dataDir, `pglite-antes-de-${stamp}`);
  const moved = await rename(pgliteDir(dataDir), previous).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
  await rename(fresh, pgliteDir(dataDir));
  return { migration, previous: moved ? previous : undefined };
}
