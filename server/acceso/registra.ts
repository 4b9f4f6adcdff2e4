import type { Claims, Tx } from '#server/platform/db/db.ts';
import { leeMeta } from '#server/sync/epoca.ts';
import { secretoCoincide, sha256Hex } from '#server/sync/huella.ts';
import type { RegistraEntrada, RegistraSalida, TurnoDeAntes, TurnoMovido } from '#shared/contracts/sync.ts';
import { AppError, isAppError } from '#shared/errores.ts';
import type { AccesoDeps } from './deps.ts';
import { type Llaves, llavesOf, type Signer } from './llaves.ts';
import { insertDevice, lockDevice, selectPersona, updateDeviceUser } from './registra.sql.ts';
import { issueTurno, moveTurno, type TurnoVerificado, verifyTurno } from './turno.ts';

/**
 * Makes a phone known and issues a turno to the person of the access token. A phone serves several people: each
 * log-in registers it again, with the same secret. Rejects with `USUARIO_SIN_ALTA`, `USUARIO_DESACTIVADO`,
 * `EQUIPO_SECRETO` (another's id: the phone takes a new identity) or `EQUIPO_REVOCADO`. A phone that took a new identity
 * gets the turnos of all its people again, so that what Ana did before arrives as Ana's while Luis is in.
 */
export async function registra(
  deps: AccesoDeps,
  claims: Claims,
  entrada: RegistraEntrada,
): Promise<RegistraSalida> {
  const { db, clock } = deps;
  const llaves = await llavesOf(deps);
  const signer = await llaves.signer();
  const deAntes = await leidos(llaves, entrada.turnosDeAntes ?? []);
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
    const movidos: TurnoMovido[] = [];
    for (const [prueba, anterior] of deAntes) {
      if (await esSuyo(tx, prueba, anterior, deviceId)) {
        movidos.push(await mueve(tx, deps, signer, anterior, deviceId));
      }
    }
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
      movidos,
      serverTime: now.toISOString(),
      epoch,
    };
  });
}

/** Those with a good signature; outside the transaction, as `verifyTurno` asks. */
async function leidos(
  llaves: Llaves,
  pruebas: readonly TurnoDeAntes[],
): Promise<[TurnoDeAntes, TurnoVerificado][]> {
  const buenos: [TurnoDeAntes, TurnoVerificado][] = [];
  for (const prueba of pruebas) {
    try {
      buenos.push([prueba, await verifyTurno(llaves, prueba.token)]);
    } catch (error) {
      if (!isAppError(error)) throw error;
    }
  }
  return buenos;
}

/** The secret says that the phone is the one which had that id; a device that was put out of use takes its turnos with it. */
async function esSuyo(
  tx: Tx,
  prueba: TurnoDeAntes,
  turno: TurnoVerificado,
  deviceId: string,
): Promise<boolean> {
  if (turno.deviceId !== prueba.deviceId || turno.deviceId === deviceId) return false;
  const anterior = await lockDevice(tx, prueba.deviceId);
  return (
    anterior !== undefined &&
    anterior.revokedAt === null &&
    secretoCoincide(prueba.secret, anterior.secretHash)
  );
}

async function mueve(
  tx: Tx,
  { clock }: AccesoDeps,
  signer: Signer,
  anterior: TurnoVerificado,
  deviceId: string,
): Promise<TurnoMovido> {
  return {
    token: await moveTurno(tx, clock, signer, anterior, deviceId),
    usuarioId: anterior.usuarioId,
    emitidoEn: anterior.iat.toISOString(),
    expiraEn: anterior.exp.toISOString(),
  };
}
