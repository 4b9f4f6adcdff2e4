export type ClaseXyz = 'X' | 'Y' | 'Z';

/** Weeks that are looked at, and the fewest that say something. */
export const SEMANAS_XYZ = 26;
export const SEMANAS_MINIMAS = 8;
/** Usual limits of the coefficient of variation for demand by week: X up to 0.5, Y up to 1, Z above. */
export const LIMITES_XYZ = { x: 0.5, y: 1 } as const;

/**
 * Coefficient of variation of the weekly demand: standard deviation (of the population of weeks) ÷ mean. Weeks without a sale
 * count as 0. `suma` and `cuadrados`: Σ and Σ² of the units of each week. Null without demand, or with too few weeks to tell.
 */
export function variabilidad(
  semanas: number,
  suma: number,
  cuadrados: number,
  minimas = SEMANAS_MINIMAS,
): number | null {
  if (semanas < minimas || suma <= 0) return null;
  const media = suma / semanas;
  return Math.sqrt(Math.max(0, cuadrados / semanas - media * media)) / media;
}

export function clasificaXyz(variacion: number | null): ClaseXyz | null {
  if (variacion === null) return null;
  return variacion <= LIMITES_XYZ.x ? 'X' : variacion <= LIMITES_XYZ.y ? 'Y' : 'Z';
}
