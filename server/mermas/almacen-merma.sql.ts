import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

/** Holds the shop until commit: two tablets create one almacén. */
export async function lockTienda(tx: Tx, tiendaId: string) {
  const { rows } = await sql<{ codigo: string; nombre: string }>`
    select codigo, nombre from inventario.tiendas where id = ${tiendaId} for update`.execute(tx);
  return rows[0];
}

/** Takes an inactive one of the shop into use again. Returns whether there was any. */
export async function reactivateMerma(tx: Tx, tiendaId: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update inventario.almacenes set is_active = true
     where id = (select id from inventario.almacenes where tienda_id = ${tiendaId} and tipo = 'merma' and not is_active
                  order by created_at desc limit 1)
    returning id`.execute(tx);
  return rows.length > 0;
}

/** False when the code is taken. */
export async function insertMermaAlmacen(
  tx: Tx,
  a: { id: string; tiendaId: string; codigo: string; nombre: string },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    insert into inventario.almacenes (id, tienda_id, codigo, nombre, tipo)
    values (${a.id}, ${a.tiendaId}, ${a.codigo}, ${a.nombre}, 'merma')
    on conflict (codigo) do nothing returning id`.execute(tx);
  return rows.length > 0;
}
