import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

/** Two browsers on the set-up screen: the second waits and then finds a user. */
export async function lockPrimerAdmin(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('devcompras:primer-admin'))`.execute(tx);
}

export async function existsUsuario(tx: Tx): Promise<boolean> {
  const { rows } = await sql`select 1 from inventario.usuarios limit 1`.execute(tx);
  return rows.length > 0;
}

export async function existsTienda(tx: Tx, codigo: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from inventario.tiendas where codigo = ${codigo}
     union all select 1 from inventario.almacenes where codigo = ${codigo} limit 1`.execute(tx);
  return rows.length > 0;
}

/** A shop and its general almacén, which shares its code. */
export async function insertTiendaConAlmacen(
  tx: Tx,
  t: { id: string; almacenId: string; codigo: string; nombre: string; zonaHoraria: string },
): Promise<void> {
  await sql`
    insert into inventario.tiendas (id, codigo, nombre, zona_horaria)
    values (${t.id}, ${t.codigo}, ${t.nombre}, ${t.zonaHoraria})`.execute(tx);
  await sql`
    insert into inventario.almacenes (id, tienda_id, codigo, nombre, tipo)
    values (${t.almacenId}, ${t.id}, ${t.codigo}, ${t.nombre}, 'general')`.execute(tx);
}
