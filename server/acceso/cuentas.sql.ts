import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

/** An account of our own `auth.users`, with what our part of the database says about its person. */
export interface Cuenta {
  readonly id: string;
  readonly email: string | null;
  readonly passwordHash: string | null;
  readonly bannedUntil: Date | null;
  readonly lastSignInAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly nombre: string | null;
  readonly nombreUsuario: string | null;
  /** Null: the account is nobody in this company yet. */
  readonly isActive: boolean | null;
}

const COLUMNS = sql`
  a.id, a.email, a.encrypted_password as "passwordHash", a.banned_until as "bannedUntil",
  a.last_sign_in_at as "lastSignInAt", a.created_at as "createdAt", a.updated_at as "updatedAt",
  u.nombre, u.nombre_usuario as "nombreUsuario", u.is_active as "isActive"`;

/** By e-mail when there is an `@`, else by user name; both are stored in lower case. */
export async function selectCuentaByLogin(tx: Tx, login: string): Promise<Cuenta | undefined> {
  const key = login.trim().toLowerCase();
  const { rows } = await sql<Cuenta>`
    select ${COLUMNS} from auth.users a left join inventario.usuarios u on u.id = a.id
     where ${key.includes('@') ? sql`a.email = ${key}` : sql`u.nombre_usuario = ${key}`}`.execute(tx);
  return rows[0];
}

export async function selectCuenta(tx: Tx, id: string): Promise<Cuenta | undefined> {
  const { rows } = await sql<Cuenta>`
    select ${COLUMNS} from auth.users a left join inventario.usuarios u on u.id = a.id
     where a.id = ${id}`.execute(tx);
  return rows[0];
}

export async function insertCuenta(
  tx: Tx,
  cuenta: { id: string; email: string | null; passwordHash: string | null; at: Date },
): Promise<void> {
  await sql`
    insert into auth.users (id, email, encrypted_password, created_at, updated_at)
    values (${cuenta.id}, ${cuenta.email}, ${cuenta.passwordHash}, ${cuenta.at}, ${cuenta.at})`.execute(tx);
}

export async function existsCuenta(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`select 1 from auth.users where id = ${id}`.execute(tx);
  return rows.length > 0;
}

export async function updatePasswordHash(tx: Tx, id: string, hash: string, at: Date): Promise<void> {
  await sql`update auth.users set encrypted_password = ${hash}, updated_at = ${at} where id = ${id}`.execute(
    tx,
  );
}

export async function touchSignIn(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`update auth.users set last_sign_in_at = ${at} where id = ${id}`.execute(tx);
}

/** False where `auth` is Supabase's: its sessions are Supabase's to write. */
export async function hasOwnAuth(tx: Tx): Promise<boolean> {
  const { rows } = await sql`
    select 1 from pg_catalog.pg_attribute
     where attrelid = to_regclass('auth.refresh_tokens') and attname = 'token_hash' and not attisdropped`.execute(
    tx,
  );
  return rows.length > 0;
}
