import type * as z from 'zod/mini';
import { replaceTiendas } from '#server/acceso/alta.sql.ts';
import { assertLimite, parseNombre } from '#server/acceso/datos-persona.ts';
import { revokeSessionsOf } from '#server/acceso/sesiones.sql.ts';
import { supabaseAdmin } from '#server/acceso/supabase.ts';
import { audita } from '#server/auditoria/auditoria.sql.ts';
import type { Tx } from '#server/platform/db/db.ts';
import type { Deps } from '#server/platform/deps.ts';
import type { EditaUsuario } from '#shared/contracts/usuarios.ts';
import { AppError } from '#shared/errores.ts';
import {
  countTiendas,
  lockAdminsActivos,
  lockUsuario,
  type UsuarioRow,
  updateUsuario,
} from './usuarios.sql.ts';

/** Throws `ENTRADA_INVALIDA` when one of the shops does not exist. */
export async function assertTiendas(tx: Tx, ids: readonly string[]): Promise<void> {
  if ((await countTiendas(tx, ids)) !== new Set(ids).size) {
    throw new AppError('ENTRADA_INVALIDA', { detalle: 'una de las tiendas no existe' });
  }
}

function differences(
  before: UsuarioRow,
  after: UsuarioRow,
): Record<string, { antes: unknown; despues: unknown }> {
  const keys = ['nombre', 'rol', 'limiteAjuste', 'isActive', 'tiendaIds'] as const;
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  return Object.fromEntries(changed.map((key) => [key, { antes: before[key], despues: after[key] }]));
}

/**
 * Changes a person: name, role, shops, limit, active. Putting somebody out ends their sessions at once; what their
 * phones still send is taken into quarantine. Rejects with `USUARIO_ULTIMO_ADMIN` when no active admin would be
 * left, `NO_ENCONTRADO`, `ENTRADA_INVALIDA`.
 */
export async function editaUsuario(
  deps: Pick<Deps, 'db' | 'clock' | 'env' | 'logger'>,
  porId: string,
  cambio: z.infer<typeof EditaUsuario>,
): Promise<UsuarioRow> {
  const { db, clock, env, logger } = deps;
  const nombre = cambio.nombre === undefined ? undefined : parseNombre(cambio.nombre);
  assertLimite(cambio.limiteAjuste);
  const { before, after } = await db.asService(async (tx) => {
    const now = clock.now();
    const admins = await lockAdminsActivos(tx);
    const antes = await lockUsuario(tx, cambio.id);
    if (antes === undefined) throw new AppError('NO_ENCONTRADO');
    if (cambio.tiendaIds !== undefined) await assertTiendas(tx, cambio.tiendaIds);
    const despues: UsuarioRow = {
      ...antes,
      nombre: nombre ?? antes.nombre,
      rol: cambio.rol ?? antes.rol,
      limiteAjuste: cambio.limiteAjuste === undefined ? antes.limiteAjuste : cambio.limiteAjuste,
      isActive: cambio.isActive ?? antes.isActive,
      tiendaIds: cambio.tiendaIds === undefined ? antes.tiendaIds : [...new Set(cambio.tiendaIds)].sort(),
    };
    const staysAdmin = despues.rol === 'admin' && despues.isActive;
    if (!staysAdmin && admins.every((id) => id === antes.id)) throw new AppError('USUARIO_ULTIMO_ADMIN');
    const datos = differences(antes, despues);
    if (Object.keys(datos).length === 0) return { before: antes, after: despues };

    await updateUsuario(tx, { ...despues, at: now });
    if (cambio.tiendaIds !== undefined) await replaceTiendas(tx, antes.id, despues.tiendaIds);
    // Supabase keeps its own sessions: there the ban below ends them.
    if (!despues.isActive && env.supabase === undefined) await revokeSessionsOf(tx, antes.id, now);
    await audita(tx, {
      id: clock.newId(),
      en: now,
      usuarioId: porId,
      accion: 'usuario.editado',
      entidad: 'usuario',
      entidadId: antes.id,
      tiendaId: null,
      datos,
    });
    return { before: antes, after: despues };
  });
  if (env.supabase !== undefined && before.isActive !== after.isActive) {
    // is_active is what every request looks at; the ban only spares Supabase the renewals.
    await supabaseAdmin(env.supabase)
      ?.setBanned(after.id, !after.isActive)
      .catch((error: unknown) =>
        logger.warn({ err: error, usuarioId: after.id }, 'Supabase was not told of a ban'),
      );
  }
  return after;
}
