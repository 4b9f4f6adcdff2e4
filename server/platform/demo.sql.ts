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

export interface DemoHash {
  readonly correo: string;
  readonly hash: string;
}

/** Stored password hashes of the demo company's active people. */
export async function demoHashes(db: Db): Promise<DemoHash[]> {
  const { rows } = await sql<DemoHash>`
    select u.correo, a.encrypted_password as hash
      from inventario.usuarios u join auth.users a on a.id = u.id
     where u.correo like '%@demo.mx' and u.is_active and a.encrypted_password is not null
     order by u.correo`.execute(db.kysely);
  return rows;
}
