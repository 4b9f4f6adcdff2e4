import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId, systemClock } from '#server/platform/clock.ts';
import { toAppError } from '#server/platform/errors.ts';
import { fechaLocal, inicioDelDia, masDias } from '#shared/domain/instante.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { testTienda, testUser } from '#tests/db/people.ts';
import { findAvisosDeCierre, listPeriodos } from './estado.ts';
import { changePeriodo } from './periodos.ts';

const db = await testDb();
const e = await escenaConteo(db);
const admin = e.quien(await testUser(db, { rol: 'admin' }));
const ZONA = 'America/Mexico_City';
const hoy = fechaLocal(Date.now(), ZONA);
const falla = (p: Promise<unknown>) =>
  p.then(
    () => 'nada',
    (error: unknown) => toAppError(error).code,
  );

test('closing a period: an admin, up to the end of a day of the shop; the gerente sees it with its reason', async () => {
  const hasta = masDias(hoy, -3);
  const cambio = { tiendaId: e.tienda.id, hasta, motivo: 'cierre de mes' };
  const gerente = e.quien(e.gerente);
  expect(await falla(changePeriodo(db, systemClock, gerente, 'cierra', cambio))).toBe('PROHIBIDO');
  const { cerradoHasta } = await changePeriodo(db, systemClock, admin, 'cierra', cambio);
  expect(Date.parse(cerradoHasta!)).toBe(inicioDelDia(masDias(hoy, -2), ZONA));
  const vista = await listPeriodos(db, systemClock, gerente);
  expect(vista).toMatchObject([
    {
      tiendaId: e.tienda.id,
      hoy,
      cerradoHasta: hasta,
      primerInstante: cerradoHasta,
      historial: [{ accion: 'cierra', hasta, motivo: 'cierre de mes', por: admin.nombre }],
    },
  ]);
  await changePeriodo(db, systemClock, admin, 'abre', {
    ...cambio,
    hasta: masDias(hoy, -9),
    motivo: 'faltó una factura',
  });
  const [despues] = await listPeriodos(db, systemClock, gerente);
  expect(despues).toMatchObject({ cerradoHasta: masDias(hoy, -9) });
  expect(despues!.historial.map((c) => [c.accion, c.motivo])).toEqual([
    ['abre', 'faltó una factura'],
    ['cierra', 'cierre de mes'],
  ]);
});

test('two admins who close at once leave one closing', async () => {
  const tienda = await testTienda(db);
  const cambio = { tiendaId: tienda.id, hasta: masDias(hoy, -1), motivo: 'ayer' };
  const salidas = await Promise.all(
    [1, 2].map(() => changePeriodo(db, systemClock, admin, 'cierra', cambio)),
  );
  expect(salidas[0]).toEqual(salidas[1]);
  const mia = (await listPeriodos(db, systemClock, admin)).find((t) => t.tiendaId === tienda.id)!;
  expect(mia.historial).toHaveLength(1);
});

test('a shop of another time zone closes at its own midnight', async () => {
  const tienda = await testTienda(db, { zona: 'America/Tijuana' });
  const hasta = masDias(fechaLocal(Date.now(), 'America/Tijuana'), -2);
  const { cerradoHasta } = await changePeriodo(db, systemClock, admin, 'cierra', {
    tiendaId: tienda.id,
    hasta,
    motivo: 'mes',
  });
  expect(Date.parse(cerradoHasta!)).toBe(inicioDelDia(masDias(hasta, 1), 'America/Tijuana'));
});

test('before closing it warns of open conteos, unsigned ajustes and unsent phones inside the period', async () => {
  const gerente = e.quien(e.gerente);
  const avisos = (dias: number) =>
    findAvisosDeCierre(db, gerente, { tiendaId: e.tienda.id, hasta: masDias(hoy, dias) });
  expect(await avisos(-1)).toMatchObject({ conteos: [], propuestas: 0, contraAjustes: 0 });
  const conteo = await e.conteo([e.ana]);
  const producto = await e.producto({ costo: '1' });
  const antier = new Date(inicioDelDia(masDias(hoy, -2), ZONA) + 3_600_000);
  await sql`update inventario.conteos set abierto_en = ${antier} where id = ${conteo}`.execute(db.kysely);
  await sql`insert into inventario.ajustes_propuestos (id, producto_id, almacen_id, cantidad, motivo, ocurrida_en, propuesto_por)
            values (${newId()}, ${producto}, ${e.tienda.almacenId}, 1, 'apareció', ${antier}, ${e.gerente.id})`.execute(
    db.kysely,
  );
  await sql`insert into sync.device (id, secret_hash, usuario_id, pending_reported) values (${newId()}, 'x', ${e.ana.id}, 12)`.execute(
    db.kysely,
  );
  expect(await avisos(-2)).toMatchObject({
    conteos: [{ id: conteo, estado: 'abierto' }],
    propuestas: 1,
    contraAjustes: 0,
    telefonos: { telefonos: 1, datos: 12 },
  });
  expect(await avisos(-3)).toMatchObject({ conteos: [], propuestas: 0 });
  const ajena = e.quien(await testUser(db, { rol: 'gerente' }));
  expect(await falla(findAvisosDeCierre(db, ajena, { tiendaId: e.tienda.id, hasta: hoy }))).toBe(
    'NO_ENCONTRADO',
  );
  expect(await listPeriodos(db, systemClock, ajena)).toEqual([]);
});
