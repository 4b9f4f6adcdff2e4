import PDFDocument from 'pdfkit';
import { replyWith } from '../job-reply.ts';
import type { EntradaPinta } from './pinta.ts';
import { paraPdf } from './texto-pdf.ts';

interface Modulo {
  readonly dibuja: (doc: PDFKit.PDFDocument, datos: unknown) => void | Promise<void>;
  readonly opcionesPdf?: PDFKit.PDFDocumentOptions;
}

/** Whatever a drawing writes or measures goes through `paraPdf`, so no drawing has to remember it. */
function foldText(doc: PDFKit.PDFDocument): void {
  const text = doc.text.bind(doc) as (text: string, ...rest: unknown[]) => PDFKit.PDFDocument;
  const width = doc.widthOfString.bind(doc);
  const height = doc.heightOfString.bind(doc);
  doc.text = ((value: unknown, ...rest: unknown[]) =>
    text(paraPdf(String(value)), ...rest)) as typeof doc.text;
  doc.widthOfString = (value, options) => width(paraPdf(value), options);
  doc.heightOfString = (value, options) => height(paraPdf(value), options);
}

async function pinta(entrada: EntradaPinta): Promise<Uint8Array> {
  const { dibuja, opcionesPdf = {} } = (await import(entrada.modulo)) as Modulo;
  const doc = new PDFDocument({
    size: 'LETTER',
    margin: 36,
    bufferPages: true,
    lang: 'es-MX',
    displayTitle: true,
    ...opcionesPdf,
    info: {
      ...opcionesPdf.info,
      Title: entrada.titulo,
      Author: 'DevCompras',
      Creator: 'DevCompras',
      CreationDate: entrada.creado,
      ModDate: entrada.creado,
    },
  });
  foldText(doc);
  const parts: Buffer[] = [];
  const end = new Promise<void>((resolve, reject) => {
    doc.on('data', (part: Buffer) => parts.push(part));
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  await dibuja(doc, entrada.datos);
  doc.end();
  await end;
  return Buffer.concat(parts);
}

replyWith(pinta);
