import { sql } from 'kysely';
import type { Rol } from '#shared/roles.ts';
import type { Db } from './db/db.ts';

/** True while nobody and nothing is in the company. */
export async function isCompanyEmpty(db: Db): Promise<boolean> {
  const { rows } = await sql<{ empty: boolean }>`
    select not exists (select from inventario.usuarios) and not exists (select from inventario.tiendas)
       and not exists (select from inventario.productos) as empty`.execute(db.kysely);
  return rows[0]?.empty === true;
}

export interface DemoPerson {
  readonly correo: string;
  readonly rol: Rol;
}

/** The active people of the demo company, whose password is public. */
export async function demoPeople(db: Db): Promise<DemoPerson[]> {
  const { rows } = await sql<DemoPerson>`
    select correo, rol from inventario.usuarios
     where correo like '%@demo.mx' and is_active order by correo`.execute(db.kysely);
  return rows;
}
