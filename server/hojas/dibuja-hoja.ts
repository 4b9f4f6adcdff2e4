import { enmarca, type Hoja, hojaDe, LETRA, linea, recorta, TINTA } from '#server/platform/pdf/hoja.ts';
import { dibujaQr } from '#server/platform/pdf/qr.ts';
import { mide, renglones } from '#server/platform/pdf/renglones.ts';
import { LUGARES_POR_PAGINA, type PiezaHoja } from '#shared/domain/hoja-conteo.ts';
import { nombreUnidad } from '#shared/formato.ts';
import type { HojaImpresa, PaginaImpresa } from './hoja.ts';

type Doc = PDFKit.PDFDocument;

const QR = 66;
const ALTO_TITULOS = 15;
const PIE = 'Hoja ciega: no trae existencias. Escribe 0 si no hay; deja vacío lo que no contaste.';

/** Widths in points; together those of the page. `mano`: to be written in. */
const COLUMNAS = [
  { clave: 'renglon', titulo: 'Reng.', ancho: 32, mano: false },
  { clave: 'codigo', titulo: 'Código', ancho: 96, mano: false },
  { clave: 'producto', titulo: 'Producto', ancho: 180, mano: false },
  { clave: 'unidad', titulo: 'Unidad', ancho: 44, mano: false },
  { clave: 'cajas', titulo: 'Cajas', ancho: 48, mano: true },
  { clave: 'factor', titulo: '× de', ancho: 32, mano: true },
  { clave: 'piezas', titulo: '+ Piezas', ancho: 60, mano: true },
  { clave: 'nota', titulo: 'Nota', ancho: 48, mano: true },
] as const;

function escribe(doc: Doc, letra: string, cuerpo: number, texto: string, x: number, y: number): void {
  doc.font(letra).fontSize(cuerpo).fillColor(TINTA.negro);
  linea(doc, texto, x, y);
}

/** A word and a line to write on after it. Returns the x after the line. */
function campo(doc: Doc, texto: string, x: number, y: number, ancho: number): number {
  escribe(doc, LETRA.fuerte, 9, texto, x, y);
  const desde = x + mide(doc, LETRA.fuerte, 9, texto) + 4;
  doc
    .moveTo(desde, y + 10)
    .lineTo(x + ancho, y + 10)
    .lineWidth(0.7)
    .strokeColor(TINTA.negro)
    .stroke();
  return x + ancho + 12;
}

/** Who, when, and the page's own mark: pages part from each other on a shop floor, so each has all of it. */
function encabeza(doc: Doc, hoja: Hoja, impresa: HojaImpresa, pagina: PaginaImpresa): number {
  const y = 58;
  const derecha = hoja.derecha - QR;
  dibujaQr(doc, pagina.qr, derecha, 50, QR);
  const marca = `Página ${pagina.numero} · clave ${pagina.clave}`;
  escribe(doc, LETRA.fuerte, 10, marca, derecha - mide(doc, LETRA.fuerte, 10, marca) - 6, y);
  doc.font(LETRA.normal).fontSize(9).fillColor(TINTA.gris);
  const lugar = impresa.intento > 1 ? `${impresa.lugar} · recuento ${impresa.intento}` : impresa.lugar;
  linea(doc, recorta(doc, lugar, 300), hoja.izquierda, y);
  const trasContó = campo(doc, 'Contó', hoja.izquierda, y + 23, 250);
  campo(doc, 'Firma', trasContó, y + 23, derecha - 14 - trasContó);
  const trasFecha = campo(doc, 'Fecha', hoja.izquierda, y + 45, 140);
  const trasEmpezo = campo(doc, 'Empezó a las', trasFecha, y + 45, 146);
  campo(doc, 'Terminó a las', trasEmpezo, y + 45, derecha - 14 - trasEmpezo);
  return y + 64;
}

function titulos(doc: Doc, hoja: Hoja, y: number): void {
  let x: number = hoja.izquierda;
  doc.rect(hoja.izquierda, y, hoja.derecha - hoja.izquierda, ALTO_TITULOS).fill(TINTA.negro);
  for (const { titulo, ancho } of COLUMNAS) {
    doc.font(LETRA.fuerte).fontSize(8).fillColor('#ffffff');
    linea(doc, titulo, x + 3, y + 4);
    x += ancho;
  }
}

function banda(doc: Doc, hoja: Hoja, y: number, alto: number, texto: string, detalle: string): void {
  doc.rect(hoja.izquierda, y, hoja.derecha - hoja.izquierda, alto).fill(TINTA.fondo);
  escribe(doc, LETRA.fuerte, 13, texto, hoja.izquierda + 4, y + alto / 2 - 5);
  const x = hoja.izquierda + 4 + mide(doc, LETRA.fuerte, 13, texto) + 8;
  doc.font(LETRA.normal).fontSize(9).fillColor(TINTA.gris);
  linea(doc, detalle, x, y + alto / 2 - 2.5);
}

/** Text in at most two lines inside the cell, the second cut. */
function enCelda(
  doc: Doc,
  letra: string,
  texto: string,
  x: number,
  y: number,
  ancho: number,
  alto: number,
): void {
  const cuerpo = 8;
  const lineas = renglones(doc, letra, cuerpo, texto, ancho - 6);
  const vistas = lineas.length > 2 ? [lineas[0]!, lineas.slice(1).join(' ')] : lineas;
  const arriba = y + (alto - vistas.length * cuerpo * 1.15) / 2;
  vistas.forEach((una, i) => {
    doc.font(letra).fontSize(cuerpo).fillColor(TINTA.negro);
    linea(doc, recorta(doc, una, ancho - 6), x + 3, arriba + i * cuerpo * 1.15);
  });
}

function renglon(
  doc: Doc,
  hoja: Hoja,
  impresa: HojaImpresa,
  pieza: Extract<PiezaHoja, { tipo: 'renglon' }>,
  y: number,
  alto: number,
): void {
  const producto = pieza.productoId === null ? undefined : impresa.productos.get(pieza.productoId);
  const textos: Partial<Record<(typeof COLUMNAS)[number]['clave'], string>> = {
    renglon: String(pieza.renglon),
    ...(producto === undefined
      ? {}
      : {
          codigo: producto.codigo,
          producto: producto.nombre,
          unidad: nombreUnidad(producto.unidad, 200_000n),
          ...(producto.factor === null ? {} : { factor: producto.factor }),
        }),
  };
  let x: number = hoja.izquierda;
  for (const { clave, ancho, mano } of COLUMNAS) {
    doc
      .rect(x, y, ancho, alto)
      .lineWidth(mano ? 0.8 : 0.4)
      .strokeColor(mano ? TINTA.negro : TINTA.linea)
      .stroke();
    const fuerte = clave === 'renglon' || clave === 'codigo';
    enCelda(doc, fuerte ? LETRA.fuerte : LETRA.normal, textos[clave] ?? '', x, y, ancho, alto);
    x += ancho;
  }
}

export function dibuja(doc: Doc, impresa: HojaImpresa): void {
  impresa.paginas.forEach((pagina, i) => {
    if (i > 0) doc.addPage();
    const hoja = hojaDe(doc);
    const y = encabeza(doc, hoja, impresa, pagina);
    titulos(doc, hoja, y);
    const alto = (hoja.abajo - y - ALTO_TITULOS) / LUGARES_POR_PAGINA;
    pagina.piezas.forEach((pieza, lugar) => {
      const en = y + ALTO_TITULOS + lugar * alto;
      if (pieza.tipo === 'renglon') renglon(doc, hoja, impresa, pieza, en, alto);
      else if (pieza.tipo === 'otros')
        banda(
          doc,
          hoja,
          en,
          alto,
          'Otros',
          'lo que no está en la lista: escribe el código que trae y qué es',
        );
      else {
        const ubicacion = pieza.ubicacionId === null ? undefined : impresa.ubicaciones.get(pieza.ubicacionId);
        const detalle = [
          ubicacion !== undefined && ubicacion.zona !== '' ? `Zona ${ubicacion.zona}` : '',
          pieza.sigue ? 'sigue' : '',
        ];
        banda(
          doc,
          hoja,
          en,
          alto,
          ubicacion?.codigo ?? 'Sin ubicación conocida',
          detalle.filter(Boolean).join(' · '),
        );
      }
    });
  });
  enmarca(doc, { titulo: `Hoja de conteo · ${impresa.titulo}`, referencia: impresa.folio, pie: PIE });
}
