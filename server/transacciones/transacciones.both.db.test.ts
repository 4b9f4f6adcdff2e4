import { beforeAll, describe, expect, test } from 'vitest';
import { newId, systemClock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { upsertProductos } from '#server/productos/escribe.ts';
import { testDb } from '#tests/db/harness.ts';
import { type TestTienda, type TestUser, testTienda, testUser } from '#tests/db/people.ts';
import { restOf } from '#tests/db/rest.ts';
import { testServer } from '#tests/db/server.ts';
import { trpcAs } from '#tests/db/trpc.ts';

const RUTA = '/api/transacciones';

interface Movimiento {
  id: string;
  codigo: string;
  almacen: string;
  tipo: string;
  cantidad: string;
  efecto: string;
  ocurridaEn: string;
  origen: string;
  origenId: string;
}
interface Pagina {
  transacciones: Movimiento[];
  despues: string | null;
}
interface Hecho {
  insertadas: string[];
  repetidas: string[];
}

let db: Db;
let server: Awaited<ReturnType<typeof testServer>>;
let rest: ReturnType<typeof restOf>;
let centro: TestTienda;
let norte: TestTienda;
let gerente: TestUser;
let admin: TestUser;

beforeAll(async () => {
  db = await testDb();
  server = await testServer({ db });
  rest = restOf(server);
  [centro, norte] = [await testTienda(db), await testTienda(db)];
  gerente = await testUser(db, { rol: 'gerente', tiendas: [centro] });
  admin = await testUser(db, { rol: 'admin' });
  await upsertProductos(
    db,
    systemClock,
    admin,
    ['AC-1', 'BU-1', 'PAG-1', 'MIC-1', 'FIL-1', 'TOT-1'].map((codigo) => ({
      codigo,
      codigos: codigo === 'FIL-1' ? [{ codigo: '036000291452' }] : [],
    })),
  );
});

const venta = (campos: object = {}) => ({
  codigo: 'AC-1',
  almacen: centro.codigo,
  tipo: 'venta',
  cantidad: '2',
  ocurridaEn: '2026-03-02T10:30:00-06:00',
  ...campos,
});
const envia = (cuerpo: unknown, user = gerente) => rest.ok<Hecho>(RUTA, user, cuerpo);
const niega = (cuerpo: unknown, user: TestUser | undefined = gerente) => rest.refused(RUTA, user, cuerpo);
const lee = async (query: string, user = gerente) => (await rest.ok<Pagina>(`${RUTA}?${query}`, user)).body;

async function cuantas(where = 'true'): Promise<number> {
  const { rows } = await db.pool.query(
    `select count(*)::int as n from inventario.transacciones where ${where}`,
  );
  return rows[0].n;
}

describe('POST /api/transacciones', () => {
  test('one movement: in the ledger with its hour, its shop’s date, its total and its author', async () => {
    const { status, body } = await envia(venta({ precio: '219.10', referencia: 'T-1', notas: 'mostrador' }));
    expect(status).toBe(201);
    expect(body).toEqual({ insertadas: [expect.stringMatching(/^[0-9a-f-]{36}$/)], repetidas: [] });
    const { rows } = await db.pool.query(
      `select tienda_id, tipo, efecto, fecha, ocurrida_en, precio, total, referencia, notas, origen, origen_id, user_id
         from inventario.transacciones where id = $1`,
      [body.insertadas[0]],
    );
    expect(rows).toEqual([
      {
        tienda_id: centro.id,
        tipo: 'venta',
        efecto: '-2.00000',
        fecha: '2026-03-02',
        ocurrida_en: new Date('2026-03-02T16:30:00Z'),
        precio: '219.10',
        total: '438.20',
        referencia: 'T-1',
        notas: 'mostrador',
        origen: 'manual',
        origen_id: body.insertadas[0],
        user_id: gerente.id,
      },
    ]);
  });

  test('many at once, with the effect of each tipo', async () => {
    const { body } = await envia([
      venta({ codigo: 'BU-1', tipo: 'inventario', cantidad: '0', ocurridaEn: '2026-03-01T12:00:00Z' }),
      venta({ codigo: 'BU-1', tipo: 'compra', cantidad: '10.5', costoUnitario: '12.123456' }),
      venta({ codigo: 'BU-1', tipo: 'devolucion', subtipo: 'de_cliente', cantidad: '1' }),
      venta({ codigo: 'BU-1', tipo: 'devolucion', subtipo: 'a_proveedor', cantidad: '3' }),
      venta({ codigo: 'BU-1', subtipo: null }),
    ]);
    expect(body.insertadas).toHaveLength(5);
    const { rows } = await db.pool.query(
      `select e.cantidad, e.tiene_base from inventario.existencias e
         join inventario.productos p on p.id = e.producto_id where p.codigo = 'BU-1'`,
    );
    expect(rows).toEqual([{ cantidad: '6.50000', tiene_base: true }]);
  });

  test('all or none: unknown codes are named all at once', async () => {
    const antes = await cuantas();
    const negada = await niega([venta(), venta({ codigo: 'NADA-1' }), venta({ codigo: 'NADA-2' })]);
    expect(negada).toMatchObject({ status: 409, code: 'PRODUCTOS_DESCONOCIDOS' });
    expect(negada.title).toMatch(/NADA-1, NADA-2/);
    const sinAlmacen = await niega([venta(), venta({ almacen: 'X-1' }), venta({ almacen: norte.codigo })]);
    expect(sinAlmacen).toMatchObject({ status: 409, code: 'ALMACENES_DESCONOCIDOS' });
    // Another shop's almacén is as unknown as one that is not there.
    expect(sinAlmacen.title).toContain(`X-1, ${norte.codigo}`);
    expect(await cuantas()).toBe(antes);
  });

  test('a movement of the future is refused by name; a clock 90 s ahead is no lie', async () => {
    const dentroDe = (ms: number) => new Date(Date.now() + ms).toISOString();
    const negada = await niega([venta(), venta({ codigo: 'BU-1', ocurridaEn: dentroDe(10 * 60_000) })]);
    expect(negada).toMatchObject({ status: 409, code: 'FECHA_FUTURA' });
    expect(negada.title).toContain('BU-1');
    expect((await envia(venta({ ocurridaEn: dentroDe(90_000) }))).status).toBe(201);
  });

  test.each([
    ['a negative quantity', { cantidad: '-1' }],
    ['a quantity of zero', { cantidad: '0.00' }],
    ['a quantity in exponents', { cantidad: '1e3' }],
    ['six decimals', { cantidad: '1.123456' }],
    ['a return that does not say whose', { tipo: 'devolucion' }],
    ['a sale that says it is a return’s', { subtipo: 'de_cliente' }],
    ['an ajuste by hand', { tipo: 'ajuste' }],
    ['a price that is text', { precio: 'caro' }],
    ['a price wider than its column', { precio: '9999999999999' }],
    ['a negative price', { precio: '-1' }],
    ['a negative cost', { costoUnitario: '-0.5' }],
    ['a cost of seven decimals', { costoUnitario: '0.1234567' }],
    ['a date of the year 205', { ocurridaEn: '0205-03-02T10:00:00Z' }],
    ['a date without a zone', { ocurridaEn: '2026-03-02T10:00:00' }],
    ['a reference that does not fit', { referencia: 'x'.repeat(256) }],
    ['an origin without its number', { origen: 'caja-1' }],
    ['a number without its origin', { origenId: '7' }],
    ['an empty origin', { origen: ' ', origenId: '7' }],
    ['an id that is no UUID', { id: 'uno' }],
    ['a note that cannot be stored', { notas: 'a\u0000b' }],
  ])('%s is refused', async (_, campos) => {
    const antes = await cuantas();
    expect(await niega([venta(), venta(campos)])).toMatchObject({ status: 400, code: 'ENTRADA_INVALIDA' });
    expect(await cuantas()).toBe(antes);
  });

  test('sources of the system are reserved', async () => {
    for (const origen of ['manual', 'conteo', 'erp:1', 'archivo:1']) {
      const negada = await niega(venta({ origen, origenId: '1' }));
      expect(negada).toMatchObject({ status: 400, code: 'ENTRADA_INVALIDA' });
      expect(negada.title).toContain('reservado');
    }
  });

  test('nothing, or more than a thousand at once, is refused', async () => {
    for (const cuerpo of [[], {}, 'x', Array.from({ length: 1001 }, () => venta())]) {
      expect(await niega(cuerpo)).toMatchObject({ status: 400, code: 'ENTRADA_INVALIDA' });
    }
  });

  test('only a gerente of the shop or an admin may', async () => {
    for (const rol of ['comprador', 'almacenista', 'chofer', 'auditor'] as const) {
      const otra = await testUser(db, { rol, tiendas: [centro] });
      expect(await niega(venta(), otra)).toMatchObject({ status: 403, code: 'PROHIBIDO' });
    }
    expect(await rest.refused(RUTA, undefined, venta())).toMatchObject({
      status: 401,
      code: 'SESION_VENCIDA',
    });
    const deNorte = await testUser(db, { rol: 'gerente', tiendas: [norte] });
    expect(await niega(venta(), deNorte)).toMatchObject({ code: 'ALMACENES_DESCONOCIDOS' });
    expect((await envia(venta({ almacen: norte.codigo }), admin)).status).toBe(201);
  });

  test('the audit has one entry per shop, in the same transaction', async () => {
    const { body } = await envia([venta(), venta({ almacen: norte.codigo })], admin);
    const { rows } = await db.pool.query(
      `select tienda_id, usuario_id, entidad_id, datos from inventario.auditoria
        where accion = 'transacciones.registradas' and entidad_id = any($1)`,
      [body.insertadas],
    );
    expect(rows).toHaveLength(2);
    expect(new Set(rows.map((row) => row.tienda_id))).toEqual(new Set([centro.id, norte.id]));
    for (const row of rows) {
      expect(row).toMatchObject({ usuario_id: admin.id, datos: { ids: [row.entidad_id] } });
    }
  });
});

describe('sending again', () => {
  test('by id: once in the ledger, 200 and the same id', async () => {
    const id = newId();
    expect(await envia(venta({ id }))).toEqual({ status: 201, body: { insertadas: [id], repetidas: [] } });
    expect(await envia(venta({ id }))).toEqual({ status: 200, body: { insertadas: [], repetidas: [id] } });
    expect(await cuantas(`id = '${id}'`)).toBe(1);
  });

  test('by (origen, origenId): the same id is made, once in the ledger', async () => {
    const deCaja = venta({ origen: 'caja-1', origenId: 'T-9/1' });
    const { body } = await envia(deCaja);
    expect(await envia(deCaja)).toEqual({
      status: 200,
      body: { insertadas: [], repetidas: body.insertadas },
    });
    // The till may name it by another id: what is there is what is answered.
    expect((await envia({ ...deCaja, id: newId() })).body.repetidas).toEqual(body.insertadas);
    expect(await cuantas(`origen = 'caja-1' and origen_id = 'T-9/1'`)).toBe(1);
  });

  test('a day-only row stands before opening or at closing of its shop’s day, and sent again later is the same one', async () => {
    const { ocurridaEn: _, ...soloDia } = venta({ fecha: '2026-03-02', momento: 'al_cerrar' });
    const { body } = await envia({ ...soloDia, origen: 'archivo-dia', origenId: '1' });
    const antes = await envia({
      ...soloDia,
      momento: 'antes_de_abrir',
      origen: 'archivo-dia',
      origenId: '2',
    });
    const { rows } = await db.pool.query(
      `select precision, orden, fecha, ocurrida_en from inventario.transacciones where id = any($1) order by orden`,
      [[...body.insertadas, ...antes.body.insertadas]],
    );
    const fila = { precision: 'dia', fecha: '2026-03-02' };
    expect(rows).toEqual([
      { ...fila, orden: -1, ocurrida_en: new Date('2026-03-02T06:00:00Z') },
      { ...fila, orden: 1, ocurrida_en: new Date('2026-03-03T05:59:59.999Z') },
    ]);
    // Of today it stands at now, which is another instant at each sending.
    const hoy = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Mexico_City' }).format(new Date());
    const deHoy = { ...soloDia, fecha: hoy, origen: 'archivo-dia', origenId: '3' };
    const primera = await envia(deHoy);
    expect((await envia(deHoy)).body.repetidas).toEqual(primera.body.insertadas);
    expect(await niega({ ...deHoy, momento: 'antes_de_abrir' })).toMatchObject({
      code: 'MOVIMIENTO_DISTINTO',
    });
    for (const malo of [
      { ...soloDia, momento: undefined },
      { ...soloDia, ocurridaEn: '2026-03-02T10:30:00-06:00' },
      { ...soloDia, fecha: undefined, momento: undefined },
      { ...soloDia, fecha: '2026-02-30' },
    ])
      expect((await niega(malo)).status).toBe(400);
    expect(await niega({ ...soloDia, fecha: '2999-01-01' })).toMatchObject({ code: 'FECHA_FUTURA' });
  });

  test('of a batch, only what is missing is added; the same one twice inside is one', async () => {
    const uno = venta({ origen: 'caja-2', origenId: '1' });
    const dos = venta({ origen: 'caja-2', origenId: '2' });
    const { body } = await envia([uno]);
    const otra = await envia([uno, dos, dos]);
    expect(otra.status).toBe(201);
    expect(otra.body.repetidas).toEqual(body.insertadas);
    expect(otra.body.insertadas).toHaveLength(1);
    expect(await cuantas(`origen = 'caja-2'`)).toBe(2);
  });

  test('at once from two tills: one row', async () => {
    const deCaja = venta({ origen: 'caja-3', origenId: '1' });
    const hechos = await Promise.all([envia(deCaja), envia(deCaja), envia(deCaja)]);
    expect(hechos.map((hecho) => hecho.status).sort()).toEqual([200, 200, 201]);
    expect(await cuantas(`origen = 'caja-3'`)).toBe(1);
  });

  test('with another content it is refused by name, never silently dropped', async () => {
    const deCaja = venta({ origen: 'caja-4', origenId: '1' });
    await envia(deCaja);
    const antes = await cuantas();
    const negada = await niega([venta(), { ...deCaja, cantidad: '3' }]);
    expect(negada).toMatchObject({ status: 409, code: 'MOVIMIENTO_DISTINTO' });
    expect(negada.title).toContain('AC-1');
    expect(await cuantas()).toBe(antes);
  });

  test('under an identifier of another shop it is refused, without saying what is there', async () => {
    const id = newId();
    await envia(venta({ id, almacen: norte.codigo }), admin);
    expect(await niega(venta({ id }))).toMatchObject({ status: 409, code: 'MOVIMIENTO_DISTINTO' });
  });

  test('a resent movement is not audited again', async () => {
    const id = newId();
    await envia(venta({ id }));
    await envia(venta({ id }));
    const { rowCount } = await db.pool.query(`select from inventario.auditoria where entidad_id = $1`, [id]);
    expect(rowCount).toBe(1);
  });
});

describe('GET /api/transacciones', () => {
  test('filters: product by any of its codes, almacén, tipo, between two instants', async () => {
    const de = (campos: object) => venta({ codigo: 'FIL-1', ...campos });
    await envia([
      de({ tipo: 'compra', ocurridaEn: '2026-01-01T10:00:00Z' }),
      de({ ocurridaEn: '2026-01-02T10:00:00Z' }),
      de({ ocurridaEn: '2026-01-03T10:00:00Z' }),
    ]);
    await envia(de({ almacen: norte.codigo, ocurridaEn: '2026-01-04T10:00:00Z' }), admin);
    const dias = async (query: string, user = gerente) =>
      (await lee(query, user)).transacciones.map((t) => Number(t.ocurridaEn.slice(8, 10)));
    expect(await dias('codigo=FIL-1')).toEqual([3, 2, 1]);
    expect(await dias('codigo=0036000291452')).toEqual([3, 2, 1]);
    expect(await dias('codigo=FIL-1', admin)).toEqual([4, 3, 2, 1]);
    expect(await dias(`codigo=FIL-1&almacen=${norte.codigo}`, admin)).toEqual([4]);
    expect(await dias('codigo=FIL-1&tipo=compra')).toEqual([1]);
    expect(await dias('codigo=FIL-1&desde=2026-01-02T10:00:00Z&hasta=2026-01-02T10:00:00Z')).toEqual([2]);
    expect(await dias('codigo=FIL-1&conteo=01900000-0000-7000-8000-000000000000')).toEqual([]);
    expect(await dias('codigo=NADA')).toEqual([]);
  });

  async function hojea(query: string, limite: number): Promise<string[]> {
    const ids: string[] = [];
    for (let despues: string | null = ''; despues !== null; ) {
      const pagina: Pagina = await lee(
        `${query}&limite=${limite}${despues === '' ? '' : `&despues=${encodeURIComponent(despues)}`}`,
      );
      expect(pagina.transacciones.length).toBeLessThanOrEqual(limite);
      ids.push(...pagina.transacciones.map((t) => t.id));
      despues = pagina.despues;
    }
    return ids;
  }

  test('page by page, every movement comes once, newest first, also those of one instant', async () => {
    await envia(
      Array.from({ length: 25 }, (_, n) =>
        venta({ codigo: 'PAG-1', ocurridaEn: `2026-02-0${1 + (n % 3)}T10:00:00Z`, referencia: `${n}` }),
      ),
    );
    const entera = (await lee('codigo=PAG-1&limite=1000')).transacciones;
    const orden = entera.map((t) => `${t.ocurridaEn} ${t.id}`);
    expect(orden).toEqual([...orden].sort().reverse());
    for (const limite of [1, 4, 8, 25, 30]) {
      const ids = await hojea('codigo=PAG-1', limite);
      expect(ids).toEqual(entera.map((t) => t.id));
      expect(new Set(ids).size).toBe(25);
    }
  });

  test('movements that differ by microseconds are not lost between two pages', async () => {
    await db.asService(async (tx) => {
      for (const micros of ['000', '001', '400', '401', '999']) {
        await tx
          .insertInto('inventario.transacciones')
          .columns([
            'id',
            'producto_id',
            'almacen_id',
            'tienda_id',
            'tipo',
            'cantidad',
            'fecha',
            'ocurrida_en',
          ])
          .expression((eb) =>
            eb
              .selectFrom('inventario.productos')
              .select((e) => [
                e.val(newId()).$castTo<string>().as('id'),
                'id as producto_id',
                e.val(centro.almacenId).as('almacen_id'),
                e.val(centro.id).as('tienda_id'),
                e.val('venta').as('tipo'),
                e.val('1').as('cantidad'),
                e.val('2026-02-01').as('fecha'),
                e.val(`2026-02-01T10:00:00.123${micros}Z`).as('ocurrida_en'),
              ])
              .where('codigo', '=', 'MIC-1'),
          )
          .execute();
      }
    });
    expect(new Set(await hojea('codigo=MIC-1', 1)).size).toBe(5);
    expect(await hojea('codigo=MIC-1', 2)).toEqual(await hojea('codigo=MIC-1', 5));
  });

  test('an almacenista and a chofer see no movement by any way', async () => {
    for (const rol of ['almacenista', 'chofer'] as const) {
      const persona = await testUser(db, { rol, tiendas: [centro] });
      expect(await rest.refused(RUTA, persona)).toMatchObject({ status: 403, code: 'PROHIBIDO' });
      expect(await rest.refused(`${RUTA}?codigo=AC-1`, persona)).toMatchObject({ status: 403 });
    }
    expect(await rest.refused(RUTA, undefined)).toMatchObject({ status: 401, code: 'SESION_VENCIDA' });
  });

  test('another shop’s movements are invisible', async () => {
    await envia(venta({ almacen: norte.codigo }), admin);
    const vistos = await lee('limite=1000');
    expect(new Set(vistos.transacciones.map((t) => t.almacen))).toEqual(new Set([centro.codigo]));
    const auditora = await testUser(db, { rol: 'auditor', tiendas: [norte] });
    const suyos = await lee('limite=1000', auditora);
    expect(new Set(suyos.transacciones.map((t) => t.almacen))).toEqual(new Set([norte.codigo]));
  });

  test('a question that makes no sense has its sentence', async () => {
    for (const query of [
      'despues=ayer',
      'despues=2026-02-30T10:00:00.000Z|01900000-0000-7000-8000-000000000000',
      'despues=2026-02-01T10:00:00.000Z|------------------------------------',
      'desde=ayer',
      'conteo=x',
      'limite=muchos',
      'tipo=%00',
    ]) {
      const negada = await rest.refused(`${RUTA}?${query}`, gerente);
      expect([query, negada.status, negada.code]).toEqual([query, 400, 'ENTRADA_INVALIDA']);
    }
  });

  test('the last movements of a product, for its card', async () => {
    const cliente = await trpcAs(server, gerente);
    const { rows } = await db.pool.query(`select id from inventario.productos where codigo = 'PAG-1'`);
    const ultimos = await cliente.transacciones.delProducto.query({
      productoId: rows[0].id,
      almacen: centro.codigo,
      limite: 3,
    });
    expect(ultimos.map((t) => [t.codigo, t.fecha])).toEqual(Array(3).fill(['PAG-1', '2026-02-03']));
  });
});
