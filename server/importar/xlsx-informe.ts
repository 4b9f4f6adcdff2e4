import type ExcelJS from 'exceljs';
import { COLUMNAS } from './informe.ts';

const ANCHOS = [18, 8, 22, 28, 12, 60, 60];

/** Fills the workbook of an import's report. Runs in `armaLibro`'s process. */
export function arma(libro: ExcelJS.Workbook, { filas }: { filas: string[][] }): void {
  libro.title = 'Informe de importación';
  const ws = libro.addWorksheet('Informe', { views: [{ state: 'frozen', ySplit: 1 }] });
  ws.columns = COLUMNAS.map((header, i) => ({ header, width: ANCHOS[i] ?? 16 }));
  const cabeza = ws.getRow(1);
  cabeza.eachCell((celda) => {
    celda.font = { bold: true, color: { argb: 'FFFFFFFF' } };
    celda.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF111111' } };
  });
  // Text cells all: no spreadsheet runs them.
  for (const fila of filas)
    ws.addRow(fila.map((texto, i) => (i === 1 && texto !== '' ? Number(texto) : texto)));
  ws.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: COLUMNAS.length } };
}
