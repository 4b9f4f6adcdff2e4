import 'fake-indexeddb/auto';
import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import { CLAVES, TABLAS_MARCADAS } from '#client/offline/cache-db.ts';
import { verifica } from '#server/sync/verifica.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import type { TestUser } from '#tests/db/people.ts';
import { testServer } from '#tests/db/server.ts';
import { linea, Telefono } from './telefono.ts';
import { TelefonoFoto } from './telefono-foto.ts';

const server = await testServer();
const { db } = server;
const e = await escenaConteo(db);
const DIA = 24 * 3_600_000;

const telefonos: TelefonoFoto[] = [];
async function telefono(persona: TestUser): Promise<TelefonoFoto> {
  const tel = await new TelefonoFoto(server, persona).registra();
  tel.conCotejo = true;
  tel.sinFoto = 'cliente';
  telefonos.push(tel);
  await tel.nivela();
  return tel;
}
afterEach(async () => {
  for (const tel of telefonos.splice(0)) await tel.tira();
});

/** Everything outside the catalogue that a phone holds. */
async function tiene(tel: TelefonoFoto): Promise<Record<string, unknown[]>> {
  const filas: Record<string, unknown[]> = {};
  for (const tabla of TABLAS_MARCADAS) filas[tabla] = await tel.cache.db.table(tabla).toArray();
  return filas;
}

/** A day later: rounds until nothing is asked any more. What was compared, in order. */
async function otroDia(tel: TelefonoFoto): Promise<string[]> {
  tel.ahora += DIA;
  tel.mono += DIA;
  const hechos: string[] = [];
  for (let i = 0; i < 12; i += 1) {
    tel.pedidos = [];
    await tel.nivela();
    const verificados = tel.pedidos.filter((pedido) => pedido.startsWith('verify '));
    if (verificados.length === 0) return hechos;
    // What differs comes again in the same round, which then goes on comparing.
    if (!tel.dicho.includes('scope.distinto')) expect(verificados.length).toBeLessThanOrEqual(4);
    hechos.push(...verificados.map((pedido) => pedido.slice(7)));
  }
  throw new Error('it never ends comparing');
}

async function conTodo(): Promise<void> {
  const producto = await e.producto({ bins: ['A1'], costo: '12.345678' });
  await e.mueve({ producto, tipo: 'inventario', cantidad: '7.5', en: new Date(Date.now() - 60_000) });
  const conteo = await e.conteo([e.gerente]);
  const otro = await new Telefono(db).registra(e.gerente);
  otro.guarda(e.gerente, 'conteo.linea/1', linea(conteo, { productoId: producto, codigoCrudo: null }));
  otro.guardaTexto(e.gerente, 'cosa.nueva/9', '{}');
  await sql`update inventario.conteos set ciego = false where id = ${conteo}`.execute(db.kysely);
  expect((await otro.envia()).results.map((r) => r.status)).toEqual(['applied', 'en_espera']);
}

test('every scope is verified daily: tienda, stock, costos, conteo, lineas and usuario; what differs comes again whole', async () => {
  await conTodo();
  const tel = await telefono(e.gerente);
  const bien = await tiene(tel);
  for (const tabla of [
    'existencias',
    'producto_costos',
    'conteo_lineas',
    'rechazos',
    'ubicaciones',
    'conteos',
  ]) {
    expect(bien[tabla]?.length, tabla).toBeGreaterThan(0);
  }
  // What has just come needs no comparison; a day later each scope is compared once, and is the same.
  expect(tel.pedidos.join()).not.toContain('verify');
  const scopes = (await tel.cache.db.cursores.toArray()).map(({ scope }) => scope.split(':')[0]!);
  const esperados = scopes.filter((scope) => scope !== 'catalogo').sort();
  expect((await otroDia(tel)).sort()).toEqual(esperados);
  expect(new Set(esperados)).toEqual(new Set(['conteo', 'costos', 'lineas', 'stock', 'tienda', 'usuario']));
  expect(tel.dicho).toEqual([]);

  const { db: cache } = tel.cache;
  const dana: Record<string, () => Promise<unknown>> = {
    stock: () => cache.existencias.toCollection().modify({ cantidad: '9999' }),
    costos: () => cache.producto_costos.clear(),
    conteo: () => cache.conteo_contadores.toCollection().modify({ nombre: 'Nadie' }),
    lineas: () => cache.conteo_lineas.toCollection().modify({ condicion: 'danado' }),
    usuario: () => cache.rechazos.clear(),
    tienda: async () => {
      const fila = (await cache.ubicaciones.toCollection().first())!;
      await cache.ubicaciones.put({ ...fila, id: fila.almacenId, _pk: fila.almacenId });
    },
  };
  for (const [scope, rompe] of Object.entries(dana)) {
    tel.dicho = [];
    await rompe();
    expect(await tiene(tel), scope).not.toEqual(bien);
    const hechos = await otroDia(tel);
    expect(hechos.filter((hecho) => hecho === scope).length, scope).toBeGreaterThan(0);
    expect(new Set(tel.dicho), scope).toEqual(new Set(['scope.distinto']));
    expect(await tiene(tel), scope).toEqual(bien);
    const row = await cache.meta.get('cotejos');
    expect(row?.k === 'cotejos' && row.distinto?.scope.split(':')[0]).toBe(scope);
  }
  tel.dicho = [];
  await otroDia(tel);
  expect(tel.dicho).toEqual([]);
});

test('rows that changed behind the triggers are found by the comparison, and come with the next download', async () => {
  await conTodo();
  const tel = await telefono(e.gerente);
  await db.asService(async (tx) => {
    await sql`alter table inventario.tiendas disable trigger user`.execute(tx);
    await sql`update inventario.tiendas set ciudad = 'Otra ciudad' where id = ${e.tienda.id}`.execute(tx);
    await sql`alter table inventario.tiendas enable trigger user`.execute(tx);
  });
  await tel.nivela();
  expect(JSON.stringify(await tiene(tel))).not.toContain('Otra ciudad');
  await otroDia(tel);
  expect(JSON.stringify(await tiene(tel))).toContain('Otra ciudad');
});

test('verify says nothing of a scope that is not one’s own, of fields that it does not know, nor away from the head', async () => {
  const tel = await telefono(e.ana);
  const gerente = await telefono(e.gerente);
  const [stock] = (await gerente.cache.db.cursores.toArray()).filter(({ scope }) =>
    scope.startsWith('stock'),
  );
  const base = {
    deviceId: tel.device.id,
    secret: tel.device.secret,
    schema: 1,
    cuenta: 0,
    suma: '0'.repeat(16),
  };
  const ajeno = { ...base, scope: stock!.scope, cursor: stock!.cursor, campos: {} };
  expect(await verifica(db, e.ana.id, ajeno)).toEqual({ igual: null });
  const tienda = (await tel.cache.db.cursores.get(`tienda:${e.tienda.id}`))!;
  const propio = { ...base, scope: tienda.scope, cursor: tienda.cursor };
  const dice = (campos: Record<string, string[]>) => verifica(db, e.ana.id, { ...propio, campos });
  // A table that the phone names and has no row of is missing there; a field of a newer phone cannot be told.
  expect(await dice({ tiendas: [...CLAVES.tiendas] })).toEqual({ igual: false });
  expect(await dice({ tiendas: ['id', 'color'] })).toEqual({ igual: null });
  expect(await dice({ promociones: ['id'] })).toEqual({ igual: null });
  await sql`update inventario.tiendas set nombre = nombre || '.' where id = ${e.tienda.id}`.execute(
    db.kysely,
  );
  expect(await dice({ tiendas: ['id'] })).toEqual({ igual: null });
});
