import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId, systemClock } from '#server/platform/clock.ts';
import type { CreaConteo } from '#shared/contracts/conteos.ts';
import { AppError } from '#shared/errores.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { testTienda, testUser } from '#tests/db/people.ts';
import { planDe } from '#tests/db/plan-conteo.ts';
import { linea, Telefono } from '#tests/sync/telefono.ts';
import { approveProductos } from './aprueba.ts';
import { createConteo } from './crea.ts';
import * as decisiones from './decisiones.ts';
import { returnParte } from './devuelve.ts';
import { reviewConteo } from './revision.ts';
import { createComplementario, listTardias } from './tardias.ts';

const db = await testDb();
const e = await escenaConteo(db);
const jefe = e.quien(e.gerente);
const hace = (minutos: number) => new Date(Date.now() - minutos * 60_000);
const falla = (call: Promise<unknown>) =>
  call.then(
    () => 'nada',
    (error: unknown) => (error instanceof AppError ? error.code : Promise.reject(error)),
  );

async function planea(
  productoIds: string[],
  cambios: Partial<CreaConteo> = {},
  quien = jefe,
): Promise<string> {
  const id = newId();
  await createConteo(
    db,
    systemClock,
    quien,
    planDe(e, {
      id,
      productoIds,
      contadores: [e.ana.id, e.luis.id],
      tolUnidades: '2',
      tolerancias: { A: { unidades: '1', porcentaje: null, pesos: null } },
      ...cambios,
    }),
  );
  return id;
}
async function conBase(cantidad: string) {
  const producto = await e.producto();
  await e.mueve({ producto, tipo: 'inventario', cantidad, en: hace(600) });
  return producto;
}
const aprueba = (conteoId: string, productoIds: string[]) =>
  approveProductos(db, systemClock, jefe, { conteoId, productoIds, motivo: 'prueba' });
const fila = async (id: string) =>
  (
    await sql<{ estado: string; corrige_a: string | null; complementa_a: string | null; alcance: string }>`
      select estado, corrige_a, complementa_a, alcance from inventario.conteos where id = ${id}`.execute(
      db.kysely,
    )
  ).rows[0]!;
const unidades = async (conteo: string) =>
  Object.fromEntries((await listTardias(db, jefe, conteo)).productos.map((p) => [p.productoId, p.unidades]));
const cerradoCon = async (producto: string) => {
  const conteo = await planea([producto]);
  const suya = await e.linea({ conteo, por: e.ana, producto, cantidad: '5', en: hace(30) });
  await decisiones.closePartes(db, systemClock, jefe, { conteoId: conteo, motivo: null });
  expect(await aprueba(conteo, [producto])).toMatchObject({ conteoCerrado: true });
  return { conteo, suya };
};

test("lines after a product's approval can open a complementary conteo", async () => {
  const [tarde, aTiempo] = [await conBase('5'), await conBase('7')];
  const conteo = await planea([tarde, aTiempo]);
  const suya = await e.linea({ conteo, por: e.ana, producto: tarde, cantidad: '5', en: hace(30) });
  await e.linea({ conteo, por: e.ana, producto: aTiempo, cantidad: '7', en: hace(29) });
  const id = newId();
  await aprueba(conteo, [tarde]);
  const pide = () => createComplementario(db, systemClock, jefe, { conteoId: conteo, id });
  expect(await falla(pide())).toBe('SIN_TARDIAS');

  // A pocketed phone sends what it had: two more pieces, and a void of a line that was signed.
  const tel = await new Telefono(db).registra(e.ana);
  tel.guarda(e.ana, 'conteo.linea/1', linea(conteo, { productoId: tarde, cantidad: '2' }));
  tel.guarda(e.ana, 'conteo.linea/1', linea(conteo, { productoId: tarde, tipo: 'anula', anula: suya }));
  tel.guarda(e.ana, 'conteo.linea/1', linea(conteo, { productoId: aTiempo, cantidad: '1' }));
  const salida = await tel.envia();
  expect(salida.results.map((r) => r.status)).toEqual(['late', 'late', 'applied']);
  expect(await unidades(conteo)).toEqual({ [tarde]: '-3' });
  expect(await reviewConteo(db, jefe, conteo)).toMatchObject({ tardias: 2 });

  const creado = await pide();
  expect(creado).toMatchObject({ id, productos: 1 });
  expect(await pide()).toEqual(creado);
  expect(await fila(id)).toMatchObject({ complementa_a: conteo, alcance: 'lista', corrige_a: null });
  expect((await listTardias(db, jefe, conteo)).complementos).toMatchObject([{ id, folio: creado.folio }]);
  const revision = await reviewConteo(db, jefe, id);
  expect(revision.conteo).toMatchObject({ ciego: true, tolUnidades: '2.00000', estado: 'abierto' });
  expect(revision.sinContar.map((p) => p.productoId)).toEqual([tarde]);
  expect(revision.partes.map((p) => p.usuarioId).sort()).toEqual([e.ana.id, e.luis.id].sort());
  expect((await reviewConteo(db, jefe, conteo)).productos.find((p) => p.productoId === tarde)).toMatchObject({
    contado: '5.00000',
  });
});

test('after a conteo closes or is cancelled every line is late, and who left is not asked to count again', async () => {
  const [uno, otro, extra] = [await conBase('5'), await conBase('3'), await conBase('1')];
  const { conteo } = await cerradoCon(uno);
  const cancelado = await planea([otro]);
  await e.linea({ conteo: cancelado, por: e.ana, producto: otro, cantidad: '3', en: hace(20) });
  await decisiones.cancelConteo(db, systemClock, jefe, { conteoId: cancelado, motivo: 'se hizo tarde' });
  expect(await unidades(cancelado)).toEqual({});

  const tel = await new Telefono(db).registra(e.ana);
  tel.guarda(e.ana, 'conteo.linea/1', linea(conteo, { productoId: extra, cantidad: '4' }));
  tel.guarda(e.ana, 'conteo.linea/1', linea(conteo, { codigoCrudo: 'QUIEN-SABE' }));
  tel.guarda(e.ana, 'conteo.linea/1', linea(cancelado, { productoId: otro, cantidad: '2', factor: '6' }));
  expect((await tel.envia()).results.map((r) => r.status)).toEqual(['late', 'late', 'late']);
  expect(await listTardias(db, jefe, conteo)).toMatchObject({
    productos: [{ productoId: extra, unidades: '4', lineas: 1 }],
    sinLigar: 1,
  });
  expect(await unidades(cancelado)).toEqual({ [otro]: '12' });

  await db.asService((tx) =>
    sql`update inventario.usuarios set is_active = false where id = ${e.luis.id}`.execute(tx),
  );
  const id = newId();
  await createComplementario(db, systemClock, jefe, { conteoId: conteo, id });
  expect((await reviewConteo(db, jefe, id)).partes.map((p) => p.usuarioId)).toEqual([e.ana.id]);
  expect(await fila(conteo)).toMatchObject({ estado: 'cerrado' });
  await db.asService((tx) =>
    sql`update inventario.usuarios set is_active = true where id = ${e.luis.id}`.execute(tx),
  );
  const ajeno = e.quien(await testUser(db, { rol: 'gerente', tiendas: [await testTienda(db)] }));
  expect(await falla(listTardias(db, ajeno, conteo))).toBe('NO_ENCONTRADO');
});

test('a closed conteo is never reopened: a correction is a new one that names it', async () => {
  const producto = await conBase('5');
  const { conteo } = await cerradoCon(producto);
  const pedido = { conteoId: conteo, productoIds: [producto], contadores: [e.luis.id], motivo: null };
  for (const intento of [
    () => decisiones.requestRecuento(db, systemClock, jefe, pedido),
    () => decisiones.closePartes(db, systemClock, jefe, { conteoId: conteo, motivo: null }),
    () => decisiones.cancelConteo(db, systemClock, jefe, { conteoId: conteo, motivo: 'no' }),
    () =>
      returnParte(db, systemClock, jefe, {
        conteoId: conteo,
        intento: 1,
        usuarioId: e.ana.id,
        nota: 'otra vez',
      }),
  ]) {
    expect(await falla(intento())).toBe('CONTEO_NO_ABIERTO');
  }
  const tel = await new Telefono(db).registra(e.ana);
  tel.guarda(e.ana, 'conteo.linea/1', linea(conteo, { productoId: producto, cantidad: '9' }));
  await tel.envia();
  expect(await fila(conteo)).toMatchObject({ estado: 'cerrado' });

  const nuevo = await planea([producto], { corrigeA: conteo });
  expect(await fila(nuevo)).toMatchObject({ corrige_a: conteo, complementa_a: null, estado: 'abierto' });
  expect(await fila(conteo)).toMatchObject({ estado: 'cerrado' });
  // Neither an open one, nor one of another almacén, nor an unknown one is corrected.
  const otra = await testTienda(db);
  const admin = e.quien(await testUser(db, { rol: 'admin' }));
  const plan = { contadores: [admin.id], ciego: false, almacenId: otra.almacenId, corrigeA: conteo };
  expect(await falla(planea([producto], { corrigeA: nuevo }))).toBe('CORRIGE_NO_CERRADO');
  expect(await falla(planea([producto], { corrigeA: newId() }))).toBe('CORRIGE_NO_CERRADO');
  expect(await falla(planea([producto], plan, admin))).toBe('CORRIGE_NO_CERRADO');
});
