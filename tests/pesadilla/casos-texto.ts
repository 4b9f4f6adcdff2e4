import { readFileSync } from 'node:fs';
import type { Caso } from './caso.ts';
import { CDMX, EAN, GDL } from './catalogo.ts';

/** Windows-1252 for the letters of Spanish. */
function w1252(texto: string): Buffer {
  return Buffer.from(texto, 'latin1');
}

const CP850: Readonly<Record<string, number>> = { ó: 0xa2, í: 0xa1, ñ: 0xa4, á: 0xa0, é: 0x82, ú: 0xa3 };
function cp850(texto: string): Buffer {
  return Buffer.from([...texto].map((letra) => CP850[letra] ?? letra.charCodeAt(0)));
}

const VENTAS = 'ventas CDMX-01.csv';
const DIA = 'Inventario CDMX-01 2026-03-05.csv';
const fixture = (nombre: string): Buffer => readFileSync(new URL(`./fixtures/${nombre}`, import.meta.url));
const DE_LIBREOFFICE = {
  tipo: 'ventas',
  filas: ['4 FIL-001 2 2026-03-05', '5 000123 4 2026-03-06', '6 CABLE 1.25 2026-03-07'],
  almacen: GDL,
} as const;

/** CSV, HTML and XML in their many disguises, and books that LibreOffice saved from fixtures/ventas.fods. */
export const CASOS_TEXTO: readonly Caso[] = [
  {
    nombre: 'CSV en Windows-1252 con punto y coma y coma decimal',
    archivo: VENTAS,
    bytes: () =>
      w1252(
        'Ticket;Fecha;Código;Descripción;Cantidad;Importe\r\n1;05/03/2026;FIL-001;Filtro;2;1.234,50\r\n2;25/03/2026;CABLE;Cable;1,25;10,00\r\n',
      ),
    espera: {
      tipo: 'ventas',
      filas: ['2 FIL-001 2 2026-03-05', '3 CABLE 1.25 2026-03-25'],
      problemas: ['texto_como'],
      columnas: { codigo: 'C', cantidad: 'E' },
    },
  },
  {
    nombre: 'CSV de una caja de DOS (CP850)',
    archivo: DIA,
    bytes: () => cp850('Código,Descripción,Existencia\r\n000123,Bujía de níquel,3\r\n'),
    espera: { tipo: 'inventario', filas: ['2 000123 3'], problemas: ['texto_como'] },
  },
  {
    nombre: 'CSV en UTF-16 con tabuladores, como lo guarda Excel',
    archivo: VENTAS,
    bytes: () =>
      Buffer.from('\ufeffTicket\tFecha\tCódigo\tCantidad\r\n1\t25/03/2026\tFIL-001\t2\r\n', 'utf16le'),
    espera: { tipo: 'ventas', filas: ['2 FIL-001 2 2026-03-25'] },
  },
  {
    nombre: 'CSV en UTF-16 sin marca',
    archivo: VENTAS,
    bytes: () => Buffer.from('Ticket,Fecha,Clave,Cantidad\n1,2026-03-05,FIL-001,2\n', 'utf16le'),
    espera: { tipo: 'ventas', filas: ['2 FIL-001 2 2026-03-05'] },
  },
  {
    nombre: 'CSV con BOM, sep=, comillas con saltos de línea y ="000123"',
    archivo: DIA,
    bytes: () =>
      Buffer.from(
        '\ufeffsep=;\r\nClave;Descripción;Existencia\r\n="000123";"Bujía ""fina"";\nde níquel";5\r\nFIL-001;x;"1"\r\n',
      ),
    espera: { tipo: 'inventario', filas: ['3 000123 5', '4 FIL-001 1'] },
  },
  {
    nombre: 'CSV llamado .xls',
    archivo: 'Inventario CDMX-01 2026-03-05.xls',
    bytes: () => Buffer.from('Clave,Existencia\nFIL-001,4\n'),
    espera: { tipo: 'inventario', filas: ['2 FIL-001 4'], almacen: CDMX, fecha: '2026-03-05' },
  },
  {
    nombre: 'códigos en notación científica: uno que el catálogo prueba, uno que no',
    archivo: DIA,
    bytes: () => Buffer.from('Codigo de barras,Existencia\n7.50123457E+12,1\n7.5E+12,2\n7.50199E+12,3\n'),
    espera: {
      tipo: 'inventario',
      filas: ['2 FIL-001 1'],
      problemas: ['codigo_varios'],
      reparaciones: [`7.50123457E+12 → ${EAN.filtro}`],
    },
  },
  {
    nombre: 'ceros perdidos por abrir el CSV en Excel',
    archivo: DIA,
    bytes: () => Buffer.from('Clave,Existencia\n123,4\nBAT-35,1\n'),
    espera: { tipo: 'inventario', filas: ['2 000123 4', '3 BAT-35 1'], reparaciones: ['123 → 000123'] },
  },
  {
    nombre: 'un archivo que sí guarda los ceros: 123 no es 000123',
    archivo: DIA,
    bytes: () => Buffer.from('Clave,Existencia\n0777,4\n123,1\n'),
    espera: { tipo: 'inventario', filas: [], problemas: ['codigo_varios', 'producto_desconocido'] },
  },
  {
    nombre: 'números que se leen de dos formas',
    archivo: DIA,
    bytes: () => Buffer.from('Clave;Existencia\nCABLE;1,234\nFIL-001;12\n'),
    espera: { tipo: 'inventario', filas: ['2 CABLE 1234', '3 FIL-001 12'], problemas: ['decimal_dudoso'] },
  },
  {
    nombre: 'los mismos números cuando la persona ya dijo que la coma son decimales',
    archivo: DIA,
    bytes: () => Buffer.from('Clave;Existencia\nCABLE;1,234\nFIL-001;12\n'),
    opciones: { decimal: ',' },
    espera: { tipo: 'inventario', filas: ['2 CABLE 1.234', '3 FIL-001 12'] },
  },
  {
    nombre: 'fechas que se leen de dos formas',
    archivo: VENTAS,
    bytes: () => Buffer.from('Ticket,Fecha,Clave,Cantidad\n1,05/03/2026,FIL-001,1\n2,06/03/2026,FIL-001,2\n'),
    espera: {
      tipo: 'ventas',
      filas: ['2 FIL-001 1 2026-03-05', '3 FIL-001 2 2026-03-06'],
      problemas: ['fecha_dudosa'],
    },
  },
  {
    nombre: 'fechas con el mes primero, que el 25 prueba',
    archivo: VENTAS,
    bytes: () =>
      Buffer.from(
        'Ticket,Fecha,Clave,Cantidad\n1,3/5/2026 4:05 PM,FIL-001,1\n2,3/25/2026 10:00 AM,FIL-001,2\n',
      ),
    espera: { tipo: 'ventas', filas: ['2 FIL-001 1 2026-03-05 16:05:00', '3 FIL-001 2 2026-03-25 10:00:00'] },
  },
  {
    nombre: 'fechas escritas, del futuro y que no existen',
    archivo: VENTAS,
    bytes: () =>
      Buffer.from(
        'Ticket,Fecha,Clave,Cantidad\n1,5 de marzo de 2026,FIL-001,1\n2,05-mar-26,FIL-001,2\n3,31/02/2026,FIL-001,3\n4,25/12/2026,FIL-001,4\n5,,FIL-001,5\n',
      ),
    espera: {
      tipo: 'ventas',
      filas: ['2 FIL-001 1 2026-03-05', '3 FIL-001 2 2026-03-05'],
      problemas: ['fecha_futura', 'fecha_invalida', 'fecha_vacia'],
    },
  },
  {
    nombre: 'un código de dos productos, que el nombre distingue o se pregunta',
    archivo: DIA,
    bytes: () =>
      Buffer.from('Clave,Descripción,Existencia\nVIEJO-35,Batería 35 importada,4\nVIEJO-35,Batería,1\n'),
    espera: { tipo: 'inventario', filas: ['2 BAT-35-ALT 4'], problemas: ['codigo_varios'] },
  },
  {
    nombre: 'cajas: el código de la caja multiplica',
    archivo: 'compras GDL-01.csv',
    bytes: () =>
      Buffer.from(
        `Proveedor,Fecha,Código de barras,Cantidad,Costo\nACME,2026-03-05,${EAN.cajaAceite},2,1200\n`,
      ),
    espera: { tipo: 'compras', filas: ['2 ACE5W30 24 2026-03-05'], reparaciones: ['2 → 24'] },
  },
  {
    nombre: 'códigos escritos a su modo: minúsculas, guiones y espacios',
    archivo: DIA,
    bytes: () => Buffer.from('Clave,Existencia\nfil 001,4\nace-5w30,1\n'),
    espera: {
      tipo: 'inventario',
      filas: ['2 FIL-001 4', '3 ACE5W30 1'],
      reparaciones: ['fil 001 → FIL-001', 'ace-5w30 → ACE5W30'],
    },
  },
  {
    nombre: 'el IVA y el descuento como porcentaje no dejan fuera la venta',
    archivo: VENTAS,
    bytes: () => Buffer.from('Ticket,Fecha,Clave,Cantidad,IVA,Descuento\n1,2026-03-05,FIL-001,2,16%,10 %\n'),
    espera: { tipo: 'ventas', filas: ['2 FIL-001 2 2026-03-05'], problemas: ['porcentaje_sin_usar'] },
  },
  {
    nombre: 'columnas que nadie conoce',
    archivo: 'datos.csv',
    bytes: () => Buffer.from('xqz,wyk,zzt\nhola,que,tal\nuno,dos,3\n'),
    espera: { tipo: 'inventario', filas: [], problemas: ['falta_almacen', 'falta_columna', 'falta_fecha'] },
    opciones: { tipo: 'inventario' },
  },
  {
    nombre: 'HTML llamado .xls, con entidades y celdas unidas',
    archivo: 'ventas GDL-01.xls',
    bytes: () =>
      w1252(
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1252"></head><body><table border=1><tr><td colspan=4>Ventas de Guadalajara&nbsp;Chapultepec</td></tr><tr><th>Ticket</th><th>Fecha</th><th>C&oacute;digo</th><th>Cantidad</th></tr><tr><td>1</td><td>25/03/2026</td><td>000123</td><td>1,200.00</td></tr></table></body></html>',
      ),
    espera: { tipo: 'ventas', filas: ['3 000123 1200 2026-03-25'] },
  },
  {
    nombre: 'hoja de Excel 2003 en XML',
    archivo: 'ventas GDL-01.xml',
    bytes: () =>
      Buffer.from(
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="V"><Table><Row><Cell><Data ss:Type="String">Ticket</Data></Cell><Cell><Data ss:Type="String">Fecha</Data></Cell><Cell><Data ss:Type="String">Clave</Data></Cell><Cell><Data ss:Type="String">Cantidad</Data></Cell></Row><Row><Cell><Data ss:Type="String">1</Data></Cell><Cell><Data ss:Type="String">2026-03-05</Data></Cell><Cell><Data ss:Type="String">000123</Data></Cell><Cell><Data ss:Type="Number">2</Data></Cell></Row></Table></Worksheet></Workbook>',
      ),
    espera: { tipo: 'ventas', filas: ['2 000123 2 2026-03-05'] },
  },
  {
    nombre: 'libro .xlsx de LibreOffice',
    archivo: 'a.xlsx',
    bytes: () => fixture('libreoffice-ventas.xlsx'),
    espera: { ...DE_LIBREOFFICE, problemas: ['filas_ocultas'] },
  },
  {
    nombre: 'libro .ods de LibreOffice',
    archivo: 'a.ods',
    bytes: () => fixture('libreoffice-ventas.ods'),
    espera: DE_LIBREOFFICE,
  },
  {
    nombre: 'libro .xls (BIFF8) de LibreOffice',
    archivo: 'a.xls',
    bytes: () => fixture('libreoffice-ventas.xls'),
    espera: { ...DE_LIBREOFFICE, problemas: ['filas_ocultas'] },
  },
  // LibreOffice leaves hidden rows out of its pages.
  {
    nombre: 'página HTML de LibreOffice',
    archivo: 'a.xls',
    bytes: () => fixture('libreoffice-ventas-html.xls'),
    espera: {
      ...DE_LIBREOFFICE,
      filas: ['4 FIL-001 2 2026-03-05', '5 CABLE 1.25 2026-03-07'],
      problemas: ['fecha_dudosa'],
    },
  },
];
