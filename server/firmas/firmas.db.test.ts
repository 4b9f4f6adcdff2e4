import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { approveProductos } from '#server/conteos/aprueba.ts';
import { changePeriodo } from '#server/periodos/periodos.ts';
import { newId, systemClock } from '#server/platform/clock.ts';
import { toAppError } from '#server/platform/errors.ts';
import { fechaHoraVista } from '#shared/formato.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { testTienda, testUser } from '#tests/db/people.ts';
import { decideFirma, listPorFirmar } from './firmas.ts';

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

test('opening a period takes an admin and a reason; a closed one refuses older movements and a signature posts at the first open instant and names the true one', async () => {
  const producto = await e.producto({ costo: '1' });
  await e.mueve({ producto, tipo: 'inventario', cantidad: '10', en: hace(60 * 24 * 9) });
  const real = hace(60 * 24 * 6);
  const id = await propone(producto, '1', real);
  const ayer = new Date(Date.now() - 48 * 3_600_000).toISOString().slice(0, 10);
  const cambio = { tiendaId: e.tienda.id, hasta: ayer, motivo: 'cierre de mes' };
  const manana = new Date(Date.now() + 48 * 3_600_000).toISOString().slice(0, 10);
  const cierra = (c: typeof cambio) => changePeriodo(db, systemClock, e.quien(e.gerente), 'cierra', c);
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
