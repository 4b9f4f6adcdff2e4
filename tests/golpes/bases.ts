import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { createDb } from '#server/platform/db/create-db.ts';
import type { Db } from '#server/platform/db/db.ts';
import { pgliteDir } from '#server/platform/db/dumps.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { OWNER } from '../db/cluster.ts';
import { migratedPglite } from '../db/pglite-cache.ts';
import { Proceso } from './proceso.ts';

/** Where the server keeps its books in a run. */
export interface Base {
  /** The server holds it alone: it must be dead before `abre`. */
  readonly exclusiva: boolean;
  arranca(entorno?: Readonly<Record<string, string>>): Promise<Proceso>;
  /** Runs something over the database, which is closed afterwards. */
  abre<T>(work: (db: Db) => Promise<T>): Promise<T>;
  borra(): Promise<void>;
}

/** A migrated database at this URL of PostgreSQL. */
export function basePostgres(url: string): Base {
  return {
    exclusiva: false,
    arranca: (entorno = {}) => Proceso.arranca({ DATABASE_URL: url, ...entorno }),
    async abre(work) {
      const db = await createDb({ kind: 'postgres', url, max: 3 });
      try {
        return await work(db);
      } finally {
        await db.close();
      }
    },
    borra: async () => undefined,
  };
}

/** Makes a database in a cluster, owned by the role that the server connects as. Returns its URL. */
export async function creaBase(
  cluster: { adminUrl: string; ownerUrl(database: string): string },
  nombre: string,
  { migrada = true } = {},
): Promise<string> {
  const admin = new pg.Client({ connectionString: cluster.adminUrl });
  await admin.connect();
  await admin.query(`create database ${nombre} owner ${OWNER}`);
  await admin.end();
  const url = cluster.ownerUrl(nombre);
  if (migrada) await basePostgres(url).abre((db) => migrate(db));
  return url;
}

/** An embedded database in a folder of its own, migrated. */
export async function basePglite(): Promise<Base & { carpeta: string }> {
  const carpeta = mkdtempSync(path.join(tmpdir(), 'devcompras-golpes-'));
  const dataDir = pgliteDir(carpeta);
  mkdirSync(carpeta, { recursive: true });
  const nueva = await createDb({ kind: 'pglite', dataDir, dump: await migratedPglite() });
  await nueva.close();
  return {
    carpeta,
    exclusiva: true,
    arranca: (entorno = {}) => Proceso.arranca({ DATA_DIR: carpeta, ...entorno }),
    async abre(work) {
      const db = await createDb({ kind: 'pglite', dataDir });
      try {
        return await work(db);
      } finally {
        await db.close();
      }
    },
    borra: async () => rmSync(carpeta, { recursive: true, force: true }),
  };
}
