import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { test as base, expect, inject } from 'vitest';
import { newId, systemClock } from '#server/platform/clock.ts';
import { createDb } from '#server/platform/db/create-db.ts';
import type { Db } from '#server/platform/db/db.ts';
import { findPostgres } from '#tests/db/cluster.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDatabaseUrl } from '#tests/db/harness.ts';
import { closeAtEnd } from '#tests/db/resources.ts';
import { linea, Telefono } from '#tests/sync/telefono.ts';
import { ensureEpoch } from './epoca.ts';
import { hello } from './hello.ts';
import { sha256Hex } from './huella.ts';

const bin = findPostgres();
// why: pg_dump comes with the client programs, which a machine with only the server lacks
const test = base.skipIf(bin === undefined || !existsSync(path.join(bin, 'pg_dump')));

async function abre(url: string): Promise<Db> {
  const db = await createDb({ kind: 'postgres', url, max: 4 });
  closeAtEnd(() => db.close());
  return db;
}

function corre(programa: string, ...args: string[]): void {
  execFileSync(path.join(bin!, programa), args, { stdio: 'pipe' });
}

test('a server restored from its backup gets every line again, and the phones see nothing of the lost history', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'devcompras-respaldo-'));
  closeAtEnd(() => rm(dir, { recursive: true, force: true }));
  const archivo = path.join(dir, 'respaldo.dump');
  const url = await testDatabaseUrl();
  const antes = await abre(url);
  const e = await escenaConteo(antes);
  const tel = await new Telefono(antes).registra(e.ana);
  const conteo = newId();
  const libre = { id: conteo, almacenId: e.tienda.almacenId, nombre: '', ciego: true };
  tel.guarda(e.ana, 'conteo.libre/1', { ...libre, abiertoEn: new Date().toISOString() });
  for (let i = 0; i < 4; i++) tel.guarda(e.ana, 'conteo.linea/1', linea(conteo));
  await tel.envia();
  await tel.bajaTodo(e.ana);
  const epoca = await ensureEpoch(antes, systemClock);

  // The dump of the data only: the new database has its schema from the migrations, whatever the version of pg_dump.
  corre('pg_dump', '-Fc', '-f', archivo, url);

  const perdido = await e.producto();
  for (let i = 0; i < 3; i++) tel.guarda(e.ana, 'conteo.linea/1', linea(conteo));
  expect(await tel.envia()).toMatchObject({ kind: 'ok', expectedMid: 9 });
  await tel.bajaTodo(e.ana);
  expect(tel.filas('productos').has(perdido)).toBe(true);
  const cursoresDeAntes = { ...tel.cursors };

  const otraUrl = await testDatabaseUrl({ migrated: false });
  const admin = new URL(inject('cluster')!.adminUrl);
  admin.pathname = new URL(otraUrl).pathname;
  corre('pg_restore', '--no-owner', '--role=devcompras', '-d', admin.href, archivo);
  const despues = await abre(otraUrl);
  expect(await ensureEpoch(despues, systemClock)).toBe(epoca);
  Object.assign(tel, { db: despues });

  // The server is behind what the phone knows as acked: it says from where, and the resend makes it whole.
  tel.guarda(e.ana, 'conteo.linea/1', linea(conteo));
  expect(await tel.envia(tel.diario.slice(8))).toMatchObject({ kind: 'gap', expectedMid: 6 });
  expect(await tel.envia(tel.diario.slice(5))).toMatchObject({ kind: 'ok', expectedMid: 10 });
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from inventario.conteo_lineas where conteo_id = ${conteo}`.execute(
    despues.kysely,
  );
  expect(rows).toEqual([{ n: 8 }]);

  // New work brings the catalogue back to the versions of the lost history: only the token tells them apart.
  const e2 = { ...e, db: despues };
  await despues.asService(async (tx) => {
    for (let i = 0; i < 3; i++) {
      await sql`insert into inventario.productos (id, codigo, nombre) values (${newId()}, ${`N-${newId()}`}, 'Nuevo')`.execute(
        tx,
      );
    }
  });
  tel.cursors = cursoresDeAntes;
  const salida = await tel.baja(e2.ana);
  expect(salida.pages.find((p) => p.scope === 'catalogo')).toMatchObject({ reset: true });
  await tel.bajaTodo(e2.ana);
  expect(tel.filas('productos').has(perdido)).toBe(false);
  expect([...tel.filas('productos').values()].filter((p) => p.nombre === 'Nuevo')).toHaveLength(3);
  expect(tel.lastMid).toBe(9);

  // What the phone no longer has is a laguna that anybody can see, and the queue goes on.
  tel.guarda(e.ana, 'conteo.linea/1', linea(conteo));
  await sql`update sync.device set last_mid = 6 where id = ${tel.deviceId}`.execute(despues.kysely);
  await sql`delete from sync.mutation where device_id = ${tel.deviceId} and mid > 6`.execute(despues.kysely);
  expect(await tel.envia(tel.diario.slice(9), { oldestMid: 10 })).toMatchObject({
    kind: 'ok',
    expectedMid: 11,
  });
  const lagunas = await sql`select desde_mid, hasta_mid from sync.laguna`.execute(despues.kysely);
  expect(lagunas.rows).toEqual([{ desde_mid: '7', hasta_mid: '9' }]);
});

test('another cluster or another timeline is another epoch; the same one keeps it', async () => {
  const db = await abre(await testDatabaseUrl());
  const epoca = await ensureEpoch(db, systemClock);
  expect(await ensureEpoch(db, systemClock)).toBe(epoca);
  const { rows } = await sql<{ system_identifier: string | null }>`
    select system_identifier from sync.meta`.execute(db.kysely);
  expect(rows[0]?.system_identifier).toMatch(/^\d+$/);
  await sql`update sync.meta set system_identifier = '1'`.execute(db.kysely);
  const otra = await ensureEpoch(db, systemClock);
  expect(otra).not.toBe(epoca);
  await sql`update sync.meta set timeline = '99'`.execute(db.kysely);
  expect(await ensureEpoch(db, systemClock)).not.toBe(otra);
});

test('a clone that took the numbers which a restored server lost: the phone hears it at hello and at push, and sends all again', async () => {
  const db = await abre(await testDatabaseUrl());
  const e = await escenaConteo(db);
  const tel = await new Telefono(db).registra(e.ana);
  const conteo = await e.conteo([e.ana]);
  for (let i = 0; i < 3; i++) tel.guarda(e.ana, 'conteo.linea/1', linea(conteo));
  const saluda = (mutacion: { mid: number; hash: string } | null) =>
    hello(tel.port, null, {
      deviceId: tel.deviceId,
      secret: tel.secret,
      app: 'prueba',
      schema: 1,
      pending: 0,
      oldestPendingAt: null,
      acked: mutacion && { mid: mutacion.mid, hash: mutacion.hash },
    });
  await tel.envia();
  const tercera = tel.diario[2]!;
  expect(await saluda(tercera)).toMatchObject({ forked: false, expectedMid: 4 });

  // The backup lacks the third one; the clone's own third takes its number before the phone speaks again.
  await sql`delete from sync.mutation where device_id = ${tel.deviceId} and mid = 3`.execute(db.kysely);
  await sql`update sync.device set last_mid = 2 where id = ${tel.deviceId}`.execute(db.kysely);
  const delClon = JSON.stringify(linea(conteo));
  await tel.envia([{ ...tercera, args: delClon, hash: sha256Hex(delClon) }]);
  expect(await saluda(tercera)).toMatchObject({ forked: true, expectedMid: 4 });
  const cuarta = tel.guarda(e.ana, 'conteo.linea/1', linea(conteo));
  expect(await tel.envia([cuarta], { acked: { mid: 3, hash: tercera.hash } })).toMatchObject({
    kind: 'forked',
    resend: true,
    expectedMid: 4,
    results: [],
  });
  // A phone of before that says nothing of it, and one with nothing sent, go on as they did.
  expect(await saluda(null)).toMatchObject({ forked: false });
  expect(await tel.envia([cuarta])).toMatchObject({ kind: 'ok', expectedMid: 5 });
});
