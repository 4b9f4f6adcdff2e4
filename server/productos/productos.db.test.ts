import { beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { testDb } from '#tests/db/harness.ts';
import { type TestTienda, type TestUser, testTienda, testUser } from '#tests/db/people.ts';
import { restOf } from '#tests/db/rest.ts';
import { type TestServer, testServer } from '#tests/db/server.ts';
import { upsertProductos } from './escribe.ts';

const RUTA = '/api/productos';

let db: Db;
let server: TestServer;
let rest: ReturnType<typeof restOf>;
let tienda: TestTienda;
let compras: TestUser;
let admin: TestUser;

beforeAll(async () => {
  db = await testDb();
  server = await testServer({ db });
  rest = restOf(server);
  tienda = await testTienda(db);
  compras = await testUser(db, { rol: 'comprador', tiendas: [tienda] });
  admin = await testUser(db, { rol: 'admin' });
});

async function leido(codigo: string): Promise<Record<string, unknown> | undefined> {
  const { rows } = await db.pool.query(
    `select p.nombre, p.unidad, p.decimales, p.precio, p.costo, p.marca, p.iva_tasa, p.is_active, p.metadata,
            (select c.nombre from inventario.categorias c where c.id = p.categoria_id) as categoria
       from inventario.productos p where p.codigo = $1`,
    [codigo],
  );
  return rows[0];
}

async function codigosDe(codigo: string): Promise<unknown[]> {
  const { rows } = await db.pool.query(
    `select b.codigo, b.clave_gtin, b.factor, b.tipo, b.nombre from inventario.codigos_barras b
       join inventario.productos p on p.id = b.producto_id where p.codigo = $1 order by b.codigo`,
    [codigo],
  );
  return rows;
}

describe('adding and changing products', () => {
  test('a new one takes what it brings; what it doesn’t say has a quiet default', async () => {
    const hecho = await rest.ok(RUTA, compras, [
      {
        codigo: ' N-1 ',
        nombre: 'Filtro',
        precio: '99.90',
        costo: '50.123456',
        categoria: 'Filtros',
        metadata: { a: 1 },
      },
      { codigo: 'N-2' },
    ]);
    expect(hecho).toEqual({ status: 200, body: { nuevos: 2, cambiados: 0 } });
    expect(await leido('N-1')).toMatchObject({
      nombre: 'Filtro',
      precio: '99.90',
      costo: '50.123456',
      categoria: 'Filtros',
      iva_tasa: '16',
      is_active: true,
      metadata: { a: 1 },
    });
    expect(await leido('N-2')).toMatchObject({ nombre: 'N-2', unidad: 'PZA', precio: '0.00', costo: null });
  });

  test('a change keeps what it doesn’t say, empties what it says is null, and merges metadata', async () => {
    const antes = {
      codigo: 'C-1',
      nombre: 'Balata',
      precio: '10',
      costo: '5',
      marca: 'Brembo',
      categoria: 'Frenos',
      metadata: { erp: { clave: 'X' }, color: 'rojo' },
    };
    await rest.ok(RUTA, compras, [antes]);
    const hecho = await rest.ok(RUTA, compras, {
      productos: [
        { codigo: 'C-1', precio: '12.50', marca: null, metadata: { color: 'negro' }, isActive: false },
      ],
    });
    expect(hecho.body).toEqual({ nuevos: 0, cambiados: 1 });
    expect(await leido('C-1')).toMatchObject({
      nombre: 'Balata',
      precio: '12.50',
      costo: '5.000000',
      marca: null,
      categoria: 'Frenos',
      is_active: false,
      metadata: { erp: { clave: 'X' }, color: 'negro' },
    });
    await rest.ok(RUTA, compras, [{ codigo: 'C-1', categoria: null, costo: null }]);
    expect(await leido('C-1')).toMatchObject({ categoria: null, costo: null });
  });

  test('each load is audited with its author, in the load itself', async () => {
    await rest.ok(RUTA, admin, [{ codigo: 'AU-1' }]);
    const { rows } = await db.pool.query(
      `select accion, usuario_id, datos from inventario.auditoria where entidad_id = 'AU-1'`,
    );
    expect(rows).toEqual([
      { accion: 'productos.cargados', usuario_id: admin.id, datos: { nuevos: 1, cambiados: 0 } },
    ]);
  });

  test('two loads of the same new products at once: none is lost, each product is there once', async () => {
    const lote = (precio: string) =>
      Array.from({ length: 30 }, (_, n) => ({
        codigo: `DOS-${n}`,
        precio,
        codigos: [{ codigo: `DOSB-${n}` }],
      }));
    const hechos = await Promise.all([
      upsertProductos(db, systemClock, compras, lote('1')),
      upsertProductos(db, systemClock, compras, lote('2').reverse()),
    ]);
    expect(hechos[0].nuevos + hechos[1].nuevos).toBe(30);
    expect(hechos[0].cambiados + hechos[1].cambiados).toBe(30);
    const { rows } = await db.pool.query(
      `select count(*)::int as n, count(distinct precio)::int as precios from inventario.productos
        where codigo like 'DOS-%'`,
    );
    expect(rows).toEqual([{ n: 30, precios: 1 }]);
  });
});

describe('codes and bins', () => {
  test('codes get their GTIN key and factor; in-shop and own codes have none', async () => {
    await rest.ok(RUTA, compras, [
      {
        codigo: 'G-1',
        codigos: [
          { codigo: '036000291452' },
          { codigo: 'CAJA-G1', factor: '12', tipo: 'caja', nombre: 'caja' },
          { codigo: '2000000000008' },
          { codigo: '7501234567890' },
        ],
      },
    ]);
    expect(await codigosDe('G-1')).toEqual([
      {
        codigo: '036000291452',
        clave_gtin: '00036000291452',
        factor: '1.00000',
        tipo: 'barras',
        nombre: null,
      },
      { codigo: '2000000000008', clave_gtin: null, factor: '1.00000', tipo: 'barras', nombre: null },
      // Its check digit is wrong: kept as the text that it is.
      { codigo: '7501234567890', clave_gtin: null, factor: '1.00000', tipo: 'barras', nombre: null },
      { codigo: 'CAJA-G1', clave_gtin: null, factor: '12.00000', tipo: 'caja', nombre: 'caja' },
    ]);
  });

  test('a known code takes the new factor, keeps its name, and is not doubled', async () => {
    const con = (codigos: object[]) => rest.ok(RUTA, compras, [{ codigo: 'G-2', codigos }]);
    await con([{ codigo: 'CAJA-G2', factor: '6', tipo: 'caja', nombre: 'caja' }]);
    await con([{ codigo: 'CAJA-G2', factor: '12', tipo: 'caja' }]);
    await con([{ codigo: 'CAJA-G2', factor: '12', tipo: 'caja' }]);
    expect(await codigosDe('G-2')).toEqual([
      { codigo: 'CAJA-G2', clave_gtin: null, factor: '12.00000', tipo: 'caja', nombre: 'caja' },
    ]);
  });

  test('one code on two products stays on both', async () => {
    await rest.ok(RUTA, compras, [
      { codigo: 'M-1', codigos: [{ codigo: '7501055300075' }] },
      { codigo: 'M-2', codigos: [{ codigo: '7501055300075' }] },
    ]);
    expect([...(await codigosDe('M-1')), ...(await codigosDe('M-2'))]).toHaveLength(2);
  });

  test('bins are made, with their zone; sending them again changes nothing', async () => {
    const lote = [{ codigo: 'U-1', ubicaciones: [{ almacen: tienda.codigo, ubicacion: 'C-07-3' }] }];
    await rest.ok(RUTA, compras, lote);
    await rest.ok(RUTA, compras, lote);
    const { rows } = await db.pool.query(
      `select u.codigo, u.zona, p.codigo as producto from inventario.ubicaciones u
         join inventario.producto_ubicaciones x on x.ubicacion_id = u.id
         join inventario.productos p on p.id = x.producto_id where u.almacen_id = $1`,
      [tienda.almacenId],
    );
    expect(rows).toEqual([{ codigo: 'C-07-3', zona: 'C', producto: 'U-1' }]);
  });
});

describe('refused, all or none', () => {
  test('the same code twice is named', async () => {
    const negada = await rest.refused(RUTA, compras, [
      { codigo: 'R-1' },
      { codigo: 'R-2' },
      { codigo: 'R-1' },
    ]);
    expect(negada).toMatchObject({ status: 409, code: 'PRODUCTO_REPETIDO' });
    expect(negada.title).toContain('R-1');
    expect(await leido('R-2')).toBeUndefined();
  });

  test('an almacén that is not there is named, and nothing stays', async () => {
    const negada = await rest.refused(RUTA, compras, [
      { codigo: 'R-3', categoria: 'Nunca', ubicaciones: [{ almacen: 'NO-HAY', ubicacion: 'A-1' }] },
    ]);
    expect(negada).toMatchObject({ status: 409, code: 'ALMACENES_DESCONOCIDOS' });
    expect(negada.title).toContain('NO-HAY');
    expect(await leido('R-3')).toBeUndefined();
    const { rowCount } = await db.pool.query(`select from inventario.categorias where nombre = 'Nunca'`);
    expect(rowCount).toBe(0);
  });

  test.each([
    ['a price with three decimals', { precio: '1.234' }],
    ['a price that is text', { precio: 'gratis' }],
    ['a negative price', { precio: '-1' }],
    ['a price wider than its column', { precio: '9999999999999' }],
    ['a cost in exponents', { costo: '1e3' }],
    ['a factor of zero', { codigos: [{ codigo: 'F-0', factor: '0.00' }] }],
    ['a negative factor', { codigos: [{ codigo: 'F-1', factor: '-12' }] }],
    ['a unit that does not fit', { unidad: 'x'.repeat(51) }],
    ['a brand that does not fit', { marca: 'x'.repeat(256) }],
    ['an empty category', { categoria: ' ' }],
    ['an empty bin', { ubicaciones: [{ almacen: 'A', ubicacion: ' ' }] }],
    ['a tax rate that does not exist', { ivaTasa: '15' }],
    ['four decimals of unit', { decimales: 4 }],
    ['a character that cannot be stored', { nombre: 'a\u0000b' }],
    ['the same inside metadata', { metadata: { x: 'a\u0000b' } }],
  ])('%s', async (_, campos) => {
    expect(await rest.refused(RUTA, compras, [{ codigo: 'MALO', ...campos }])).toMatchObject({
      status: 400,
      code: 'ENTRADA_INVALIDA',
    });
    expect(await leido('MALO')).toBeUndefined();
  });

  test('several wrong products are named together', async () => {
    const { title } = await rest.refused(RUTA, compras, [
      { codigo: 'W-1', precio: 'x' },
      { codigo: 'W-2', costo: 'y' },
    ]);
    expect(title).toMatch(/W-1: .*W-2: /);
  });

  test('nothing, or more than a thousand at once', async () => {
    for (const lote of [[], {}, 'x', Array.from({ length: 1001 }, (_, n) => ({ codigo: `X-${n}` }))]) {
      expect(await rest.refused(RUTA, compras, lote)).toMatchObject({ code: 'ENTRADA_INVALIDA' });
    }
  });

  test('only an admin or a comprador may', async () => {
    for (const rol of ['gerente', 'almacenista', 'chofer', 'auditor'] as const) {
      const otra = await testUser(db, { rol, tiendas: [tienda] });
      expect(await rest.refused(RUTA, otra, [{ codigo: 'Z-1' }])).toMatchObject({
        status: 403,
        code: 'PROHIBIDO',
      });
    }
    expect(await rest.refused(RUTA, undefined, [{ codigo: 'Z-1' }])).toMatchObject({
      status: 401,
      code: 'SESION_VENCIDA',
    });
    expect(await leido('Z-1')).toBeUndefined();
  });
});
