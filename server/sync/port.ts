import type { AccesoDeps } from '#server/acceso/deps.ts';
import { llavesOf } from '#server/acceso/llaves.ts';
import { verifyTurno } from '#server/acceso/turno.ts';
import { isAppError } from '#shared/errores.ts';
import type { SyncPort } from './contexto.ts';
import { ensureEpoch } from './epoca.ts';
import { aplicaEnEspera } from './rechazos.ts';

/** The port of the real server. */
export function syncPort(deps: AccesoDeps): SyncPort {
  return {
    db: deps.db,
    clock: deps.clock,
    async leeTurno(token) {
      try {
        const turno = await verifyTurno(await llavesOf(deps), token);
        return { usuarioId: turno.usuarioId, deviceId: turno.deviceId, expiraEn: turno.exp };
      } catch (error) {
        if (isAppError(error) && error.code === 'TURNO_INVALIDO') return null;
        throw error;
      }
    },
  };
}

/** Once per start, after the migrations and before the first request: the epoch, and what waited for this version. */
export async function startSync(deps: AccesoDeps): Promise<{ epoch: string; aplicadas: number }> {
  const epoch = await ensureEpoch(deps.db, deps.clock);
  return { epoch, aplicadas: await aplicaEnEspera(syncPort(deps)) };
}
