import { hojaDe, LETRA, linea, TINTA } from './hoja.ts';
import { renglones } from './renglones.ts';

/** `y`, or the top of a new page when `alto` points don't fit below it. */
export function hazLugar(doc: PDFKit.PDFDocument, y: number, alto: number): number {
  const hoja = hojaDe(doc);
  if (y + alto <= hoja.abajo) return y;
  doc.addPage();
  return hoja.arriba;
}

/** Heading of a section, kept together with the `sigue` points that follow. Returns the y below. */
export function dibujaTitulo(doc: PDFKit.PDFDocument, texto: string, desde: number, sigue = 60): number {
  const y = hazLugar(doc, desde + 14, 18 + sigue);
  doc.font(LETRA.fuerte).fontSize(11).fillColor(TINTA.negro);
  linea(doc, texto, hojaDe(doc).izquierda, y);
  return y + 17;
}

/** Text over the whole width (or `ancho` from `x`), over several pages if it must. Returns the y below. */
export function dibujaParrafo(
  doc: PDFKit.PDFDocument,
  texto: string,
  desde: number,
  opciones: {
    x?: number;
    ancho?: number;
    cuerpo?: number;
    color?: string;
    fuerte?: boolean;
    letra?: string;
  } = {},
): number {
  const hoja = hojaDe(doc);
  const { x = hoja.izquierda, cuerpo = 8.5, color = TINTA.negro } = opciones;
  const letra = opciones.letra ?? (opciones.fuerte ? LETRA.fuerte : LETRA.normal);
  const alto = cuerpo * 1.3;
  let y = desde;
  for (const renglon of renglones(doc, letra, cuerpo, texto, opciones.ancho ?? hoja.derecha - x)) {
    y = hazLugar(doc, y, alto);
    doc.font(letra).fontSize(cuerpo).fillColor(color);
    if (renglon !== '') linea(doc, renglon, x, y);
    y += alto;
  }
  return y;
}

const ROTULO = 88;
const HUECO = 14;

/** Pairs of label and value in two columns, in reading order. Returns the y below. */
export function dibujaDatos(
  doc: PDFKit.PDFDocument,
  pares: readonly (readonly [rotulo: string, valor: string])[],
  desde: number,
): number {
  const hoja = hojaDe(doc);
  const ancho = (hoja.derecha - hoja.izquierda - HUECO) / 2;
  const cuerpo = 8.5;
  const alto = cuerpo * 1.3;
  let y = desde;
  for (let par = 0; par < pares.length; par += 2) {
    const fila = pares.slice(par, par + 2).map(([rotulo, valor]) => ({
      rotulo,
      valores: renglones(doc, LETRA.normal, cuerpo, valor, ancho - ROTULO),
    }));
    const mas = Math.max(...fila.map(({ valores }) => valores.length));
    y = hazLugar(doc, y, mas * alto);
    fila.forEach(({ rotulo, valores }, lado) => {
      const x = hoja.izquierda + lado * (ancho + HUECO);
      doc.font(LETRA.normal).fontSize(cuerpo).fillColor(TINTA.gris);
      linea(doc, rotulo, x, y);
      doc.fillColor(TINTA.negro);
      valores.forEach((valor, renglon) => {
        if (valor !== '') linea(doc, valor, x + ROTULO, y + renglon * alto);
      });
    });
    y += mas * alto + 2.5;
  }
  return y;
}

/** Figures in boxes beside each other over the whole width: the heroes of the page. Returns the y below. */
export function dibujaCifras(
  doc: PDFKit.PDFDocument,
  cifras: readonly { readonly rotulo: string; readonly valor: string; readonly nota: string }[],
  desde: number,
): number {
  const hoja = hojaDe(doc);
  const hueco = 8;
  const ancho = (hoja.derecha - hoja.izquierda - hueco * (cifras.length - 1)) / cifras.length;
  const alto = 54;
  const y = hazLugar(doc, desde, alto);
  cifras.forEach(({ rotulo, valor, nota }, lugar) => {
    const x = hoja.izquierda + lugar * (ancho + hueco);
    doc.rect(x, y, ancho, alto).lineWidth(0.8).strokeColor(TINTA.negro).stroke();
    doc.font(LETRA.normal).fontSize(8).fillColor(TINTA.gris);
    linea(doc, rotulo, x + 8, y + 7);
    let cuerpo = 16;
    while (cuerpo > 8 && doc.font(LETRA.fuerte).fontSize(cuerpo).widthOfString(valor) > ancho - 16) {
      cuerpo -= 0.5;
    }
    doc.fillColor(TINTA.negro);
    linea(doc, valor, x + 8, y + 19 + (16 - cuerpo) / 2);
    doc.font(LETRA.normal).fontSize(7).fillColor(TINTA.gris);
    linea(doc, nota, x + 8, y + 40);
  });
  return y + alto;
}
