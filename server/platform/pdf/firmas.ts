import { hojaDe, LETRA, linea, recorta, TINTA } from './hoja.ts';

export interface Firma {
  /** "Contó", "Autorizó", "Testigo". */
  readonly papel: string;
  /** Empty for who writes the name by hand. */
  readonly nombre: string;
  readonly detalle?: string | undefined;
}

const POR_RENGLON = 3;
const ALTO = 74;
const HUECO = 18;

/** A line to sign on for each person, three beside each other, never cut by the end of a page. Returns the y below. */
export function dibujaFirmas(doc: PDFKit.PDFDocument, firmas: readonly Firma[], desde: number): number {
  let y = desde;
  let hoja = hojaDe(doc);
  for (let de = 0; de < firmas.length; de += POR_RENGLON) {
    if (y + ALTO > hoja.abajo) {
      doc.addPage();
      hoja = hojaDe(doc);
      y = hoja.arriba;
    }
    const ancho = (hoja.derecha - hoja.izquierda - (POR_RENGLON - 1) * HUECO) / POR_RENGLON;
    firmas.slice(de, de + POR_RENGLON).forEach((firma, lugar) => {
      const x = hoja.izquierda + lugar * (ancho + HUECO);
      const base = y + 38;
      doc
        .moveTo(x, base)
        .lineTo(x + ancho, base)
        .lineWidth(0.8)
        .strokeColor(TINTA.negro)
        .stroke();
      doc.font(LETRA.fuerte).fontSize(8.5).fillColor(TINTA.negro);
      linea(doc, recorta(doc, firma.nombre === '' ? 'Nombre:' : firma.nombre, ancho), x, base + 4);
      doc.font(LETRA.normal).fontSize(7.5).fillColor(TINTA.gris);
      linea(doc, recorta(doc, firma.papel, ancho), x, base + 15);
      if (firma.detalle !== undefined) linea(doc, recorta(doc, firma.detalle, ancho), x, base + 24.5);
    });
    y += ALTO;
  }
  return y;
}
