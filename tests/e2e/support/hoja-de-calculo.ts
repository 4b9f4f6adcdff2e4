import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';

/** The export of existencias of an ERP, as it comes: titles above, padded names, a total below. Returns the file's path. */
export async function exportaExistencias(
  filas: readonly { codigo: string; nombre: string; existencia: number }[],
  de: { almacen: string; fecha: string; nombre: string },
): Promise<string> {
  const libro = new ExcelJS.Workbook();
  const hoja = libro.addWorksheet('Existencias');
  hoja.addRow(['REFACCIONES DEL CENTRO SA DE CV']);
  hoja.addRow([`Existencias por almacén: ${de.almacen}`]);
  hoja.addRow([`Al ${de.fecha}`]);
  hoja.addRow([]);
  hoja.addRow(['Clave', 'Descripción', 'Existencia', 'Costo prom.']);
  for (const f of filas) hoja.addRow([f.codigo, `${f.nombre}  `, f.existencia, 12.5]);
  hoja.addRow(['', 'Total', filas.reduce((t, f) => t + f.existencia, 0)]);
  const ruta = join(mkdtempSync(join(tmpdir(), 'devcompras-hoja-')), de.nombre);
  await libro.xlsx.writeFile(ruta);
  return ruta;
}
