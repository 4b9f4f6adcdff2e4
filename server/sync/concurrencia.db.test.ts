import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { Telefono } from '#tests/sync/telefono.ts';

const ESCRITORES = 6;
const TRANSACCIONES = 30;

const db = await testDb({ max: ESCRITORES + 3 });
const e = await escenaConteo(db);

test('six writers at once, a seventh of them changing their mind: the phone misses nothing, a plain sequence does', async () => {
  await db.pool.query('create table public.control (seq bigint generated always as identity primary key)');
  const tel = await new Telefono(db).registra(e.gerente);
  let escriben = true;

  async function escritor(n: number): Promise<void> {
    for (let i = 0; i < TRANSACCIONES; i++) {
      const transaccion = db.asService(async (tx) => {
        const id = newId();
        await sql`insert into public.control default values`.execute(tx);
        await sql`insert into inventario.productos (id, codigo, nombre, costo)
                  values (${id}, ${`C${n}-${i}-${id}`}, 'Nuevo', ${String(i)})`.execute(tx);
        await sql`select pg_sleep(random() * 0.01)`.execute(tx);
        await sql`update inventario.productos set nombre = ${`N${n}-${i}`}
                   where id in (select id from inventario.productos order by random() limit 2)`.execute(tx);
        await sql`insert into inventario.transacciones
                    (id, producto_id, tienda_id, almacen_id, tipo, cantidad, fecha, ocurrida_en)
                  values (${newId()}, ${id}, ${e.tienda.id}, ${e.tienda.almacenId}, 'compra', 1, now(), now())`.execute(
          tx,
        );
        if (i % 7 === 6) throw new Error('rollback');
      });
      await transaccion.catch((error: unknown) => {
        if (!(error instanceof Error) || error.message !== 'rollback') throw error;
      });
    }
  }
  async function lector(): Promise<void> {
    while (escriben) await tel.baja(e.gerente, 5);
    await tel.bajaTodo(e.gerente, 5);
  }
  /** The control: the same race read by "everything above the highest number seen". */
  async function ingenuo(): Promise<number> {
    let visto = 0;
    let cuantos = 0;
    const lee = async () => {
      const { rows } = await sql<{ seq: string }>`
        select seq from public.control where seq > ${visto} order by seq`.execute(db.kysely);
      cuantos += rows.length;
      visto = Number(rows.at(-1)?.seq ?? visto);
    };
    while (escriben) await lee();
    await lee();
    return cuantos;
  }

  const escritores = Promise.all(Array.from({ length: ESCRITORES }, (_, n) => escritor(n))).finally(() => {
    escriben = false;
  });
  const [, , leidosPorElIngenuo] = await Promise.all([escritores, lector(), ingenuo()]);

  const { rows } = await sql<{ id: string; nombre: string; cantidad: string }>`
    select p.id, p.nombre, trim_scale(x.cantidad)::text as cantidad
      from inventario.productos p join inventario.existencias x on x.producto_id = p.id`.execute(db.kysely);
  const productos = tel.filas('productos');
  const existencias = tel.filas('existencias');
  expect(rows.length).toBe(ESCRITORES * (TRANSACCIONES - Math.floor(TRANSACCIONES / 7)));
  expect(productos.size).toBe(rows.length);
  for (const { id, nombre, cantidad } of rows) {
    expect(productos.get(id)).toMatchObject({ nombre });
    expect(existencias.get(`${id}:${e.tienda.almacenId}`)).toMatchObject({ cantidad });
  }
  const control = await sql<{ n: number }>`select count(*)::int as n from public.control`.execute(db.kysely);
  expect(leidosPorElIngenuo).toBeLessThan(control.rows[0]!.n);
}, 60_000);
