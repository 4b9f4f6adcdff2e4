import { totalDe } from '#server/transacciones/movimiento.ts';
import type { FilaMovimiento } from '#shared/contracts/importar.ts';
import {
  CANTIDAD_ESCALA,
  COSTO_ESCALA,
  DINERO_ESCALA,
  divideHalfEven,
  formatDecimal,
  toDecimal,
} from '#shared/domain/decimal.ts';
import { colocaSoloDia, desfaseDeZona, inicioDelDia, limitesDelDia } from '#shared/domain/instante.ts';
import type { Comun, Situada } from './claves.ts';

/** A movement as the ledger takes it; numbers as decimal text. */
export interface Asiento {
  producto_id: string;
  almacen_id: string;
  tipo: 'inventario' | 'venta' | 'compra' | 'devolucion';
  subtipo: 'de_cliente' | 'a_proveedor' | null;
  cantidad: string;
  precio: string | null;
  costo_unitario: string | null;
  descuento: string;
  impuesto: string;
  total: string | null;
  ocurrida_en: string;
  precision: 'instante' | 'dia' | 'periodo';
  orden: number;
  fecha_desde: string | null;
  fecha_hasta: string | null;
  referencia: string | null;
}

/** Instant of a local `YYYY-MM-DD` and `HH:MM:SS`, ms. */
function instanteLocal(fecha: string, hora: string, zona: string): number {
  const utc = Date.parse(`${fecha}T${hora}Z`);
  const primero = utc - desfaseDeZona(utc, zona) * 60_000;
  return utc - desfaseDeZona(primero, zona) * 60_000;
}

/**
 * Where a row stands in the ledger. Known by its day alone, an inventory stands before opening or at closing, as the person
 * said; a sale or a purchase at the end of its day or period, before an inventory taken at closing.
 */
function cuando(
  fila: FilaMovimiento,
  comun: Comun,
  s: Situada,
  zona: string,
  ahora: number,
): Pick<Asiento, 'ocurrida_en' | 'precision' | 'orden' | 'fecha_desde' | 'fecha_hasta'> {
  const iso = (ms: number) => new Date(ms).toISOString();
  if (comun.tipo === 'inventario') {
    const { ocurridaEn, orden } = colocaSoloDia(s.hasta, comun.momento ?? 'al_cerrar', zona, ahora);
    return { ocurrida_en: iso(ocurridaEn), precision: 'dia', orden, fecha_desde: null, fecha_hasta: null };
  }
  if (fila.hora !== null && s.desde === s.hasta) {
    const en = Math.min(instanteLocal(s.hasta, fila.hora, zona), ahora);
    return { ocurrida_en: iso(en), precision: 'instante', orden: 0, fecha_desde: null, fecha_hasta: null };
  }
  const inicio = inicioDelDia(s.hasta, zona);
  const fin = Math.max(inicio, Math.min(limitesDelDia(inicio, zona).fin, ahora));
  const periodo = s.desde !== s.hasta;
  return {
    ocurrida_en: iso(fin),
    precision: periodo ? 'periodo' : 'dia',
    orden: 0,
    fecha_desde: periodo ? s.desde : null,
    fecha_hasta: periodo ? s.hasta : null,
  };
}

/** Pesos of one unit from those of all of them. */
function porUnidad(importe: string | null, cantidad: bigint, escala: number): string | null {
  if (importe === null || cantidad === 0n) return null;
  const pesos = toDecimal(importe, DINERO_ESCALA) * 10n ** BigInt(CANTIDAD_ESCALA + escala - DINERO_ESCALA);
  return formatDecimal(divideHalfEven(pesos, cantidad), escala);
}

/** The movement that a row posts. `cantidad` is that of all rows of its key. */
export function asientoDe(
  fila: FilaMovimiento,
  comun: Comun,
  s: Situada,
  de: { productoId: string; zona: string; ahora: number; cantidad: string },
): Asiento {
  const unidades = toDecimal(de.cantidad, CANTIDAD_ESCALA);
  const cantidad = formatDecimal(unidades, CANTIDAD_ESCALA);
  const base = {
    producto_id: de.productoId,
    almacen_id: s.almacenId,
    cantidad,
    ...cuando(fila, comun, s, de.zona, de.ahora),
  };
  if (comun.tipo === 'inventario') {
    return {
      ...base,
      tipo: 'inventario',
      subtipo: null,
      precio: null,
      costo_unitario: fila.costo,
      descuento: '0',
      impuesto: '0',
      total: null,
      referencia: null,
    };
  }
  const compra = comun.tipo === 'compras';
  const precio = compra ? null : (fila.precio ?? porUnidad(fila.importe, unidades, DINERO_ESCALA));
  const costo = compra
    ? (fila.costo ?? fila.precio ?? porUnidad(fila.importe, unidades, COSTO_ESCALA))
    : fila.costo;
  return {
    ...base,
    tipo: fila.devolucion ? 'devolucion' : compra ? 'compra' : 'venta',
    subtipo: fila.devolucion ? (compra ? 'a_proveedor' : 'de_cliente') : null,
    precio,
    costo_unitario: costo,
    descuento: fila.descuento ?? '0',
    impuesto: fila.impuesto ?? '0',
    total: fila.importe ?? totalDe({ cantidad, precio: compra ? centavos(costo) : precio }),
    referencia: fila.folio?.slice(0, 255) ?? null,
  };
}

function centavos(costo: string | null): string | null {
  if (costo === null) return null;
  const millonesimas = toDecimal(costo, COSTO_ESCALA);
  return formatDecimal(
    divideHalfEven(millonesimas, 10n ** BigInt(COSTO_ESCALA - DINERO_ESCALA)),
    DINERO_ESCALA,
  );
}
