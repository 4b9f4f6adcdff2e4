import { sql } from 'kysely';
import type { Db } from '#server/platform/db/db.ts';
import type { Rol } from '#shared/roles.ts';

/** The person behind a request, as the database says now: role and shops never come from the token. */
export interface Usuario {
  readonly id: string;
  readonly nombre: string;
  readonly correo: string | null;
  readonly rol: Rol;
  readonly tiendaIds: readonly string[];
  /** Pesos as decimal text; null: no limit. */
  readonly limiteAjuste: string | null;
}

/** Undefined for a token without an active person. */
export async function usuarioActivo(db: Db, id: string): Promise<Usuario | undefined> {
  const { rows } = await sql<Usuario>`
    select u.id, u.nombre, u.correo, u.rol, u.limite_ajuste as "limiteAjuste",
           coalesce(array_agg(t.tienda_id) filter (where t.tienda_id is not null), '{}') as "tiendaIds"
    from inventario.usuarios u
    left join inventario.usuario_tiendas t on t.usuario_id = u.id
    where u.id = ${id} and u.is_active
    group by u.id`.execute(db.kysely);
  return rows[0];
}
