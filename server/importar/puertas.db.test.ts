import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import type { OpcionesImportacion } from '#shared/contracts/importar.ts';
import type { Rol } from '#shared/roles.ts';
import { testDb } from '#tests/db/harness.ts';
import { type TestTienda, type TestUser, testTienda, testUser } from '#tests/db/people.ts';
import { type TestServer, testServer } from '#tests/db/server.ts';
import { codeOf, trpcAs } from '#tests/db/trpc.ts';
import { importaDesdeConsola } from './desde-consola.ts';
import { deleteLotesViejos } from './lotes.sql.ts';
import { trabajosDe } from './trabajos.ts';

let db: Db;
let server: TestServer;
let [t1, t2] = [{}, {}] as [TestTienda, TestTienda];
const gente = {} as Record<Rol | 'otro', TestUser>;
const [p1, p2] = [newId(), newId()];

beforeAll(async () => {
  db = await testDb();
  server = await testServer({ db });
  [t1, t2] = [await testTienda(db, { codigo: 'GDL-01' }), await testTienda(db, { codigo: 'MTY-01' })];
  for (const rol of ['gerente', 'comprador', 'almacenista', 'chofer', 'auditor'] as const) {
    gente[rol] = await testUser(db, { rol, tiendas: [t1] });
  }
  gente.admin = await testUser(db, { rol: 'admin' });
  gente.otro = await testUser(db, { rol: 'gerente', tiendas: [t2] });
  await db.asService(async (tx) => {
    await sql`insert into inventario.productos (id, codigo, nombre, precio, costo)
              values (${p1}, 'FIL-1', 'Filtro uno', 100, 50), (${p2}, 'FIL-2', 'Filtro dos', 200, 90)`.execute(
      tx,
    );
  });
});

function manda(texto: BlobPart, nombre: string, user: TestUser | undefined, consulta = '') {
  const form = new FormData();
  form.append('archivo', new Blob([texto]), nombre);
  return server.fetch(`/api/uploads${consulta}`, { method: 'POST', body: form }, user);
}
const corrida = { id: 'prueba', retry: 0, signal: new AbortController().signal };

async function lista(texto: string, nombre: string, user: TestUser, opciones: OpcionesImportacion = {}) {
  const { id } = (await (await manda(texto, nombre, user)).json()) as { id: string };
  const cliente = await trpcAs(server, user);
  if (Object.keys(opciones).length > 0) await cliente.importar.opciones.mutate({ id, opciones });
  const { generacion } = await cliente.importar.una.query({ id });
  await trabajosDe(server.deps).leer.run({ uploadId: id, generacion }, corrida);
  return cliente.importar.una.query({ id });
}
async function aplica(u: { id: string; generacion: number }, user: TestUser) {
  const cliente = await trpcAs(server, user);
  await cliente.importar.aplica.mutate({ id: u.id, generacion: u.generacion });
  await trabajosDe(server.deps).aplicar.run({ uploadId: u.id }, corrida);
  return cliente.importar.una.query({ id: u.id });
}
async function una<T>(consulta: ReturnType<typeof sql<T>>): Promise<T> {
  return (await consulta.execute(db.kysely)).rows[0]!;
}

const EXISTENCIAS =
  'Código,Nombre,Existencia,Ubicación\r\nFIL-1,Filtro uno,4,A-01\r\nFIL-2,Filtro dos,9,A-02';

describe('who imports', () => {
  test('admin, gerente and comprador; everybody else is refused before the file is read', async () => {
    for (const rol of ['almacenista', 'chofer', 'auditor'] as const) {
      const r = await manda(EXISTENCIAS, 'x.csv', gente[rol]);
      expect([rol, r.status, ((await r.json()) as { code: string }).code]).toEqual([rol, 403, 'PROHIBIDO']);
    }
    expect((await manda(EXISTENCIAS, 'x.csv', undefined)).status).toBe(401);
  });

  test('a file belongs to its shops: another shop’s gerente gets nothing of it, the auditor reads and decides nothing', async () => {
    const u = await lista(EXISTENCIAS, 'existencias 2026-04-01 GDL-01.csv', gente.comprador, {
      momento: 'al_cerrar',
      fecha: '2026-04-01',
    });
    expect(u).toMatchObject({ status: 'ready', tiendaId: t1.id, ensayo: { nuevos: 2, faltan: [] } });
    const otro = await trpcAs(server, gente.otro);
    for (const llamada of [
      () => otro.importar.una.query({ id: u.id }),
      () => otro.importar.filas.query({ id: u.id }),
      () => otro.importar.problemas.query({ id: u.id }),
      () => otro.importar.aplica.mutate({ id: u.id, generacion: u.generacion }),
      () => otro.importar.copia.mutate({ id: u.id }),
    ]) {
      expect(await codeOf(llamada())).toBe('NO_ENCONTRADO');
    }
    for (const ruta of ['archivo', 'informe.csv', 'informe.xlsx'])
      expect((await server.fetch(`/api/uploads/${u.id}/${ruta}`, {}, gente.otro)).status).toBe(404);
    expect((await otro.importar.lista.query({})).importaciones).toEqual([]);
    const auditor = await trpcAs(server, gente.auditor);
    expect((await auditor.importar.filas.query({ id: u.id })).filas).toHaveLength(2);
    expect(await codeOf(auditor.importar.aplica.mutate({ id: u.id, generacion: u.generacion }))).toBe(
      'PROHIBIDO',
    );
    const ana = await trpcAs(server, gente.almacenista);
    expect(await codeOf(ana.importar.una.query({ id: u.id }))).toBe('PROHIBIDO');
    // What a person did not see is not applied.
    const suyo = await trpcAs(server, gente.comprador);
    expect(await codeOf(suyo.importar.aplica.mutate({ id: u.id, generacion: u.generacion - 1 }))).toBe(
      'IMPORTACION_CAMBIO',
    );
    expect(await aplica(u, gente.comprador)).toMatchObject({ status: 'completed' });
    // The same bytes from another shop's person are an import of their own.
    const r = await manda(EXISTENCIAS, 'existencias MTY-01.csv', gente.otro);
    expect([r.status, ((await r.json()) as { id: string }).id === u.id]).toEqual([201, false]);
  });
});

describe('limits and bad files', () => {
  test('50 MB is checked before parsing, empty and foreign files are refused with what to do', async () => {
    const grande = await manda(new Uint8Array(50 * 1024 * 1024 + 1), 'grande.xlsx', gente.admin);
    const dicho = (await grande.json()) as { code: string; title: string };
    expect([grande.status, dicho.code]).toEqual([413, 'IMPORTACION_GRANDE']);
    expect(dicho.title).toContain('50 MB');
    expect(((await (await manda('', 'vacio.csv', gente.admin)).json()) as { code: string }).code).toBe(
      'IMPORTACION_VACIA',
    );
    const u = await lista('%PDF-1.7 esto no es una hoja de cálculo', 'ventas.xlsx', gente.admin);
    expect(u).toMatchObject({ status: 'failed', error: { error_type: 'IMPORTACION_NO_ES_HOJA' } });
    expect(u.error!.user_message).toMatch(/No se importó nada; .+\./);
    expect(u.error!.suggestions.length).toBeGreaterThan(0);
  });

  test('every problem of a file is in the report, and no formula runs from it', async () => {
    const u = await lista(
      'Código,Existencia\r\nFIL-1,=1+1\r\n"=cmd|x",4\r\nNO-HAY,3\r\nFIL-2,5',
      'existencias GDL-01.csv',
      gente.gerente,
      { momento: 'al_cerrar', fecha: '2026-04-02' },
    );
    expect(u.ensayo).toMatchObject({ nuevos: 1 });
    const csv = await (await server.fetch(`/api/uploads/${u.id}/informe.csv`, {}, gente.gerente)).text();
    expect(csv).toContain('NO-HAY');
    expect(csv.split('\r\n').some((renglon) => /(^|,)[=+@]/.test(renglon))).toBe(false);
    const xlsx = await server.fetch(`/api/uploads/${u.id}/informe.xlsx`, {}, gente.gerente);
    expect([
      xlsx.status,
      Buffer.from(await xlsx.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ]).toEqual([200, 'PK']);
  });
});

describe('the catalogue itself', () => {
  const CATALOGO = [
    'Clave,Descripción,Código de barras,Piezas por caja,Precio,Categoría,Clave SAT,Marca',
    'FIL-1,Filtro uno largo,7501000000029,12,115.50,Filtros,40161505,Gonher',
    'NUE-9,Bujía nueva,7501000000012,1,80,Bujías,26101732,NGK',
  ].join('\r\n');

  test('is upserted with its codes and factors; the dry run shows before and after; undo restores what nobody changed since', async () => {
    const u = await lista(CATALOGO, 'catalogo.csv', gente.comprador, {
      tipo: 'productos',
      productosNuevos: 'crear',
    });
    expect(u.ensayo).toMatchObject({ nuevos: 1, cambiados: 1, productosNuevos: 1 });
    const cliente = await trpcAs(server, gente.comprador);
    const { filas } = await cliente.importar.filas.query({ id: u.id, filtro: 'cambiado' });
    expect(filas[0]!.antes).toMatchObject({
      nombre: ['Filtro uno', 'Filtro uno largo'],
      precio: ['100', '115.5'],
      categoria: [null, 'Filtros'],
    });
    await aplica(u, gente.comprador);
    const producto = (codigo: string) =>
      una<
        Record<string, unknown>
      >(sql`select p.nombre, p.precio::text, p.clave_prod_serv, p.marca, p.is_active, c.nombre as categoria,
          (select array_agg(k.codigo || '×' || k.factor::float8) from inventario.codigos_barras k where k.producto_id = p.id and k.is_active) as codigos
        from inventario.productos p left join inventario.categorias c on c.id = p.categoria_id where p.codigo = ${codigo}`);
    expect(await producto('FIL-1')).toMatchObject({
      nombre: 'Filtro uno largo',
      precio: '115.50',
      clave_prod_serv: '40161505',
      marca: 'Gonher',
      categoria: 'Filtros',
      codigos: ['7501000000029×12'],
    });
    expect(await producto('NUE-9')).toMatchObject({
      nombre: 'Bujía nueva',
      is_active: true,
      categoria: 'Bujías',
    });
    // Saved again: nothing to do.
    const otra = await lista(`${CATALOGO}\r\n`, 'catalogo otra vez.csv', gente.comprador, {
      tipo: 'productos',
      productosNuevos: 'crear',
    });
    expect(otra.ensayo).toMatchObject({ nuevos: 0, cambiados: 0, iguales: 2 });
    await db.asService((tx) =>
      sql`update inventario.productos set marca = 'Interfil' where codigo = 'FIL-1'`.execute(tx),
    );
    await cliente.importar.deshace.mutate({ id: u.id });
    await trabajosDe(server.deps).deshacer.run({ uploadId: u.id }, corrida);
    expect(await producto('FIL-1')).toMatchObject({
      nombre: 'Filtro uno',
      precio: '100.00',
      clave_prod_serv: null,
      categoria: null,
      marca: 'Interfil',
      codigos: null,
    });
    expect(await producto('NUE-9')).toMatchObject({ is_active: false });
  });
});

describe('rows of movements', () => {
  test('products that are not in the catalogue are added only when a person says so', async () => {
    const compras =
      'Folio,Fecha,Código,Descripción,Cantidad,Costo,Almacén\r\nC-1,2026-04-03,NV-1,Aceite nuevo,6,55.5,GDL-01';
    const sin = await lista(compras, 'compras.csv', gente.gerente, { tipo: 'compras' });
    expect(sin.ensayo).toMatchObject({ nuevos: 0, conError: 1 });
    const u = await lista(`${compras}\r\n`, 'compras con nuevos.csv', gente.gerente, {
      tipo: 'compras',
      productosNuevos: 'crear',
    });
    expect(u.ensayo).toMatchObject({ nuevos: 1, productosNuevos: 1 });
    await aplica(u, gente.gerente);
    const hay = await una<{ nombre: string; cantidad: string; costo: string; tipo: string }>(sql`
      select p.nombre, e.cantidad::float8::text as cantidad, t.costo_unitario::float8::text as costo, t.tipo
        from inventario.productos p join inventario.existencias e on e.producto_id = p.id
        join inventario.transacciones t on t.producto_id = p.id where p.codigo = 'NV-1'`);
    expect(hay).toEqual({ nombre: 'Aceite nuevo', cantidad: '6', costo: '55.5', tipo: 'compra' });
  });

  test('of an inventory by bins add up to one base per product', async () => {
    const u = await lista(
      'Código,Existencia,Ubicación\r\nFIL-1,4,A-01\r\nFIL-2,1,A-02\r\nFIL-1,2,B-07',
      'existencias GDL-01 por ubicación.csv',
      gente.gerente,
      { tipo: 'inventario', momento: 'antes_de_abrir', fecha: '2026-04-06' },
    );
    const pregunta = u.ensayo!.faltan.find((f) => f.con === 'respuestas');
    // Rows with bins of their own add up by themselves; where that is not certain, it is asked.
    const dicha = pregunta === undefined ? u : await responde(u, pregunta);
    expect(dicha.ensayo).toMatchObject({ nuevos: 2, omitidos: 1, faltan: [] });
    await aplica(dicha, gente.gerente);
    const base = await una<{ cantidad: string }>(sql`
      select cantidad::float8::text as cantidad from inventario.transacciones
       where upload_id = ${u.id} and producto_id = ${p1}`);
    expect(base.cantidad).toBe('6');
  });

  async function responde(
    u: { id: string; opciones: OpcionesImportacion },
    falta: { clave: string; opciones?: { valor: string }[] | undefined },
  ) {
    const cliente = await trpcAs(server, gente.gerente);
    const opciones = { ...u.opciones, respuestas: { [falta.clave]: falta.opciones![0]!.valor } };
    await cliente.importar.opciones.mutate({ id: u.id, opciones });
    const { generacion } = await cliente.importar.una.query({ id: u.id });
    await trabajosDe(server.deps).leer.run({ uploadId: u.id, generacion }, corrida);
    return cliente.importar.una.query({ id: u.id });
  }
});

test('from the command line a dry run changes nothing, and --aplicar applies; the report stays when the rows go after 30 days', async () => {
  const pedido = {
    filename: 'existencias MTY-01.csv',
    bytes: Buffer.from('Código,Existencia\r\nFIL-2,31'),
    opciones: { momento: 'al_cerrar', fecha: '2026-04-07' } as OpcionesImportacion,
    almacen: 'MTY-01',
    correo: undefined,
  };
  const ensayo = await importaDesdeConsola(server.deps, { ...pedido, aplicar: false });
  expect(ensayo.ensayo).toMatchObject({ nuevos: 1, faltan: [] });
  const hay = () =>
    una<{ n: number }>(
      sql`select count(*)::int as n from inventario.existencias where almacen_id = ${t2.almacenId}`,
    );
  expect((await hay()).n).toBe(0);
  const hecha = await importaDesdeConsola(server.deps, { ...pedido, aplicar: true });
  expect([hecha.status, (await hay()).n]).toEqual(['completed', 1]);
  expect(await db.asService((tx) => deleteLotesViejos(tx, new Date(Date.now() - 60_000)))).toBe(0);
  expect(await db.asService((tx) => deleteLotesViejos(tx, new Date(Date.now() + 60_000)))).toBeGreaterThan(0);
  expect(await (await trpcAs(server, gente.admin)).importar.una.query({ id: hecha.id })).toMatchObject({
    records_processed: 1,
    ensayo: { nuevos: 1 },
  });
});
