import type ExcelJS from 'exceljs';
import type { ExistenciasValuadas } from '#shared/contracts/valuadas.ts';
import { COLUMNAS, filasDeExistencias, horaDe } from './filas-archivo.ts';

const ANCHOS = [18, 44, 20, 22, 12, 9, 14, 22, 16, 34, 20];
const CANTIDAD = '#,##0.#####;[Red]-#,##0.#####;0';
const PESOS = '"$"#,##0.00;[Red]-"$"#,##0.00';
const FORMATOS: Partial<Record<number, string>> = { 4: CANTIDAD, 6: '"$"#,##0.00####', 8: PESOS };
const NEGRO = 'FF111111';
const BLANCO = 'FFFFFFFF';

function cabecera(fila: ExcelJS.Row): void {
  fila.height = 22;
  fila.eachCell((celda) => {
    celda.font = { bold: true, color: { argb: BLANCO } };
    celda.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: NEGRO } };
    celda.alignment = { vertical: 'middle' };
  });
}

function totales(libro: ExcelJS.Workbook, { almacenes }: ExistenciasValuadas): void {
  const ws = libro.addWorksheet('Totales', { views: [{ state: 'frozen', ySplit: 1 }] });
  const columnas: [string, number, string?][] = [
    ['Tienda', 24],
    ['Almacén', 28],
    ['A la hora de la tienda', 22],
    ['Productos', 11],
    ['Valor a costo, sin IVA', 22, PESOS],
    ['Falta registrar una entrada', 26],
    ['Valor de esos, aparte', 20, PESOS],
    ['Sin costo', 11],
    ['Sin existencia inicial', 20],
  ];
  ws.columns = columnas.map(([header, width, numFmt]) => ({
    header,
    width,
    style: numFmt === undefined ? {} : { numFmt },
  }));
  cabecera(ws.getRow(1));
  for (const a of almacenes) {
    const t = a.totales;
    ws.addRow([
      a.tienda,
      a.tipo === 'ajeno' ? `${a.nombre} (no es tuyo)` : a.nombre,
      horaDe(a),
      t.productos,
      Number(t.valor),
      t.negativos,
      Number(t.valorNegativos),
      t.sinCosto,
      t.sinBase,
    ]);
  }
}

/** Fills the workbook of the stock of a date. Runs in `armaLibro`'s process. */
export function arma(libro: ExcelJS.Workbook, valuadas: ExistenciasValuadas): void {
  libro.title = 'Existencias valuadas';
  totales(libro, valuadas);
  const ws = libro.addWorksheet('Existencias', {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  ws.columns = COLUMNAS.map((header, lugar) => {
    const numFmt = FORMATOS[lugar];
    return { header, width: ANCHOS[lugar] ?? 16, style: numFmt === undefined ? {} : { numFmt } };
  });
  cabecera(ws.getRow(1));
  ws.pageSetup.printTitlesRow = '1:1';
  let filas = 0;
  for (const fila of filasDeExistencias(valuadas)) {
    // A text stays a text cell, which no spreadsheet runs. Excel has doubles only; the CSV keeps the exact decimal.
    ws.addRow(
      fila.map((texto, lugar) =>
        FORMATOS[lugar] !== undefined && texto !== '' && texto !== 'sin costo'
          ? Number(texto)
          : texto || null,
      ),
    );
    filas += 1;
  }
  ws.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1 + filas, column: COLUMNAS.length } };
}
