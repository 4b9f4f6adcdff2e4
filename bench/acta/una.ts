/** One document in a process of its own: `node una.ts MODE acta.json`. Prints ms, bytes, pages and peak memory as JSON. */
import { readFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import PDFDocument from 'pdfkit';
import { COLUMNAS_PRODUCTOS, csvDelActa, filasProductos } from '#server/conteos/acta/csv-acta.ts';
import {
  costoVisto,
  detallesDe,
  dinero,
  teoricoVisto,
  visto,
} from '#server/conteos/acta/detalle-producto.ts';
import type { Acta } from '#server/conteos/acta/forma.ts';
import { decisionVista } from '#server/conteos/acta/palabras.ts';
import { dibuja } from '#server/conteos/acta/pdf-acta.ts';
import { arma } from '#server/conteos/acta/xlsx-acta.ts';
import { paraPdf } from '#server/platform/pdf/texto-pdf.ts';

const [, , modo, archivo] = process.argv;
const acta = JSON.parse(readFileSync(archivo!, 'utf8')) as Acta;

async function pdf(pinta: (doc: PDFKit.PDFDocument) => void) {
  const doc = new PDFDocument({ size: 'LETTER', margin: 36, bufferPages: true });
  const parts: Buffer[] = [];
  doc.on('data', (part: Buffer) => parts.push(part));
  const fin = new Promise((resolve) => doc.on('end', resolve));
  pinta(doc);
  const paginas = doc.bufferedPageRange().count;
  doc.end();
  await fin;
  return { bytes: parts.reduce((suma, { length }) => suma + length, 0), paginas };
}

/** The same rows through pdfkit's own table. */
function conTablaDePdfkit(doc: PDFKit.PDFDocument): void {
  const zona = acta.conteo.zonaHoraria;
  doc.fontSize(8);
  doc.table({
    columnStyles: [186, 58, 54, 56, 56, 64, 66],
    data: acta.productos.map((p) =>
      [
        [p.codigo, p.nombre, ...detallesDe(p, zona)].join('\n'),
        teoricoVisto(p),
        visto(p.contado),
        p.variacion === null ? '—' : visto(p.variacion, true),
        p.costoUnitario === null ? 'sin costo' : costoVisto(p.costoUnitario),
        p.valor === null ? '—' : dinero(p.valor, true),
        decisionVista(p, acta.conteo.estado),
      ].map(paraPdf),
    ),
  });
}

async function libro(llena: (wb: ExcelJS.Workbook) => void) {
  const wb = new ExcelJS.Workbook();
  llena(wb);
  return { bytes: (await wb.xlsx.writeBuffer()).byteLength, paginas: wb.worksheets.length };
}

const MODOS: Record<string, () => Promise<{ bytes: number; paginas: number }>> = {
  pdf: () =>
    pdf((doc) =>
      dibuja(doc, {
        acta,
        enlace: `https://ejemplo.mx/conteos/${acta.conteo.id}/acta?h=${acta.huella.valor}`,
      }),
    ),
  pdfkit: () => pdf(conTablaDePdfkit),
  xlsx: () => libro((wb) => arma(wb, acta)),
  // One sheet of texts, without styles: the least that a workbook of these rows can be.
  exceljs: () =>
    libro((wb) => {
      const ws = wb.addWorksheet('Productos');
      ws.addRow([...COLUMNAS_PRODUCTOS]);
      for (const fila of filasProductos(acta)) ws.addRow(fila);
    }),
  csv: async () => ({ bytes: Buffer.byteLength(csvDelActa(acta, 'productos')), paginas: 1 }),
};

const antes = performance.now();
const cpu = process.cpuUsage();
const hecho = await MODOS[modo!]!();
console.log(
  JSON.stringify({
    ms: performance.now() - antes,
    // On a busy machine this is the figure to compare.
    cpuMs: (process.cpuUsage(cpu).user + process.cpuUsage(cpu).system) / 1000,
    ...hecho,
    // Kilobytes on Linux.
    memoriaMb: process.resourceUsage().maxRSS / 1024,
  }),
);
