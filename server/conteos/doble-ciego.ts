import { AppError } from '#shared/errores.ts';
import type { ConteoRow, ParteRow } from './revision.sql.ts';

/**
 * Whose parts a double blind conteo still waits for; empty when its figures may be seen. Recounts don't count: who asked
 * for one has seen the figures.
 */
export function faltanPartesDobleCiego(
  conteo: Pick<ConteoRow, 'doble_ciego' | 'estado'>,
  partes: readonly ParteRow[],
): string[] {
  if (!conteo.doble_ciego || (conteo.estado !== 'abierto' && conteo.estado !== 'planeado')) return [];
  return partes
    .filter((parte) => parte.intento === 1 && parte.terminada_en === null)
    .map((parte) => parte.usuario_id);
}

/** Throws DOBLE_CIEGO_ABIERTO while a double blind conteo waits for a part. */
export function exigePartesDobleCiego(
  conteo: Pick<ConteoRow, 'doble_ciego' | 'estado'>,
  partes: readonly ParteRow[],
  nombres: ReadonlyMap<string, string>,
): void {
  const faltan = faltanPartesDobleCiego(conteo, partes);
  if (faltan.length > 0) throw new AppError('DOBLE_CIEGO_ABIERTO', { faltan: nombresDe(faltan, nombres) });
}

export function nombresDe(ids: readonly string[], nombres: ReadonlyMap<string, string>): string {
  return ids.map((id) => nombres.get(id) ?? '').join(', ');
}
