import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import type { Rol } from '#shared/roles.ts';

export interface PersonaRow {
  readonly id: string;
  readonly nombre: string;
  readonly correo: string | null;
  readonly rol: Rol;
  readonly limiteAjuste: string | null;
  readonly isActive: boolean;
  readonly tiendaIds: string[];
}

export async function selectPersona(tx: Tx, id: string): Promise<PersonaRow | undefined> {
  const { rows } = await sql<PersonaRow>`
    select u.id, u.nombre, coalesce(u.correo, u.nombre_usuario) as correo, u.rol,
           u.limite_ajuste as "limiteAjuste", u.is_active as "isActive",
           inventario.tiendas_de(u.id) as "tiendaIds"
      from inventario.usuarios u where u.id = ${id}`.execute(tx);
  return rows[0];
}

/** Makes the device known unless it is. Its secret is fixed by the first who registers it. */
export async function insertDevice(
  tx: Tx,
  d: { id: string; secretHash: string; nombre: string; at: Date },
): Promise<void> {
  await sql`
    insert into sync.device (id, secret_hash, nombre, created_at)
    values (${d.id}, ${d.secretHash}, ${d.nombre}, ${d.at})
    on conflict (id) do nothing`.execute(tx);
}

export async function lockDevice(
  tx: Tx,
  id: string,
): Promise<{ secretHash: string; revokedAt: Date | null } | undefined> {
  const { rows } = await sql<{ secretHash: string; revokedAt: Date | null }>`
    select secret_hash as "secretHash", revoked_at as "revokedAt" from sync.device
     where id = ${id} for no key update`.execute(tx);
  return rows[0];
}

/** Who is on the device now. A name that a manager gave stays. */
export async function updateDeviceUser(
  tx: Tx,
  d: { id: string; usuarioId: string; app: string; at: Date },
): Promise<void> {
  await sql`
    update sync.device set usuario_id = ${d.usuarioId}, app_ver = ${d.app}, last_seen = ${d.at}
     where id = ${d.id}`.execute(tx);
}
