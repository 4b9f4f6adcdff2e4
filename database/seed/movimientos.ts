import { formatDecimal } from '#shared/domain/decimal.ts';
import type { Azar } from './azar.ts';
import type { Articulo } from './catalogo.ts';

export interface FilaMovimiento {
  id: string;
  producto_id: string;
  almacen_id: string;
  tipo: 'inventario' | 'venta' | 'compra';
  cantidad: string;
  precio: string | null;
  costo_unitario: string | null;
  impuesto: string;
  total: string | null;
  ocurrida_en: string;
  orden: number;
  referencia: string;
  origen: 'demo';
  created_at: string;
}
export type ClaseAbc = 'A' | 'B' | 'C';

const DIA = 86_400_000;
/** Mexico City and Monterrey: UTC−6 all year since 2022. */
const DESFASE = 6 * 3_600_000;
export const MESES = 18;
const DIAS = 548;

/** Sales of one product in one almacén over the 18 months, before its rotation. */
const VENTAS: Record<ClaseAbc, readonly [number, number]> = { A: [10, 18], B: [2, 6], C: [0, 3] };

/** ABC class by how fast it moves and what it is worth, with some luck. */
export function claseDe(articulo: Articulo, suerte: Azar): ClaseAbc {
  const puntos = articulo.rotacion * (0.6 + suerte.next());
  if (puntos > 2.05) return 'A';
  return puntos > 1.25 ? 'B' : 'C';
}

/** Millionths of a peso → text, and so on: amounts are made as whole numbers. */
const pesos = (centavos: number): string =>
  formatDecimal(BigInt(Math.round(centavos)), 2, { minDecimales: 2 });
const cantidad = (milesimas: number): string => formatDecimal(BigInt(milesimas) * 100n, 5);

/** Local opening hours, 9 to 19, Monday to Saturday. */
function enHorario(inicio: number, dia: number, suerte: Azar): number {
  const medianoche = Math.floor((inicio + dia * DIA - DESFASE) / DIA) * DIA + DESFASE;
  const domingo = new Date(medianoche - DESFASE).getUTCDay() === 0;
  return medianoche - (domingo ? DIA : 0) + 9 * 3_600_000 + suerte.entero(0, 36_000) * 1000;
}

/**
 * 18 months of one product in one almacén: a base at the first opening, sales by the hour, purchases whenever the
 * shelf runs low, for one in four a second base half a year ago. Stock never goes below zero by itself. One in
 * eighty has no base ("sin base").
 */
export function generaHistoria(
  articulo: Articulo,
  almacenId: string,
  clase: ClaseAbc,
  ahora: number,
  suerte: Azar,
): FilaMovimiento[] {
  const inicio = ahora - DIAS * DIA;
  const filas: FilaMovimiento[] = [];
  const medido = articulo.fila.decimales > 0;
  const { lote, costo, precio } = articulo;
  const conBase = !suerte.suerte(1 / 80);
  const [min, max] = VENTAS[clase];
  const ventas = Math.round(suerte.entero(min, max) * Math.min(articulo.rotacion, 1.5));
  const fila = (tipo: FilaMovimiento['tipo'], milesimas: number, en: number, costoUnitario: number): void => {
    const centavos = Math.round((milesimas / 1000) * precio * 100);
    filas.push({
      id: suerte.id(en),
      producto_id: articulo.fila.id,
      almacen_id: almacenId,
      tipo,
      cantidad: cantidad(milesimas),
      precio: tipo === 'venta' ? pesos(precio * 100) : null,
      costo_unitario: tipo === 'compra' ? costoUnitario.toFixed(6) : null,
      impuesto: tipo === 'venta' ? pesos(centavos - centavos / 1.16) : '0',
      total: tipo === 'venta' ? pesos(centavos) : null,
      ocurrida_en: new Date(en).toISOString(),
      orden: tipo === 'inventario' ? -1 : 0,
      referencia:
        tipo === 'venta'
          ? `T-${suerte.entero(10_000, 99_999)}`
          : tipo === 'compra'
            ? `F-${suerte.entero(1000, 9999)}`
            : 'Inventario',
      origen: 'demo',
      created_at: new Date(en + suerte.entero(1, 90) * 1000).toISOString(),
    });
  };

  const unidad = (n: number): number => (medido ? n * 1000 + suerte.entero(0, 3) * 250 : n * 1000);
  let hay = unidad(suerte.entero(clase === 'A' ? 8 : 1, clase === 'A' ? 30 : 9));
  if (conBase)
    fila('inventario', hay, Math.floor((inicio - DESFASE) / DIA) * DIA + DESFASE + 8 * 3_600_000, 0);
  else hay = 0;

  const dias = Array.from({ length: ventas }, () => suerte.entero(2, DIAS - 1)).sort((a, b) => a - b);
  const recuento = suerte.suerte(0.25) && conBase ? DIAS - 180 : Number.POSITIVE_INFINITY;
  let contado = false;
  let ultima = 0;
  for (const dia of dias) {
    if (!contado && dia >= recuento) {
      contado = true;
      if (suerte.suerte(0.3) && hay >= 2000) hay -= 1000;
      ultima = Math.floor((inicio + recuento * DIA - DESFASE) / DIA) * DIA + DESFASE + 8 * 3_600_000;
      fila('inventario', hay, ultima, 0);
    }
    const en = enHorario(inicio, dia, suerte);
    if (en > ahora - 3_600_000) break;
    // Two of one day in the wrong order, or a Sunday's sale that would fall before the base of that Monday.
    if (en <= ultima) continue;
    const vendida = medido
      ? suerte.entero(2, 40) * 250
      : (suerte.suerte(0.75) ? 1 : suerte.entero(2, 4)) * 1000;
    if (hay < vendida) {
      const piezas = Math.max(lote, Math.ceil(((clase === 'A' ? 12 : 4) + vendida / 1000) / lote) * lote);
      const llega = Math.max(en - suerte.entero(2, 30) * 3_600_000, ultima + 1000);
      fila('compra', piezas * 1000, llega, articulo.fijo ? costo : costo * (0.95 + suerte.next() * 0.1));
      hay += piezas * 1000;
    }
    fila('venta', vendida, en, 0);
    hay -= vendida;
    ultima = en;
  }
  return filas;
}

/**
 * History of a fixed product in CDMX-01, the same number every time: a base 40 days ago, one purchase, two sales,
 * all of them over before the last two days. Without `existencia`: one purchase and no base.
 */
export function historiaFija(
  articulo: Articulo,
  almacenId: string,
  ahora: number,
  suerte: Azar,
): FilaMovimiento[] {
  const { fijo } = articulo;
  if (fijo === null) return [];
  const inicio = ahora - 40 * DIA;
  const hora = (dia: number, h: number): string =>
    new Date(Math.floor((inicio + dia * DIA - DESFASE) / DIA) * DIA + DESFASE + h * 3_600_000).toISOString();
  const fila = (
    tipo: FilaMovimiento['tipo'],
    milesimas: number,
    en: string,
    referencia: string,
  ): FilaMovimiento => ({
    id: suerte.id(Date.parse(en)),
    producto_id: articulo.fila.id,
    almacen_id: almacenId,
    tipo,
    cantidad: cantidad(milesimas),
    precio: tipo === 'venta' ? fijo.precio : null,
    costo_unitario: tipo === 'compra' ? fijo.costo : null,
    impuesto: '0',
    total: tipo === 'venta' ? pesos((milesimas / 1000) * Number(fijo.precio) * 100) : null,
    ocurrida_en: en,
    orden: tipo === 'inventario' ? -1 : 0,
    referencia,
    origen: 'demo',
    created_at: en,
  });
  if (fijo.existencia === null) return [fila('compra', 4000, hora(30, 11), 'F-2299')];
  const milesimas = Math.round(fijo.existencia * 1000);
  return [
    fila('inventario', milesimas + 2000, hora(0, 8), 'Inventario'),
    fila('compra', 12_000, hora(9, 12), 'F-2201'),
    fila('venta', 12_000, hora(16, 13), 'T-70110'),
    fila('venta', 2000, hora(28, 17), 'T-70245'),
  ];
}
