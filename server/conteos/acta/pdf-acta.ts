import { dibujaFirmas } from '#server/platform/pdf/firmas.ts';
import { enmarca, hojaDe, LETRA, linea, lineaDerecha, recorta, TINTA } from '#server/platform/pdf/hoja.ts';
import { dibujaQr } from '#server/platform/pdf/qr.ts';
import {
  dibujaCifras,
  dibujaDatos,
  dibujaParrafo,
  dibujaTitulo,
  hazLugar,
} from '#server/platform/pdf/seccion.ts';
import { dibujaTabla } from '#server/platform/pdf/tabla.ts';
import { cuenta, plural } from '#shared/formato.ts';
import { dinero } from './detalle-producto.ts';
import type { Acta, ActaProducto } from './forma.ts';
import { cuando, ESTADO, nombreDelActa, papelDe, REPARTO } from './palabras.ts';
import { tablaConDiferencia, tablaSinDiferencia } from './pdf-productos.ts';
import { aprobaciones, contraAjustes, intentos, sinContar, sinProducto } from './pdf-tablas.ts';
import { tieneDiferencia } from './totales.ts';

export interface EntradaPdfActa {
  /** Without `lineas`, which only the huella stands for here. */
  readonly acta: Omit<Acta, 'lineas'>;
  /** What the QR opens. */
  readonly enlace: string;
}

type Doc = PDFKit.PDFDocument;
type SinLineas = EntradaPdfActa['acta'];

/** Two lines for who was there and is no user. */
const TESTIGOS = 2;

/** Draws the acta. Runs in `pintaPdf`'s process. */
export function dibuja(doc: Doc, { acta, enlace }: EntradaPdfActa): void {
  const { conteo, totales } = acta;
  let y = cabecera(doc, acta);
  y = dibujaCifras(doc, cifras(acta), y + 8) + 6;
  y = dibujaParrafo(doc, fraseTotales(acta), y, { color: TINTA.gris });
  if (acta.borrador !== null) y = faltas(doc, acta.borrador.faltas, y + 8);
  y = intentos(doc, acta, y);
  y = aprobaciones(doc, acta, y);

  const con = acta.productos.filter(pideExplicacion);
  const sin = acta.productos.filter((p) => !pideExplicacion(p));
  if (con.length > 0) {
    y = dibujaTitulo(doc, `Con diferencia, sin base o incompletos (${cuenta(con.length)})`, y);
    y = dibujaTabla(doc, tablaConDiferencia(con, acta), y);
  }
  if (sin.length > 0) {
    y = dibujaTitulo(doc, `Sin diferencia (${cuenta(sin.length)})`, y);
    y = dibujaTabla(doc, tablaSinDiferencia(sin, acta), y);
  }
  if (totales.sinContar > 0) y = sinContar(doc, acta, y);
  if (acta.sinProducto.length > 0) y = sinProducto(doc, acta, y);
  if (acta.contraAjustes.length > 0) y = contraAjustes(doc, acta, y);
  y = firmas(doc, acta, y);
  huella(doc, acta, enlace, y);

  const creada = cuando(acta.generadaEn, conteo.zonaHoraria);
  enmarca(doc, {
    titulo: `Acta de conteo ${nombreDelActa(acta)}`,
    referencia: recortada(`${conteo.tienda} · ${conteo.almacen}`),
    pie: `SHA-256 ${acta.huella.valor} · Generada ${creada}`,
    marca: marcaDe(acta),
  });
}

/** A difference, no base to compare with, or a question that nobody has answered. */
function pideExplicacion(p: ActaProducto): boolean {
  const abierto = p.decision === null && (p.estado === 'incompleto' || p.estado === 'traslape');
  return abierto || p.teorico === null || tieneDiferencia(p);
}

export function marcaDe({ conteo, borrador }: SinLineas) {
  const prueba = conteo.proposito === 'prueba' ? ' Conteo de prueba: no ajusta existencias.' : '';
  if (borrador !== null) {
    const falta = borrador.faltas[0] ?? 'Falta cerrar el conteo.';
    return { palabra: 'BORRADOR', frase: `El conteo no ha terminado. ${falta}${prueba}` };
  }
  if (conteo.estado === 'cancelado') {
    return { palabra: 'CANCELADO', frase: `No ajusta lo que no se había aprobado.${prueba}` };
  }
  return prueba === '' ? undefined : { palabra: 'PRUEBA', frase: prueba.trim() };
}

function recortada(texto: string): string {
  return texto.length > 60 ? `${texto.slice(0, 59)}…` : texto;
}

function cabecera(doc: Doc, { conteo }: SinLineas): number {
  const hoja = hojaDe(doc);
  const zona = conteo.zonaHoraria;
  doc.font(LETRA.fuerte).fontSize(22).fillColor(TINTA.negro);
  linea(doc, 'Acta de conteo', hoja.izquierda, hoja.arriba);
  doc.fontSize(15);
  const folio = conteo.folio ?? 'sin folio';
  lineaDerecha(doc, folio, hoja.derecha, hoja.arriba + 6);
  doc.font(LETRA.normal).fontSize(10).fillColor(TINTA.gris);
  linea(doc, recorta(doc, conteo.nombre, hoja.derecha - hoja.izquierda), hoja.izquierda, hoja.arriba + 27);
  const fecha = (iso: string | null) => (iso === null ? '—' : cuando(iso, zona));
  const otros: [string, string][] = [];
  if (conteo.corrigeA !== null) otros.push(['Corrige a', conteo.corrigeA]);
  if (conteo.complementaA !== null) otros.push(['Complementa a', conteo.complementaA]);
  if (conteo.comparaCon !== null) otros.push(['Se compara con', conteo.comparaCon]);
  if (conteo.complementos.length > 0) otros.push(['Complementos', conteo.complementos.join(', ')]);
  if (conteo.cancelacion !== null) {
    otros.push(['Canceló', `${conteo.cancelacion.por}: ${conteo.cancelacion.motivo}`]);
  }
  return dibujaDatos(
    doc,
    [
      ['Tienda', conteo.tienda],
      ['Almacén', conteo.almacen],
      ['Alcance', conteo.alcance],
      [
        'Modo',
        `${conteo.ciego ? (conteo.dobleCiego ? 'Doble ciego' : 'Ciego') : 'No ciego'}, ${REPARTO[conteo.reparto]}`,
      ],
      ['Estado', ESTADO[conteo.estado] ?? conteo.estado],
      ['Propósito', conteo.proposito === 'prueba' ? 'Prueba: se compara y no ajusta' : 'Ajustar existencias'],
      ['Abierto', fecha(conteo.abiertoEn)],
      ['A revisión', fecha(conteo.enRevisionEn)],
      [conteo.estado === 'cancelado' ? 'Cancelado' : 'Cerrado', fecha(conteo.terminadoEn)],
      ['Lo planeó', conteo.creadoPor],
      [
        'Caja conocida',
        conteo.movimientosHasta === null
          ? 'Sin conexión con la caja'
          : `Hasta ${cuando(conteo.movimientosHasta, zona)}`,
      ],
      ['Hora de', zona],
      ...otros,
    ],
    hoja.arriba + (conteo.nombre === '' ? 36 : 48),
  );
}

function cifras({ totales }: SinLineas) {
  const unidad = 'pesos a costo, sin IVA';
  return [
    { rotulo: 'Faltante', valor: dinero(totales.faltante), nota: unidad },
    { rotulo: 'Sobrante', valor: dinero(totales.sobrante), nota: unidad },
    { rotulo: 'Neto', valor: dinero(totales.neto, true), nota: 'sobrante menos faltante' },
    { rotulo: 'Bruto', valor: dinero(totales.bruto), nota: 'faltante y sobrante sumados' },
  ];
}

function fraseTotales({ totales: t, tardias }: SinLineas): string {
  return [
    `${plural(t.productos, 'producto contado', 'productos contados')}: ${plural(t.exactos, 'exacto', 'exactos')}, ${cuenta(t.conDiferencia)} con diferencia.`,
    `Sin contar: ${cuenta(t.sinContar)}.`,
    ...(t.sinBase > 0 ? [`Sin base en el libro: ${cuenta(t.sinBase)}.`] : []),
    ...(t.incompletos > 0 ? [`Incompletos: ${cuenta(t.incompletos)}.`] : []),
    ...(t.porDecidir > 0 ? [`Por decidir: ${cuenta(t.porDecidir)}.`] : []),
    ...(t.sinCosto > 0 ? [`Con diferencia y sin costo, fuera de las sumas: ${cuenta(t.sinCosto)}.`] : []),
    `Líneas que llegaron tarde y no suman: ${cuenta(tardias)}.`,
  ].join(' ');
}

function faltas(doc: Doc, frases: readonly string[], y: number): number {
  if (frases.length === 0) return y;
  return dibujaParrafo(doc, `Lo que falta: ${frases.join(' ')}`, y, { fuerte: true, color: TINTA.rojo });
}

function firmas(doc: Doc, acta: SinLineas, desde: number): number {
  const y = dibujaTitulo(doc, 'Firmas', desde, 80);
  return dibujaFirmas(
    doc,
    [
      ...acta.personas.map((p) => ({ papel: papelDe(p), nombre: p.nombre })),
      ...Array.from({ length: TESTIGOS }, () => ({ papel: 'Testigo', nombre: '' })),
    ],
    y,
  );
}

const LADO_QR = 104;

function huella(doc: Doc, acta: SinLineas, enlace: string, desde: number): void {
  const { huella: h, conteo } = acta;
  const y = hazLugar(doc, desde + 10, LADO_QR + 8);
  const hoja = hojaDe(doc);
  const x = hoja.izquierda + LADO_QR + 10;
  dibujaQr(doc, enlace, hoja.izquierda - 4, y, LADO_QR);
  let bajo = dibujaParrafo(doc, 'Huella de las líneas (SHA-256)', y + 8, { x, fuerte: true, cuerpo: 10 });
  bajo = dibujaParrafo(doc, h.valor.replace(/(.{32})/, '$1\n').replace(/(\w{8})(?=\w)/g, '$1 '), bajo + 3, {
    x,
    letra: 'Courier-Bold',
    cuerpo: 10,
  });
  dibujaParrafo(
    doc,
    `De ${plural(h.lineas, 'línea recibida', 'líneas recibidas')} hasta ${cuando(h.corte, conteo.zonaHoraria)}, con sus anulaciones, ligas y ceros declarados. ` +
      'El código abre esta acta y dice si las líneas guardadas siguen siendo las mismas. Cualquiera puede volver a calcular la huella con acta.json, que trae la receta, o con el CSV de las líneas.',
    bajo + 4,
    { x, color: TINTA.gris, cuerpo: 8 },
  );
}
