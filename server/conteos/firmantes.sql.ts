import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

/** Was this person, who directs a shop, asked to sign this conteo of another one? */
export async function existsFirmante(tx: Tx, conteoId: string, usuarioId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from inventario.conteo_firmantes f
      join inventario.usuarios u on u.id = f.usuario_id
     where f.conteo_id = ${conteoId} and f.usuario_id = ${usuarioId} and u.is_active and u.rol in ('admin', 'gerente')`.execute(
    tx,
  );
  return rows.length === 1;
}

/**
 * Admins and the gerentes of other shops, without those who wrote any line of the conteo. Gerentes of its own shop need
 * no request.
 */
export async function findFirmantesPosibles(tx: Tx, conteoId: string, tiendaId: string) {
  const { rows } = await sql<{ id: string; nombre: string; rol: string; pedida: boolean }>`
    select u.id, u.nombre, u.rol, f.usuario_id is not null as pedida
      from inventario.usuarios u
      left join inventario.conteo_firmantes f on f.conteo_id = ${conteoId} and f.usuario_id = u.id
     where u.is_active
       and (u.rol = 'admin'
            or (u.rol = 'gerente' and not exists (
                 select from inventario.usuario_tiendas ut where ut.usuario_id = u.id and ut.tienda_id = ${tiendaId})))
       and not exists (select from inventario.conteo_lineas l where l.conteo_id = ${conteoId} and l.usuario_id = u.id)
     order by (u.rol = 'gerente') desc, lower(u.nombre), u.id`.execute(tx);
  return rows;
}

/** True when it is new. */
export async function insertFirmante(
  tx: Tx,
  f: { conteoId: string; usuarioId: string; por: string; en: Date },
): Promise<boolean> {
  const { rows } = await sql`
    insert into inventario.conteo_firmantes (conteo_id, usuario_id, pedido_por, en)
    values (${f.conteoId}, ${f.usuarioId}, ${f.por}, ${f.en})
    on conflict (conteo_id, usuario_id) do nothing
    returning usuario_id`.execute(tx);
  return rows.length === 1;
}
