import { utils, type WorkBook, write } from '@e965/xlsx';
import type { Caso } from './caso.ts';
import { deSheetJs } from './casos-negados.ts';
import { CDMX } from './catalogo.ts';

const DIA = 'Inventario CDMX-01 2026-03-05.xls';
const FILAS = [
  ['Reporte de existencias'],
  [],
  ['Clave', 'Descripción', 'Existencia', 'Costo'],
  ['FIL-001', 'Filtro', 4, 50.5],
  [123, 'Bujía', 2, 10],
  ['CABLE', 'Cable', 1.25, 8],
  ['Total', null, 7.25],
];
const ESPERA = {
  tipo: 'inventario',
  filas: ['4 FIL-001 4', '5 000123 2', '6 CABLE 1.25'],
  reparaciones: ['123 → 000123'],
  almacen: CDMX,
  fecha: '2026-03-05',
} as const;

/** Dates of the 1904 system, an error and a format of zeros, in BIFF8. */
function raro(): Buffer {
  const hoja = utils.aoa_to_sheet([['Ticket', 'Fecha', 'Clave', 'Cantidad']]);
  const pon = (ref: string, celda: object): void => {
    hoja[ref] = celda;
  };
  pon('A2', { t: 's', v: '1' });
  pon('B2', { t: 'n', v: 46_086 - 1462, z: 'dd/mm/yyyy' });
  pon('C2', { t: 'n', v: 123, z: '000000' });
  pon('D2', { t: 'n', v: 3 });
  pon('A3', { t: 's', v: '2' });
  pon('B3', { t: 'n', v: 46_086 - 1462, z: 'dd/mm/yyyy' });
  pon('C3', { t: 's', v: 'FIL-001' });
  pon('D3', { t: 'e', v: 7 });
  hoja['!ref'] = 'A1:D3';
  const libro: WorkBook = utils.book_new();
  libro.Workbook = { WBProps: { date1904: true } };
  utils.book_append_sheet(libro, hoja, 'GDL-01');
  return write(libro, { type: 'buffer', bookType: 'biff8' }) as Buffer;
}

/** What only SheetJS reads, written with it. */
export const CASOS_VIEJOS: readonly Caso[] = [
  {
    nombre: '.xls de Excel 97 (BIFF8)',
    archivo: DIA,
    bytes: () => deSheetJs(FILAS, 'biff8'),
    espera: ESPERA,
  },
  {
    nombre: '.xls de Excel 95 (BIFF5)',
    archivo: DIA,
    bytes: () => deSheetJs(FILAS, 'biff5'),
    espera: ESPERA,
  },
  {
    nombre: '.xls de Excel 2 (BIFF2), sin contenedor',
    archivo: DIA,
    bytes: () => deSheetJs(FILAS, 'biff2'),
    espera: ESPERA,
  },
  { nombre: '.xlsb', archivo: DIA, bytes: () => deSheetJs(FILAS, 'xlsb'), espera: ESPERA },
  {
    nombre: '.xls con fechas de 1904, un error y un formato de ceros',
    archivo: 'ventas.xls',
    bytes: raro,
    espera: { tipo: 'ventas', filas: ['2 000123 3 2026-03-05'], problemas: ['formula_error'] },
  },
];
