import ExcelJS from 'exceljs';
import { beforeAll, expect, test } from 'vitest';
import { testDb } from '#tests/db/harness.ts';
import { type TestUser, testTienda, testUser } from '#tests/db/people.ts';
import { type TestServer, testServer } from '#tests/db/server.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
let server: TestServer;
let ana: TestUser;

beforeAll(async () => {
  const db = await testDb();
  server = await testServer({ db });
  ana = await testUser(db, { rol: 'almacenista', tiendas: [await testTienda(db)] });
});

async function manda(body: Uint8Array, user: TestUser | undefined = ana, tipo = XLSX) {
  const answer = await server.fetch(
    '/api/hojas/tabla',
    { method: 'POST', headers: { 'content-type': tipo }, body: Buffer.from(body) },
    user,
  );
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
async function libro(arma: (libro: ExcelJS.Workbook) => void): Promise<Uint8Array> {
  const nuevo = new ExcelJS.Workbook();
  arma(nuevo);
  return new Uint8Array(await nuevo.xlsx.writeBuffer());
}

test('an .xlsx count: zeros that a cell shows are kept, damage by Excel stays visible, the sheet with the columns is found', async () => {
  const bytes = await libro((nuevo) => {
    nuevo.addWorksheet('Portada').addRow(['Inventario de marzo']);
    const hoja = nuevo.addWorksheet('Conteo');
    hoja.addRow([]);
    hoja.addRow(['Producto', 'Código', 'Cantidad']);
    hoja.addRow(['texto', '000123', 5]);
    hoja.addRow(['con formato', 123, 2.5]).getCell(2).numFmt = '000000';
    hoja.addRow(['largo', 7501000000012, '2x12+5']);
    hoja.addRow(['dañado', 7.501000000012e19, 1]);
    hoja.addRow(['fecha', new Date('2026-01-02T00:00:00Z'), 1]);
    hoja.addRow([
      'fórmula',
      { formula: 'B3', result: '000123' },
      { formula: '1/0', result: { error: '#DIV/0!' } },
    ]);
    hoja.addRow(['rico', { richText: [{ text: 'PH-' }, { text: '2840' }] }, null]);
  });
  expect(await manda(bytes)).toEqual({
    status: 200,
    body: {
      filas: [
        { fila: 2, celdas: ['Producto', 'Código', 'Cantidad'] },
        { fila: 3, celdas: ['texto', '000123', '5'] },
        { fila: 4, celdas: ['con formato', '000123', '2.5'] },
        { fila: 5, celdas: ['largo', '7501000000012', '2x12+5'] },
        { fila: 6, celdas: ['dañado', '7.501000000012E+19', '1'] },
        { fila: 7, celdas: ['fecha', '2-ene-26', '1'] },
        { fila: 8, celdas: ['fórmula', '000123', '#DIV/0!'] },
        { fila: 9, celdas: ['rico', 'PH-2840'] },
      ],
    },
  });
});

test('what is no .xlsx, one with too many rows, and strangers are refused with a sentence', async () => {
  expect(await manda(Buffer.from('Código,Cantidad\nPH-1,5'))).toMatchObject({
    status: 415,
    body: { code: 'TABLA_NO_LEIDA' },
  });
  const enorme = await libro((nuevo) => {
    const hoja = nuevo.addWorksheet('x');
    for (let n = 0; n < 6_001; n += 1) hoja.addRow(['A', 1]);
  });
  expect(await manda(enorme)).toMatchObject({ status: 413, body: { code: 'TABLA_GRANDE' } });
  expect(
    (await server.fetch('/api/hojas/tabla', { method: 'POST', headers: { 'content-type': XLSX }, body: 'x' }))
      .status,
  ).toBe(401);
});
