import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { approveProductos } from '#server/conteos/aprueba.ts';
import { listPorFirmar } from '#server/firmas/firmas.ts';
import { changePeriodo } from '#server/periodos/periodos.ts';
import { newId, systemClock } from '#server/platform/clock.ts';
import { toAppError } from '#server/platform/errors.ts';
import { registerTransacciones } from '#server/transacciones/registra.ts';
import { mensajeDe } from '#shared/errores.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { testTienda, testUser } from '#tests/db/people.ts';
import { createAlmacenMerma } from './almacen-merma.ts';
import { decideMerma, findMermaDe } from './mermas.ts';

const db = await testDb();
const e = await escenaConteo(db);
const admin = await testUser(db, { rol: 'admin' });
const otra = await testUser(db, { rol: 'gerente', tiendas: [e.tienda] });
const hace = (minutos: number) => new Date(Date.now() - minutos * 60_000);
const falla = (p: Promise<unknown>) =>
  p.then(
    () => 'nada',
    (error: unknown) => toAppError(error).code,
  );

async function merma(activa = true): Promise<string> {
  const id = newId();
  await sql`insert into inventario.almacenes (id, tienda_id, codigo, nombre, tipo, is_active)
            values (${id}, ${e.tienda.id}, ${`M-${id.slice(-8)}`}, 'Merma', 'merma', ${activa})`.execute(
    db.kysely,
  );
  return id;
}

/** `danado` of `contado` pieces are damaged; approved by the gerente unless `aprueba` is false. */
async function conDanado(danado: string, opciones: { aprueba?: boolean; costo?: string | null } = {}) {
  const producto = await e.producto({ costo: opciones.costo === undefined ? '10' : opciones.costo });
  await e.mueve({ producto, tipo: 'inventario', cantidad: '12', en: hace(600) });
  const conteo = await e.conteo([e.ana]);
  await e.linea({ conteo, por: e.ana, producto, cantidad: '7', en: hace(31) });
  await e.linea({ conteo, por: e.ana, producto, cantidad: danado, condicion: 'danado', en: hace(30) });
  await e.parte(conteo, e.ana, 2);
  if (opciones.aprueba !== false) {
    const hecho = await approveProductos(db, systemClock, e.quien(e.gerente), {
      conteoId: conteo,
      productoIds: [producto],
      motivo: 'revisado',
    } as never);
    expect(hecho.omitidos).toEqual([]);
  }
  return { producto, conteo, conteoId: conteo, productoId: producto };
}

const pasa = (c: { conteoId: string; productoId: string }, cantidad = '3') =>
  ({ decision: 'traspasa', conteoId: c.conteoId, productoId: c.productoId, cantidad }) as const;
const decide = (
  quien: Parameters<typeof e.quien>[0],
  pedido: Parameters<typeof decideMerma>[3],
  limite?: string,
) => decideMerma(db, systemClock, e.quien(quien, limite ?? null), pedido);

async function teoricoDe(producto: string, almacen: string): Promise<string> {
  const { rows } = await sql<{ cantidad: string }>`
    select cantidad from inventario.teorico(${producto}, ${almacen}, 'infinity')`.execute(db.kysely);
  return rows[0]!.cantidad;
}
async function traspasos(producto: string) {
  const { rows } = await sql<{ subtipo: string; cantidad: string; traspaso_id: string; ocurrida_en: Date }>`
    select subtipo, cantidad, traspaso_id, ocurrida_en from inventario.transacciones
     where producto_id = ${producto} and tipo = 'transferencia' order by cantidad`.execute(db.kysely);
  return rows;
}

test('a shop without an almacén of tipo merma says so and how to get one; leaving it takes a reason', async () => {
  await merma(false);
  const c = await conDanado('3');
  expect(await falla(decide(e.gerente, pasa(c)))).toBe('MERMA_SIN_ALMACEN');
  const vista = await findMermaDe(db, e.quien(e.gerente), c);
  expect(vista).toMatchObject({ danado: '3', valor: '30.00', destino: null, decidida: null, bloqueos: [] });
  expect(vista!.bloqueosTraspaso[0]!.mensaje).toContain('toque «Crear almacén de merma»');
  const deja = { decision: 'deja', ...c, cantidad: '3', motivo: 'se repara aquí' } as const;
  expect(await decide(e.gerente, deja)).toEqual({ traspasoId: null });
  expect(await decide(otra, deja)).toEqual({ traspasoId: null });
  expect((await findMermaDe(db, e.quien(otra), c))!.decidida).toMatchObject({
    decision: 'descartado',
    motivo: 'se repara aquí',
    por: e.gerente.nombre,
  });
  expect(await teoricoDe(c.producto, e.tienda.almacenId)).toBe('10.00000');
});

test('an admin gives the shop its almacén de merma from there, once', async () => {
  const tienda = await testTienda(db);
  const gerente = await testUser(db, { rol: 'gerente', tiendas: [tienda] });
  const conteo = newId();
  await sql`insert into inventario.conteos (id, tienda_id, almacen_id, alcance, creado_por)
            values (${conteo}, ${tienda.id}, ${tienda.almacenId}, 'almacen', ${gerente.id})`.execute(
    db.kysely,
  );
  expect(await falla(createAlmacenMerma(db, systemClock, e.quien(gerente), conteo))).toBe('PROHIBIDO');
  const crea = () => createAlmacenMerma(db, systemClock, e.quien(admin), conteo);
  const [una, dos] = await Promise.all([crea(), crea()]);
  expect(una).toEqual(dos);
  const { rows } = await sql<{ codigo: string; tipo: string; is_active: boolean }>`
    select codigo, tipo, is_active from inventario.almacenes where tienda_id = ${tienda.id} and tipo = 'merma'`.execute(
    db.kysely,
  );
  expect(rows).toEqual([{ codigo: `${tienda.codigo}-MERMA`, tipo: 'merma', is_active: true }]);
  await sql`update inventario.almacenes set is_active = false where id = ${una.almacenId}`.execute(db.kysely);
  expect(await crea()).toEqual(una);
});

test('danado proposes a transfer to merma: counted inside, moved once whatever the races, and both almacenes are right after', async () => {
  const destino = await merma();
  const c = await conDanado('3');
  // The book held 12 and 10 lie there, 3 of them damaged: the ajuste is of −2, not of −5.
  expect((await e.ajustes(c.conteo)).map((a) => a.cantidad)).toEqual(['-2.00000']);
  const salidas = await Promise.all([
    decide(e.gerente, pasa(c)),
    decide(otra, pasa(c)),
    decide(admin, pasa(c)),
  ]);
  expect(new Set(salidas.map((s) => s.traspasoId)).size).toBe(1);
  expect(await decide(e.gerente, pasa(c))).toEqual(salidas[0]);
  const filas = await traspasos(c.producto);
  expect(filas.map((f) => [f.subtipo, f.cantidad])).toEqual([
    ['salida', '-3.00000'],
    ['entrada', '3.00000'],
  ]);
  expect(new Set(filas.map((f) => f.traspaso_id))).toEqual(new Set([salidas[0]!.traspasoId]));
  expect(await teoricoDe(c.producto, e.tienda.almacenId)).toBe('7.00000');
  expect(await teoricoDe(c.producto, destino)).toBe('3.00000');
  expect(await e.existencia(c.producto)).toBe('7.00000');
  // Moving it is no movement that arrived late: nothing waits for a signature.
  expect((await listPorFirmar(db, e.quien(admin))).filter((f) => f.productoId === c.producto)).toEqual([]);
  // What was decided stays decided.
  expect(await falla(decide(e.gerente, { decision: 'deja', ...c, cantidad: '3', motivo: 'no' }))).toBe(
    'MERMA_YA_DECIDIDA',
  );
  const { rows } = await sql<{ accion: string }>`
    select accion from inventario.auditoria where entidad_id = ${c.conteo} and accion like 'merma.%'`.execute(
    db.kysely,
  );
  expect(rows).toEqual([{ accion: 'merma.traspasada' }]);
  // The next count finds 7 in one and 3 in the other: it agrees.
  const siguiente = await e.conteo([e.ana]);
  await e.linea({
    conteo: siguiente,
    por: e.ana,
    producto: c.producto,
    cantidad: '7',
    en: new Date(Date.now() + 1000),
    recibido: new Date(Date.now() + 1000),
  });
  await e.parte(siguiente, e.ana, 1);
  await approveProductos(db, systemClock, e.quien(e.gerente), {
    conteoId: siguiente,
    productoIds: [c.producto],
    motivo: 'x',
  } as never);
  expect(await e.ajustes(siguiente)).toEqual([]);
});

test('never more than counted, never late lines, never before the approval', async () => {
  await merma();
  const sin = await conDanado('3', { aprueba: false });
  expect(await falla(decide(e.gerente, pasa(sin)))).toBe('MERMA_NO_APROBADO');
  const c = await conDanado('3');
  await e.linea({
    conteo: c.conteo,
    por: e.ana,
    producto: c.producto,
    cantidad: '5',
    condicion: 'danado',
    en: hace(29),
    recibido: new Date(),
  });
  expect(await falla(decide(e.gerente, pasa(c, '8')))).toBe('MERMA_CANTIDAD');
  expect(await falla(decide(e.gerente, pasa(c, '2')))).toBe('MERMA_CANTIDAD');
  expect(await traspasos(c.producto)).toEqual([]);
  await decide(e.gerente, pasa(c, '3.000'));
  const nada = await e.producto();
  await e.mueve({ producto: nada, tipo: 'inventario', cantidad: '1', en: hace(600) });
  const conteo = await e.conteo([e.ana]);
  await e.linea({ conteo, por: e.ana, producto: nada, cantidad: '1', en: hace(30) });
  await e.parte(conteo, e.ana, 1);
  await approveProductos(db, systemClock, e.quien(e.gerente), {
    conteoId: conteo,
    productoIds: [nada],
    motivo: 'x',
  } as never);
  expect(await falla(decide(e.gerente, pasa({ conteoId: conteo, productoId: nada }, '1')))).toBe(
    'MERMA_NADA',
  );
  expect(await findMermaDe(db, e.quien(e.gerente), { conteoId: conteo, productoId: nada })).toBeNull();
});

test('only gerente or admin of the shop, with the same prohibitions as approval', async () => {
  await merma();
  const c = await conDanado('3');
  const auditor = await testUser(db, { rol: 'auditor', tiendas: [e.tienda] });
  expect(await falla(decide(auditor, pasa(c)))).toBe('PROHIBIDO');
  expect((await findMermaDe(db, e.quien(auditor), c))!.bloqueos[0]!.code).toBe('APROBACION_ROL');
  expect(await falla(decide(e.ana, pasa(c)))).toBe('PROHIBIDO');
  expect(await falla(findMermaDe(db, e.quien(e.ana), c))).toBe('PROHIBIDO');
  const ajena = await testUser(db, { rol: 'gerente' });
  expect(await falla(decide(ajena, pasa(c)))).toBe('NO_ENCONTRADO');
  expect(await falla(decide(otra, pasa(c), '29.99'))).toBe('FIRMA_LIMITE');
  await e.mueve({
    producto: c.producto,
    tipo: 'venta',
    cantidad: '1',
    en: hace(60),
    registrada: new Date(),
    por: otra.id,
    origen: 'manual',
  });
  expect(await falla(decide(otra, pasa(c)))).toBe('APROBACION_MOVISTE');
  const gerenteQueCuenta = await conDanado('3', { aprueba: false });
  await sql`update inventario.conteos set ciego = false where id = ${gerenteQueCuenta.conteo}`.execute(
    db.kysely,
  );
  await e.linea({
    conteo: gerenteQueCuenta.conteo,
    por: otra,
    producto: gerenteQueCuenta.producto,
    cantidad: '1',
    en: hace(29),
    bin: e.bins.B1,
  });
  await e.parte(gerenteQueCuenta.conteo, otra, 1);
  await approveProductos(db, systemClock, e.quien(e.gerente), {
    conteoId: gerenteQueCuenta.conteo,
    productoIds: [gerenteQueCuenta.producto],
    motivo: 'x',
  } as never);
  expect(await falla(decide(otra, pasa(gerenteQueCuenta)))).toBe('APROBACION_CONTASTE');
  await decide(e.gerente, pasa(gerenteQueCuenta));
});

test('a later conteo has counted those pieces again: they are not moved twice', async () => {
  await merma();
  const c = await conDanado('3');
  const nuevo = await e.conteo([e.ana]);
  await e.linea({ conteo: nuevo, por: e.ana, producto: c.producto, cantidad: '7', en: hace(11) });
  await e.linea({
    conteo: nuevo,
    por: e.ana,
    producto: c.producto,
    cantidad: '3',
    condicion: 'danado',
    en: hace(10),
  });
  await e.parte(nuevo, e.ana, 2);
  await approveProductos(db, systemClock, e.quien(e.gerente), {
    conteoId: nuevo,
    productoIds: [c.producto],
    motivo: 'x',
  } as never);
  expect(await falla(decide(e.gerente, pasa(c)))).toBe('MERMA_POSTERIOR');
  await decide(e.gerente, pasa({ conteoId: nuevo, productoId: c.producto }));
  expect(await teoricoDe(c.producto, e.tienda.almacenId)).toBe('7.00000');
});

test('counted in a period that is closed by now: the transfer happens now, in the open one', async () => {
  await merma();
  const producto = await e.producto({ costo: '10' });
  const viejo = 60 * 24 * 5;
  await e.mueve({ producto, tipo: 'inventario', cantidad: '5', en: hace(viejo + 60) });
  const conteo = await e.conteo([e.ana]);
  await e.linea({ conteo, por: e.ana, producto, cantidad: '5', condicion: 'danado', en: hace(viejo) });
  await e.parte(conteo, e.ana, 1);
  await approveProductos(db, systemClock, e.quien(e.gerente), {
    conteoId: conteo,
    productoIds: [producto],
    motivo: 'x',
  } as never);
  const { cerradoHasta } = await changePeriodo(db, systemClock, e.quien(admin), 'cierra', {
    tiendaId: e.tienda.id,
    hasta: new Date(Date.now() - 48 * 3_600_000).toISOString().slice(0, 10),
    motivo: 'mes',
  });
  await decide(e.gerente, pasa({ conteoId: conteo, productoId: producto }, '5'));
  for (const fila of await traspasos(producto))
    expect(fila.ocurrida_en.getTime()).toBeGreaterThan(Date.parse(cerradoHasta!));
  expect(await teoricoDe(producto, e.tienda.almacenId)).toBe('0.00000');
});

test('a script may not write in the name of the signatures nor of merma', async () => {
  for (const origen of ['firma', 'merma']) {
    const fila = {
      codigo: 'X',
      almacen: e.tienda.codigo,
      tipo: 'venta',
      cantidad: '1',
      ocurridaEn: hace(1).toISOString(),
      origen,
      origenId: '1',
    } as const;
    const codigo = await falla(registerTransacciones(db, systemClock, admin.id, [fila]));
    expect([origen, codigo, mensajeDe('ENTRADA_INVALIDA').length > 0]).toEqual([
      origen,
      'ENTRADA_INVALIDA',
      true,
    ]);
  }
});
