import { errors, jwtVerify, SignJWT } from 'jose';
import * as z from 'zod/mini';
import type { Clock } from '#server/platform/clock.ts';
import type { Tx } from '#server/platform/db/db.ts';
import { Uuid } from '#shared/contracts/basicos.ts';
import { Rol } from '#shared/contracts/usuarios.ts';
import { AppError } from '#shared/errores.ts';
import type { Rol as RolName } from '#shared/roles.ts';
import { ALG, type Llaves, type Signer } from './llaves.ts';
import { insertTurno } from './turno.sql.ts';
import { isTokenFault } from './verify.ts';

/** A 12-hour shift and the way home. */
export const TURNO_HOURS = 14;
const TURNO_MS = TURNO_HOURS * 3600_000;
const ISSUER = 'devcompras';
const AUDIENCE = 'turno';
const TYP = 'turno+jwt';

/** Who worked on which device, until when. Says what the person was when it was issued, not what they are now. */
export interface TurnoVerificado {
  readonly turnoId: string;
  readonly usuarioId: string;
  readonly deviceId: string;
  readonly rol: RolName;
  readonly tiendaIds: readonly string[];
  readonly iat: Date;
  /** What was done at or before this instant was done within the turno. */
  readonly exp: Date;
}

export interface TurnoInput {
  readonly usuarioId: string;
  readonly deviceId: string;
  readonly rol: RolName;
  readonly tiendaIds: readonly string[];
}

/**
 * Issues a turno of 14 h and notes it in `sync.turno`. The signer comes from outside because
 * `llaves.signer()` may need a connection of its own: take it before the transaction.
 */
export async function issueTurno(
  tx: Tx,
  clock: Clock,
  signer: Signer,
  input: TurnoInput,
): Promise<{ token: string; turno: TurnoVerificado }> {
  // Whole seconds, as a JWT tells time: the row and the token say the same.
  const iat = Math.floor(clock.now().getTime() / 1000);
  const exp = iat + TURNO_MS / 1000;
  const turno: TurnoVerificado = {
    turnoId: clock.newId(),
    ...input,
    iat: new Date(iat * 1000),
    exp: new Date(exp * 1000),
  };
  return { token: await notesAndSigns(tx, signer, turno), turno };
}

/** The same turno for the new id of its phone: it says the same of the same hours, and gives not a minute more. */
export function moveTurno(
  tx: Tx,
  clock: Clock,
  signer: Signer,
  turno: TurnoVerificado,
  deviceId: string,
): Promise<string> {
  return notesAndSigns(tx, signer, { ...turno, turnoId: clock.newId(), deviceId });
}

async function notesAndSigns(tx: Tx, signer: Signer, turno: TurnoVerificado): Promise<string> {
  const { turnoId: id, usuarioId, deviceId, rol, tiendaIds, iat, exp } = turno;
  await insertTurno(tx, { id, usuarioId, deviceId, rol, tiendaIds, emitidoEn: iat, expiraEn: exp });
  return new SignJWT({ device: deviceId, rol, tiendas: [...tiendaIds] })
    .setProtectedHeader({ alg: ALG, kid: signer.kid, typ: TYP })
    .setJti(id)
    .setSubject(usuarioId)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt(iat)
    .setExpirationTime(exp)
    .sign(signer.key);
}

const Payload = z.object({
  jti: Uuid,
  sub: Uuid,
  device: Uuid,
  rol: Rol,
  tiendas: z.array(Uuid),
  iat: z.int(),
  exp: z.int(),
});

/**
 * Checks the signature and the purpose of a turno, also by retired keys, and **not** its expiry: lines arrive
 * weeks after they were made, and the caller compares their corrected instant with `exp`. Rejects with
 * `TURNO_INVALIDO`. Verify before opening a transaction: an unknown key makes PostgreSQL be read.
 */
export async function verifyTurno(llaves: Llaves, token: string): Promise<TurnoVerificado> {
  try {
    const { payload } = await jwtVerify(
      token,
      async ({ kid }) => {
        const key = kid === undefined ? undefined : await llaves.publicKey(kid, 'turno');
        if (key === undefined) throw new errors.JWKSNoMatchingKey();
        return key;
      },
      // The epoch as the present: every expiry lies ahead of it.
      { algorithms: [ALG], issuer: ISSUER, audience: AUDIENCE, typ: TYP, currentDate: new Date(0) },
    );
    const { jti, sub, device, rol, tiendas, iat, exp } = Payload.parse(payload);
    return {
      turnoId: jti,
      usuarioId: sub,
      deviceId: device,
      rol,
      tiendaIds: tiendas,
      iat: new Date(iat * 1000),
      exp: new Date(exp * 1000),
    };
  } catch (error) {
    if (isTokenFault(error) || error instanceof z.core.$ZodError)
      throw new AppError('TURNO_INVALIDO', {}, error);
    throw error;
  }
}
