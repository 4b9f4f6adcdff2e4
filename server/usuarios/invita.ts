import { randomBytes } from 'node:crypto';
import type * as z from 'zod/mini';
import { isLoginTaken } from '#server/acceso/alta.sql.ts';
import { assertLimite, parseNombre } from '#server/acceso/datos-persona.ts';
import { insertInvitacion, markCancelada } from '#server/acceso/invitaciones.sql.ts';
import { audita } from '#server/auditoria/auditoria.sql.ts';
import type { Deps } from '#server/platform/deps.ts';
import { sha256Hex } from '#server/sync/huella.ts';
import type { Invita, InvitacionHecha } from '#shared/contracts/usuarios.ts';
import { AppError } from '#shared/errores.ts';
import { assertTiendas } from './edita.ts';
import { selectUsuarios } from './usuarios.sql.ts';

const DAY_MS = 24 * 3600_000;
/** A week: somebody hired on Friday accepts on Monday. */
const INVITACION_MS = 7 * DAY_MS;
/** Where the client shows an invitation. */
const RUTA = '/invitacion/';

type InvitaDeps = Pick<Deps, 'db' | 'clock'>;

/**
 * Invites a person. `ruta` holds the token and is told only this once; the client puts its own origin before it
 * and shows link and QR. Rejects with `USUARIO_REPETIDO`, `ENTRADA_INVALIDA`.
 */
export async function invita(
  { db, clock }: InvitaDeps,
  porId: string,
  entrada: z.infer<typeof Invita>,
): Promise<z.infer<typeof InvitacionHecha>> {
  assertLimite(entrada.limiteAjuste);
  const nombre = parseNombre(entrada.nombre);
  const token = randomBytes(32).toString('base64url');
  const id = clock.newId();
  const now = clock.now();
  const expiraEn = new Date(now.getTime() + INVITACION_MS);
  await db.asService(async (tx) => {
    await assertTiendas(tx, entrada.tiendaIds);
    const { correo } = entrada;
    if (correo !== null && (await isLoginTaken(tx, { correo, nombreUsuario: null }))) {
      throw new AppError('USUARIO_REPETIDO');
    }
    await insertInvitacion(tx, {
      ...entrada,
      id,
      nombre,
      tokenHash: sha256Hex(token),
      usuarioId: null,
      creadaPor: porId,
      creadaEn: now,
      expiraEn,
    });
    await audita(tx, {
      id: clock.newId(),
      en: now,
      usuarioId: porId,
      accion: 'usuario.invitado',
      entidad: 'invitacion',
      entidadId: id,
      tiendaId: null,
      datos: { nombre, correo, rol: entrada.rol, tiendas: entrada.tiendaIds },
    });
  });
  return { id, ruta: `${RUTA}${token}`, expiraEn: expiraEn.toISOString() };
}

/** A day: who forgot the password stands beside the admin. */
const RESTABLECER_MS = DAY_MS;

/**
 * A link with which a person chooses a new password; told only once, like an invitation. At Supabase passwords are
 * Supabase's business. Rejects with `NO_ENCONTRADO`, `USUARIO_DESACTIVADO`, `CONTRASENA_EN_SUPABASE`.
 */
export async function restableceContrasena(
  { db, clock, env }: InvitaDeps & Pick<Deps, 'env'>,
  porId: string,
  usuarioId: string,
): Promise<z.infer<typeof InvitacionHecha>> {
  if (env.supabase !== undefined) throw new AppError('CONTRASENA_EN_SUPABASE');
  const token = randomBytes(32).toString('base64url');
  const id = clock.newId();
  const now = clock.now();
  const expiraEn = new Date(now.getTime() + RESTABLECER_MS);
  await db.asService(async (tx) => {
    const persona = (await selectUsuarios(tx)).find((u) => u.id === usuarioId);
    if (persona === undefined) throw new AppError('NO_ENCONTRADO');
    if (!persona.isActive) throw new AppError('USUARIO_DESACTIVADO');
    await insertInvitacion(tx, {
      id,
      nombre: persona.nombre,
      correo: persona.correo,
      rol: persona.rol,
      tiendaIds: persona.tiendaIds,
      limiteAjuste: persona.limiteAjuste,
      usuarioId,
      tokenHash: sha256Hex(token),
      creadaPor: porId,
      creadaEn: now,
      expiraEn,
    });
    await audita(tx, {
      id: clock.newId(),
      en: now,
      usuarioId: porId,
      accion: 'usuario.enlace_contrasena',
      entidad: 'usuario',
      entidadId: usuarioId,
      tiendaId: null,
      datos: { invitacion: id },
    });
  });
  return { id, ruta: `${RUTA}${token}`, expiraEn: expiraEn.toISOString() };
}

/** Takes an invitation back. Rejects with `INVITACION_INVALIDA` when it was used or cancelled before. */
export async function cancelaInvitacion({ db, clock }: InvitaDeps, porId: string, id: string): Promise<void> {
  await db.asService(async (tx) => {
    const now = clock.now();
    if (!(await markCancelada(tx, id, now))) throw new AppError('INVITACION_INVALIDA');
    await audita(tx, {
      id: clock.newId(),
      en: now,
      usuarioId: porId,
      accion: 'usuario.invitacion_cancelada',
      entidad: 'invitacion',
      entidadId: id,
      tiendaId: null,
      datos: {},
    });
  });
}
