import type { RenglonContado } from '#client/offline/index.ts';

/** What was written about a row, newest line first, each said once. */
export function notasDe(renglon: Pick<RenglonContado, 'lineas'>): string[] {
  return [...new Set(renglon.lineas.flatMap((linea) => linea.nota ?? []))];
}
