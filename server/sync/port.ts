import type { AccesoDeps } from '#server/acceso/deps.ts';
import { llavesOf } from '#server/acceso/llaves.ts';
import { verifyTurno } from '#server/acceso/turno.ts';
import type { Logger } from '#server/platform/logger.ts';
import { isAppError } from '#shared/errores.ts';
import type { SyncPort } from './contexto.ts';
import { ensureEpoch } from './epoca.ts';
import { aplicaEnEspera } from './rechazos.ts';

/** The server's `Deps` and a request's `Context` both have them. */
export type SyncDeps = AccesoDeps & { readonly logger?: Logger | undefined };

/** The port of the real server. */
export function syncPort(deps: SyncDeps): SyncPort {
  return {
    db: deps.db,
    clock: deps.clock,
    avisa: (error, mutacion) =>
      deps.logger?.error({ err: error, ...mutacion }, 'a mutation became a dead letter'),
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
export async function startSync(deps: SyncDeps): Promise<{ epoch: string; aplicadas: number }> {
  const epoch = await ensureEpoch(deps.db, deps.clock);
  return { epoch, aplicadas: await aplicaEnEspera(syncPort(deps)) };
}
