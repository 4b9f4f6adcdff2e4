import type { LineaViva } from './conteo.ts';
import { CANTIDAD_ESCALA, type Cantidad, multiplica } from './decimal.ts';

/** One part of a kit and how many of it one kit holds. */
export interface Parte {
  productoId: string;
  cantidad: Cantidad;
}

/** Parts of a kit; empty for what is never counted (a service, a kit whose parts nobody has said); null for the rest. */
export type PartesDe = (productoId: string) => readonly Parte[] | null;

/** A kit is counted by its parts: its line becomes one line per part, so a void of the scan takes all of them out. */
export function expandeJuego(linea: LineaViva, partesDe: PartesDe): LineaViva[] {
  const partes = linea.productoId === null ? null : partesDe(linea.productoId);
  if (partes === null) return [linea];
  return partes.map(({ productoId, cantidad }) => ({
    ...linea,
    productoId,
    unidades: multiplica(linea.unidades, CANTIDAD_ESCALA, cantidad, CANTIDAD_ESCALA, CANTIDAD_ESCALA),
  }));
}
