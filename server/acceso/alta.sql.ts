import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import type { Rol } from '#shared/roles.ts';

export interface Alta {
  readonly id: string;
  readonly correo: string | null;
  readonly nombreUsuario: string | null;
  readonly nombre: string;
  readonly rol: Rol;
  /** Pesos as decimal text. */
  readonly limiteAjuste: string | null;
  readonly tiendaIds: readonly string[];
}

/** Makes a person of the company, over an account that exists. */
export async function insertUsuario(tx: Tx, u: Alta): Promise<void> {
  await sql`
    insert into inventario.usuarios (id, correo, nombre_usuario, nombre, rol, limite_ajuste)
    values (${u.id}, ${u.correo}, ${u.nombreUsuario}, ${u.nombre}, ${u.rol}, ${u.limiteAjuste}::numeric)`.execute(
    tx,
  );
  await replaceTiendas(tx, u.id, u.tiendaIds);
}

/** The person's shops become exactly these; shops that don't exist are left out. */
export async function replaceTiendas(tx: Tx, usuarioId: string, tiendaIds: readonly string[]): Promise<void> {
  const ids = [...tiendaIds];
  await sql`
    delete from inventario.usuario_tiendas
     where usuario_id = ${usuarioId} and tienda_id <> all (${ids}::uuid[])`.execute(tx);
  await sql`
    insert into inventario.usuario_tiendas (usuario_id, tienda_id)
    select ${usuarioId}, t.id from inventario.tiendas t where t.id = any (${ids}::uuid[])
    on conflict do nothing`.execute(tx);
}

/** True when a person or an account already logs in with that e-mail or user name. */
export async function isLoginTaken(
  tx: Tx,
  login: { correo: string | null; nombreUsuario: string | null },
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from inventario.usuarios u
     where lower(u.correo) = ${login.correo} or u.nombre_usuario = ${login.nombreUsuario}
     union all
    select 1 from auth.users a where a.email = ${login.correo}
     limit 1`.execute(tx);
  return rows.length > 0;
}
