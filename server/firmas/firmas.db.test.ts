import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { approveProductos } from '#server/conteos/aprueba.ts';
import { changePeriodo } from '#server/periodos/periodos.ts';
import { newId, systemClock } from '#server/platform/clock.ts';
import { toAppError } from '#server/platform/errors.ts';
import { registerTransacciones } from '#server/transacciones/registra.ts';
import { fechaHoraVista } from '#shared/formato.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { testTienda, testUser } from '#tests/db/people.ts';
import { Telefono } from '#tests/sync/telefono.ts';
import { decideFirma, listPorFirmar } from './firmas.ts';
import { listDecididas } from './historial.ts';

const db = await testDb();
const e = await escenaConteo(db);
const otra = await testUser(db, { rol: 'gerente', tiendas: [e.tienda] });
const admin = await testUser(db, { rol: 'admin' });
const hace = (minutos: number) => new Date(Date.now() - minutos * 60_000);
const falla = (p: Promise<unknown>) =>
  p.then(
    () => 'nada',
    (error: unknown) => toAppError(error).code,
  );

async function propone(producto: string, cantidad: string, en: Date): Promise<string> {
  const id = newId();
  await sql`insert into inventario.ajustes_propuestos (id, producto_id, almacen_id, cantidad, motivo, ocurrida_en, propuesto_por)
            values (${id}, ${producto}, ${e.tienda.almacenId}, ${cantidad}, 'se rompió', ${en}, ${e.gerente.id})`.execute(
    db.kysely,
  );
  return id;
}

async function aprobado(contado: string) {
  const producto = await e.producto({ costo: '10' });
  await e.mueve({ producto, tipo: 'inventario', cantidad: '10', en: hace(600) });
  const conteo = await e.conteo([e.ana]);
  await e.linea({ conteo, por: e.ana, producto, cantidad: contado, en: hace(30) });
  await e.parte(conteo, e.ana, 1);
  const pedido = { conteoId: conteo, productoIds: [producto], motivo: 'revisado' };
  const hecho = await approveProductos(db, systemClock, e.quien(e.gerente), pedido as never);
  expect(hecho.omitidos).toEqual([]);
  return { producto, conteo };
}

test('hand-made ajuste movements need a second signature', async () => {
  const producto = await e.producto({ costo: '100' });
  await e.mueve({ producto, tipo: 'inventario', cantidad: '10', en: hace(600) });
  const id = await propone(producto, '-3', hace(10));
  const pide = { tipo: 'manual', id, motivo: null } as const;
  expect(await e.existencia(producto)).toBe('10.00000');
  expect(await falla(decideFirma(db, systemClock, e.quien(e.gerente), pide))).toBe('FIRMA_PROPIA');
  const retira = decideFirma(db, systemClock, e.quien(e.gerente), { ...pide, motivo: 'me equivoqué' });
  expect(await falla(retira)).toBe('FIRMA_PROPIA');
  expect(await falla(decideFirma(db, systemClock, e.quien(otra, '299.99'), pide))).toBe('FIRMA_LIMITE');
  const ajena = await testUser(db, { rol: 'gerente', tiendas: [await testTienda(db)] });
  expect(await falla(decideFirma(db, systemClock, e.quien(ajena), pide))).toBe('NO_ENCONTRADO');
  const [una, dos] = await Promise.all([
    decideFirma(db, systemClock, e.quien(otra, '300'), pide),
    decideFirma(db, systemClock, e.quien(admin), pide),
  ]);
  expect(una).toEqual(dos);
  expect(await e.existencia(producto)).toBe('7.00000');
  expect(await falla(decideFirma(db, systemClock, e.quien(otra), { ...pide, motivo: 'no' }))).toBe(
    'FIRMA_YA_DECIDIDA',
  );
});

test('without a cost nobody with a limit can say that it is within it: an admin signs', async () => {
  const producto = await e.producto();
  await e.mueve({ producto, tipo: 'inventario', cantidad: '10', en: hace(600) });
  const pide = { tipo: 'manual', id: await propone(producto, '-1', hace(10)), motivo: null } as const;
  expect(await falla(decideFirma(db, systemClock, e.quien(otra, '300'), pide))).toBe('FIRMA_SIN_COSTO');
  await decideFirma(db, systemClock, e.quien(admin), pide);
  expect(await e.existencia(producto)).toBe('9.00000');
});

test('a movement that arrives after approval with an earlier ocurrida_en proposes a counter-ajuste of −efecto, signed by a person', async () => {
  const { producto } = await aprobado('8');
  expect(await e.existencia(producto)).toBe('8.00000');
  const venta = await e.mueve({
    producto,
    tipo: 'venta',
    cantidad: '2',
    en: hace(60),
    registrada: new Date(),
    por: otra.id,
    origen: 'manual',
  });
  await e.mueve({ producto, tipo: 'venta', cantidad: '1', en: hace(5), registrada: new Date() });
  expect(await e.existencia(producto)).toBe('5.00000');
  const lista = await listPorFirmar(db, e.quien(e.gerente));
  expect(lista.filter((f) => f.productoId === producto)).toMatchObject([
    { id: venta, tipo: 'contra_ajuste', cantidad: '2.00000', valor: '20.00' },
  ]);
  const pide = { tipo: 'contra_ajuste', id: venta, motivo: null } as const;
  expect(await falla(decideFirma(db, systemClock, e.quien(otra), pide))).toBe('FIRMA_MOVISTE');
  const una = await decideFirma(db, systemClock, e.quien(e.gerente), pide);
  expect(await decideFirma(db, systemClock, e.quien(admin), pide)).toEqual(una);
  expect(await e.existencia(producto)).toBe('7.00000');
  expect((await listPorFirmar(db, e.quien(admin))).filter((f) => f.productoId === producto)).toEqual([]);
});

test('what waits says who proposed it, what it is worth, what the books become, and why I may not sign it', async () => {
  const producto = await e.producto({ costo: '100' });
  await e.mueve({ producto, tipo: 'inventario', cantidad: '10', en: hace(600) });
  const en = hace(10);
  const id = await propone(producto, '-3', en);
  const para = async (quien: Parameters<typeof listPorFirmar>[1]) =>
    (await listPorFirmar(db, quien)).find((f) => f.id === id);
  expect(await para(e.quien(otra))).toMatchObject({
    propuso: e.gerente.nombre,
    cantidad: '-3.00000',
    valor: '-300.00',
    motivo: 'se rompió',
    almacenNombre: `Almacén ${e.tienda.codigo}`,
    instante: en.toISOString(),
    asiento: en.toISOString(),
    existencia: '10.00000',
    existenciaDespues: '7.00000',
    mio: false,
    impedimento: null,
    impedimentoRechazo: null,
  });
  const porQue = async (quien: Parameters<typeof listPorFirmar>[1]) => (await para(quien))?.impedimento?.code;
  expect(await porQue(e.quien(e.gerente))).toBe('FIRMA_PROPIA');
  expect(await porQue(e.quien(otra, '299'))).toBe('FIRMA_LIMITE');
  const auditor = await testUser(db, { rol: 'auditor', tiendas: [e.tienda] });
  expect(await porQue(e.quien(auditor))).toBe('APROBACION_ROL');
  expect(await para(e.quien(await testUser(db, { rol: 'gerente' })))).toBeUndefined();
  // A code that was linked to the product later is counting it too.
  const conteo = await e.conteo([e.ana]);
  const linea = await e.linea({ conteo, por: otra, codigo: 'SIN-CATALOGO', cantidad: '1', en: hace(3) });
  await sql`insert into inventario.conteo_linea_ligas (id, linea_id, conteo_id, producto_id, estado, por, en)
            values (${newId()}, ${linea}, ${conteo}, ${producto}, 'ligada', ${admin.id}, now())`.execute(
    db.kysely,
  );
  expect(await porQue(e.quien(otra))).toBe('FIRMA_CONTASTE');
  // An inventory after it already says how much there is.
  await e.mueve({ producto, tipo: 'inventario', cantidad: '6', en: hace(5) });
  expect(await para(e.quien(admin))).toMatchObject({ existencia: '6.00000', existenciaDespues: '6.00000' });
});

test('a counter-ajuste signed and discarded from two tablets at once is decided once; who registered the movement does neither', async () => {
  const { producto } = await aprobado('8');
  const venta = await e.mueve({
    producto,
    tipo: 'venta',
    cantidad: '2',
    en: hace(60),
    registrada: new Date(),
    por: otra.id,
    origen: 'manual',
  });
  const firma = { tipo: 'contra_ajuste', id: venta, motivo: null } as const;
  const descarta = { ...firma, motivo: 'sí se vendió después' };
  expect(await falla(decideFirma(db, systemClock, e.quien(otra), descarta))).toBe('FIRMA_MOVISTE');
  expect(await falla(decideFirma(db, systemClock, e.quien(e.gerente, '19.99'), descarta))).toBe(
    'FIRMA_LIMITE',
  );
  const salidas = await Promise.all([
    falla(decideFirma(db, systemClock, e.quien(e.gerente), firma)),
    falla(decideFirma(db, systemClock, e.quien(admin), descarta)),
  ]);
  expect(salidas.sort()).toEqual(['FIRMA_YA_DECIDIDA', 'nada']);
  const { rows } = await sql<{ decision: string; cuantos: string }>`
    select decision, (select count(*) from inventario.transacciones t where t.id = k.transaccion_id) as cuantos
      from inventario.contra_ajustes k where movimiento_id = ${venta}`.execute(db.kysely);
  expect(rows).toHaveLength(1);
  expect(await e.existencia(producto)).toBe(rows[0]!.decision === 'firmado' ? '8.00000' : '6.00000');
});

test('what was decided stays to be seen: who proposed, who decided, why, and where it posted', async () => {
  const producto = await e.producto({ costo: '10' });
  await e.mueve({ producto, tipo: 'inventario', cantidad: '10', en: hace(600) });
  const [si, no] = [await propone(producto, '-1', hace(10)), await propone(producto, '-9', hace(9))];
  await decideFirma(db, systemClock, e.quien(otra), { tipo: 'manual', id: si, motivo: null });
  await decideFirma(db, systemClock, e.quien(admin), { tipo: 'manual', id: no, motivo: 'cuéntalo' });
  const pagina = await listDecididas(db, e.quien(otra), { despues: null, limite: 1 });
  expect(pagina).toMatchObject([
    {
      id: no,
      decision: 'rechazado',
      razon: 'cuéntalo',
      decidio: admin.nombre,
      propuso: e.gerente.nombre,
      asiento: null,
    },
  ]);
  const ultima = { en: pagina[0]!.decididoEn, id: pagina[0]!.id };
  const [siguiente] = await listDecididas(db, e.quien(otra), { despues: ultima, limite: 1 });
  expect(siguiente).toMatchObject({
    id: si,
    decision: 'firmado',
    decidio: otra.nombre,
    cantidad: '-1.00000',
  });
  expect(siguiente!.asiento).not.toBeNull();
  const ajena = await testUser(db, { rol: 'gerente' });
  expect(await listDecididas(db, e.quien(ajena), { despues: null, limite: 9 })).toEqual([]);
});

test('opening a period takes an admin and a reason; a closed one refuses older movements and a signature posts at the first open instant and names the true one', async () => {
  const producto = await e.producto({ costo: '1' });
  await e.mueve({ producto, tipo: 'inventario', cantidad: '10', en: hace(60 * 24 * 9) });
  const real = hace(60 * 24 * 6);
  const id = await propone(producto, '1', real);
  const ayer = new Date(Date.now() - 48 * 3_600_000).toISOString().slice(0, 10);
  const cambio = { tiendaId: e.tienda.id, hasta: ayer, motivo: 'cierre de mes' };
  const manana = new Date(Date.now() + 48 * 3_600_000).toISOString().slice(0, 10);
  const cierra = (c: typeof cambio) => changePeriodo(db, systemClock, e.quien(admin), 'cierra', c);
  expect(await falla(cierra({ ...cambio, hasta: manana }))).toBe('CIERRE_FUTURO');
  const { cerradoHasta } = await cierra(cambio);
  expect(await falla(cierra({ ...cambio, hasta: '2020-01-31' }))).toBe('CIERRE_ATRAS');
  expect(await falla(e.mueve({ producto, tipo: 'venta', cantidad: '1', en: real }))).toBe('PERIODO_CERRADO');
  const { transaccionId } = await decideFirma(db, systemClock, e.quien(otra), {
    tipo: 'manual',
    id,
    motivo: null,
  });
  const { rows } = await sql<{ ocurrida_en: Date; notas: string; metadata: object }>`
    select ocurrida_en, notas, metadata from inventario.transacciones where id = ${transaccionId}`.execute(
    db.kysely,
  );
  expect(rows[0]!.ocurrida_en.toISOString()).toBe(cerradoHasta);
  const local = fechaHoraVista(real.getTime(), 'America/Mexico_City');
  expect(rows[0]!.notas).toBe(`se rompió · Corresponde al ${local}; ese periodo está cerrado.`);
  expect(rows[0]!.metadata).toEqual({ instante_real: real.toISOString() });
  const abre = { ...cambio, hasta: null };
  expect(await falla(changePeriodo(db, systemClock, e.quien(e.gerente), 'abre', abre))).toBe('PROHIBIDO');
  expect(await changePeriodo(db, systemClock, e.quien(admin), 'abre', abre)).toEqual({ cerradoHasta: null });
  await e.mueve({ producto, tipo: 'venta', cantidad: '1', en: real });
});

test('a base dated before what was approved is refused with its sentence, by the API and from a phone, and the books stand', async () => {
  const { producto } = await aprobado('8');
  const { rows } = await sql<{ codigo: string; almacen: string }>`
    select p.codigo, a.codigo as almacen from inventario.productos p, inventario.almacenes a
     where p.id = ${producto} and a.id = ${e.tienda.almacenId}`.execute(db.kysely);
  const base = { ...rows[0]!, tipo: 'inventario' as const, cantidad: '20' };
  const registra = (en: Date) =>
    registerTransacciones(db, systemClock, e.gerente.id, [{ ...base, ocurridaEn: en.toISOString() }]);
  expect(await falla(registra(hace(60)))).toBe('BASE_ANTES_DE_APROBADO');
  const tel = await new Telefono(db).registra(e.gerente);
  tel.guarda(e.gerente, 'transaccion.crear/1', {
    id: newId(),
    productoId: producto,
    almacenId: e.tienda.almacenId,
    tipo: 'inventario',
    subtipo: null,
    cantidad: '20',
    precio: null,
    costoUnitario: null,
    ocurridaEn: hace(60).toISOString(),
    referencia: null,
    notas: null,
  });
  expect((await tel.envia()).results).toMatchObject([{ status: 'rejected', code: 'BASE_ANTES_DE_APROBADO' }]);
  expect(await e.existencia(producto)).toBe('8.00000');
  // After the count it is a new beginning, and after that one an older base changes nothing that was signed.
  await registra(hace(10));
  expect(await e.existencia(producto)).toBe('20.00000');
});
