/**
 * Before all browser tests: the demo company is made once for each database, so that every test begins from a
 * copy. PGlite's folder stays in `.cache/` for the next run; PostgreSQL's template lives as long as its cluster.
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FullConfig } from '@playwright/test';
import pg from 'pg';
import { findPostgres, OWNER, startCluster } from '#tests/db/cluster.ts';
import { ProcesoServidor } from './proceso-servidor.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const CACHE = join(ROOT, '.cache');
const PLANTILLA = 'demo_e2e';
/** The demo's movements end when it was made: an old copy would be a company that stopped selling. */
const DIAS = 7;

/** Names the copy by what it is made from. */
function clave(): string {
  const hash = createHash('sha256').update(String(Math.floor(Date.now() / (DIAS * 86_400_000))));
  for (const carpeta of ['database/migrations', 'database/seed', 'server/platform/db'])
    for (const nombre of readdirSync(join(ROOT, carpeta)).sort())
      if (!/\.test\.ts$/.test(nombre)) hash.update(nombre).update(readFileSync(join(ROOT, carpeta, nombre)));
  return hash.digest('hex').slice(0, 16);
}

async function siembraPglite(): Promise<string> {
  const carpeta = join(CACHE, `demo-${clave()}`);
  if (existsSync(carpeta)) return carpeta;
  for (const vieja of existsSync(CACHE) ? readdirSync(CACHE) : [])
    if (vieja.startsWith('demo-')) rmSync(join(CACHE, vieja), { recursive: true, force: true });
  const parcial = `${carpeta}.${randomBytes(4).toString('hex')}`;
  const servidor = await ProcesoServidor.arranca({ DATA_DIR: parcial });
  await servidor.apaga();
  rmSync(join(parcial, 'respaldos'), { recursive: true, force: true });
  renameSync(parcial, carpeta);
  return carpeta;
}

async function siembraPostgres(): Promise<() => Promise<void>> {
  const cluster = await startCluster();
  const admin = new pg.Client({ connectionString: cluster.adminUrl });
  await admin.connect();
  await admin.query(`create database ${PLANTILLA} owner ${OWNER}`);
  await admin.end();
  const servidor = await ProcesoServidor.arranca({ DATABASE_URL: cluster.ownerUrl(PLANTILLA), DEMO: '1' });
  await servidor.apaga();
  process.env.E2E_PG_ADMIN = cluster.adminUrl;
  process.env.E2E_PG_PLANTILLA = cluster.ownerUrl(PLANTILLA);
  return () => cluster.stop();
}

/** Playwright's `globalSetup`; resolves with its teardown. */
export default async function preparacion(config: FullConfig): Promise<() => Promise<void>> {
  const pedidos = config.projects.map(({ name }) => name);
  const [carpeta, detiene] = await Promise.all([
    siembraPglite(),
    pedidos.includes('postgres') && findPostgres() !== undefined ? siembraPostgres() : undefined,
  ]);
  process.env.E2E_PGLITE = carpeta;
  return async () => {
    await detiene?.();
  };
}
