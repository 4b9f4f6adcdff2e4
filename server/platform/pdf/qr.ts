import QRCode from 'qrcode';

/** Quiet zone that readers need, in modules. */
const MARGEN = 4;

/** A QR as filled squares of `lado` points with its quiet zone; vectors, so it prints sharp at any size. */
export function dibujaQr(doc: PDFKit.PDFDocument, texto: string, x: number, y: number, lado: number): void {
  const { modules } = QRCode.create(texto, { errorCorrectionLevel: 'M' });
  const modulo = lado / (modules.size + 2 * MARGEN);
  doc.fillColor('#000000');
  for (let fila = 0; fila < modules.size; fila += 1) {
    for (let columna = 0; columna < modules.size; columna += 1) {
      if (modules.get(fila, columna) === 0) continue;
      // A run in one rectangle: hairlines between neighbours would show on some printers.
      let hasta = columna + 1;
      while (hasta < modules.size && modules.get(fila, hasta) !== 0) hasta += 1;
      doc.rect(
        x + (MARGEN + columna) * modulo,
        y + (MARGEN + fila) * modulo,
        (hasta - columna) * modulo,
        modulo,
      );
      columna = hasta;
    }
  }
  doc.fill();
}
