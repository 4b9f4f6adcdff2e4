import type * as z from 'zod/mini';
import { audita } from '#server/auditoria/auditoria.sql.ts';
import type { Tx } from '#server/platform/db/db.ts';
import { sqlState } from '#server/platform/db/retry.ts';
import type { Deps } from '#server/platform/deps.ts';
import { sha256Hex } from '#server/sync/huella.ts';
import type { AceptaInvitacion, InvitacionVista } from '#shared/contracts/usuarios.ts';
import { AppError } from '#shared/errores.ts';
import { insertUsuario, isLoginTaken } from './alta.sql.ts';
import { hashPassword } from './contrasenas.ts';
import { existsCuenta, insertCuenta, updatePasswordHash } from './cuentas.sql.ts';
import {
  type InvitacionRow,
  markUsada,
  selectInvitacion,
  selectLogin,
  selectNombresTiendas,
} from './invitaciones.sql.ts';
import { limitesOf } from './limites.ts';
import { type Login, parseLogin, supabaseEmail } from './login.ts';
import type { Solicitante } from './primer-admin.ts';
import { revokeSessionsOf } from './sesiones.sql.ts';
import { supabaseAdmin } from './supabase.ts';

/** Two people chose the same name at the same moment. */
const UNIQUE_VIOLATION = '23505';

type InvitacionDeps = Pick<Deps, 'db' | 'clock' | 'env' | 'logger'>;

/** A locked or read invitation, or `INVITACION_INVALIDA`: unknown, used, cancelled and expired are not told apart. */
async function usable(tx: Tx, token: string, at: Date, lock = false): Promise<InvitacionRow> {
  const found = await selectInvitacion(tx, sha256Hex(token), at, lock);
  if (found === undefined) throw new AppError('INVITACION_INVALIDA');
  return found;
}

/** Guesses of tokens (256 bits) are hopeless; the limit keeps them from costing anything. */
async function limited<T>(deps: InvitacionDeps, ip: string, fn: () => Promise<T>): Promise<T> {
  const attempt = limitesOf(deps).begin(ip, 'invitacion');
  try {
    const result = await fn();
    attempt.succeeded();
    return result;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'INVITACION_INVALIDA') attempt.undone();
    throw error;
  }
}

/** What the invited person sees before accepting. */
export function veInvitacion(
  deps: InvitacionDeps,
  ip: string,
  token: string,
): Promise<z.infer<typeof InvitacionVista>> {
  return limited(deps, ip, () =>
    deps.db.asService(
      async (tx) => {
        const { nombre, rol, correo, tiendaIds, usuarioId } = await usable(tx, token, deps.clock.now());
        return {
          nombre,
          rol,
          correo,
          tiendas: await selectNombresTiendas(tx, tiendaIds),
          usuario: usuarioId === null ? null : await selectLogin(tx, usuarioId),
        };
      },
      { readOnly: true },
    ),
  );
}

/**
 * Makes the invited person's account and uses the invitation up. In Supabase mode the account is made there with
 * the service key, or is the one that the caller is logged in to. Rejects with `INVITACION_INVALIDA`,
 * `USUARIO_REPETIDO`, `CONTRASENA_MALA`, `ENTRADA_INVALIDA`, `DEMASIADAS_PETICIONES`.
 */
export function aceptaInvitacion(
  deps: InvitacionDeps,
  { ip, identity }: Solicitante,
  entrada: z.infer<typeof AceptaInvitacion>,
): Promise<{ usuarioId: string }> {
  return limited(deps, ip, async () => {
    const { db, clock, env } = deps;
    if (env.supabase !== undefined && identity !== null) {
      const own = { correo: identity.email?.toLowerCase() ?? null, nombreUsuario: null };
      await admit(deps, entrada.token, { usuarioId: identity.sub, login: own, passwordHash: null });
      return { usuarioId: identity.sub };
    }
    const restablecido = await restablece(deps, entrada);
    if (restablecido !== null) return restablecido;
    const login = parseLogin(entrada.usuario);
    // Before the costly hash and before anything is made at Supabase; `admit` looks again, under the lock.
    const invitacion = await db.asService(
      async (tx) => {
        const found = await usable(tx, entrada.token, clock.now());
        if (await isLoginTaken(tx, login)) throw new AppError('USUARIO_REPETIDO');
        return found;
      },
      { readOnly: true },
    );
    if (env.supabase === undefined) {
      const usuarioId = clock.newId();
      const passwordHash = await hashPassword(entrada.contrasena);
      await admit(deps, entrada.token, { usuarioId, login, passwordHash });
      return { usuarioId };
    }
    const admin = supabaseAdmin(env.supabase);
    if (admin === undefined) throw new AppError('INVITACION_SIN_LLAVE');
    const email = supabaseEmail(entrada.usuario);
    const usuarioId = await admin.createUser(email, entrada.contrasena, invitacion.nombre);
    try {
      await admit(deps, entrada.token, { usuarioId, login, passwordHash: null });
    } catch (error) {
      // Otherwise the e-mail stays taken by an account that is nobody, and the invitation can't be tried again.
      await admin.deleteUser(usuarioId).catch((failure: unknown) => {
        deps.logger.error({ err: failure, usuarioId }, 'an account without a person stays in Supabase');
      });
      throw error;
    }
    return { usuarioId };
  });
}

/**
 * A link for somebody who forgot the password: sets the new one and ends the sessions of the old. null: the token is an
 * invitation of a new person.
 */
async function restablece(
  { db, clock }: InvitacionDeps,
  { token, contrasena }: z.infer<typeof AceptaInvitacion>,
): Promise<{ usuarioId: string } | null> {
  const { usuarioId } = await db.asService((tx) => usable(tx, token, clock.now()), { readOnly: true });
  if (usuarioId === null) return null;
  const hash = await hashPassword(contrasena);
  await db.asService(async (tx) => {
    const now = clock.now();
    const { id } = await usable(tx, token, now, true);
    await updatePasswordHash(tx, usuarioId, hash, now);
    await revokeSessionsOf(tx, usuarioId, now);
    await markUsada(tx, id, usuarioId, now);
    await audita(tx, {
      id: clock.newId(),
      en: now,
      usuarioId,
      accion: 'usuario.restablecio_contrasena',
      entidad: 'usuario',
      entidadId: usuarioId,
      tiendaId: null,
      datos: { invitacion: id },
    });
  });
  return { usuarioId };
}

async function admit(
  { db, clock }: InvitacionDeps,
  token: string,
  account: { usuarioId: string; login: Login; passwordHash: string | null },
): Promise<void> {
  const { usuarioId, login, passwordHash } = account;
  const admitting = db.asService(async (tx) => {
    const now = clock.now();
    const invitacion = await usable(tx, token, now, true);
    if (!(await existsCuenta(tx, usuarioId))) {
      if (await isLoginTaken(tx, login)) throw new AppError('USUARIO_REPETIDO');
      await insertCuenta(tx, { id: usuarioId, email: login.correo, passwordHash, at: now });
    }
    const { id, nombre, rol, limiteAjuste, tiendaIds } = invitacion;
    await insertUsuario(tx, { ...login, id: usuarioId, nombre, rol, limiteAjuste, tiendaIds });
    await markUsada(tx, id, usuarioId, now);
    await audita(tx, {
      id: clock.newId(),
      en: now,
      usuarioId,
      accion: 'usuario.invitacion_aceptada',
      entidad: 'usuario',
      entidadId: usuarioId,
      tiendaId: null,
      datos: { invitacion: id, rol, tiendas: tiendaIds },
    });
  });
  await admitting.catch((error: unknown) => {
    throw sqlState(error) === UNIQUE_VIOLATION ? new AppError('USUARIO_REPETIDO', {}, error) : error;
  });
}
