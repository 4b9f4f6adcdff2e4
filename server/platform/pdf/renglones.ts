const anchos = new Map<string, Map<string, number>>();

/** Width of one sign at size 1; kept, because a long table asks for the same signs a million times. */
function anchoDe(doc: PDFKit.PDFDocument, letra: string, signo: string): number {
  let mapa = anchos.get(letra);
  if (mapa === undefined) {
    mapa = new Map();
    anchos.set(letra, mapa);
  }
  let ancho = mapa.get(signo);
  if (ancho === undefined) {
    ancho = doc.font(letra).fontSize(1000).widthOfString(signo) / 1000;
    mapa.set(signo, ancho);
  }
  return ancho;
}

/** Width of a text in points; kerning, which only narrows, is left out. */
export function mide(doc: PDFKit.PDFDocument, letra: string, cuerpo: number, texto: string): number {
  let ancho = 0;
  for (const signo of texto) ancho += anchoDe(doc, letra, signo);
  return ancho * cuerpo;
}

/** Pieces of a word that is wider than the column. */
function parte(
  doc: PDFKit.PDFDocument,
  letra: string,
  cuerpo: number,
  palabra: string,
  ancho: number,
): string[] {
  const piezas: string[] = [];
  let pieza = '';
  let largo = 0;
  for (const signo of palabra) {
    const suyo = anchoDe(doc, letra, signo) * cuerpo;
    if (pieza !== '' && largo + suyo > ancho) {
      piezas.push(pieza);
      pieza = '';
      largo = 0;
    }
    pieza += signo;
    largo += suyo;
  }
  piezas.push(pieza);
  return piezas;
}

/** The lines that a text takes in `ancho` points: broken at spaces, and inside a word only where it must be. */
export function renglones(
  doc: PDFKit.PDFDocument,
  letra: string,
  cuerpo: number,
  texto: string,
  ancho: number,
): string[] {
  const salida: string[] = [];
  for (const parrafo of texto.split('\n')) {
    if (mide(doc, letra, cuerpo, parrafo) <= ancho) {
      salida.push(parrafo);
      continue;
    }
    let renglon = '';
    for (const palabra of parrafo.split(' ')) {
      const junto = renglon === '' ? palabra : `${renglon} ${palabra}`;
      if (mide(doc, letra, cuerpo, junto) <= ancho) {
        renglon = junto;
        continue;
      }
      if (renglon !== '') salida.push(renglon);
      const piezas = parte(doc, letra, cuerpo, palabra, ancho);
      salida.push(...piezas.slice(0, -1));
      renglon = piezas.at(-1) ?? '';
    }
    salida.push(renglon);
  }
  return salida;
}
