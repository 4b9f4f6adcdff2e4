import type ExcelJS from 'exceljs';
import type { HojaMedida } from './archivo.ts';
import type { Formato } from './columnas-archivo.ts';

const NUMFMT: Partial<Record<Formato, string>> = {
  cantidad: '#,##0.#####;[Red]-#,##0.#####;0',
  pesos: '"$"#,##0.00;[Red]-"$"#,##0.00',
  costo: '"$"#,##0.00####',
  porcentaje: '0.00"%"',
  numero: '#,##0.##',
  fecha: 'yyyy-mm-dd',
};
const NEGRO = 'FF111111';
const BLANCO = 'FFFFFFFF';

/** A text stays a text cell, which no spreadsheet runs. Excel has doubles only; the CSV keeps the exact decimal. */
function celda(texto: string | null, formato: Formato): ExcelJS.CellValue {
  if (texto === null || texto === '') return null;
  if (formato === 'texto') return texto;
  return formato === 'fecha' ? new Date(`${texto}T00:00:00Z`) : Number(texto);
}

/** Fills the workbook of a measure: its rows, and a sheet that says what was asked. Runs in `armaLibro`'s process. */
export function arma(libro: ExcelJS.Workbook, hoja: HojaMedida): void {
  libro.title = hoja.titulo;
  const ws = libro.addWorksheet(hoja.titulo, {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  ws.columns = hoja.columnas.map(({ titulo, ancho, formato }) => {
    const numFmt = NUMFMT[formato];
    return { header: titulo, width: ancho, style: numFmt === undefined ? {} : { numFmt } };
  });
  const cabeza = ws.getRow(1);
  cabeza.height = 22;
  cabeza.eachCell((c) => {
    c.font = { bold: true, color: { argb: BLANCO } };
    c.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: NEGRO } };
    c.alignment = { vertical: 'middle' };
  });
  ws.pageSetup.printTitlesRow = '1:1';
  for (const fila of hoja.filas) ws.addRow(fila.map((texto, i) => celda(texto, hoja.columnas[i]!.formato)));
  ws.autoFilter = {
    from: { row: 1, column: 1 },
    to: { row: 1 + hoja.filas.length, column: hoja.columnas.length },
  };

  const filtros = libro.addWorksheet('Qué dice');
  filtros.columns = [{ width: 24 }, { width: 90 }];
  filtros.addRow([hoja.titulo, hoja.frase]).font = { bold: true };
  for (const [que, cual] of hoja.filtros) filtros.addRow([que, cual]);
  filtros.getColumn(2).alignment = { wrapText: true, vertical: 'top' };
}
