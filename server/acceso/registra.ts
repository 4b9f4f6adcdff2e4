import type { Claims } from '#server/platform/db/db.ts';
import { leeMeta } from '#server/sync/epoca.ts';
import { secretoCoincide, sha256Hex } from '#server/sync/huella.ts';
import type { RegistraEntrada, RegistraSalida } from '#shared/contracts/sync.ts';
import { AppError } from '#shared/errores.ts';
import type { AccesoDeps } from './deps.ts';
import { llavesOf } from './llaves.ts';
import { insertDevice, lockDevice, selectPersona, updateDeviceUser } from './registra.sql.ts';
import { issueTurno } from './turno.ts';

/**
 * Makes a phone known and issues a turno to the person of the access token. A phone serves several people: each
 * log-in registers it again, with the same secret. Rejects with `USUARIO_SIN_ALTA`, `USUARIO_DESACTIVADO`,
 * `EQUIPO_SECRETO` (another's id: the phone takes a new identity) or `EQUIPO_REVOCADO`.
 */
export async function registra(
  deps: AccesoDeps,
  claims: Claims,
  entrada: RegistraEntrada,
): Promise<RegistraSalida> {
  const { db, clock } = deps;
  const signer = await (await llavesOf(deps)).signer();
  return db.asService(async (tx) => {
    const now = clock.now();
    const persona = await selectPersona(tx, claims.sub);
    if (persona === undefined) throw new AppError('USUARIO_SIN_ALTA');
    if (!persona.isActive) throw new AppError('USUARIO_DESACTIVADO');

    const { deviceId, secret, nombre, app } = entrada;
    await insertDevice(tx, { id: deviceId, secretHash: sha256Hex(secret), nombre, at: now });
    const device = await lockDevice(tx, deviceId);
    if (device === undefined || !secretoCoincide(secret, device.secretHash)) {
      throw new AppError('EQUIPO_SECRETO');
    }
    if (device.revokedAt !== null) throw new AppError('EQUIPO_REVOCADO');
    await updateDeviceUser(tx, { id: deviceId, usuarioId: persona.id, app, at: now });

    const { id: usuarioId, rol, tiendaIds, correo, limiteAjuste } = persona;
    const { token, turno } = await issueTurno(tx, clock, signer, { usuarioId, deviceId, rol, tiendaIds });
    const { epoch } = await leeMeta(tx);
    return {
      turno: {
        token,
        usuarioId,
        nombre: persona.nombre,
        correo,
        rol,
        tiendaIds,
        limiteAjuste,
        emitidoEn: turno.iat.toISOString(),
        expiraEn: turno.exp.toISOString(),
      },
      serverTime: now.toISOString(),
      epoch,
    };
  });
}
