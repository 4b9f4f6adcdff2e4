import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createConteo } from '#server/conteos/crea.ts';
import { newId, systemClock } from '#server/platform/clock.ts';
import { TOLERANCIAS_POR_OMISION } from '#shared/contracts/ajustes-empresa.ts';
import { TELEFONO_POR_OMISION } from '#shared/contracts/ajustes-telefono.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testUser } from '#tests/db/people.ts';
import { testServer } from '#tests/db/server.ts';
import { codeOf, trpcAs } from '#tests/db/trpc.ts';

const server = await testServer();
const { db } = server;
const e = await escenaConteo(db);
const [admin, otro] = [await testUser(db, { rol: 'admin' }), await testUser(db, { rol: 'admin' })];
const deAdmin = await trpcAs(server, admin);
const deOtro = await trpcAs(server, otro);
/** Figures that occur nowhere else. */
const CENTINELAS = ['731.37', '8642.13', '97531.42'];
const [UNIDADES, PESOS, COSTO] = CENTINELAS as [string, string, string];
const con = { unidades: UNIDADES, porcentaje: null, pesos: PESOS };
const sin = { unidades: null, porcentaje: null, pesos: null };

test('what was never saved is the default, and one that makes no sense any more too', async () => {
  expect(await (await trpcAs(server, e.ana)).ajustes.lee.query()).toEqual(TELEFONO_POR_OMISION);
  expect(await deAdmin.ajustes.empresa.query()).toMatchObject({
    escaner: { version: 0, cambiado: null },
    bloqueo: { version: 0, valor: { minutos: 10 } },
    tolerancias: { version: 0, valor: TOLERANCIAS_POR_OMISION },
  });
  await sql`insert into inventario.configuracion (clave, valor) values ('bloqueo', '{"minutos": 9000}')`.execute(
    db.kysely,
  );
  expect((await deAdmin.ajustes.lee.query()).bloqueo).toEqual({ minutos: 10 });
  expect(
    await deAdmin.ajustes.guarda.mutate({ clave: 'bloqueo', version: 1, valor: { minutos: 5 } }),
  ).toEqual({
    version: 2,
  });
  expect((await deAdmin.ajustes.lee.query()).bloqueo).toEqual({ minutos: 5 });
});

test('two admins do not overwrite each other unseen: the second is told who was first, and keeps nothing', async () => {
  const { escaner } = await deOtro.ajustes.empresa.query();
  const sinQr = (lee: boolean) => ({
    simbologias: { ...escaner.valor.simbologias, QR: { ...escaner.valor.simbologias.QR, lee } },
  });
  const guarda = (cliente: typeof deAdmin, lee: boolean, version = 0) =>
    cliente.ajustes.guarda.mutate({ clave: 'escaner', version, valor: sinQr(lee) });
  const intentos = await Promise.allSettled([guarda(deAdmin, false), guarda(deOtro, true)]);
  expect(intentos.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const quien = intentos[0]!.status === 'fulfilled' ? admin : otro;
  const tarde = guarda(quien === admin ? deOtro : deAdmin, true);
  await expect(tarde).rejects.toThrow(quien.nombre);
  expect(await codeOf(guarda(deAdmin, true, 7))).toBe('AJUSTES_CAMBIARON');
  const ahora = await deAdmin.ajustes.empresa.query();
  expect(ahora.escaner).toMatchObject({ version: 1, cambiado: { por: quien.nombre } });
  expect(await guarda(deAdmin, false, 1)).toEqual({ version: 2 });
  const { rows } = await sql<{ datos: { version: number } }>`
    select datos from inventario.auditoria where accion = 'ajustes.guardado' and entidad_id = 'escaner' order by en`.execute(
    db.kysely,
  );
  expect(rows.map(({ datos }) => datos.version)).toEqual([1, 2]);
});

test('settings are an admin’s; bad ones are refused with nothing saved', async () => {
  for (const rol of ['gerente', 'comprador', 'almacenista', 'chofer', 'auditor'] as const) {
    const cliente = await trpcAs(server, await testUser(db, { rol, tiendas: [e.tienda] }));
    expect(await codeOf(cliente.ajustes.empresa.query())).toBe('PROHIBIDO');
    const guarda = cliente.ajustes.guarda.mutate({ clave: 'bloqueo', version: 0, valor: { minutos: 1 } });
    expect(await codeOf(guarda)).toBe('PROHIBIDO');
  }
  const { version } = (await deAdmin.ajustes.empresa.query()).bloqueo;
  for (const minutos of [0, 31, 2.5]) {
    const guarda = deAdmin.ajustes.guarda.mutate({ clave: 'bloqueo', version, valor: { minutos } });
    expect(await codeOf(guarda)).toBe('ENTRADA_INVALIDA');
  }
  const negativa = { general: { ...sin, pesos: '-5' }, A: sin, B: sin, C: sin };
  expect(
    await codeOf(deAdmin.ajustes.guarda.mutate({ clave: 'tolerancias', version: 0, valor: negativa })),
  ).toBe('ENTRADA_INVALIDA');
  expect((await deAdmin.ajustes.empresa.query()).bloqueo.version).toBe(version);
});

test('a counter (almacenista) never receives tolerances in pesos, costs or units: ajustes.lee and pull on raw bytes', async () => {
  await deAdmin.ajustes.guarda.mutate({
    clave: 'tolerancias',
    version: 0,
    valor: { general: con, A: con, B: sin, C: con },
  });
  const producto = await e.producto({ costo: COSTO });
  await createConteo(db, systemClock, e.quien(e.gerente), {
    id: newId(),
    nombre: 'Con límites',
    almacenId: e.tienda.almacenId,
    alcance: 'lista',
    zonas: [],
    ubicacionIds: [],
    categoriaId: null,
    claseAbc: null,
    productoIds: [producto],
    ciego: true,
    reparto: 'repartido',
    contadores: [e.ana.id],
    vence: null,
    tolUnidades: UNIDADES,
    tolPorcentaje: null,
    tolPesos: PESOS,
    tolerancias: { A: con },
  });
  const equipo = { deviceId: newId(), secret: randomBytes(24).toString('hex') };
  const crudo = async (quien: typeof e.ana, name: string, input?: unknown) => {
    const init =
      input === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) };
    const respuesta = await server.fetch(`/api/trpc/${name}`, init, quien);
    return { status: respuesta.status, texto: await respuesta.text() };
  };
  const alta = await crudo(e.ana, 'sync.registra', { ...equipo, nombre: 'Moto G', app: '1.2.3' });
  expect(alta.status).toBe(200);
  const lee = await crudo(e.ana, 'ajustes.lee');
  const baja = await crudo(e.ana, 'sync.pull', { ...equipo, schema: 1, cursors: {}, limit: 5000 });
  expect([lee.status, baja.status]).toEqual([200, 200]);
  expect(baja.texto).toContain(producto);
  for (const { texto } of [lee, baja, alta]) {
    for (const cifra of CENTINELAS) expect(texto).not.toContain(cifra);
    expect(texto).not.toMatch(/tol_?(eranc|unidades|porcentaje|pesos)/i);
  }
  expect((await crudo(e.ana, 'ajustes.tolerancias')).texto).toContain('PROHIBIDO');
  expect((await crudo(e.ana, 'ajustes.empresa')).texto).toContain('PROHIBIDO');
  // The sentinels are there to be received: who plans gets them.
  expect((await crudo(e.gerente, 'ajustes.tolerancias')).texto).toContain(PESOS);
});
