import 'fake-indexeddb/auto';
import { afterEach, expect, test } from 'vitest';
import type { PaginaScope, PullSalida } from '#shared/contracts/sync.ts';
import { Cache, type CambioCatalogo } from './cache.ts';
import { CacheDb, catalogoMeta } from './cache-db.ts';
import { conCatalogo } from './catalogo.ts';

let opened: Cache[] = [];
let next = 0;

function fresh(): Cache {
  next += 1;
  const name = `cache-test-${next}`;
  const cache = new Cache(() => new CacheDb(name));
  opened.push(cache);
  return cache;
}

afterEach(async () => {
  for (const cache of opened) await cache.db.delete();
  opened = [];
});

function page(scope: string, cursor: string, change: Partial<PaginaScope> = {}): PaginaScope {
  return { scope, reset: false, upserts: {}, deletes: {}, cursor, head: true, ...change };
}

function answer(pages: PaginaScope[], change: Partial<PullSalida> = {}): PullSalida {
  return { epoch: 'e', pages, lastMid: null, scopesAdded: [], scopesRemoved: [], done: true, ...change };
}

const linea = (id: string, conteoId = 'c1') => ({ id, conteoId, usuarioId: 'ana' });
const producto = (id: string, codigo = id) => ({
  id,
  codigo,
  nombre: `P ${id}`,
  isActive: true,
  fusionadoEn: null,
});

async function productos(cache: Cache): Promise<string[]> {
  const rows = await conCatalogo(cache.db, (lectura) => lectura.filas('productos'));
  const meta = await catalogoMeta(cache.db);
  expect(meta.lados[meta.activa].productos).toBe(rows.length);
  return rows.map((row) => row.id).sort();
}

test('rows and cursor land together, and a row that cannot be stored takes the cursor back', async () => {
  const cache = fresh();
  await cache.applyPull(
    answer([page('lineas:c1:ana', 'k1', { upserts: { conteo_lineas: [linea('a')] } })]),
    {},
    'd',
  );
  expect(await cache.cursors()).toEqual({ 'lineas:c1:ana': 'k1' });
  cache.db.conteo_lineas.hook('creating', () => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  const broken = answer(
    [
      page('lineas:c1:ana', 'k2', {
        upserts: { conteo_lineas: [linea('b')] },
        deletes: { conteo_lineas: ['a'] },
      }),
    ],
    { lastMid: 9 },
  );
  await expect(cache.applyPull(broken, await cache.cursors(), 'd')).rejects.toThrow();
  expect(await cache.cursors()).toEqual({ 'lineas:c1:ana': 'k1' });
  expect(await cache.db.conteo_lineas.count()).toBe(1);
  expect(await cache.db.meta.get('lastMid')).toBeUndefined();
});

test('a page that was asked for with another cursor changes nothing', async () => {
  const cache = fresh();
  const scope = 'lineas:c1:ana';
  await cache.applyPull(answer([page(scope, 'k2', { upserts: { conteo_lineas: [linea('a')] } })]), {}, 'd');
  const stale = answer([page(scope, 'k1', { deletes: { conteo_lineas: ['a'] } })], { lastMid: 4 });
  await cache.applyPull(stale, { [scope]: 'k0' }, 'd');
  expect(await cache.cursors()).toEqual({ [scope]: 'k2' });
  expect(await cache.db.conteo_lineas.count()).toBe(1);
  expect(await cache.db.meta.get('lastMid')).toBeUndefined();
});

test('a reset clears the rows of its scope and no other', async () => {
  const cache = fresh();
  await cache.applyPull(
    answer([
      page('lineas:c1:ana', '1', { upserts: { conteo_lineas: [linea('a'), linea('b')] } }),
      page('lineas:c2:ana', '1', { upserts: { conteo_lineas: [linea('z', 'c2')] } }),
    ]),
    {},
    'd',
  );
  await cache.applyPull(
    answer([page('lineas:c1:ana', '2', { reset: true, upserts: { conteo_lineas: [linea('b')] } })]),
    await cache.cursors(),
    'd',
  );
  expect((await cache.db.conteo_lineas.toArray()).map((row) => row.id).sort()).toEqual(['b', 'z']);
});

test('a row that moved between scopes survives the delete of its old one, in either order', async () => {
  for (const order of [0, 1]) {
    const cache = fresh();
    const row = { id: 'x', almacenId: 'w', codigo: 'A-1', zona: 'A', nombre: null, isActive: true };
    await cache.applyPull(answer([page('tienda:1', '1', { upserts: { ubicaciones: [row] } })]), {}, 'd');
    const moves = [
      page('tienda:2', '1', { upserts: { ubicaciones: [row] } }),
      page('tienda:1', '2', { deletes: { ubicaciones: ['x'] } }),
    ];
    if (order === 1) moves.reverse();
    for (const move of moves) await cache.applyPull(answer([move]), await cache.cursors(), 'd');
    expect(await cache.db.ubicaciones.get('x')).toMatchObject({ _s: 'tienda:2' });
  }
});

test('composite keys are joined in the order of their fields', async () => {
  const cache = fresh();
  const scope = 'conteo:c1';
  const row = { conteoId: 'c1', intento: 2, productoId: 'p' };
  await cache.applyPull(
    answer([page(scope, '1', { upserts: { conteo_intento_productos: [row] } })]),
    {},
    'd',
  );
  expect(await cache.db.conteo_intento_productos.get('c1:2:p')).toBeDefined();
  await cache.applyPull(
    answer([page(scope, '2', { deletes: { conteo_intento_productos: ['c1:2:p'] } })]),
    await cache.cursors(),
    'd',
  );
  expect(await cache.db.conteo_intento_productos.count()).toBe(0);
});

test('a removed scope goes with its rows and its cursor', async () => {
  const cache = fresh();
  await cache.applyPull(
    answer([
      page('lineas:c1:ana', '1', { upserts: { conteo_lineas: [linea('a')] } }),
      page('tienda:1', '1', { upserts: { tiendas: [{ id: 't' }] } }),
    ]),
    {},
    'd',
  );
  await cache.applyPull(answer([], { scopesRemoved: ['lineas:c1:ana'] }), await cache.cursors(), 'd');
  expect(await cache.db.conteo_lineas.count()).toBe(0);
  expect(await cache.cursors()).toEqual({ 'tienda:1': '1' });
});

test('the first catalogue is usable page by page; a later reset fills the idle side and flips at the head', async () => {
  const cache = fresh();
  const told: CambioCatalogo[] = [];
  cache.onCatalogo((cambio) => told.push(cambio));
  const pull = async (cursor: string, change: Partial<PaginaScope>) =>
    cache.applyPull(answer([page('catalogo', cursor, change)]), await cache.cursors(), 'd');
  await pull('1', { reset: true, head: false, upserts: { productos: [producto('a')] } });
  expect(await productos(cache)).toEqual(['a']);
  await pull('2', {
    upserts: { productos: [producto('b')], codigos_barras: [{ id: 'k', productoId: 'a', codigo: '1' }] },
  });
  expect(await productos(cache)).toEqual(['a', 'b']);
  expect(told.at(-1)?.ids.sort()).toEqual(['a', 'b']);
  await pull('3', { reset: true, head: false, upserts: { productos: [producto('c')] } });
  expect(await productos(cache)).toEqual(['a', 'b']);
  expect((await catalogoMeta(cache.db)).recibidos).toBe(1);
  await pull('4', { upserts: { productos: [producto('d')] } });
  expect(await productos(cache)).toEqual(['c', 'd']);
  expect(told.at(-1)).toEqual({ ids: [], todo: true });
  await pull('5', { deletes: { productos: ['c'] } });
  expect(await productos(cache)).toEqual(['d']);
});

test('lastMid is kept with its device', async () => {
  const cache = fresh();
  await cache.applyPull(answer([], { lastMid: 7 }), {}, 'device-1');
  expect(await cache.db.meta.get('lastMid')).toEqual({ k: 'lastMid', device: 'device-1', mid: 7 });
});

test('lastMid ends with the rows that it spoke of', async () => {
  const cache = fresh();
  const said = () => cache.db.meta.get('lastMid');
  await cache.applyPull(answer([], { lastMid: 7 }), {}, 'd');
  await cache.purgeFor(null);
  expect(await said()).toBeUndefined();
  await cache.applyPull(answer([], { lastMid: 7 }), {}, 'd');
  await cache.applyPull(
    answer([page('usuario:ana', '1', { reset: true, head: false })], { done: false }),
    {},
    'd',
  );
  expect(await said()).toBeUndefined();
});

test('a change of person takes away what the new one may not see', async () => {
  const cache = fresh();
  await cache.applyPull(
    answer([
      page('stock:w', '1', {
        upserts: { existencias: [{ productoId: 'p', almacenId: 'w', cantidad: '9' }] },
      }),
      page('costos', '1', { upserts: { producto_costos: [{ id: 'p', costo: '1' }] } }),
      page('lineas:c1:jefa', '1', { upserts: { conteo_lineas: [linea('a')] } }),
      page('tienda:1', '1', { upserts: { tiendas: [{ id: 't1' }] } }),
      page('tienda:2', '1', { upserts: { tiendas: [{ id: 't2' }] } }),
      page('catalogo', '1', { upserts: { productos: [producto('p')] } }),
    ]),
    {},
    'd',
  );
  await cache.purgeFor({ usuarioId: 'ana', rol: 'almacenista', tiendaIds: ['1'] });
  expect(await cache.db.existencias.count()).toBe(0);
  expect(await cache.db.producto_costos.count()).toBe(0);
  expect(await cache.db.conteo_lineas.count()).toBe(0);
  expect((await cache.db.tiendas.toArray()).map((row) => row.id)).toEqual(['t1']);
  expect(Object.keys(await cache.cursors()).sort()).toEqual(['catalogo', 'tienda:1']);
  expect(await productos(cache)).toEqual(['p']);
});

test('a change of person keeps the conteo that both count, and takes away the one that the new one does not', async () => {
  const cache = fresh();
  const de = (id: string, ...contadores: string[]) =>
    page(`conteo:${id}`, '1', {
      upserts: {
        conteos: [{ id, tiendaId: '1' }],
        conteo_contadores: contadores.map((usuarioId) => ({ conteoId: id, usuarioId, nombre: usuarioId })),
      },
    });
  await cache.applyPull(answer([de('ambos', 'luis', 'ana'), de('suyo', 'luis')]), {}, 'd');
  await cache.purgeFor({ usuarioId: 'ana', rol: 'almacenista', tiendaIds: ['1'] });
  expect((await cache.db.conteos.toArray()).map((row) => row.id)).toEqual(['ambos']);
  expect(await cache.db.conteo_contadores.count()).toBe(2);
  await cache.purgeFor({ usuarioId: 'ana', rol: 'almacenista', tiendaIds: ['2'] });
  expect(await cache.db.conteos.count()).toBe(0);
});
