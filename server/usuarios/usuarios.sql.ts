import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import type { Rol } from '#shared/roles.ts';

export interface UsuarioRow {
  readonly id: string;
  readonly nombre: string;
  readonly correo: string | null;
  readonly nombreUsuario: string | null;
  readonly rol: Rol;
  readonly tiendaIds: string[];
  readonly limiteAjuste: string | null;
  readonly isActive: boolean;
}

const COLUMNS = sql`
  u.id, u.nombre, u.correo, u.nombre_usuario as "nombreUsuario", u.rol, u.limite_ajuste as "limiteAjuste",
  u.is_active as "isActive",
  array(select ut.tienda_id from inventario.usuario_tiendas ut
         where ut.usuario_id = u.id order by ut.tienda_id) as "tiendaIds"`;

/** Everybody, or only the people of some shops; by name. */
export async function selectUsuarios(tx: Tx, tiendaIds?: readonly string[]): Promise<UsuarioRow[]> {
  const deTiendas =
    tiendaIds === undefined
      ? sql`true`
      : sql`exists (select 1 from inventario.usuario_tiendas x
                     where x.usuario_id = u.id and x.tienda_id = any (${[...tiendaIds]}::uuid[]))`;
  const { rows } = await sql<UsuarioRow>`
    select ${COLUMNS} from inventario.usuarios u where ${deTiendas}
     order by inventario.pliega(u.nombre), u.id`.execute(tx);
  return rows;
}

/** One person, their row locked until the transaction ends. */
export async function lockUsuario(tx: Tx, id: string): Promise<UsuarioRow | undefined> {
  await sql`select 1 from inventario.usuarios where id = ${id} for update`.execute(tx);
  const { rows } = await sql<UsuarioRow>`
    select ${COLUMNS} from inventario.usuarios u where u.id = ${id}`.execute(tx);
  return rows[0];
}

/**
 * The active admins, all locked in one order: two admins who put each other out at the same moment go one
 * after the other, and the second finds that they are the last.
 */
export async function lockAdminsActivos(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from inventario.usuarios where rol = 'admin' and is_active order by id for update`.execute(tx);
  return rows.map(({ id }) => id);
}

export async function updateUsuario(
  tx: Tx,
  u: Pick<UsuarioRow, 'id' | 'nombre' | 'rol' | 'limiteAjuste' | 'isActive'> & { at: Date },
): Promise<void> {
  await sql`
    update inventario.usuarios
       set nombre = ${u.nombre}, rol = ${u.rol}, limite_ajuste = ${u.limiteAjuste}::numeric,
           is_active = ${u.isActive}, updated_at = ${u.at}
     where id = ${u.id}`.execute(tx);
}

/** How many of these shops exist. */
export async function countTiendas(tx: Tx, ids: readonly string[]): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from inventario.tiendas where id = any (${[...ids]}::uuid[])`.execute(tx);
  return rows[0]?.n ?? 0;
}
