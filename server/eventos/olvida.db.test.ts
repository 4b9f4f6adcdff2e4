import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testTienda, testUser } from '#tests/db/people.ts';
import { testServer } from '#tests/db/server.ts';
import { codeOf, trpcAs } from '#tests/db/trpc.ts';
import { cabezaDe, leeEventos } from './lee.ts';
import { olvida } from './olvida.ts';

const server = await testServer();
const { db } = server;
const tienda = await testTienda(db);
const admin = await testUser(db, { rol: 'admin' });
const api = await trpcAs(server, admin);

async function hace(dias: number, cuantos: number): Promise<void> {
  await db.asService(async (tx) => {
    await sql`insert into inventario.eventos (tipo, tienda_id, roles, en)
              select 'conteo.creado', ${tienda.id}, '{admin}', now() - make_interval(days => ${dias}) from generate_series(1, ${cuantos})`.execute(
      tx,
    );
  });
}

test('retention is a setting (90 days): what is older is forgotten, the floor rises, and an older cursor is told so', async () => {
  await hace(100, 1200);
  await hace(60, 3);
  await hace(0, 2);
  const antes = await cabezaDe(db);
  expect(await olvida(db)).toEqual({ eventos: 0, entregas: 0 });
  // What the webhooks have not been given yet stays.
  await sql`update sync.eventos_cabeza set repartido = pos`.execute(db.kysely);
  expect(await olvida(db)).toEqual({ eventos: 1200, entregas: 0 });
  expect(await cabezaDe(db)).toEqual({ ...antes, piso: 1200 });
  const lee = (pos: number) =>
    leeEventos(db, admin.claims, { epoca: antes.epoca, pos }, { patrones: [], limite: 100 });
  const viejo = await lee(500);
  expect([viejo.perdido, viejo.eventos.map(({ pos }) => pos)]).toEqual([
    true,
    [1201, 1202, 1203, 1204, 1205],
  ]);
  expect((await lee(1200)).perdido).toBe(false);

  expect(await api.eventos.retencion.query()).toEqual({ dias: 90, version: 0 });
  expect(await api.eventos.guardaRetencion.mutate({ dias: 30, version: 0 })).toEqual({ version: 1 });
  expect(await codeOf(api.eventos.guardaRetencion.mutate({ dias: 40, version: 0 }))).toBe(
    'CAMBIO_ENTRETANTO',
  );
  expect(await codeOf(api.eventos.guardaRetencion.mutate({ dias: 1, version: 1 }))).toBe('ENTRADA_INVALIDA');
  expect(await olvida(db)).toEqual({ eventos: 3, entregas: 0 });
});
