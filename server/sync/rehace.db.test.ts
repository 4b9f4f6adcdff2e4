import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { linea, Telefono } from '#tests/sync/telefono.ts';
import { rehace } from './rehace.ts';

const db = await testDb();
const e = await escenaConteo(db);

/** What a load under `session_replication_role = replica` does: none of our triggers runs. */
async function carga(id: string, producto: string): Promise<void> {
  await db.asService(async (tx) => {
    for (const tabla of ['categorias', 'transacciones']) {
      await sql`alter table ${sql.table(`inventario.${tabla}`)} disable trigger user`.execute(tx);
    }
    await sql`insert into inventario.categorias (id, nombre) values (${id}, ${id})`.execute(tx);
    await sql`insert into inventario.transacciones (id, producto_id, almacen_id, tienda_id, tipo, cantidad, fecha, ocurrida_en)
              values (${newId()}, ${producto}, ${e.tienda.almacenId}, ${e.tienda.id}, 'inventario', 31, current_date, now())`.execute(
      tx,
    );
    for (const tabla of ['categorias', 'transacciones']) {
      await sql`alter table ${sql.table(`inventario.${tabla}`)} enable trigger user`.execute(tx);
    }
  });
}

test('after a load under session_replication_role = replica, rebuild brings every row to every phone; journals are not touched', async () => {
  const producto = await e.producto({ bins: ['A1'] });
  const conteo = await e.conteo([e.ana]);
  const [gerente, ana] = [await new Telefono(db).registra(e.gerente), await new Telefono(db).registra(e.ana)];
  await gerente.bajaTodo(e.gerente);
  await ana.bajaTodo(e.ana);
  ana.guarda(e.ana, 'conteo.linea/1', linea(conteo));
  const id = newId();
  await carga(id, producto);
  // Nobody hears of it.
  expect((await gerente.baja(e.gerente)).pages).toEqual([]);

  const hecho = await rehace(db);
  expect(hecho.existencias).toBe(1);
  expect(hecho.filas).toBeGreaterThan(0);
  const salidas = await gerente.bajaTodo(e.gerente);
  const reiniciados = salidas.flatMap(({ pages }) => pages).flatMap((page) => (page.reset ? page.scope : []));
  expect(reiniciados).toContain('catalogo');
  expect(gerente.filas('categorias').has(id)).toBe(true);
  expect(gerente.filas('existencias').get(`${producto}:${e.tienda.almacenId}`)).toMatchObject({
    cantidad: '31',
  });
  // Small pages get to the end, and what was saved before is applied once.
  await ana.bajaTodo(e.ana, 3);
  expect(ana.filas('categorias').has(id)).toBe(true);
  expect((await ana.envia()).results).toEqual([{ mid: 1, status: 'applied' }]);
  // Once more changes nothing but the versions.
  expect(await rehace(db)).toEqual({ existencias: 0, filas: expect.any(Number) });
});
