import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import type { Autor } from './contexto.ts';

/** The people with these ids, active or not; role and shops as they are now. */
export async function selectAutores(tx: Tx, ids: readonly string[]): Promise<Map<string, Autor>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Autor>`
    select u.id, u.nombre, u.rol, u.is_active as activo,
           coalesce(array_agg(t.tienda_id) filter (where t.tienda_id is not null), '{}') as "tiendaIds"
      from inventario.usuarios u
      left join inventario.usuario_tiendas t on t.usuario_id = u.id
     where u.id = any(${[...ids]}::uuid[])
     group by u.id`.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
}
