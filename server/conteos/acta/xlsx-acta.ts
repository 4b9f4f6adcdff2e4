import type ExcelJS from 'exceljs';
import { desfaseDeZona } from '#shared/domain/instante.ts';
import { plural } from '#shared/formato.ts';
import {
  COLUMNAS_INTENTOS,
  COLUMNAS_LINEAS,
  COLUMNAS_PRODUCTOS,
  filasIntentos,
  filasLineas,
  filasProductos,
} from './csv-acta.ts';
import type { Acta } from './forma.ts';
import { cuando, ESTADO, nombreDelActa, papelDe } from './palabras.ts';

type Tipo = 'texto' | 'cantidad' | 'pesos' | 'costo' | 'entero' | 'fecha';

interface Columna {
  readonly titulo: string;
  readonly ancho: number;
  readonly tipo?: Tipo;
}

const FORMATO: Record<Exclude<Tipo, 'texto'>, string> = {
  cantidad: '#,##0.#####;[Red]-#,##0.#####;0',
  pesos: '"$"#,##0.00;[Red]-"$"#,##0.00',
  costo: '"$"#,##0.00####',
  entero: '0',
  fecha: 'yyyy-mm-dd hh:mm',
};

const PRODUCTOS: Record<(typeof COLUMNAS_PRODUCTOS)[number], Columna> = {
  folio: { titulo: 'Folio', ancho: 20 },
  codigo: { titulo: 'Código', ancho: 18 },
  nombre: { titulo: 'Producto', ancho: 44 },
  unidad: { titulo: 'Unidad', ancho: 9 },
  clase_abc: { titulo: 'Clase', ancho: 7 },
  intento: { titulo: 'Intento', ancho: 8, tipo: 'entero' },
  contado: { titulo: 'Contado', ancho: 11, tipo: 'cantidad' },
  teorico: { titulo: 'Teórico', ancho: 11, tipo: 'cantidad' },
  teorico_desde: { titulo: 'Teórico desde', ancho: 13, tipo: 'cantidad' },
  teorico_hasta: { titulo: 'Teórico hasta', ancho: 13, tipo: 'cantidad' },
  diferencia: { titulo: 'Diferencia', ancho: 11, tipo: 'cantidad' },
  costo_unitario: { titulo: 'Costo unitario', ancho: 14, tipo: 'costo' },
  costo_fuente: { titulo: 'Fuente del costo', ancho: 15 },
  importe: { titulo: 'Importe MXN', ancho: 15, tipo: 'pesos' },
  contado_en: { titulo: 'Contado', ancho: 17, tipo: 'fecha' },
  decision: { titulo: 'Decisión', ancho: 24 },
  ajuste_id: { titulo: 'Ajuste', ancho: 38 },
  autorizo: { titulo: 'Autorizó', ancho: 22 },
  autorizado_en: { titulo: 'Autorizado', ancho: 17, tipo: 'fecha' },
  motivo: { titulo: 'Motivo', ancho: 34 },
  asentado_en: { titulo: 'Asentado en otro periodo', ancho: 22, tipo: 'fecha' },
  contaron: { titulo: 'Contaron', ancho: 30 },
  condiciones: { titulo: 'Condiciones', ancho: 22 },
  ubicaciones_faltantes: { titulo: 'Falta contar en', ancho: 18 },
  notas: { titulo: 'Notas', ancho: 44 },
};

const INTENTOS: Record<(typeof COLUMNAS_INTENTOS)[number], Columna> = {
  folio: { titulo: 'Folio', ancho: 20 },
  codigo: { titulo: 'Código', ancho: 18 },
  nombre: { titulo: 'Producto', ancho: 44 },
  intento: { titulo: 'Intento', ancho: 8, tipo: 'entero' },
  vale: { titulo: 'Vale', ancho: 7 },
  persona: { titulo: 'Persona', ancho: 24 },
  unidades: { titulo: 'Unidades', ancho: 11, tipo: 'cantidad' },
  contado_del_intento: { titulo: 'Contado en el intento', ancho: 20, tipo: 'cantidad' },
  diferencia_del_intento: { titulo: 'Diferencia', ancho: 12, tipo: 'cantidad' },
  contado_en: { titulo: 'Última lectura', ancho: 17, tipo: 'fecha' },
};

/** The lines keep the names and the exact texts of the recipe. */
const LINEAS: readonly Columna[] = COLUMNAS_LINEAS.map((titulo) => ({
  titulo,
  ancho: /_id$|^id$|^anula$/.test(titulo) ? 37 : /_en$|instante/.test(titulo) ? 28 : 16,
}));

const NEGRO = 'FF111111';
const BLANCO = 'FFFFFFFF';
const GRIS = 'FFF1F2F3';

function valor(texto: string, tipo: Tipo | undefined): ExcelJS.CellValue {
  if (texto === '') return null;
  // A text stays a text cell, which no spreadsheet runs, whatever it begins with.
  if (tipo === undefined || tipo === 'texto') return texto;
  if (tipo === 'fecha') return new Date(`${texto.replace(' ', 'T')}Z`);
  // Excel has doubles only; the CSV keeps the exact decimal.
  return Number(texto);
}

function hoja(
  libro: ExcelJS.Workbook,
  nombre: string,
  columnas: readonly Columna[],
  filas: readonly (readonly string[])[],
): ExcelJS.Worksheet {
  const ws = libro.addWorksheet(nombre, {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  ws.columns = columnas.map(({ titulo, ancho, tipo }) => ({
    header: titulo,
    width: ancho,
    style: tipo === undefined || tipo === 'texto' ? {} : { numFmt: FORMATO[tipo] },
  }));
  const cabecera = ws.getRow(1);
  cabecera.height = 22;
  cabecera.eachCell((celda) => {
    celda.font = { bold: true, color: { argb: BLANCO } };
    celda.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: NEGRO } };
    celda.alignment = { vertical: 'middle' };
  });
  ws.pageSetup.printTitlesRow = '1:1';
  for (const fila of filas) ws.addRow(fila.map((texto, lugar) => valor(texto, columnas[lugar]?.tipo)));
  ws.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1 + filas.length, column: columnas.length } };
  return ws;
}

function resumen(libro: ExcelJS.Workbook, acta: Acta): void {
  const { conteo, totales, huella } = acta;
  const zona = conteo.zonaHoraria;
  const ws = libro.addWorksheet('Resumen', { views: [{ showGridLines: false }] });
  ws.columns = [{ width: 34 }, { width: 70 }];
  const titulo = ws.addRow([`Acta de conteo ${nombreDelActa(acta)}`]);
  titulo.font = { bold: true, size: 18 };
  titulo.height = 28;
  const aviso =
    acta.borrador !== null
      ? `BORRADOR: el conteo no ha terminado. ${acta.borrador.faltas.join(' ')}`
      : conteo.estado === 'cancelado'
        ? `CANCELADO por ${conteo.cancelacion?.por ?? ''}: ${conteo.cancelacion?.motivo ?? ''}`
        : null;
  if (aviso !== null) ws.addRow([aviso]).font = { bold: true, color: { argb: 'FFA3140C' } };
  if (conteo.proposito === 'prueba') ws.addRow(['Conteo de prueba: se compara y no ajusta existencias.']);
  const seccion = (nombre: string) => {
    ws.addRow([]);
    const fila = ws.addRow([nombre, '']);
    fila.eachCell((celda) => {
      celda.font = { bold: true };
      celda.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: GRIS } };
    });
  };
  const dato = (rotulo: string, que: ExcelJS.CellValue, numFmt?: string) => {
    const fila = ws.addRow([rotulo, que]);
    const celda = fila.getCell(2);
    celda.alignment = { horizontal: 'left', wrapText: true, vertical: 'top' };
    if (numFmt !== undefined) celda.numFmt = numFmt;
  };
  const fecha = (iso: string | null) => {
    if (iso === null) return null;
    const ms = Date.parse(iso);
    return new Date(ms + desfaseDeZona(ms, zona) * 60_000);
  };

  seccion('Conteo');
  dato('Nombre', conteo.nombre);
  dato('Tienda', conteo.tienda);
  dato('Almacén', conteo.almacen);
  dato('Alcance', conteo.alcance);
  dato('Estado', ESTADO[conteo.estado] ?? conteo.estado);
  dato('Ciego', conteo.ciego ? 'Sí' : 'No');
  dato('Abierto', fecha(conteo.abiertoEn), FORMATO.fecha);
  dato(conteo.estado === 'cancelado' ? 'Cancelado' : 'Cerrado', fecha(conteo.terminadoEn), FORMATO.fecha);
  dato('Hora de', zona);

  seccion('A costo, en pesos sin IVA');
  dato('Faltante', Number(totales.faltante), FORMATO.pesos);
  dato('Sobrante', Number(totales.sobrante), FORMATO.pesos);
  dato('Neto', Number(totales.neto), FORMATO.pesos);
  dato('Bruto', Number(totales.bruto), FORMATO.pesos);
  dato('Con diferencia y sin costo (fuera de las sumas)', totales.sinCosto);

  seccion('Productos');
  dato('Contados', totales.productos);
  dato('Exactos', totales.exactos);
  dato('Con diferencia', totales.conDiferencia);
  dato('Sin base', totales.sinBase);
  dato('Por decidir', totales.porDecidir);
  dato('Sin contar', totales.sinContar);
  dato('Líneas que llegaron tarde', acta.tardias);

  seccion('Personas');
  for (const persona of acta.personas) dato(persona.nombre, papelDe(persona));
  for (const a of acta.aprobaciones) {
    dato(
      `Autorizó ${a.por}`,
      `${cuando(a.en, zona)}, ${plural(a.productos, 'producto', 'productos')}${a.motivo === null ? '' : `. Motivo: ${a.motivo}`}${a.avisos.map((aviso) => `. Aprobó aunque ${aviso}`).join('')}`,
    );
  }

  seccion('Huella de las líneas');
  dato('SHA-256', huella.valor);
  dato('Líneas', huella.lineas);
  dato('Recibidas hasta', fecha(huella.corte), FORMATO.fecha);
}

/** Fills the workbook of an acta. Runs in `armaLibro`'s process. */
export function arma(libro: ExcelJS.Workbook, acta: Acta): void {
  libro.title = `Acta de conteo ${nombreDelActa(acta)}`;
  libro.created = new Date(acta.generadaEn);
  resumen(libro, acta);
  const filas = filasProductos(acta);
  const productos = hoja(
    libro,
    'Productos',
    COLUMNAS_PRODUCTOS.map((columna) => PRODUCTOS[columna]),
    filas,
  );
  const columna = COLUMNAS_PRODUCTOS.indexOf('importe') + 1;
  const letra = productos.getColumn(columna).letter;
  const total = productos.addRow([]);
  total.getCell(3).value = 'Neto de lo que se ve';
  // SUBTOTAL follows the filter of the reader.
  total.getCell(columna).value = {
    formula: `SUBTOTAL(109,${letra}2:${letra}${filas.length + 1})`,
    result: Number(acta.totales.neto),
  };
  total.font = { bold: true };
  total.eachCell((celda) => {
    celda.border = { top: { style: 'thin' } };
  });
  hoja(
    libro,
    'Intentos',
    COLUMNAS_INTENTOS.map((nombre) => INTENTOS[nombre]),
    filasIntentos(acta),
  );
  hoja(libro, 'Líneas', LINEAS, filasLineas(acta));
}
