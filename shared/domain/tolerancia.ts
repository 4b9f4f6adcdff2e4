import { absoluto, type Cantidad, type Centavos } from './decimal.ts';

/** Limits of a variance; null or absent = not set. */
export interface Tolerancia {
  unidades?: Cantidad | null;
  /** Hundredths of a percent: 2.5 % is `250n`. */
  porcentaje?: bigint | null;
  pesos?: Centavos | null;
}

/** Decimals of `Tolerancia.porcentaje` as text (numeric(6,2)). */
export const PORCENTAJE_ESCALA = 2;

/**
 * True when the variance passes every tolerance that is set. The percentage is ignored where the teórico is not
 * positive. With nothing (left) to compare, only an exact count passes; a limit in pesos cannot be passed without a
 * cost. Passing spares the recount, not the ajuste.
 */
export function dentroDeTolerancia(entrada: {
  variacion: Cantidad;
  teorico: Cantidad;
  /** |variance| at cost may be null: "sin costo". */
  valor: Centavos | null;
  tolerancia: Tolerancia;
}): boolean {
  const { tolerancia, teorico, valor } = entrada;
  const variacion = absoluto(entrada.variacion);
  if (variacion === 0n) return true;
  const pruebas: boolean[] = [];
  const { unidades, porcentaje, pesos } = tolerancia;
  if (unidades !== undefined && unidades !== null) pruebas.push(variacion <= unidades);
  if (porcentaje !== undefined && porcentaje !== null && teorico > 0n) {
    pruebas.push(variacion * 10_000n <= porcentaje * teorico);
  }
  if (pesos !== undefined && pesos !== null) pruebas.push(valor !== null && absoluto(valor) <= pesos);
  return pruebas.length > 0 && pruebas.every((pasa) => pasa);
}
