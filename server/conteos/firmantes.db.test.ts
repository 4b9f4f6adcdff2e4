import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { testTienda, testUser } from '#tests/db/people.ts';
import { testServer } from '#tests/db/server.ts';
import { codeOf, trpcAs } from '#tests/db/trpc.ts';

const db = await testDb();
const e = await escenaConteo(db);
const server = await testServer({ db });
const lejos = await testTienda(db);
const [vecina, admin, auditor, ajeno] = [
  await testUser(db, { rol: 'gerente', tiendas: [lejos] }),
  await testUser(db, { rol: 'admin' }),
  await testUser(db, { rol: 'auditor', tiendas: [lejos] }),
  await testUser(db, { rol: 'gerente', tiendas: [lejos] }),
];
const [jefe, otra, dueno] = [
  await trpcAs(server, e.gerente),
  await trpcAs(server, vecina),
  await trpcAs(server, admin),
];
const hace = (minutos: number) => new Date(Date.now() - minutos * 60_000);

/** Counted by the only manager of the shop. */
async function contadoPorElJefe() {
  const [p, q] = [await e.producto(), await e.producto()];
  for (const producto of [p, q])
    await e.mueve({ producto, tipo: 'inventario', cantidad: '5', en: hace(600) });
  const conteoId = await e.conteo([e.gerente]);
  await db.asService((tx) =>
    sql`update inventario.conteos set ciego = false where id = ${conteoId}`.execute(tx),
  );
  for (const producto of [p, q]) {
    await e.linea({ conteo: conteoId, por: e.gerente, producto, cantidad: '4', en: hace(30) });
  }
  await jefe.conteos.cierraPartes.mutate({ conteoId, motivo: null });
  return { conteoId, p, q };
}

test("in a shop with one manager, another shop's manager or an admin approves", async () => {
  const { conteoId, p, q } = await contadoPorElJefe();
  const pide = (productoId: string) => ({ conteoId, productoIds: [productoId], motivo: 'visto' });
  expect((await jefe.conteos.aprueba.mutate(pide(p))).omitidos).toMatchObject([
    { code: 'APROBACION_CONTASTE' },
  ]);

  // Until she is asked, the conteo does not exist for her.
  expect(await codeOf(otra.conteos.revision.query({ conteoId }))).toBe('NO_ENCONTRADO');
  expect(await codeOf(otra.conteos.aprueba.mutate(pide(p)))).toBe('NO_ENCONTRADO');
  expect(await codeOf(otra.conteos.pideFirma.mutate({ conteoId, usuarioId: vecina.id }))).toBe(
    'NO_ENCONTRADO',
  );

  const posibles = await jefe.conteos.firmantesPosibles.query({ conteoId });
  expect(posibles.map(({ id }) => id)).toEqual(expect.arrayContaining([vecina.id, ajeno.id, admin.id]));
  for (const { id } of [e.gerente, e.ana, auditor]) expect(posibles.map((f) => f.id)).not.toContain(id);
  await jefe.conteos.pideFirma.mutate({ conteoId, usuarioId: vecina.id });
  await jefe.conteos.pideFirma.mutate({ conteoId, usuarioId: vecina.id });
  const despues = await jefe.conteos.firmantesPosibles.query({ conteoId });
  expect(despues.filter(({ pedida }) => pedida).map(({ id }) => id)).toEqual([vecina.id]);
  const { rows } = await sql`
    select 1 from inventario.auditoria where entidad_id = ${conteoId} and accion = 'conteo.firma_pedida'`.execute(
    db.kysely,
  );
  expect(rows).toHaveLength(1);

  const historial = await otra.conteos.historial.query({ estados: null, antesDe: null, limite: 10 });
  expect(historial).toMatchObject([{ id: conteoId, almacen: `Almacén ${e.tienda.codigo}` }]);
  const revision = await otra.conteos.revision.query({ conteoId });
  expect(revision.productos.find(({ productoId }) => productoId === p)).toMatchObject({ bloqueos: [] });
  // Her screen offers what she may do, no more.
  expect(revision.conteo.decide).toBe(false);
  expect((await jefe.conteos.revision.query({ conteoId })).conteo.decide).toBe(true);
  const hecho = await otra.conteos.aprueba.mutate(pide(p));
  expect(hecho).toMatchObject({ omitidos: [], aprobados: [{ productoId: p, variacion: '-1' }] });
  expect(await e.existencia(p)).toBe('4.00000');

  // She signs; the other decisions stay with the shop, and nobody else came in with her.
  expect(await codeOf(otra.conteos.cancela.mutate({ conteoId, motivo: 'no' }))).toBe('NO_ENCONTRADO');
  expect(await codeOf((await trpcAs(server, ajeno)).conteos.revision.query({ conteoId }))).toBe(
    'NO_ENCONTRADO',
  );

  const suyo = await dueno.conteos.aprueba.mutate(pide(q));
  expect(suyo).toMatchObject({ omitidos: [], conteoCerrado: true });
});

test('only a manager of another shop or an admin who did not count is asked, and only while the conteo is open', async () => {
  const { conteoId } = await contadoPorElJefe();
  const pide = (usuarioId: string) => jefe.conteos.pideFirma.mutate({ conteoId, usuarioId });
  for (const { id } of [e.gerente, e.ana, auditor]) expect(await codeOf(pide(id))).toBe('FIRMANTE_NO_VALIDO');
  const p = await e.producto();
  await e.linea({ conteo: conteoId, por: vecina, producto: p, cantidad: '1', en: hace(20) });
  expect(await codeOf(pide(vecina.id))).toBe('FIRMANTE_NO_VALIDO');
  await jefe.conteos.cancela.mutate({ conteoId, motivo: 'prueba' });
  expect(await codeOf(pide(ajeno.id))).toBe('CONTEO_NO_ABIERTO');
});
