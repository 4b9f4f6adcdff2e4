import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { systemClock } from '#server/platform/clock.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { approveProductos } from './aprueba.ts';

const db = await testDb();
const e = await escenaConteo(db);
const CONTADO = new Date('2026-03-31T23:30:00Z');
/** 1 April in Mexico City. */
const ABIERTO = new Date('2026-04-01T06:00:00Z');

const cierra = (hasta: Date | null) =>
  db.asService((tx) =>
    sql`update inventario.tiendas set cerrado_hasta = ${hasta} where id = ${e.tienda.id}`.execute(tx),
  );

test('closed periods: the ajuste posts at the first open instant and names the true one; a base carries what moved since', async () => {
  const [conBase, sinBase] = [await e.producto({ costo: '10' }), await e.producto()];
  await e.mueve({
    producto: conBase,
    tipo: 'inventario',
    cantidad: '9',
    en: new Date('2026-03-01T18:00:00Z'),
  });
  const conteo = await e.conteo([e.ana]);
  for (const producto of [conBase, sinBase]) {
    await e.linea({ conteo, por: e.ana, producto, cantidad: '7', en: CONTADO });
    // After the scan, one sale still in the closed month and one in the open one.
    await e.mueve({ producto, tipo: 'venta', cantidad: '1', en: new Date('2026-04-01T02:00:00Z') });
    await e.mueve({ producto, tipo: 'venta', cantidad: '2', en: new Date('2026-04-02T18:00:00Z') });
  }
  await cierra(ABIERTO);
  const { omitidos } = await approveProductos(db, systemClock, e.quien(e.gerente), {
    conteoId: conteo,
    productoIds: [conBase, sinBase],
    motivo: 'prueba',
  });
  expect(omitidos).toEqual([]);
  const { rows } = await sql<{ producto_id: string; ocurrida_en: Date; fecha: string; cantidad: string }>`
    select producto_id, ocurrida_en, fecha::text as fecha, cantidad, notas, metadata
      from inventario.transacciones where conteo_id = ${conteo}`.execute(db.kysely);
  const de = (producto: string) => rows.find((row) => row.producto_id === producto);
  const comun = { ocurrida_en: ABIERTO, fecha: '2026-04-01' };
  expect(de(conBase)).toMatchObject({ ...comun, cantidad: '-2.00000' });
  expect(de(conBase)).toMatchObject({
    notas: 'Contado el 2026-03-31 17:30, en un periodo que ya estaba cerrado.',
    metadata: { instante_real: expect.stringContaining('2026-03-31') },
  });
  expect(de(sinBase)).toMatchObject({ ...comun, cantidad: '6.00000' });
  expect(await e.existencia(conBase)).toBe('4.00000');
  expect(await e.existencia(sinBase)).toBe('4.00000');
  await cierra(null);
});
