/** The ink of every document: black on white, hairlines, one grey for what is secondary, red for what lacks. */
export const TINTA = {
  negro: '#111111',
  gris: '#55595e',
  linea: '#c4c8cc',
  fondo: '#f1f2f3',
  rojo: '#a3140c',
};
export const LETRA = { normal: 'Helvetica', fuerte: 'Helvetica-Bold' };

/** Where a page may be written, in points from its upper left corner. */
export interface Hoja {
  readonly izquierda: number;
  readonly derecha: number;
  readonly arriba: number;
  readonly abajo: number;
}

export interface Marco {
  /** Upper left of each page, bold. */
  readonly titulo: string;
  /** Upper right of each page. */
  readonly referencia: string;
  /** Lower left of each page; "Página 2 de 9" stands on the right. */
  readonly pie: string;
  /** Across each page and in a band at its top: what this document is not yet. */
  readonly marca?: { readonly palabra: string; readonly frase: string } | undefined;
}

const LADO = 36;
const ARRIBA = 66;
const ABAJO = 46;

export function hojaDe(doc: PDFKit.PDFDocument): Hoja {
  return { izquierda: LADO, derecha: doc.page.width - LADO, arriba: ARRIBA, abajo: doc.page.height - ABAJO };
}

/** One line at (x, y) that neither wraps nor starts a page, as the margins' own text would. */
export function linea(doc: PDFKit.PDFDocument, texto: string, x: number, y: number): void {
  doc.text(texto, x, y, { lineBreak: false });
}

export function lineaDerecha(doc: PDFKit.PDFDocument, texto: string, derecha: number, y: number): void {
  linea(doc, texto, derecha - doc.widthOfString(texto), y);
}

/** The text, cut with "…" so that it takes no more than `ancho` in the present font. */
export function recorta(doc: PDFKit.PDFDocument, texto: string, ancho: number): string {
  if (doc.widthOfString(texto) <= ancho) return texto;
  const signos = [...texto];
  while (signos.length > 0 && doc.widthOfString(`${signos.join('')}…`) > ancho) signos.pop();
  return `${signos.join('').trimEnd()}…`;
}

/** A hairline from side to side. */
export function raya(doc: PDFKit.PDFDocument, hoja: Hoja, y: number, color: string = TINTA.linea): void {
  doc.moveTo(hoja.izquierda, y).lineTo(hoja.derecha, y).lineWidth(0.5).strokeColor(color).stroke();
}

function pintaMarca(doc: PDFKit.PDFDocument, hoja: Hoja, marca: NonNullable<Marco['marca']>): void {
  const { width, height } = doc.page;
  doc.save();
  doc.rotate(-52, { origin: [width / 2, height / 2] });
  doc.font(LETRA.fuerte).fontSize(104).fillColor(TINTA.negro).fillOpacity(0.06);
  const ancho = doc.widthOfString(marca.palabra);
  linea(doc, marca.palabra, (width - ancho) / 2, height / 2 - 52);
  doc.restore();
  doc.fillOpacity(1);
  doc.rect(0, 0, width, 18).fill(TINTA.rojo);
  doc.font(LETRA.fuerte).fontSize(8.5).fillColor('#ffffff');
  const frase = `${marca.palabra} · ${marca.frase}`;
  linea(doc, recorta(doc, frase, hoja.derecha - hoja.izquierda), hoja.izquierda, 5.5);
}

/** Writes the frame of every page. To be called last: only then is the number of pages known. */
export function enmarca(doc: PDFKit.PDFDocument, marco: Marco): void {
  const { start, count } = doc.bufferedPageRange();
  for (let numero = 0; numero < count; numero += 1) {
    doc.switchToPage(start + numero);
    const hoja = hojaDe(doc);
    if (marco.marca !== undefined) pintaMarca(doc, hoja, marco.marca);
    doc.font(LETRA.normal).fontSize(9).fillColor(TINTA.gris);
    lineaDerecha(doc, marco.referencia, hoja.derecha, 32);
    const resto = hoja.derecha - hoja.izquierda - doc.widthOfString(marco.referencia) - 12;
    doc.font(LETRA.fuerte).fillColor(TINTA.negro);
    linea(doc, recorta(doc, marco.titulo, resto), hoja.izquierda, 32);
    raya(doc, hoja, 48, TINTA.negro);
    const pie = hoja.abajo + 16;
    raya(doc, hoja, pie - 5);
    doc.font(LETRA.normal).fontSize(7.5).fillColor(TINTA.gris);
    const pagina = `Página ${numero + 1} de ${count}`;
    lineaDerecha(doc, pagina, hoja.derecha, pie);
    const libre = hoja.derecha - hoja.izquierda - doc.widthOfString(pagina) - 12;
    linea(doc, recorta(doc, marco.pie, libre), hoja.izquierda, pie);
  }
}
