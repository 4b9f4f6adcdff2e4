import { beforeAll, describe, expect, test } from 'vitest';
import { newId, systemClock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { upsertProductos } from '#server/productos/escribe.ts';
import type { CuerpoEtiquetas, PideEtiquetas } from '#shared/contracts/etiquetas.ts';
import { testDb } from '#tests/db/harness.ts';
import { type TestTienda, type TestUser, testTienda, testUser } from '#tests/db/people.ts';
import { restOf } from '#tests/db/rest.ts';
import { type TestServer, testServer } from '#tests/db/server.ts';
import { listEtiquetas } from './etiquetas.ts';

let db: Db;
let server: TestServer;
let rest: ReturnType<typeof restOf>;
let centro: TestTienda;
let norte: TestTienda;
let [gerente, ana, compras] = [] as unknown as [TestUser, TestUser, TestUser];
const bins: Record<string, string> = {};

beforeAll(async () => {
  db = await testDb();
  server = await testServer({ db });
  rest = restOf(server);
  [centro, norte] = [await testTienda(db), await testTienda(db)];
  gerente = await testUser(db, { rol: 'gerente', tiendas: [centro] });
  ana = await testUser(db, { rol: 'almacenista', tiendas: [centro] });
  compras = await testUser(db, { rol: 'comprador', tiendas: [centro] });
  const admin = await testUser(db, { rol: 'admin' });
  await upsertProductos(db, systemClock, admin, [
    {
      codigo: 'AC-1',
      nombre: 'Aceite',
      precio: '12.50',
      codigos: [{ codigo: '036000291452' }, { codigo: '17501000000019', factor: '12', nombre: 'Caja' }],
    },
    { codigo: 'BU-1', nombre: 'Bujía', codigos: [{ codigo: '7501000000012' }] },
    // Two products with one barcode: neither is labelled with it.
    { codigo: 'BU-2', nombre: 'Bujía larga', codigos: [{ codigo: '7501000000012' }, { codigo: 'DOBLE' }] },
    { codigo: 'BU-3', nombre: 'Bujía corta', codigos: [{ codigo: 'DOBLE' }] },
  ]);
  await db.asService(async (tx) => {
    const pone = async (tienda: TestTienda, codigo: string, zona: string) => {
      bins[codigo] = newId();
      await tx
        .insertInto('inventario.ubicaciones')
        .values({ id: bins[codigo], almacen_id: tienda.almacenId, codigo, zona })
        .execute();
    };
    for (const codigo of ['A-10', 'A-2', 'B-1']) await pone(centro, codigo, codigo[0]!);
    await pone(centro, 'BU-1', 'C');
    await pone(norte, 'N-1', 'N');
    const { id } = await tx
      .selectFrom('inventario.productos')
      .select('id')
      .where('codigo', '=', 'AC-1')
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('inventario.producto_ubicaciones')
      .values({ producto_id: id, ubicacion_id: bins['A-2']! })
      .execute();
  });
});

const BASE: PideEtiquetas = {
  tipo: 'producto',
  ids: [],
  codigos: [],
  almacenId: null,
  zonas: [],
  formato: 'carta-30',
  copias: 1,
  desde: 1,
  precio: false,
};
async function lista(pide: Partial<PideEtiquetas>, user = ana): Promise<unknown[][]> {
  const etiquetas = await db.withUser(user.claims, (tx) => listEtiquetas(tx, { ...BASE, ...pide }));
  return etiquetas.map((e) => [e.codigo, e.barras, e.simbolo, ...(e.precio === null ? [] : [e.precio])]);
}
const cuerpo = (pide: Partial<CuerpoEtiquetas>): CuerpoEtiquetas => ({
  tipo: 'ubicacion',
  formato: 'rollo-50x25',
  ...pide,
});

describe('what is printed', () => {
  test('a product by the barcode that only it has, else by its own code; a carton by the carton’s', async () => {
    expect(await lista({ codigos: ['AC-1', '17501000000019', 'BU-1', '0036000291452'] })).toEqual([
      ['AC-1', '036000291452', 'upca'],
      ['AC-1', '17501000000019', 'itf14'],
      ['BU-1', 'BU-1', 'code128'],
      ['AC-1', '036000291452', 'upca'],
    ]);
  });

  test('prices never unless asked, and never on a carton', async () => {
    expect(await lista({ codigos: ['AC-1', '17501000000019'], precio: true })).toEqual([
      ['AC-1', '036000291452', 'upca', '$12.50'],
      ['AC-1', '17501000000019', 'itf14'],
    ]);
  });

  test('bins and products of a zone, in walking order', async () => {
    const zona = { almacenId: centro.almacenId, zonas: ['A'] };
    expect(await lista({ tipo: 'ubicacion', ...zona })).toEqual([
      ['A-2', 'A-2', 'code128'],
      ['A-10', 'A-10', 'code128'],
    ]);
    expect(await lista(zona)).toEqual([['AC-1', '036000291452', 'upca']]);
    expect(await lista({ tipo: 'ubicacion', codigos: ['b-1'] })).toEqual([['B-1', 'B-1', 'code128']]);
  });

  test('everything that is wrong is told at once, and nothing is printed', async () => {
    const otra = newId();
    await expect(
      lista({ ids: [otra], codigos: ['NO-HAY', 'DOBLE', 'AC-1', 'TAMPOCO'] }),
    ).rejects.toMatchObject({
      code: 'ETIQUETAS_MALAS',
      data: { detalle: `no existen: ${otra}, NO-HAY, TAMPOCO; son de varios productos: DOBLE` },
    });
    // A bin that the scanner would take for a product, and one of a shop that is not theirs.
    await expect(
      lista({ tipo: 'ubicacion', ids: [bins['BU-1']!, bins['N-1']!, bins['A-2']!] }),
    ).rejects.toMatchObject({
      code: 'ETIQUETAS_MALAS',
      data: {
        detalle: `su código también es de un producto y el escáner leería el producto: BU-1; no existen: ${bins['N-1']}`,
      },
    });
  });

  test('more than 5,000 with their copies, a place that the sheet lacks, and nothing at all are refused', async () => {
    const nombres = Array.from({ length: 200 }, (_, n) => ({ codigo: `M-${n}`, nombre: `Pieza ${n}` }));
    await upsertProductos(db, systemClock, await testUser(db, { rol: 'admin' }), nombres);
    const codigos = nombres.map(({ codigo }) => codigo);
    await expect(lista({ codigos, copias: 26 })).rejects.toMatchObject({
      code: 'ETIQUETAS_DEMASIADAS',
      data: { total: 5200, maximo: 5000 },
    });
    expect(await lista({ codigos, copias: 25 })).toHaveLength(200);
    await expect(lista({ codigos, desde: 31 })).rejects.toMatchObject({ code: 'ETIQUETAS_DESDE' });
    await expect(lista({})).rejects.toMatchObject({ code: 'ETIQUETAS_NINGUNA' });
  });
});

describe('POST /api/etiquetas', () => {
  test('gives a PDF to who counts or leads, one page a label on a roll, and to nobody else', async () => {
    const body = JSON.stringify(cuerpo({ codigos: ['A-2', 'B-1'], copias: 2 }));
    const headers = { 'content-type': 'application/json' };
    for (const user of [ana, gerente]) {
      const answer = await server.fetch('/api/etiquetas', { method: 'POST', headers, body }, user);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
      expect(answer.headers.get('x-etiquetas')).toBe('4');
      const pdf = Buffer.from(await answer.arrayBuffer()).toString('latin1');
      expect(pdf).toMatch(/^%PDF-/);
      expect(pdf).toContain('/Count 4');
    }
    expect(await rest.refused('/api/etiquetas', compras, cuerpo({ codigos: ['A-2'] }))).toMatchObject({
      status: 403,
    });
    expect(await rest.refused('/api/etiquetas', undefined, cuerpo({ codigos: ['A-2'] }))).toMatchObject({
      status: 401,
    });
  });

  test('wrong input is a sentence', async () => {
    expect(await rest.refused('/api/etiquetas', ana, cuerpo({ codigos: ['X-9'] }))).toMatchObject({
      status: 400,
      code: 'ETIQUETAS_MALAS',
    });
    expect(
      await rest.refused('/api/etiquetas', ana, { ...cuerpo({ codigos: ['A-2'] }), formato: 'sobre' }),
    ).toMatchObject({ status: 400, code: 'ENTRADA_INVALIDA' });
  });
});
