import { cantidadVista, cuenta, diaVisto, pesos, plural } from '../../formato.ts';
import { CANTIDAD_ESCALA, toDecimal } from '../decimal.ts';
import { enteroPorCiento } from './partes.ts';

/** One Spanish sentence a measure: what the figures say, in the words of who runs the shop. */

const dinero = (texto: string): string => pesos(toDecimal(texto, 2));
const unidades = (texto: string): string => cantidadVista(toDecimal(texto, CANTIDAD_ESCALA));
const centavos = (texto: string): bigint => toDecimal(texto, 2);

interface Periodo {
  desde: string | null;
  hasta: string | null;
}
export function periodoDicho({ desde, hasta }: Periodo): string {
  if (desde !== null && desde === hasta) return `El ${diaVisto(desde)}`;
  if (desde !== null && hasta !== null) return `Del ${diaVisto(desde)} al ${diaVisto(hasta)}`;
  if (desde !== null) return `Desde el ${diaVisto(desde)}`;
  return hasta === null ? 'En todo lo registrado' : `Hasta el ${diaVisto(hasta)}`;
}

interface CifrasDichas {
  movimientos: number;
  unidades: string;
  importe: string;
  neto: string;
  margen: string | null;
  margenPct: string | null;
  sinCosto: string;
}
const VERBO: Record<string, readonly [string, string]> = {
  venta: ['se vendieron', 'No hay ventas'],
  compra: ['se compraron', 'No hay compras'],
  devolucion: ['se devolvieron', 'No hay devoluciones'],
  ajuste: ['los ajustes sumaron', 'No hay ajustes'],
  transferencia: ['los traspasos sumaron', 'No hay traspasos'],
  inventario: ['los inventarios fijaron', 'No hay inventarios'],
};

function margenDicho({ margen, margenPct, sinCosto }: CifrasDichas): string {
  if (margen === null || margenPct === null) return '';
  const falta =
    sinCosto === '0' ? '' : `; ${unidades(sinCosto)} unidades no tienen costo y no entran en el margen`;
  return ` El margen fue de ${dinero(margen)} (${Math.round(Number(margenPct))} %)${falta}.`;
}

export function fraseDeMovimientos(
  pide: Periodo & { tipo: string | null },
  total: CifrasDichas & { productos: number },
): string {
  const cuando = periodoDicho(pide);
  if (pide.tipo === null) {
    if (total.movimientos === 0) return `${cuando} no hubo movimientos.`;
    return (
      `${cuando} hubo ${plural(total.movimientos, 'movimiento', 'movimientos')} de ${plural(total.productos, 'producto', 'productos')}; ` +
      `las ventas menos devoluciones fueron ${dinero(total.neto)} sin IVA.${margenDicho(total)}`
    );
  }
  const [verbo, nada] = VERBO[pide.tipo] ?? ['se movieron', 'No hay movimientos'];
  if (total.movimientos === 0) return `${nada} ${cuando[0]!.toLowerCase()}${cuando.slice(1)}.`;
  const cuales = `${unidades(total.unidades)} unidades de ${plural(total.productos, 'producto', 'productos')}`;
  const cuanto = pide.tipo === 'venta' ? `${dinero(total.neto)} sin IVA` : `${dinero(total.importe)}`;
  return `${cuando} ${verbo} ${cuales}: ${cuanto}.${margenDicho(total)}`;
}

export function fraseDeGrupos(
  { por, ...periodo }: Periodo & { por: string; tipo: string | null },
  filas: readonly { nombre: string; importe: string; neto: string }[],
): string {
  const cuando = periodoDicho(periodo);
  const total = filas.reduce((suma, f) => suma + centavos(f.neto), 0n);
  if (filas.length === 0) return `${cuando} no hubo movimientos.`;
  const mayor = filas.reduce((a, b) => (centavos(b.neto) > centavos(a.neto) ? b : a));
  const nombre = /^\d{4}-/.test(mayor.nombre) ? diaVisto(mayor.nombre) : mayor.nombre;
  const quien =
    por === 'mes'
      ? `el mes de ${nombre.replace(/^1 /, '')}`
      : por === 'semana'
        ? `la semana del ${nombre}`
        : nombre;
  const parte = enteroPorCiento(centavos(mayor.neto), total);
  return filas.length === 1
    ? `${cuando} todo fue de ${quien}: ${pesos(total)} sin IVA.`
    : `${cuando} sumaron ${pesos(total)} sin IVA; ${quien} fue lo más alto con ${dinero(mayor.neto)}${parte === null || total < 0n ? '' : ` (${parte})`}.`;
}

const SIN_MEDIR = ' Todavía no se miden ventas ni clases: pídelo con «Medir ahora».';
const siFalta = (medidoEn: string | null): string => (medidoEn === null ? SIN_MEDIR : '');

export function fraseDeValor(t: {
  productos: number;
  valor: string;
  negativos: number;
  sinCosto: number;
}): string {
  if (t.productos === 0) return 'No hay existencia registrada aquí.';
  const faltan = [
    t.negativos > 0
      ? `a ${plural(t.negativos, 'producto le', 'productos les')} falta registrar una entrada`
      : '',
    t.sinCosto > 0 ? `${plural(t.sinCosto, 'producto no tiene', 'productos no tienen')} costo` : '',
  ].filter(Boolean);
  const aparte = faltan.length === 0 ? '' : ` Aparte, ${faltan.join(' y ')}.`;
  return `Lo que hay vale ${dinero(t.valor)} a costo, sin IVA, en ${plural(t.productos, 'producto', 'productos')}.${aparte}`;
}

export function fraseDeCobertura(
  t: { productos: number; agotados: number; semana: number; medioAnio: number; sinVenta: number },
  medidoEn: string | null,
): string {
  if (t.productos === 0) return `No hay productos con existencia ni con venta.${siFalta(medidoEn)}`;
  return (
    `${plural(t.agotados, 'producto que se vende está agotado', 'productos que se venden están agotados')} y a ` +
    `${plural(t.semana, 'producto le queda', 'productos les queda')} una semana o menos; a ${cuenta(t.medioAnio)} les queda más de medio año ` +
    `y ${cuenta(t.sinVenta)} no se han vendido en 90 días.${siFalta(medidoEn)}`
  );
}

export function fraseDeAbc(
  por: 'ventas' | 'existencia',
  matriz: readonly { clase: string; productos: number; valor: string }[],
  medidoEn: string | null,
): string {
  const productos = matriz.reduce((n, m) => n + m.productos, 0);
  if (productos === 0) return `Ningún producto tiene clase todavía.${siFalta(medidoEn)}`;
  const a = matriz.filter(({ clase }) => clase === 'A');
  const valor = (de: typeof matriz) => de.reduce((suma, m) => suma + centavos(m.valor), 0n);
  const parte = enteroPorCiento(valor(a), valor(matriz)) ?? '0 %';
  const cuantos = a.reduce((n, m) => n + m.productos, 0);
  const que = por === 'ventas' ? 'de la venta de un año' : 'del valor de la existencia';
  return `${cuenta(cuantos)} de ${plural(productos, 'producto es', 'productos son')} clase A y ${cuantos === 1 ? 'hace' : 'hacen'} el ${parte} ${que}.`;
}

export function fraseSinVenta(
  dias: number,
  t: { productos: number; valor: string },
  medidoEn: string | null,
): string {
  if (medidoEn === null) return `No se sabe qué no se ha vendido.${SIN_MEDIR}`;
  if (t.productos === 0) return `Todo lo que hay se vendió en los últimos ${dias} días.`;
  return `${plural(t.productos, 'producto con existencia no se ha vendido', 'productos con existencia no se han vendido')} en ${dias} días: ${dinero(t.valor)} a costo detenidos.`;
}

export function fraseSinConteo(
  t: {
    productos: number;
    nunca: number;
    vencidos: number;
    mediana: number | null;
  },
  medidoEn: string | null,
): string {
  if (medidoEn === null) return `No se sabe cuándo se contó cada producto.${SIN_MEDIR}`;
  if (t.productos === 0) return 'No hay productos que contar aquí.';
  const mitad =
    t.mediana === null
      ? 'Nada se ha contado todavía'
      : `La mitad de lo que se ha contado lleva ${t.mediana} días o más sin contarse`;
  return `${mitad}; ${cuenta(t.vencidos)} de ${plural(t.productos, 'producto pasó', 'productos pasaron')} los días de su clase y ${cuenta(t.nunca)} nunca se ${t.nunca === 1 ? 'ha' : 'han'} contado.`;
}

export function fraseDeMerma(
  periodo: Periodo,
  t: { movimientos: number; faltante: string; sobrante: string; neto: string; bruto: string },
): string {
  const cuando = periodoDicho(periodo);
  if (t.movimientos === 0) return `${cuando} no hubo ajustes ni merma.`;
  const neto = centavos(t.neto);
  const resultado =
    neto < 0n ? `se perdieron ${pesos(-neto)}` : neto > 0n ? `sobraron ${pesos(neto)}` : 'quedó en ceros';
  return `${cuando} faltaron ${pesos(-centavos(t.faltante))} y sobraron ${dinero(t.sobrante)} a costo: en neto ${resultado}.`;
}

export function fraseDeExactitud(
  periodo: Periodo,
  t: { productos: number; exactos: number; lineasPct: string | null; valorPct: string | null },
): string {
  const cuando = periodoDicho(periodo);
  if (t.productos === 0 || t.lineasPct === null) return `${cuando} no se aprobó ningún conteo.`;
  const valor = t.valorPct === null ? '' : `; en pesos, el libro acertó ${Math.round(Number(t.valorPct))} %`;
  return `${cuando} ${cuenta(t.exactos)} de ${plural(t.productos, 'producto contado coincidió', 'productos contados coincidieron')} con el libro (${Math.round(Number(t.lineasPct))} %)${valor}.`;
}

export function fraseDeRecuentos(
  periodo: Periodo,
  t: { recontados: number; coinciden: number; lineasPorHora: number | null },
): string {
  const cuando = periodoDicho(periodo);
  const ritmo =
    t.lineasPorHora === null ? '' : ` El ritmo fue de ${cuenta(t.lineasPorHora)} líneas por hora.`;
  if (t.recontados === 0) return `${cuando} no hubo recuentos.${ritmo}`;
  return `${cuando} ${cuenta(t.coinciden)} de ${plural(t.recontados, 'recuento coincidió', 'recuentos coincidieron')} con el conteo anterior.${ritmo}`;
}
