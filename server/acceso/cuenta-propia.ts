import { audita } from '#server/auditoria/auditoria.sql.ts';
import { Contrasena } from '#shared/contracts/usuarios.ts';
import { AppError } from '#shared/errores.ts';
import { hashPassword, verifyPassword } from './contrasenas.ts';
import { type Cuenta, selectCuenta, updatePasswordHash } from './cuentas.sql.ts';
import type { AccesoDeps } from './deps.ts';
import { limitesOf } from './limites.ts';
import { revokeSession, revokeSessionsOf, selectLiveSession } from './sesiones.sql.ts';
import { assertMayEnter } from './sesiones.ts';
import type { AccessClaims } from './verify.ts';

/** Which sessions a sign-out ends, in Supabase's words. */
export type SignOutScope = 'global' | 'local' | 'others';

/** The account of a session that still lives. Rejects with `SESION_TERMINADA` or `USUARIO_DESACTIVADO`. */
export async function cuentaDeSesion(deps: AccesoDeps, claims: AccessClaims): Promise<Cuenta> {
  const cuenta = await deps.db.asService(
    async (tx) => {
      const { sessionId, sub } = claims;
      const live = sessionId === undefined ? undefined : await selectLiveSession(tx, sessionId, sub);
      return live === undefined ? undefined : selectCuenta(tx, sub);
    },
    { readOnly: true },
  );
  if (cuenta === undefined) throw new AppError('SESION_TERMINADA');
  assertMayEnter(cuenta, deps.clock.now());
  return cuenta;
}

/** Ends this session, the person's others, or all. Ending what has ended is no error. */
export async function cierraSesion(
  deps: AccesoDeps,
  claims: AccessClaims,
  scope: SignOutScope,
): Promise<void> {
  const now = deps.clock.now();
  await deps.db.asService(async (tx) => {
    if (scope === 'local') {
      if (claims.sessionId !== undefined) await revokeSession(tx, claims.sessionId, now);
    } else {
      await revokeSessionsOf(tx, claims.sub, now, scope === 'others' ? claims.sessionId : undefined);
    }
  });
}

export interface CambioContrasena {
  readonly password: string;
  /** Checked when the client sends it. */
  readonly current: string | undefined;
  readonly ip: string;
}

/**
 * Changes the person's own password and ends their other sessions. Rejects with `CONTRASENA_MALA`,
 * `CONTRASENA_IGUAL`, `CREDENCIALES_MALAS` (wrong current one), `DEMASIADAS_PETICIONES`.
 */
export async function cambiaContrasena(
  deps: AccesoDeps,
  claims: AccessClaims,
  { password, current, ip }: CambioContrasena,
): Promise<Cuenta> {
  const cuenta = await cuentaDeSesion(deps, claims);
  if (!Contrasena.safeParse(password).success) throw new AppError('CONTRASENA_MALA');
  const stored = cuenta.passwordHash ?? '';
  if (current !== undefined) {
    const attempt = limitesOf(deps).begin(ip, cuenta.id);
    if (!(await verifyPassword(current, stored))) throw new AppError('CREDENCIALES_MALAS');
    attempt.succeeded();
  }
  if (await verifyPassword(password, stored)) throw new AppError('CONTRASENA_IGUAL');
  const hash = await hashPassword(password);
  const now = deps.clock.now();
  await deps.db.asService(async (tx) => {
    await updatePasswordHash(tx, cuenta.id, hash, now);
    await revokeSessionsOf(tx, cuenta.id, now, claims.sessionId);
    await audita(tx, {
      id: deps.clock.newId(),
      en: now,
      usuarioId: cuenta.id,
      accion: 'usuario.cambio_contrasena',
      entidad: 'usuario',
      entidadId: cuenta.id,
      tiendaId: null,
      datos: {},
    });
  });
  return { ...cuenta, updatedAt: now };
}
