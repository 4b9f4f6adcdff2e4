import 'fake-indexeddb/auto';
import { test as base, expect, inject } from 'vitest';
import type { Cluster } from '../db/cluster.ts';
import { findPostgres } from '../db/cluster.ts';
import { testDatabaseUrl } from '../db/harness.ts';
import { closeAtEnd } from '../db/resources.ts';
import { basePostgres } from './bases.ts';
import { clusterFirme } from './cluster-firme.ts';
import { golpeaPostgres } from './postgres.ts';
import { ensayaRestauracion, hayPgDump } from './restaura.ts';
import { golpeaServidor } from './servidor.ts';

/** The short forms of `npm run golpes`. */
const SEMILLA = 20_261_124;
const NADA = { perdidas: 0, dobladas: 0, atoradas: 0, descuadres: 0, detalle: [] };
const test = base.skipIf(findPostgres() === undefined);

test('kill -9 of the server mid-push on a wire that cuts bytes: nothing lost, doubled or stuck', async () => {
  const r = await golpeaServidor(basePostgres(await testDatabaseUrl()), {
    ciclos: 3,
    lineas: 300,
    porTanda: 3,
    telefonos: 3,
    semilla: SEMILLA,
  });
  expect(r).toMatchObject({ ...NADA, ciclos: 3 });
  expect(r.lineas).toBeGreaterThanOrEqual(300);
  expect(r.enVuelo).toBeGreaterThan(0);
}, 90_000);

test('pg_ctl stop -m immediate and kill -9 of PostgreSQL mid-push: the server stays and nothing is lost', async () => {
  const cluster = await clusterFirme();
  closeAtEnd(() => cluster.stop());
  const opciones = { ciclos: 2, lineas: 160, porTanda: 2, telefonos: 2, semilla: SEMILLA };
  expect(await golpeaPostgres(cluster, opciones)).toMatchObject({ ...NADA, ciclos: 2 });
}, 90_000);

// why: pg_dump comes with the client programs, which a machine with only the server lacks
base.skipIf(!hayPgDump())(
  'the server restored from an older dump gets back every line that phones held for sent, a clone’s too',
  async () => {
    const { adminUrl, ownerUrl } = inject('cluster')!;
    const cluster: Cluster = {
      adminUrl,
      ownerUrl: (database) => ownerUrl + database,
      stop: async () => undefined,
    };
    const r = await ensayaRestauracion('misma_epoca', cluster, cluster, {
      lineas: 20,
      telefonos: 2,
      semilla: SEMILLA,
    });
    expect(r).toMatchObject(NADA);
    expect(r.enElAire).toBe(40);
  },
  90_000,
);
