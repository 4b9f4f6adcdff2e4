import type { Tx } from '#server/platform/db/db.ts';
import { AppError } from '#shared/errores.ts';
import { type EquipoRow, lockEquipo, selectEquipo } from './equipo.sql.ts';
import { secretoCoincide } from './huella.ts';

/**
 * The device of a call. Throws EQUIPO_DESCONOCIDO when the server has none (the phone registers again with the same
 * id and secret) and EQUIPO_SECRETO when the secret is another's (the phone takes a new identity).
 */
export async function autenticaEquipo(
  tx: Tx,
  equipo: { deviceId: string; secret: string },
  lock = false,
): Promise<EquipoRow> {
  const row = await (lock ? lockEquipo : selectEquipo)(tx, equipo.deviceId);
  if (row === undefined) throw new AppError('EQUIPO_DESCONOCIDO');
  if (!secretoCoincide(equipo.secret, row.secretHash)) throw new AppError('EQUIPO_SECRETO');
  return row;
}
