import { LETRA, linea, TINTA } from '#server/platform/pdf/hoja.ts';
import { dibujaQr } from '#server/platform/pdf/qr.ts';
import { mide } from '#server/platform/pdf/renglones.ts';
import {
  type ClaveFormato,
  enDosLineas,
  FORMATOS_ETIQUETA,
  type FormatoEtiqueta,
  lugarEtiqueta,
  MARGEN_MODULOS,
  moduloQueCabe,
} from '#shared/domain/etiqueta.ts';
import { anchosDeBarras } from './barras.ts';
import type { Etiqueta } from './etiquetas.ts';

export interface DatosEtiquetas {
  readonly etiquetas: readonly Etiqueta[];
  readonly formato: ClaveFormato;
  readonly copias: number;
  readonly desde: number;
}

export const opcionesPdf: PDFKit.PDFDocumentOptions = { autoFirstPage: false, margin: 0 };

type Doc = PDFKit.PDFDocument;
interface Caja {
  readonly x: number;
  readonly y: number;
  readonly ancho: number;
  readonly alto: number;
}

/** White space inside the label's edge: printers and die cuts are off by a millimetre. */
const AIRE = 5;

/** Largest size, of at most `tope`, at which the text fits in one line. */
function cuerpoQueCabe(doc: Doc, letra: string, texto: string, ancho: number, tope: number): number {
  const largo = mide(doc, letra, 1, texto);
  return largo === 0 ? tope : Math.min(tope, ancho / largo);
}

function escribe(doc: Doc, letra: string, cuerpo: number, texto: string, x: number, y: number): void {
  doc.font(letra).fontSize(cuerpo).fillColor('#000000');
  linea(doc, texto, x, y);
}

function recortado(doc: Doc, letra: string, cuerpo: number, texto: string, ancho: number): string {
  if (mide(doc, letra, cuerpo, texto) <= ancho) return texto;
  const signos = [...texto];
  while (signos.length > 0 && mide(doc, letra, cuerpo, `${signos.join('')}…`) > ancho) signos.pop();
  return `${signos.join('')}…`;
}

function renglonesNombre(doc: Doc, etiqueta: Etiqueta, cuerpo: number, ancho: number): string[] {
  return enDosLineas(etiqueta.texto, ancho, (texto) => mide(doc, LETRA.normal, cuerpo, texto));
}

/** Bars across the box, in its middle. False when not even the narrowest reliable ones fit. */
function dibujaBarras(doc: Doc, formato: FormatoEtiqueta, etiqueta: Etiqueta, caja: Caja): boolean {
  if (etiqueta.simbolo === 'qr') return false;
  const anchos = anchosDeBarras(etiqueta.simbolo, etiqueta.barras);
  const margen = MARGEN_MODULOS[etiqueta.simbolo];
  const barras = anchos.reduce((suma, ancho) => suma + ancho, 0);
  const modulo = moduloQueCabe(formato, barras + 2 * margen, caja.ancho);
  if (modulo === null) return false;
  const todo = barras * modulo;
  // The first bar begins on a whole dot of the printer, and so do all the others.
  const izquierda = caja.x + (caja.ancho - todo) / 2;
  const x = Math.round(izquierda / formato.punto) * formato.punto;
  // Bearer bars: a reading that leaves the symbol above or below gives nothing instead of a shorter code.
  const grueso = etiqueta.simbolo === 'itf14' ? 2 * modulo : 0;
  let en = x;
  anchos.forEach((ancho, i) => {
    if (i % 2 === 0) doc.rect(en, caja.y + grueso, ancho * modulo, caja.alto - 2 * grueso);
    en += ancho * modulo;
  });
  if (grueso > 0) {
    const ala = 4 * modulo;
    doc.rect(x - ala, caja.y, todo + 2 * ala, grueso);
    doc.rect(x - ala, caja.y + caja.alto - grueso, todo + 2 * ala, grueso);
  }
  doc.fill('#000000');
  return true;
}

/** QR on the left, text beside it: for what no row of bars can hold at this size. */
function dibujaConQr(doc: Doc, etiqueta: Etiqueta, caja: Caja, grande: number, chico: number): void {
  const lado = Math.min(caja.alto, caja.ancho * 0.45);
  dibujaQr(doc, etiqueta.barras, caja.x, caja.y + (caja.alto - lado) / 2, lado);
  const x = caja.x + lado + 3;
  const ancho = caja.x + caja.ancho - x;
  let y = caja.y + 3;
  // In one line as large as it fits; a long code rather in two lines than too small to be read.
  const enUna = cuerpoQueCabe(doc, LETRA.fuerte, etiqueta.codigo, ancho, grande);
  const cuerpo = enUna > grande * 0.6 ? enUna : Math.max(chico, Math.min(grande * 0.7, enUna * 1.7));
  const renglones =
    mide(doc, LETRA.fuerte, cuerpo, etiqueta.codigo) <= ancho
      ? [etiqueta.codigo]
      : enDosLineas(etiqueta.codigo, ancho, (texto) => mide(doc, LETRA.fuerte, cuerpo, texto));
  for (const texto of renglones) {
    escribe(doc, LETRA.fuerte, cuerpo, texto, x, y);
    y += cuerpo * 1.15;
  }
  y += 1;
  for (const texto of renglonesNombre(doc, etiqueta, chico, ancho)) {
    escribe(doc, LETRA.normal, chico, texto, x, y);
    y += chico * 1.15;
  }
  const pie = [etiqueta.detalle, etiqueta.precio ?? ''].filter(Boolean).join(' · ');
  if (pie !== '' && y + chico <= caja.y + caja.alto)
    escribe(doc, LETRA.fuerte, chico, recortado(doc, LETRA.fuerte, chico, pie, ancho), x, y);
}

function dibujaProducto(doc: Doc, formato: FormatoEtiqueta, etiqueta: Etiqueta, caja: Caja): void {
  const chico = Math.min(11, Math.max(6.5, caja.alto * 0.1));
  const grande = Math.min(22, caja.alto * 0.2);
  const nombre = renglonesNombre(doc, etiqueta, chico, caja.ancho);
  const numero = etiqueta.barras === etiqueta.codigo ? '' : etiqueta.barras;
  // From below: the product's code in large print with its price, above it the number under the bars.
  const precio = etiqueta.precio ?? etiqueta.detalle;
  const cuerpoPrecio = Math.min(
    grande * 0.8,
    cuerpoQueCabe(doc, LETRA.fuerte, precio, caja.ancho * 0.45, grande * 0.8),
  );
  const anchoPrecio = precio === '' ? 0 : mide(doc, LETRA.fuerte, cuerpoPrecio, precio) + 6;
  const cuerpo = Math.max(
    chico,
    cuerpoQueCabe(doc, LETRA.fuerte, etiqueta.codigo, caja.ancho - anchoPrecio, grande),
  );
  const abajo = caja.y + caja.alto;
  const yCodigo = abajo - cuerpo * 0.95;
  const yBarras = caja.y + nombre.length * chico * 1.15 + 3;
  const altoNumero = numero === '' ? 1 : chico * 1.2;
  const alto = yCodigo - altoNumero - 2 - yBarras;
  if (!dibujaBarras(doc, formato, etiqueta, { x: caja.x, y: yBarras, ancho: caja.ancho, alto })) {
    dibujaConQr(doc, etiqueta, caja, grande, chico);
    return;
  }
  nombre.forEach((texto, i) => {
    escribe(doc, LETRA.normal, chico, texto, caja.x, caja.y + i * chico * 1.15);
  });
  if (numero !== '') {
    const ancho = mide(doc, LETRA.normal, chico, numero);
    escribe(doc, LETRA.normal, chico, numero, caja.x + (caja.ancho - ancho) / 2, yBarras + alto + 2);
  }
  const texto = recortado(doc, LETRA.fuerte, cuerpo, etiqueta.codigo, caja.ancho - anchoPrecio);
  escribe(doc, LETRA.fuerte, cuerpo, texto, caja.x, yCodigo);
  if (precio !== '')
    escribe(
      doc,
      LETRA.fuerte,
      cuerpoPrecio,
      precio,
      caja.x + caja.ancho - anchoPrecio + 6,
      abajo - cuerpoPrecio * 0.95,
    );
}

/** A bin is read from the aisle: its code as large as the label lets it be, bars below. */
function dibujaUbicacion(doc: Doc, formato: FormatoEtiqueta, etiqueta: Etiqueta, caja: Caja): void {
  const chico = Math.min(11, Math.max(6.5, caja.alto * 0.09));
  const detalle = [etiqueta.texto, etiqueta.detalle].filter(Boolean).join(' · ');
  const grande = cuerpoQueCabe(doc, LETRA.fuerte, etiqueta.codigo, caja.ancho, caja.alto * 0.5);
  const yBarras = caja.y + grande * 0.95 + chico * 1.3;
  const alto = caja.y + caja.alto - yBarras;
  if (!dibujaBarras(doc, formato, etiqueta, { x: caja.x, y: yBarras, ancho: caja.ancho, alto })) {
    dibujaConQr(doc, { ...etiqueta, texto: detalle, detalle: '' }, caja, caja.alto * 0.4, chico);
    return;
  }
  const ancho = mide(doc, LETRA.fuerte, grande, etiqueta.codigo);
  escribe(
    doc,
    LETRA.fuerte,
    grande,
    etiqueta.codigo,
    caja.x + (caja.ancho - ancho) / 2,
    caja.y - grande * 0.1,
  );
  const texto = recortado(doc, LETRA.normal, chico, detalle, caja.ancho);
  const anchoTexto = mide(doc, LETRA.normal, chico, texto);
  doc.fillColor(TINTA.negro);
  escribe(doc, LETRA.normal, chico, texto, caja.x + (caja.ancho - anchoTexto) / 2, caja.y + grande * 0.9);
}

export function dibuja(doc: Doc, { etiquetas, formato: clave, copias, desde }: DatosEtiquetas): void {
  const formato = FORMATOS_ETIQUETA[clave];
  const { ancho, alto } = formato.pagina;
  let pagina = -1;
  let n = 0;
  for (const etiqueta of etiquetas) {
    for (let copia = 0; copia < copias; copia += 1) {
      const lugar = lugarEtiqueta(formato, n, desde);
      if (lugar.pagina !== pagina) {
        doc.addPage({ size: [ancho, alto], margin: 0 });
        pagina = lugar.pagina;
      }
      const caja: Caja = {
        x: lugar.x + AIRE,
        y: lugar.y + AIRE,
        ancho: formato.ancho - 2 * AIRE,
        alto: formato.alto - 2 * AIRE,
      };
      (etiqueta.tipo === 'producto' ? dibujaProducto : dibujaUbicacion)(doc, formato, etiqueta, caja);
      n += 1;
    }
  }
}
