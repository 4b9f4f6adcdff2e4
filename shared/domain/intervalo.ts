import type { Cantidad } from './decimal.ts';
import { limitesDelDia, limitesDelMes, type Zona } from './instante.ts';
import { comparaMovimientos, efectoDe, type Movimiento, teorico } from './ledger.ts';

/** Zone of a shop that has not said its own. */
export const ZONA_POR_OMISION = 'America/Mexico_City';

/** First and last ms at which something may have happened. */
export interface Lapso {
  desde: number;
  hasta: number;
}

export interface VentanaConteo extends Lapso {
  /** How far the till's clock may be off, ms. */
  holguraMs: number;
  /** Zone of the shop: says which instants a movement known only by day or month may have. */
  zona?: Zona;
}

export interface IntervaloEsperado {
  /** False: "sin base"; lo, hi and esperado are then sums of movements only. */
  base: boolean;
  lo: Cantidad;
  hi: Cantidad;
  /** teorico at the end of the window; always within [lo, hi]. */
  esperado: Cantidad;
  /** Movements that may lie before or after the scans, in ledger order. */
  movimientosEnVentana: Movimiento[];
}

/**
 * When a movement may have happened. With an hour: that instant ± the slack. By day or by period: all of it, but not
 * after we learned of it. The recorded `ocurridaEn` is always inside.
 */
export function lapsoDe(m: Movimiento, holguraMs: number, zona: Zona): Lapso {
  if (m.precision === 'instante') return { desde: m.ocurridaEn - holguraMs, hasta: m.ocurridaEn + holguraMs };
  const { desde, hasta } = lapsoSinHora(m, zona);
  return {
    desde: Math.min(desde, m.ocurridaEn),
    hasta: Math.max(m.ocurridaEn, Math.min(hasta, m.createdAt)),
  };
}

function lapsoSinHora(m: Movimiento, zona: Zona): Lapso {
  if (m.precision === 'periodo' && m.lapso) return m.lapso;
  const limites = m.precision === 'dia' ? limitesDelDia : limitesDelMes;
  const { inicio, fin } = limites(m.ocurridaEn, zona);
  return { desde: inicio, hasta: fin };
}

type Relacion = 'absorbido' | 'posterior' | 'incierto';

/**
 * Whether a base already holds a movement. Two rows with an hour, or two without (whose `orden` a person answered),
 * go by the total order; a movement without an hour around a base with one may be on either side.
 */
function relacionConBase(m: Movimiento, base: Movimiento, lapso: Lapso): Relacion {
  if (m.precision !== 'instante' && base.precision === 'instante') {
    if (lapso.hasta <= base.ocurridaEn) return 'absorbido';
    return lapso.desde > base.ocurridaEn ? 'posterior' : 'incierto';
  }
  return comparaMovimientos(m, base) > 0 ? 'posterior' : 'absorbido';
}

/**
 * Interval that holds the true book stock at the scans, wherever in their possible time the uncertain movements fell.
 * Certain movements are summed; each uncertain one may count fully, partly or not at all (the pieces of a product are
 * counted at different moments of the window), so lo adds the negative ones and hi the positive ones. A base inside
 * the window may or may not be in force: the interval covers both.
 */
export function intervaloEsperado(
  movimientos: readonly Movimiento[],
  ventana: VentanaConteo,
): IntervaloEsperado {
  const { desde, hasta, holguraMs, zona = ZONA_POR_OMISION } = ventana;
  const punto = teorico(movimientos, hasta);
  const conLapso = movimientos
    .map((m) => ({ m, lapso: lapsoDe(m, holguraMs, zona) }))
    .filter(({ lapso }) => lapso.desde <= hasta)
    .sort((a, b) => comparaMovimientos(a.m, b.m));

  const bases = conLapso.filter(({ m }) => m.tipo === 'inventario');
  const firme = bases.findLast(({ lapso }) => lapso.hasta < desde)?.m ?? null;
  const dudosas = bases.filter(
    ({ m, lapso }) => lapso.hasta >= desde && (firme === null || comparaMovimientos(m, firme) > 0),
  );
  const candidatas: (Movimiento | null)[] = dudosas.map(({ m }) => m);
  if (firme !== null || candidatas.length === 0) candidatas.push(firme);

  let lo: Cantidad | null = null;
  let hi: Cantidad | null = null;
  const inciertos = new Set<Movimiento>(dudosas.map(({ m }) => m));
  for (const base of candidatas) {
    let cierto = base?.cantidad ?? 0n;
    let negativos = 0n;
    let positivos = 0n;
    for (const { m, lapso } of conLapso) {
      if (m.tipo === 'inventario') continue;
      const relacion = base === null ? 'posterior' : relacionConBase(m, base, lapso);
      if (relacion === 'absorbido') continue;
      const suma = efectoDe(m);
      if (relacion === 'posterior' && lapso.hasta < desde) {
        cierto += suma;
        continue;
      }
      inciertos.add(m);
      if (suma < 0n) negativos += suma;
      else positivos += suma;
    }
    const abajo = cierto + negativos;
    const arriba = cierto + positivos;
    if (lo === null || abajo < lo) lo = abajo;
    if (hi === null || arriba > hi) hi = arriba;
  }
  return {
    base: punto.base || candidatas[0] !== null,
    lo: lo ?? 0n,
    hi: hi ?? 0n,
    esperado: punto.cantidad,
    movimientosEnVentana: [...inciertos].sort(comparaMovimientos),
  };
}

/** Proven variance: distance from what was counted to the nearest end of the interval; 0 inside it. */
export function variacionProbada(contado: Cantidad, { lo, hi }: { lo: Cantidad; hi: Cantidad }): Cantidad {
  if (contado > hi) return contado - hi;
  if (contado < lo) return contado - lo;
  return 0n;
}
