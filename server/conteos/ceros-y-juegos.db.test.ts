import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId, systemClock } from '#server/platform/clock.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { testUser } from '#tests/db/people.ts';
import { planDe } from '#tests/db/plan-conteo.ts';
import { approveProductos } from './aprueba.ts';
import { declareCeros } from './ceros.ts';
import { createConteo } from './crea.ts';
import { requestRecuento } from './decisiones.ts';
import { reviewConteo } from './revision.ts';

const db = await testDb();
const e = await escenaConteo(db);
const admin = await testUser(db, { rol: 'admin' });
const jefe = e.quien(e.gerente);
const hace = (minutos: number) => new Date(Date.now() - minutos * 60_000);

async function planea(productoIds: string[]): Promise<string> {
  const id = newId();
  await createConteo(db, systemClock, jefe, planDe(e, { id, productoIds }));
  return id;
}
const ceros = (conteoId: string, productoIds: string[], confirmados: string[] = []) =>
  declareCeros(db, systemClock, jefe, { conteoId, productoIds, confirmados });
const aprueba = (quien: typeof jefe, conteoId: string, productoIds: string[]) =>
  approveProductos(db, systemClock, quien, { conteoId, productoIds, motivo: 'prueba' });

test('a gerente zeroes selected leftovers in bulk, with a second look at those with stock', async () => {
  const [vacio, lleno, contado] = [await e.producto(), await e.producto({ costo: '10' }), await e.producto()];
  await e.mueve({ producto: vacio, tipo: 'inventario', cantidad: '0', en: hace(600) });
  await e.mueve({ producto: lleno, tipo: 'inventario', cantidad: '3', en: hace(600) });
  const conteo = await planea([vacio, lleno, contado]);
  await e.linea({ conteo, por: e.ana, producto: contado, cantidad: '5', en: hace(30) });

  const primera = await ceros(conteo, [vacio, lleno, contado, newId()]);
  expect(primera).toMatchObject({
    puestos: 1,
    porConfirmar: [{ productoId: lleno, teorico: '3', valor: '30.00' }],
  });
  expect((await reviewConteo(db, jefe, conteo)).sinContar.map((p) => p.productoId)).toEqual([lleno]);

  expect(await ceros(conteo, [lleno], [lleno])).toEqual({ puestos: 1, porConfirmar: [] });
  const { productos, sinContar } = await reviewConteo(db, jefe, conteo);
  expect(sinContar).toEqual([]);
  expect(productos.find((p) => p.productoId === lleno)).toMatchObject({ contado: '0', variacion: '-3' });

  // Who declared a zero that posts something did the counting: another person signs it.
  const suya = await aprueba(jefe, conteo, [vacio, lleno]);
  expect(suya.aprobados.map((p) => p.productoId)).toEqual([vacio]);
  expect(suya.omitidos).toMatchObject([{ productoId: lleno, code: 'APROBACION_CONTASTE' }]);
  const otra = await aprueba(e.quien(admin), conteo, [lleno]);
  expect(otra.aprobados).toMatchObject([{ productoId: lleno, variacion: '-3' }]);
  expect(await e.existencia(lleno)).toBe('0.00000');
});

test('a zero yields to a line that arrives after it', async () => {
  const p = await e.producto();
  await e.mueve({ producto: p, tipo: 'inventario', cantidad: '4', en: hace(600) });
  const conteo = await planea([p]);
  await ceros(conteo, [p], [p]);
  await e.linea({ conteo, por: e.ana, producto: p, cantidad: '4', en: hace(20) });
  const { productos } = await reviewConteo(db, jefe, conteo);
  expect(productos).toMatchObject([{ contado: '4', estado: 'cuadra' }]);
});

test('kits (ES_JUEGO) are counted by their parts; services are out of scope', async () => {
  const [disco, juego, suelto, servicio] = [
    await e.producto(),
    await e.producto(),
    await e.producto(),
    await e.producto(),
  ];
  await e.mueve({ producto: disco, tipo: 'inventario', cantidad: '9', en: hace(600) });
  await db.asService(async (tx) => {
    const partes = JSON.stringify([{ productoId: disco, cantidad: '4' }]);
    await sql`update inventario.productos set es_juego = true, partes = ${partes}::jsonb where id = ${juego}`.execute(
      tx,
    );
    await sql`update inventario.productos set es_juego = true where id = ${suelto}`.execute(tx);
    await sql`update inventario.productos set es_servicio = true where id = ${servicio}`.execute(tx);
  });
  const conteo = await planea([disco, juego, servicio]);
  const { sinContar } = await reviewConteo(db, jefe, conteo);
  expect(sinContar.map((p) => p.productoId)).toEqual([disco]);
  for (const producto of [juego, suelto, servicio]) {
    await e.linea({ conteo, por: e.ana, producto, cantidad: '2', en: hace(30) });
  }
  await e.linea({ conteo, por: e.ana, producto: disco, cantidad: '1', en: hace(29) });
  const revision = await reviewConteo(db, jefe, conteo);
  expect(revision.productos).toMatchObject([{ productoId: disco, contado: '9', estado: 'cuadra' }]);
  expect(revision.advertencias.map((a) => a.code)).toContain('APROBACION_NO_CUENTAN');
});

test('control products of a recount hold nothing back: nobody asked to doubt them', async () => {
  const [duda, control] = [await e.producto(), await e.producto()];
  await e.mueve({ producto: duda, tipo: 'inventario', cantidad: '9', en: hace(600) });
  await e.mueve({ producto: control, tipo: 'inventario', cantidad: '2', en: hace(600) });
  const conteo = await planea([duda, control]);
  await e.linea({ conteo, por: e.ana, producto: duda, cantidad: '5', en: hace(40) });
  await e.linea({ conteo, por: e.ana, producto: control, cantidad: '2', en: hace(39) });
  const pedido = { conteoId: conteo, productoIds: [duda], contadores: [e.luis.id], motivo: null };
  await requestRecuento(db, systemClock, jefe, pedido);
  const { rows } = await sql<{ producto_id: string }>`
    select producto_id from inventario.conteo_intento_productos where conteo_id = ${conteo} and intento = 2`.execute(
    db.kysely,
  );
  expect(rows.map((r) => r.producto_id).sort()).toEqual([duda, control].sort());
  const hecho = await aprueba(jefe, conteo, [duda, control]);
  expect(hecho.aprobados.map((p) => p.productoId)).toEqual([control]);
  expect(hecho.omitidos).toMatchObject([{ productoId: duda, code: 'APROBACION_RECUENTO' }]);
});
