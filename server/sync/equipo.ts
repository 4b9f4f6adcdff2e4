import type { Tx } from '#server/platform/db/db.ts';
import { AppError } from '#shared/errores.ts';
import { type EquipoRow, lockEquipo, lockEquipoYEpoca, selectEquipo } from './equipo.sql.ts';
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
  return probado(equipo, await (lock ? lockEquipo : selectEquipo)(tx, equipo.deviceId));
}

/** The device of a push, locked, and the epoch, in one round trip. Throws as `autenticaEquipo`. */
export async function tomaEquipo(
  tx: Tx,
  equipo: { deviceId: string; secret: string },
): Promise<EquipoRow & { readonly epoch: string }> {
  const { epoch, ...row } = probado(equipo, await lockEquipoYEpoca(tx, equipo.deviceId));
  if (epoch === null) throw new Error('sync.meta is empty: ensureEpoch has not run');
  return { ...row, epoch };
}

function probado<R extends EquipoRow>({ secret }: { secret: string }, row: R | undefined): R {
  if (row === undefined) throw new AppError('EQUIPO_DESCONOCIDO');
  if (!secretoCoincide(secret, row.secretHash)) throw new AppError('EQUIPO_SECRETO');
  return row;
}
