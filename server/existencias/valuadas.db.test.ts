import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import { inicioDelDia } from '#shared/domain/instante.ts';
import { teorico } from '#shared/domain/ledger.ts';
import { testDb } from '#tests/db/harness.ts';
import { type TestTienda, testTienda, testUser } from '#tests/db/people.ts';
import { restOf } from '#tests/db/rest.ts';
import { testServer } from '#tests/db/server.ts';
import { valueExistencias } from './valuadas.ts';

const db = await testDb();
const servidor = await testServer({ db });
const rest = restOf(servidor);
const centro = await testTienda(db);
const tijuana = await testTienda(db, { zona: 'America/Tijuana' });
const gerente = await testUser(db, { rol: 'gerente', tiendas: [centro] });
const admin = await testUser(db, { rol: 'admin' });

async function producto(
  codigo: string,
  nombre: string,
  costo: string | null,
  categoria: string | null = null,
) {
  const id = newId();
  await sql`insert into inventario.productos (id, codigo, nombre, costo, categoria_id)
            values (${id}, ${codigo}, ${nombre}, ${costo}, ${categoria})`.execute(db.kysely);
  return id;
}
async function mueve(
  t: TestTienda,
  productoId: string,
  tipo: 'inventario' | 'venta' | 'compra',
  cantidad: string,
  en: string | number,
  costo: string | null = null,
) {
  const id = newId();
  const cuando = new Date(en);
  await sql`insert into inventario.transacciones (id, producto_id, tienda_id, almacen_id, tipo, cantidad, ocurrida_en, fecha, costo_unitario)
            values (${id}, ${productoId}, ${t.id}, ${t.almacenId}, ${tipo}, ${cantidad}, ${cuando}, ${cuando}, ${costo})`.execute(
    db.kysely,
  );
  return id;
}
const [llantas, rines] = [newId(), newId()];
await sql`insert into inventario.categorias (id, nombre, parent_id) values (${llantas}, 'Llantas', null), (${rines}, 'Rines', ${llantas})`.execute(
  db.kysely,
);
const buena = await producto('AA-1', 'Llanta', '99', llantas);
const falta = await producto('BB-1', '=HYPERLINK("http://malo")', '5.5', rines);
const sinCosto = await producto('CC-1', 'Sin costo', null);
const vacia = await producto('DD-1', 'Agotada', '1');
// The last sale of the year happens at 23:30 in Mexico City, which is 2027 in UTC; the next one at 00:10.
await mueve(centro, buena, 'inventario', '10', '2026-11-01T18:00:00Z');
await mueve(centro, buena, 'compra', '10', '2026-12-10T18:00:00Z', '40');
await mueve(centro, buena, 'compra', '10', '2026-12-20T18:00:00Z', '60');
await mueve(centro, buena, 'venta', '1', '2027-01-01T05:30:00Z');
await mueve(centro, buena, 'venta', '4', '2027-01-01T06:10:00Z');
await mueve(centro, buena, 'compra', '50', '2027-01-09T18:00:00Z', '500');
await mueve(centro, falta, 'inventario', '2', '2026-11-01T18:00:00Z');
await mueve(centro, falta, 'venta', '5', '2026-12-02T18:00:00Z');
await mueve(centro, falta, 'inventario', '30', '2027-01-15T18:00:00Z');
await mueve(centro, sinCosto, 'compra', '7', '2026-12-02T18:00:00Z');
await mueve(centro, vacia, 'inventario', '3', '2026-11-01T18:00:00Z');
await mueve(centro, vacia, 'venta', '3', '2026-12-03T18:00:00Z');
// 07:30 UTC is still the 31st in Tijuana.
await mueve(tijuana, buena, 'inventario', '100', '2026-12-01T18:00:00Z');
await mueve(tijuana, buena, 'venta', '1', '2027-01-01T07:30:00Z');

test('stock "al 31-dic", valued, can be asked at any time: at the end of the day of each shop, with the cost in force then and its source', async () => {
  const { body } = await rest.ok<{
    existencias: Record<string, unknown>[];
    almacenes: unknown[];
    total: number;
  }>(`/api/existencias?al=2026-12-31&almacen=${centro.codigo}`, gerente);
  const breve = body.existencias.map((f) => [
    f.codigo,
    f.cantidad,
    f.tieneBase,
    f.costoUnitario,
    f.costoFuente,
    f.valor,
  ]);
  expect(breve).toEqual([
    ['AA-1', '29.00000', true, '50.00', 'promedio', '1450.00'],
    ['BB-1', '-3.00000', true, '5.50', 'catalogo', '-16.50'],
    ['CC-1', '7.00000', false, null, 'sin_costo', null],
    ['DD-1', '0.00000', true, '1.00', 'catalogo', '0.00'],
  ]);
  expect(body.total).toBe(4);
  expect(body.almacenes).toMatchObject([
    {
      codigo: centro.codigo,
      al: '2027-01-01T05:59:59.999Z',
      totales: {
        productos: 3,
        valor: '1450.00',
        negativos: 1,
        valorNegativos: '-16.50',
        sinCosto: 1,
        sinBase: 1,
      },
    },
  ]);
  const de = await rest.ok<{ existencias: { almacen: string; cantidad: string }[] }>(
    '/api/existencias?al=2026-12-31&codigo=AA-1',
    admin,
  );
  expect(new Set(de.body.existencias.map((f) => f.cantidad))).toEqual(new Set(['29.00000', '99.00000']));
});

test('at an instant, by category with all under it, and page by page with the totals of the whole', async () => {
  const lee = async (query: string) =>
    (
      await rest.ok<{ existencias: { codigo: string; cantidad: string }[]; total: number }>(
        `/api/existencias?${query}`,
        gerente,
      )
    ).body;
  const al = encodeURIComponent('2027-01-01T00:15:00-06:00');
  expect((await lee(`al=${al}&codigo=AA-1`)).existencias[0]!.cantidad).toBe('25.00000');
  expect((await lee('al=2026-12-31&categoria=Llantas')).existencias.map((f) => f.codigo)).toEqual([
    'AA-1',
    'BB-1',
  ]);
  expect((await lee('al=2026-12-31&categoria=Rines')).existencias.map((f) => f.codigo)).toEqual(['BB-1']);
  const una = await lee('al=2026-12-31&limite=1');
  expect([una.existencias.length, una.total]).toEqual([1, 4]);
});

test('as a file: BOM, a formula in a name is defused, negatives say what is missing, no cost says so', async () => {
  const answer = await servidor.fetch('/api/existencias?al=2026-12-31&formato=csv', {}, gerente);
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="existencias-2026-12-31.csv"');
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const lineas = new TextDecoder().decode(bytes).split('\r\n');
  expect(lineas[2]).toContain(`BB-1,"'=HYPERLINK(""http://malo"")"`);
  expect(lineas[2]).toContain(',-3,PZA,5.50,catálogo,-16.50,falta registrar una entrada,');
  expect(lineas[3]).toContain(',7,PZA,sin costo,sin costo,sin costo,sin existencia inicial,');
  // What is not there has no row; the total is of what is.
  expect(lineas.some((l) => l.startsWith('DD-1'))).toBe(false);
  expect(lineas.find((l) => l.startsWith('TOTAL'))).toContain(
    ',1450.00,"aparte, en 1 producto negativo: -16.50",2026-12-31 23:59',
  );
});

test('as an Excel file: two sheets, figures as numbers, texts never formulas', async () => {
  const answer = await servidor.fetch('/api/existencias?al=2026-12-31&formato=xlsx', {}, gerente);
  expect(answer.headers.get('content-type')).toContain('spreadsheetml');
  const libro = new ExcelJS.Workbook();
  await libro.xlsx.load(await answer.arrayBuffer());
  const filas = libro.getWorksheet('Existencias')!;
  expect(filas.getRow(2).getCell(5).value).toBe(29);
  expect(filas.getRow(2).getCell(9).value).toBe(1450);
  expect(filas.getRow(3).getCell(2).value).toBe('=HYPERLINK("http://malo")');
  expect(filas.getRow(3).getCell(2).type).toBe(ExcelJS.ValueType.String);
  expect(filas.getRow(4).getCell(9).value).toBe('sin costo');
  expect(libro.getWorksheet('Totales')!.getRow(2).getCell(5).value).toBe(1450);
});

test('who may not see stock or costs gets none of it; another shop is invisible; nonsense has its sentence', async () => {
  for (const rol of ['almacenista', 'chofer'] as const) {
    const persona = await testUser(db, { rol, tiendas: [centro] });
    for (const query of ['al=2026-12-31', 'al=2026-12-31&formato=csv']) {
      expect(await rest.refused(`/api/existencias?${query}`, persona)).toMatchObject({
        status: 403,
        code: 'PROHIBIDO',
      });
    }
    const nada = await valueExistencias(db, persona.claims, {
      claves: null,
      almacen: null,
      categoria: null,
      al: '2026-12-31',
      ceros: true,
    }).then(
      (v) => v.filas.length,
      () => 0,
    );
    expect(nada).toBe(0);
  }
  const { body } = await rest.ok<{ almacenes: { codigo: string }[] }>(
    '/api/existencias?al=2026-12-31',
    gerente,
  );
  expect(body.almacenes.map((a) => a.codigo)).toEqual([centro.codigo]);
  for (const query of [
    'al=2026-02-30',
    'al=31-dic',
    'formato=csv',
    'categoria=Llantas',
    'al=2026-12-31&formato=pdf',
  ])
    expect(await rest.refused(`/api/existencias?${query}`, gerente)).toMatchObject({
      status: 400,
      code: 'ENTRADA_INVALIDA',
    });
});

test('for any history and any date it is what the pure ledger says, from either end', async () => {
  const otra = await testTienda(db);
  const deOtra = await testUser(db, { rol: 'gerente', tiendas: [otra] });
  const dia = inicioDelDia('2026-06-01', 'America/Mexico_City');
  const historia = fc.array(
    fc.record({
      tipo: fc.constantFrom('inventario' as const, 'venta' as const, 'compra' as const),
      cantidad: fc.integer({ min: 0, max: 20 }),
      hora: fc.integer({ min: 0, max: 96 }),
    }),
    { maxLength: 8 },
  );
  const casos = fc.sample(historia, { numRuns: 25, seed: 7 });
  const movimientos = new Map<string, Parameters<typeof teorico>[0][number][]>();
  for (const [i, caso] of casos.entries()) {
    const id = await producto(`ZZ-${i}`, `Historia ${i}`, '1');
    movimientos.set(id, []);
    for (const m of caso) {
      const en = dia + m.hora * 3_600_000;
      const mov = await mueve(otra, id, m.tipo, String(m.cantidad), en);
      movimientos.get(id)!.push({
        id: mov,
        tipo: m.tipo,
        subtipo: null,
        cantidad: BigInt(m.cantidad) * 100_000n,
        ocurridaEn: en,
        precision: 'instante',
        orden: 0,
        // Ids grow with the insertion, as created_at does.
        createdAt: 0,
      });
    }
  }
  for (const hora of [-1, 0, 24, 50, 96, 500]) {
    const t = dia + hora * 3_600_000;
    const { filas } = await valueExistencias(db, deOtra.claims, {
      claves: null,
      almacen: null,
      categoria: null,
      al: new Date(t),
      ceros: true,
    });
    const vistas = new Map(filas.map((f) => [f.productoId, [Number(f.cantidad), f.tieneBase]]));
    for (const [id, suyos] of movimientos) {
      if (suyos.length === 0) continue;
      const puro = teorico(suyos, t);
      expect([hora, id, ...vistas.get(id)!]).toEqual([hora, id, Number(puro.cantidad) / 100_000, puro.base]);
    }
  }
});
