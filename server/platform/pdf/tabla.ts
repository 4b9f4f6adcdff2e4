import { type Hoja, hojaDe, LETRA, linea, TINTA } from './hoja.ts';
import { mide, renglones } from './renglones.ts';

export interface Columna {
  readonly titulo: string;
  /** Points; all of them together are the table's width. */
  readonly ancho: number;
  /** Quantities and money stand on the right. */
  readonly derecha?: boolean | undefined;
}

export interface Parte {
  readonly texto: string;
  readonly fuerte?: boolean | undefined;
  readonly rojo?: boolean | undefined;
  /** Smaller and grey. */
  readonly chico?: boolean | undefined;
}

/** One text, or several below each other. */
export type Celda = string | Parte | readonly Parte[];

export interface Tabla {
  readonly columnas: readonly Columna[];
  readonly filas: Iterable<readonly Celda[]>;
  /** Size of the letters; 8 unless told. */
  readonly cuerpo?: number | undefined;
}

interface Renglon {
  readonly texto: string;
  readonly letra: string;
  readonly cuerpo: number;
  readonly color: string;
}

const HUECO = 4;
const AIRE = 3.5;

function renglonesDe(doc: PDFKit.PDFDocument, celda: Celda, ancho: number, cuerpo: number): Renglon[] {
  const partes: readonly Parte[] =
    typeof celda === 'string' ? [{ texto: celda }] : 'texto' in celda ? [celda] : celda;
  return partes.flatMap(({ texto, fuerte, rojo, chico }) => {
    const letra = fuerte ? LETRA.fuerte : LETRA.normal;
    const suyo = chico ? cuerpo - 1 : cuerpo;
    const color = rojo ? TINTA.rojo : chico ? TINTA.gris : TINTA.negro;
    return renglones(doc, letra, suyo, texto, ancho).map((uno) => ({
      texto: uno,
      letra,
      cuerpo: suyo,
      color,
    }));
  });
}

/**
 * Draws the table from `y` down, over as many pages as it takes, with its headings on each. A row stays on one
 * page unless it is taller than a page. Returns the y below it. The columns start at the page's left margin.
 */
export function dibujaTabla(doc: PDFKit.PDFDocument, tabla: Tabla, desde: number): number {
  const cuerpo = tabla.cuerpo ?? 8;
  const alto = cuerpo * 1.25;
  let hoja: Hoja = hojaDe(doc);
  const ancho = tabla.columnas.reduce((suma, columna) => suma + columna.ancho, 0);

  function pinta(columnas: readonly (readonly Renglon[])[], y: number, de: number, hasta: number): void {
    let x = hoja.izquierda;
    tabla.columnas.forEach((columna, indice) => {
      (columnas[indice] ?? []).slice(de, hasta).forEach(({ texto, letra, cuerpo: tam, color }, renglon) => {
        if (texto === '') return;
        const largo = columna.derecha ? mide(doc, letra, tam, texto) : 0;
        doc.font(letra).fontSize(tam).fillColor(color);
        const izquierda = columna.derecha ? x + columna.ancho - HUECO - largo : x + HUECO;
        linea(doc, texto, izquierda, y + renglon * alto);
      });
      x += columna.ancho;
    });
  }

  const titulos = tabla.columnas.map((columna) =>
    renglonesDe(doc, { texto: columna.titulo, fuerte: true }, columna.ancho - 2 * HUECO, cuerpo - 0.5),
  );
  const altoTitulos = Math.max(...titulos.map(({ length }) => length)) * alto + 2 * AIRE;

  function encabeza(y: number): number {
    doc.rect(hoja.izquierda, y, ancho, altoTitulos).fill(TINTA.fondo);
    pinta(titulos, y + AIRE + 1.5, 0, Number.MAX_SAFE_INTEGER);
    return y + altoTitulos;
  }

  function otraPagina(): number {
    doc.addPage();
    hoja = hojaDe(doc);
    return encabeza(hoja.arriba);
  }

  // Headings alone at the foot of a page say nothing.
  let y = desde + altoTitulos + 3 * alto > hoja.abajo ? otraPagina() : encabeza(desde);
  for (const fila of tabla.filas) {
    const celdas = tabla.columnas.map((columna, indice) =>
      renglonesDe(doc, fila[indice] ?? '', columna.ancho - 2 * HUECO, cuerpo),
    );
    const cuantos = Math.max(1, ...celdas.map(({ length }) => length));
    const entera = hoja.abajo - hoja.arriba - altoTitulos;
    if (y + cuantos * alto + 2 * AIRE > hoja.abajo && cuantos * alto + 2 * AIRE <= entera) y = otraPagina();
    for (let hecho = 0; hecho < cuantos; ) {
      let caben = Math.floor((hoja.abajo - y - 2 * AIRE) / alto);
      if (caben < 1) {
        y = otraPagina();
        caben = Math.floor((hoja.abajo - y - 2 * AIRE) / alto);
      }
      const hasta = Math.min(cuantos, hecho + caben);
      pinta(celdas, y + AIRE + 1, hecho, hasta);
      y += (hasta - hecho) * alto + 2 * AIRE;
      hecho = hasta;
    }
    doc
      .moveTo(hoja.izquierda, y)
      .lineTo(hoja.izquierda + ancho, y)
      .lineWidth(0.4)
      .strokeColor(TINTA.linea)
      .stroke();
  }
  return y;
}
