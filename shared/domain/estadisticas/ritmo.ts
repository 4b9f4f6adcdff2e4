/** Fewer lines than these say nothing of how fast a shop counts. */
export const LINEAS_MINIMAS = 30;

/**
 * Lines an hour of counting: `lineas` that followed another within the pause, and the seconds between them. Null when there
 * are too few.
 */
export function lineasPorHora(lineas: number, segundos: number): number | null {
  if (lineas < LINEAS_MINIMAS || segundos <= 0) return null;
  return Math.max(1, Math.round((lineas * 3600) / segundos));
}
