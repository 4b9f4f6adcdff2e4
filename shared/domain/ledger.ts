import type { Cantidad } from './decimal.ts';

export const TIPOS_MOVIMIENTO = [
  'inventario',
  'venta',
  'compra',
  'ajuste',
  'transferencia',
  'devolucion',
] as const;
export type TipoMovimiento = (typeof TIPOS_MOVIMIENTO)[number];

/** How exactly `ocurridaEn` is known: to the instant, to its local day, or only to a period. */
export type Precision = 'instante' | 'dia' | 'periodo';

/** One row of `inventario.transacciones` of a single (producto, almacen). Times in ms since the epoch. */
export interface Movimiento {
  id: string;
  tipo: TipoMovimiento;
  /** `de_cliente` or `a_proveedor` for a devolucion. */
  subtipo: string | null;
  cantidad: Cantidad;
  /** When it happened in the world. */
  ocurridaEn: number;
  precision: Precision;
  /** Breaks ties within one `ocurridaEn`: before opening < 0 < at closing. */
  orden: number;
  /** When we learned it. */
  createdAt: number;
  /** For `periodo`: the span that the source gave, ms; without it, the calendar month of `ocurridaEn`. */
  lapso?: { desde: number; hasta: number } | null;
  /** Its paper, as people name it: F-221. */
  referencia?: string | null;
}

/**
 * Signed change that a movement makes to the stock. `inventario` changes nothing by itself: it sets a base
 * (see `teorico`), so its effect is 0.
 */
export function efecto(tipo: TipoMovimiento, subtipo: string | null, cantidad: Cantidad): Cantidad {
  switch (tipo) {
    case 'inventario':
      return 0n;
    case 'venta':
      return -cantidad;
    case 'compra':
    case 'ajuste':
    case 'transferencia':
      return cantidad;
    case 'devolucion':
      return subtipo === 'a_proveedor' ? -cantidad : cantidad;
  }
}

/** Effect of a whole movement. */
export function efectoDe(movimiento: Movimiento): Cantidad {
  return efecto(movimiento.tipo, movimiento.subtipo, movimiento.cantidad);
}

/** Total order of the ledger: (ocurridaEn, orden, createdAt, id). Negative when `a` comes first. */
export function comparaMovimientos(a: Movimiento, b: Movimiento): number {
  return (
    a.ocurridaEn - b.ocurridaEn ||
    a.orden - b.orden ||
    a.createdAt - b.createdAt ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

export interface Teorico {
  /** False: no `inventario` at or before t, so the sum has nothing to stand on ("sin base", never a silent 0). */
  base: boolean;
  /** Base + Σ efecto after it up to t; without base, only Σ efecto. May be negative: never clamped. */
  cantidad: Cantidad;
}

/**
 * Expected stock at instant `t` (ms, inclusive): the last base at or before t plus every effect after it in the
 * total order. `t = Infinity` gives `existencias`. The order of `movimientos` does not matter.
 */
export function teorico(movimientos: readonly Movimiento[], t: number): Teorico {
  let base: Movimiento | null = null;
  for (const m of movimientos) {
    if (m.tipo !== 'inventario' || m.ocurridaEn > t) continue;
    if (base === null || comparaMovimientos(base, m) < 0) base = m;
  }
  let cantidad = base?.cantidad ?? 0n;
  for (const m of movimientos) {
    if (m.ocurridaEn > t || (base !== null && comparaMovimientos(m, base) <= 0)) continue;
    cantidad += efectoDe(m);
  }
  return { base: base !== null, cantidad };
}
