import 'fake-indexeddb/auto';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import { aplicaEnEspera } from '#server/sync/rechazos.ts';
import { iniciaRetencion } from '#server/sync/retencion.ts';
import type { PullSalida } from '#shared/contracts/sync.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import type { TestUser } from '#tests/db/people.ts';
import { testServer } from '#tests/db/server.ts';
import { linea, Telefono } from './telefono.ts';
import { TelefonoFoto } from './telefono-foto.ts';

/**
 * Old and new on either side, over HTTP and the real handlers: nothing is lost, and whatever one does not know yet waits.
 */
const server = await testServer();
const { db } = server;
const e = await escenaConteo(db);
const base = await new Telefono(db).registra(e.ana);

type Respuesta = { status: number; data: Record<string, unknown>; code: string | null };
async function llama(name: string, cuerpo: unknown, quien?: TestUser): Promise<Respuesta> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(cuerpo),
  };
  const response = await server.fetch(`/api/trpc/sync.${name}`, init, quien);
  const { result, error } = (await response.json()) as {
    result?: { data: Record<string, unknown> };
    error?: { data: { app?: { code: string } } };
  };
  return { status: response.status, data: result?.data ?? {}, code: error?.data.app?.code ?? null };
}

const equipo = (tel: Telefono) => ({ deviceId: tel.deviceId, secret: tel.secret });
/** The envelope of the first version: none of the fields that came later. */
const primerPush = (tel: Telefono) => ({
  ...equipo(tel),
  epoch: null,
  desfaseEnviarMs: 0,
  oldestMid: 1,
  pending: tel.diario.length,
  mutations: tel.diario,
});
const estados = ({ data }: Respuesta) =>
  (data.results as { status: string; code?: string }[]).map(({ status, code }) => code ?? status);
const lineasDe = async (conteo: string) =>
  Number(
    (
      await sql<{
        n: string;
      }>`select count(*) as n from inventario.conteo_lineas where conteo_id = ${conteo}`.execute(db.kysely)
    ).rows[0]!.n,
  );

beforeEach(() => sql`update sync.meta set min_pull_schema = 1`.execute(db.kysely));
const telefonos: TelefonoFoto[] = [];
afterEach(async () => {
  for (const tel of telefonos.splice(0)) await tel.tira();
});

test('old client, new server: below minPullSchema it still pushes, is told to update, and goes on after the update', async () => {
  const conteo = await e.conteo([e.ana]);
  const tel = await new Telefono(db).registra(e.ana);
  const saludo = { ...equipo(tel), app: '0.1.0', schema: 1, pending: 1, oldestPendingAt: null };
  const pide = { ...equipo(tel), cursors: {}, limit: 5_000 };
  await sql`update sync.meta set min_pull_schema = 2`.execute(db.kysely);

  expect((await llama('hello', saludo)).data).toMatchObject({ minPullSchema: 2, expectedMid: 1 });
  expect(await llama('pull', { ...pide, schema: 1 }, e.ana)).toMatchObject({
    status: 412,
    code: 'VERSION_VIEJA',
  });
  for (let i = 0; i < 3; i += 1) tel.guarda(e.ana, 'conteo.linea/1', linea(conteo));
  expect(estados(await llama('push', primerPush(tel)))).toEqual(['applied', 'applied', 'applied']);
  expect(await lineasDe(conteo)).toBe(3);

  // Updated: another schema, so another cache that begins from nothing; the journal and its numbers are the same.
  const nuevo = await llama('pull', { ...pide, schema: 2 }, e.ana);
  expect(nuevo.data).toMatchObject({ done: true, lastMid: 3 });
  expect(JSON.stringify(nuevo.data).match(/"conteo_lineas":\[\{/)).not.toBeNull();
  tel.guarda(e.ana, 'conteo.linea/1', linea(conteo));
  expect(estados(await llama('push', primerPush(tel)))).toHaveLength(4);
  expect(await lineasDe(conteo)).toBe(4);
  // A cursor of the old schema is no cursor of the new one.
  await sql`update sync.meta set min_pull_schema = 1`.execute(db.kysely);
  const viejo = (await llama('pull', { ...pide, schema: 1 }, e.ana)).data as unknown as PullSalida;
  const cursors = Object.fromEntries(viejo.pages.map((page) => [page.scope, page.cursor]));
  const otra = (await llama('pull', { ...pide, schema: 2, cursors }, e.ana)).data as unknown as PullSalida;
  expect(otra.pages.length).toBeGreaterThan(0);
  expect(otra.pages.every((page) => page.reset)).toBe(true);
});

test('new client, old server: fields it does not know are passed over, unknown mutators wait as en_espera, and the rest is applied', async () => {
  const conteo = await e.conteo([e.ana]);
  const tel = await new Telefono(db).registra(e.ana);
  const suya = linea(conteo);
  tel.guardaTexto(e.ana, 'conteo.linea/1', JSON.stringify({ ...suya, peso: '1.5', foto3d: { a: 1 } }));
  tel.guardaTexto(e.ana, 'conteo.medida/3', JSON.stringify(linea(conteo)));
  tel.guarda(e.ana, 'conteo.linea/1', linea(conteo));
  const futuro = { zona: 'norte', capacidades: ['zstd'] };
  expect(
    await llama('hello', {
      ...equipo(tel),
      ...futuro,
      app: '9.0.0',
      schema: 7,
      pending: 3,
      oldestPendingAt: null,
    }),
  ).toMatchObject({ status: 200, data: { expectedMid: 1 } });
  const push = {
    ...primerPush(tel),
    ...futuro,
    mutations: tel.diario.map((mutacion) => ({ ...mutacion, firma: 'x' })),
  };
  const primera = await llama('push', push);
  expect(primera.data).toMatchObject({ kind: 'ok', expectedMid: 4 });
  expect(estados(primera)).toEqual(['applied', 'MUTACION_EN_ESPERA', 'applied']);
  expect(await lineasDe(conteo)).toBe(2);
  const bajada = await llama(
    'pull',
    { ...equipo(tel), ...futuro, schema: 7, cursors: {}, limit: 5_000 },
    e.ana,
  );
  expect(bajada.data).toMatchObject({ done: true, lastMid: 3 });
  // Comparing what it does not know has no answer, and does no harm.
  const { pages } = bajada.data as unknown as PullSalida;
  const { scope, cursor } = pages.find((page) => page.scope.startsWith('tienda:'))!;
  const suma = { cuenta: 1, suma: '0'.repeat(16), campos: { tiendas: ['id', 'color'] } };
  expect((await llama('verify', { ...equipo(tel), schema: 7, scope, cursor, ...suma }, e.ana)).data).toEqual({
    igual: null,
  });

  // Nothing changes until the server is a newer one, which knows the name.
  expect(await aplicaEnEspera(base.port)).toBe(0);
  await sql`update sync.rejection set name = 'conteo.linea/1' where device_id = ${tel.deviceId}`.execute(
    db.kysely,
  );
  // Without a start of its own: an older process kept it while this one was running already.
  const logger = { info: () => {}, warn: () => {} };
  const deps = { db, logger } as unknown as Parameters<typeof iniciaRetencion>[0];
  const detiene = iniciaRetencion(deps, {
    primeraMs: 1,
    cadaMs: 5,
    cadaVez: () => aplicaEnEspera(base.port),
  });
  await expect.poll(() => lineasDe(conteo), { timeout: 5_000 }).toBe(3);
  await detiene();
  // Resent, it is answered as what became of it; nothing is there twice.
  expect(estados(await llama('push', push))).toEqual(['applied', 'applied', 'applied']);
  expect(await lineasDe(conteo)).toBe(3);
});

test('new server, old client: columns, tables and scopes that it does not know do no harm, and its cursors go on', async () => {
  const tel = await new TelefonoFoto(server, e.ana).registra();
  telefonos.push(tel);
  tel.sinFoto = 'cliente';
  await e.producto({ bins: ['A1'] });
  tel.alSalida = (salida) => ({
    ...salida,
    novedad: { texto: 'algo' },
    pages: [
      ...salida.pages.map((page) => ({
        ...page,
        peso: 3,
        upserts: {
          ...Object.fromEntries(
            Object.entries(page.upserts).map(([tabla, filas]) => [
              tabla,
              filas.map((fila) => ({ ...fila, color: 'rojo' })),
            ]),
          ),
          promociones: [{ id: newId(), nombre: 'Dos por uno' }],
        },
        deletes: { ...page.deletes, promociones: [newId()] },
      })),
      ...(salida.pages.length === 0
        ? []
        : [
            {
              scope: `promo:${e.tienda.id}`,
              reset: true,
              head: true,
              cursor: 'eyJmIjoxfQ',
              upserts: { promociones: [{ id: newId() }] },
              deletes: {},
            },
          ]),
    ],
    // The server takes the unknown scope for one that this person lost, and says so.
  });
  await tel.nivela();
  const antes = await tel.catalogo();
  expect(antes.completo).toBe(true);
  expect(antes.productos.size).toBeGreaterThan(0);
  expect(await tel.cache.db.ubicaciones.count()).toBeGreaterThan(0);
  const nueva = await e.producto({ bins: ['A2'] });
  await tel.nivela();
  expect((await tel.catalogo()).productos.has(nueva)).toBe(true);
  expect(tel.dicho).toEqual([]);
  // The update: what an old version stored is not what the new one reads, so the new one has a cache of its own.
  const despues = await new TelefonoFoto(server, e.ana).registra();
  telefonos.push(despues);
  await despues.nivela();
  expect((await despues.catalogo()).productos).toEqual((await tel.catalogo()).productos);
});

test('a phone’s exported file sent from another one, before or after its own sending, adds no line twice', async () => {
  const conteo = await e.conteo([e.ana]);
  const [uno, otro] = [
    await new Telefono(db).registra(e.ana),
    await new Telefono(db).registra(e.ana, e.gerente),
  ];
  for (let i = 0; i < 4; i += 1) uno.guarda(e.ana, 'conteo.linea/1', linea(conteo));
  // The file keeps names and arguments; the other phone gives it its own numbers and turnos.
  for (const { name, args } of uno.diario) otro.guardaTexto(e.ana, name, args);
  for (const tel of [otro, uno, otro]) {
    const respuesta = await llama('push', primerPush(tel));
    expect(estados(respuesta)).toEqual(['applied', 'applied', 'applied', 'applied']);
    expect(await lineasDe(conteo)).toBe(4);
  }
});
