import type { Tx } from '#server/platform/db/db.ts';
import { AppError } from '#shared/errores.ts';
import { ACCESS_SECONDS, signAccessToken } from './access-token.ts';
import { spendVerification, verifyPassword } from './contrasenas.ts';
import { type Cuenta, selectCuenta, selectCuentaByLogin, touchSignIn } from './cuentas.sql.ts';
import type { AccesoDeps } from './deps.ts';
import { limitesOf } from './limites.ts';
import { llavesOf } from './llaves.ts';
import { hashRefreshToken, newRefreshToken, openSuccessor, sealSuccessor } from './refresh-token.ts';
import {
  deleteDeadSessions,
  deleteTokensUsedBefore,
  insertRefreshToken,
  insertSession,
  isUnusedToken,
  lockTokenByHash,
  markTokenUsed,
  revokeSession,
  type TokenRow,
  touchSession,
} from './sesiones.sql.ts';

const DAY_MS = 24 * 3600_000;
/** A session lives 60 days from its last renewal. */
const REFRESH_LIFE_MS = 60 * DAY_MS;
/** Two tabs, or a repeated request, use the same token within this time and get the same successor. */
const REUSE_WINDOW_MS = 10_000;
/** How long used tokens are remembered, to tell a stolen one from an unknown one. */
const USED_KEPT_MS = 7 * DAY_MS;

export interface Sesion {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  /** Unix seconds. */
  readonly expiresAt: number;
  readonly cuenta: Cuenta;
}

export interface Entrada {
  /** E-mail or user name. */
  readonly login: string;
  readonly password: string;
  readonly ip: string;
  readonly userAgent: string | null;
}

/** Throws `USUARIO_DESACTIVADO` or `USUARIO_SIN_ALTA` for an account whose person may not come in. */
export function assertMayEnter(cuenta: Cuenta, now: Date): void {
  const banned = cuenta.bannedUntil !== null && cuenta.bannedUntil > now;
  if (banned || cuenta.isActive === false) throw new AppError('USUARIO_DESACTIVADO');
  if (cuenta.isActive === null) throw new AppError('USUARIO_SIN_ALTA');
}

/**
 * Logs a person in: a new session. Rejects with `CREDENCIALES_MALAS` (unknown or wrong, not told apart, also
 * not by time), `DEMASIADAS_PETICIONES`, and only after the right password `USUARIO_DESACTIVADO`.
 */
export async function entra(deps: AccesoDeps, { login, password, ip, userAgent }: Entrada): Promise<Sesion> {
  const attempt = limitesOf(deps).begin(ip, login);
  let judged = false;
  try {
    const cuenta = await deps.db.asService((tx) => selectCuentaByLogin(tx, login), { readOnly: true });
    const hash = cuenta?.passwordHash ?? null;
    const right = hash === null ? await spendVerification(password) : await verifyPassword(password, hash);
    judged = true;
    if (cuenta === undefined || !right) throw new AppError('CREDENCIALES_MALAS');
    attempt.succeeded();
    assertMayEnter(cuenta, deps.clock.now());
    return await abreSesion(deps, cuenta.id, userAgent);
  } catch (error) {
    if (!judged) attempt.undone();
    throw error;
  }
}

/** Opens a session for a person who has proved who they are. */
export async function abreSesion(
  deps: AccesoDeps,
  userId: string,
  userAgent: string | null,
): Promise<Sesion> {
  const now = deps.clock.now();
  const sessionId = deps.clock.newId();
  const refreshToken = newRefreshToken();
  const cuenta = await deps.db.asService(async (tx) => {
    await deleteDeadSessions(tx, userId, new Date(now.getTime() - REFRESH_LIFE_MS));
    await insertSession(tx, { id: sessionId, userId, userAgent: userAgent?.slice(0, 300) ?? null, at: now });
    await storeToken(tx, refreshToken, sessionId, null, now);
    await touchSignIn(tx, userId, now);
    return selectCuenta(tx, userId);
  });
  if (cuenta === undefined) throw new AppError('SESION_TERMINADA');
  return finish(deps, { cuenta, sessionId, loggedInAt: now, refreshToken });
}

type Renewal =
  | { readonly kind: 'dead'; readonly error: AppError }
  | {
      readonly kind: 'alive';
      readonly row: TokenRow;
      readonly cuenta: Cuenta;
      readonly refreshToken: string;
    };

/**
 * Exchanges a refresh token for new tokens. Rejects with `SESION_TERMINADA`, `SESION_REUSADA` or
 * `USUARIO_DESACTIVADO` only when the session is truly dead. A used token is good again within 10 s, and at
 * any time while its successor is unused: then the answer was lost on the way, and the same one is given.
 */
export async function renueva(deps: AccesoDeps, token: string): Promise<Sesion> {
  const now = deps.clock.now();
  const hash = hashRefreshToken(token);
  const renewal = await deps.db.asService(async (tx): Promise<Renewal> => {
    const row = await lockTokenByHash(tx, hash);
    if (row === undefined) return { kind: 'dead', error: new AppError('SESION_TERMINADA') };
    const cuenta = await selectCuenta(tx, row.userId);
    const dead = whyDead(row, cuenta, now);
    if (dead !== undefined || cuenta === undefined) {
      return { kind: 'dead', error: dead ?? new AppError('SESION_TERMINADA') };
    }
    const refreshToken =
      row.usedAt === null ? await rotate(tx, token, row, now) : await repeat(tx, token, row, row.usedAt, now);
    if (refreshToken === undefined) {
      // Somebody else holds a copy. Returned, not thrown: the revocation must be committed.
      await revokeSession(tx, row.sessionId, now);
      return { kind: 'dead', error: new AppError('SESION_REUSADA') };
    }
    return { kind: 'alive', row, cuenta, refreshToken };
  });
  if (renewal.kind === 'dead') throw renewal.error;
  const { row, cuenta, refreshToken } = renewal;
  return finish(deps, { cuenta, sessionId: row.sessionId, loggedInAt: row.sessionCreatedAt, refreshToken });
}

function whyDead(row: TokenRow, cuenta: Cuenta | undefined, now: Date): AppError | undefined {
  if (cuenta !== undefined) {
    try {
      assertMayEnter(cuenta, now);
    } catch (error) {
      return error as AppError;
    }
  }
  return row.sessionRevokedAt !== null || row.expiresAt <= now ? new AppError('SESION_TERMINADA') : undefined;
}

async function rotate(tx: Tx, token: string, row: TokenRow, now: Date): Promise<string> {
  const successor = newRefreshToken();
  await storeToken(tx, successor, row.sessionId, row.tokenHash, now);
  await markTokenUsed(tx, row.tokenHash, sealSuccessor(token, successor), now);
  await deleteTokensUsedBefore(tx, row.sessionId, new Date(now.getTime() - USED_KEPT_MS));
  await touchSession(tx, row.sessionId, now);
  return successor;
}

async function repeat(
  tx: Tx,
  token: string,
  row: TokenRow,
  usedAt: Date,
  now: Date,
): Promise<string | undefined> {
  const successor = row.replacedBy === null ? undefined : openSuccessor(token, row.replacedBy);
  if (successor === undefined) return undefined;
  const inWindow = now.getTime() - usedAt.getTime() <= REUSE_WINDOW_MS;
  return inWindow || (await isUnusedToken(tx, successor.hash)) ? successor.token : undefined;
}

async function storeToken(
  tx: Tx,
  token: string,
  sessionId: string,
  parentHash: string | null,
  now: Date,
): Promise<void> {
  const expiresAt = new Date(now.getTime() + REFRESH_LIFE_MS);
  await insertRefreshToken(tx, { hash: hashRefreshToken(token), sessionId, parentHash, at: now, expiresAt });
}

async function finish(
  deps: AccesoDeps,
  made: { cuenta: Cuenta; sessionId: string; loggedInAt: Date; refreshToken: string },
): Promise<Sesion> {
  const now = deps.clock.now();
  const signer = await (await llavesOf(deps)).signer();
  const accessToken = await signAccessToken(signer, {
    userId: made.cuenta.id,
    email: made.cuenta.email,
    sessionId: made.sessionId,
    loggedInAt: made.loggedInAt,
    now,
  });
  return {
    accessToken,
    refreshToken: made.refreshToken,
    expiresIn: ACCESS_SECONDS,
    expiresAt: Math.floor(now.getTime() / 1000) + ACCESS_SECONDS,
    cuenta: made.cuenta,
  };
}
