import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import { createDb } from '#server/platform/db/create-db.ts';
import { testDatabaseUrl } from './harness.ts';
import { testTienda } from './people.ts';

const url = await testDatabaseUrl();
const db = await createDb({ kind: 'postgres', url, max: 3 });
const tienda = await testTienda(db);
const clientes: pg.Client[] = [];
afterAll(async () => {
  await Promise.all(clientes.map((c) => c.end()));
  await db.close();
});

async function cliente(): Promise<pg.Client> {
  const c = new pg.Client({ connectionString: url });
  await c.connect();
  clientes.push(c);
  return c;
}
async function producto(): Promise<string> {
  const id = newId();
  await db.pool.query('insert into inventario.productos (id, codigo, nombre) values ($1, $2, $2)', [id, id]);
  return id;
}
const ALTA = `insert into inventario.transacciones (id, producto_id, almacen_id, tipo, cantidad, ocurrida_en) values ($1, $2, $3, $4, $5, $6)`;
async function mueve(
  c: pg.Client | pg.Pool,
  p: string,
  tipo: string,
  cantidad: number,
  en: string,
): Promise<void> {
  await c.query(ALTA, [newId(), p, tienda.almacenId, tipo, cantidad, en]);
}
async function existencia(p: string): Promise<number> {
  const { rows } = await db.pool.query('select cantidad from inventario.existencias where producto_id = $1', [
    p,
  ]);
  return Number(rows[0]?.cantidad);
}

it('a writer that waits for another one’s row counts what the other committed', async () => {
  const p = await producto();
  await mueve(db.pool, p, 'inventario', 100, '2026-03-01T12:00:00Z');
  const [a, b] = [await cliente(), await cliente()];
  await a.query('begin');
  await mueve(a, p, 'venta', 10, '2026-03-02T12:00:00Z');
  const espera = mueve(b, p, 'venta', 5, '2026-03-02T13:00:00Z');
  await new Promise((r) => setTimeout(r, 150));
  await a.query('commit');
  await espera;
  expect(await existencia(p)).toBe(85);
});

it('two writers that both make the first row of a pair, one of them a back-dated base', async () => {
  const p = await producto();
  const [a, b] = [await cliente(), await cliente()];
  await a.query('begin');
  await mueve(a, p, 'venta', 2, '2026-03-02T12:00:00Z');
  const espera = mueve(b, p, 'inventario', 50, '2026-03-01T12:00:00Z');
  await new Promise((r) => setTimeout(r, 150));
  await a.query('commit');
  await espera;
  expect(await existencia(p)).toBe(48);
});

it('eight writers over the same twenty products in any order: nothing lost, no deadlock', async () => {
  const productos = await Promise.all(Array.from({ length: 20 }, producto));
  const vendido = new Map(productos.map((p) => [p, 0]));
  await Promise.all(
    Array.from({ length: 8 }, async (_, w) => {
      const c = await cliente();
      for (let i = 0; i < 25; i += 1) {
        // One statement over several products, given in another order by each writer.
        const elegidos = productos.filter((_, k) => (k * 7 + i + w) % 3 === 0);
        if (w % 2 === 1) elegidos.reverse();
        const rollback = (i + w) % 5 === 0;
        await c.query('begin');
        await c.query(
          `insert into inventario.transacciones (id, producto_id, almacen_id, tipo, cantidad, ocurrida_en)
           select gen_random_uuid(), p, $2, 'venta', 1, '2026-03-02T12:00:00Z' from unnest($1::uuid[]) p`,
          [elegidos, tienda.almacenId],
        );
        await c.query(rollback ? 'rollback' : 'commit');
        if (!rollback) for (const p of elegidos) vendido.set(p, vendido.get(p)! + 1);
      }
    }),
  );
  for (const p of productos) expect(await existencia(p)).toBe(-vendido.get(p)!);
});

it('twelve conteos opened at once get twelve folios without holes', async () => {
  const { rows } = await db.pool.query(`insert into auth.users (id) values ($1) returning id`, [newId()]);
  const quien: string = rows[0].id;
  await db.pool.query(`insert into inventario.usuarios (id, nombre, rol) values ($1, 'Ana', 'almacenista')`, [
    quien,
  ]);
  const abre = (c: pg.Client) =>
    c.query(
      `insert into inventario.conteos (id, almacen_id, alcance, creado_por, abierto_en)
       values ($1, $2, 'libre', $3, '2026-03-02T12:00:00Z') returning folio`,
      [newId(), tienda.almacenId, quien],
    );
  const folios = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const c = await cliente();
      const suyos: string[] = [];
      for (let i = 0; i < 3; i += 1) suyos.push((await abre(c)).rows[0].folio);
      return suyos;
    }),
  );
  expect(folios.flat().sort()).toEqual(
    Array.from({ length: 12 }, (_, i) => `${tienda.codigo}-2026-${String(i + 1).padStart(4, '0')}`),
  );
});
