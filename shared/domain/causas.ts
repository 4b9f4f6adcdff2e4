import { cantidadNatural } from '../formato.ts';
import { absoluto, type Cantidad } from './decimal.ts';
import { efectoDe, type Movimiento, type TipoMovimiento } from './ledger.ts';

/** Another product of the same conteo, with its variance. */
export interface Gemelo {
  codigo: string;
  nombre: string;
  variacion: Cantidad;
}

export interface EntradaCausas {
  /** Proven variance, not 0. */
  variacion: Cantidad;
  teorico: Cantidad | null;
  unidad: string;
  /** Factors above one of the product's codes (cartons, packs). */
  factores: readonly { factor: Cantidad; nombre: string }[];
  /** Movements that may lie on either side of the scans. */
  movimientosVentana: readonly Movimiento[];
  /** Products that are easily taken for this one. */
  gemelos: readonly Gemelo[];
  /** Pieces sent to this almacén and not received yet. */
  enTransito: Cantidad;
}

const NOMBRE_TIPO: Record<TipoMovimiento, string> = {
  inventario: 'un inventario',
  venta: 'una venta',
  compra: 'una compra',
  ajuste: 'un ajuste',
  transferencia: 'una transferencia',
  devolucion: 'una devolución',
};

/** First causes of a variance, as possibilities with their evidence ("Posible: …"), likeliest first. */
export function causasDe(entrada: EntradaCausas): string[] {
  const { variacion, teorico, unidad } = entrada;
  const causas: string[] = [];
  const dice = (cantidad: Cantidad) => cantidadNatural(cantidad, unidad);
  const falta = variacion < 0n;
  if (teorico !== null && teorico < 0n) {
    causas.push(`Posible: falta registrar una entrada; el teórico es negativo (${dice(teorico)}).`);
  }
  for (const gemelo of entrada.gemelos) {
    if (gemelo.variacion !== -variacion || variacion === 0n) continue;
    const lado = gemelo.variacion > 0n ? 'le sobran' : 'le faltan';
    causas.push(
      `Posible: se contó como otro producto; a ${gemelo.codigo} ${gemelo.nombre} ${lado} ${dice(absoluto(variacion))}.`,
    );
  }
  for (const movimiento of entrada.movimientosVentana) {
    const suma = efectoDe(movimiento);
    if (suma === 0n || suma < 0n !== falta) continue;
    causas.push(
      `Posible: ${NOMBRE_TIPO[movimiento.tipo]} de ${dice(absoluto(movimiento.cantidad))} durante el conteo.`,
    );
  }
  if (entrada.enTransito > 0n && falta) {
    causas.push(`Posible: hay ${dice(entrada.enTransito)} en tránsito hacia este almacén.`);
  }
  const factor = factorExplica(variacion, entrada.factores);
  if (factor !== null) {
    const veces = absoluto(variacion) / factor.factor;
    const cajas = veces === 1n ? `1 ${factor.nombre}` : `${veces} × ${factor.nombre}`;
    causas.push(
      `Posible: se confundió ${factor.nombre} con pieza; la diferencia es justo ${cajas} (${dice(factor.factor)} cada una).`,
    );
  }
  return causas;
}

/** Largest factor of which the variance is a whole multiple. */
function factorExplica(
  variacion: Cantidad,
  factores: EntradaCausas['factores'],
): { factor: Cantidad; nombre: string } | null {
  const medida = absoluto(variacion);
  if (medida === 0n) return null;
  const candidatos = factores
    .filter(({ factor }) => factor > 100_000n && medida % factor === 0n)
    .sort((a, b) => (a.factor > b.factor ? -1 : 1));
  return candidatos[0] ?? null;
}
