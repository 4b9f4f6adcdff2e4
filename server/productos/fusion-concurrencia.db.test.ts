import { setTimeout as espera } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { newId, systemClock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { testDb } from '#tests/db/harness.ts';
import { type TestTienda, type TestUser, testTienda, testUser } from '#tests/db/people.ts';
import { fusiona } from './fusion.ts';
import { guardaProducto } from './producto.ts';

let db: Db;
let tienda: TestTienda;
let gerente: TestUser;
const puerto = () => ({ db, clock: systemClock });

beforeAll(async () => {
  db = await testDb({ max: 8 });
  tienda = await testTienda(db);
  gerente = await testUser(db, { rol: 'gerente', tiendas: [tienda] });
});

async function producto(): Promise<string> {
  const id = newId();
  await db.pool.query('insert into inventario.productos (id, codigo, nombre) values ($1, $2, $2)', [
    id,
    `X-${id.slice(-10)}`,
  ]);
  return id;
}
const SQL = `insert into inventario.transacciones (id, producto_id, almacen_id, tipo, cantidad, ocurrida_en)
             values ($1, $2, $3, 'compra', $4, now() - interval '1 minute')`;
const existencias = async (...ids: string[]) => {
  const { rows } = await db.pool.query<{ producto_id: string; n: number }>(
    'select producto_id, cantidad::float as n from inventario.existencias where producto_id = any($1::uuid[])',
    [ids],
  );
  return ids.map((id) => rows.find((r) => r.producto_id === id)?.n ?? 0);
};

test('a movement under way when two products are joined passes on with the rest, whichever commits first', async () => {
  for (const ms of [0, 30, 80]) {
    const [m, s] = [await producto(), await producto()];
    await db.pool.query(SQL, [newId(), m, tienda.almacenId, 10]);
    const caja = await db.pool.connect();
    try {
      await caja.query('begin');
      await caja.query(SQL, [newId(), m, tienda.almacenId, 5]);
      const union = fusiona(puerto(), gerente, {
        id: newId(),
        origenId: m,
        destinoId: s,
        factores: {},
        toma: [],
      });
      await espera(ms);
      await caja.query('commit');
      await union;
    } finally {
      caja.release();
    }
    expect(await existencias(m, s)).toEqual([0, 15]);
  }
});

test('movements of many tills during a join: none is lost, none stays behind', async () => {
  const [m, s] = [await producto(), await producto()];
  const ventas = Array.from({ length: 20 }, async (_, n) => {
    await espera(n * 4);
    await db.pool.query(SQL, [newId(), n % 2 === 0 ? m : s, tienda.almacenId, 1]);
  });
  await espera(25);
  await fusiona(puerto(), gerente, { id: newId(), origenId: m, destinoId: s, factores: {}, toma: [] });
  await Promise.all(ventas);
  expect(await existencias(m, s)).toEqual([0, 20]);
});

test('two people give the same new code at once: one gets it, the other is told which', async () => {
  const codigo = `DOBLE-${newId().slice(-8)}`;
  const crea = () =>
    guardaProducto(puerto(), gerente, {
      id: newId(),
      nuevo: true,
      cambios: { codigo: { base: null, valor: codigo }, nombre: { base: null, valor: 'Dos' } },
    });
  const hechos = await Promise.allSettled([crea(), crea(), crea()]);
  expect(hechos.filter((h) => h.status === 'fulfilled')).toHaveLength(1);
  for (const h of hechos)
    if (h.status === 'rejected') expect(h.reason).toMatchObject({ code: 'CODIGO_EN_USO', data: { codigo } });
});
