import { sql } from 'kysely';
import type { Db, Tx } from '#server/platform/db/db.ts';

export interface TokenRow {
  readonly id: string;
  readonly usuarioId: string;
  readonly usuario: string;
  readonly nombre: string;
  readonly pista: string;
  readonly alcances: string[];
  readonly creadoEn: Date;
  readonly expiraEn: Date | null;
  readonly usadoEn: Date | null;
  readonly revocadoEn: Date | null;
}

/** Tokens that the person may see (their own; an admin's: everybody's), those that still open something first. */
export async function selectTokens(tx: Tx): Promise<TokenRow[]> {
  const { rows } = await sql<TokenRow>`
    select t.id, t.usuario_id as "usuarioId", u.nombre as usuario, t.nombre, t.pista, t.alcances, t.created_at as "creadoEn",
           t.expira_en as "expiraEn", t.usado_en as "usadoEn", t.revocado_en as "revocadoEn"
      from inventario.tokens_personales t join inventario.usuarios u on u.id = t.usuario_id
     order by t.revocado_en is not null, t.created_at desc, t.id
     limit 500`.execute(tx);
  return rows;
}

export async function insertToken(
  tx: Tx,
  t: Pick<TokenRow, 'id' | 'usuarioId' | 'nombre' | 'pista' | 'alcances' | 'creadoEn' | 'expiraEn'> & {
    hash: string;
  },
): Promise<void> {
  await sql`
    insert into inventario.tokens_personales
      (id, usuario_id, nombre, token_hash, pista, alcances, expira_en, created_at)
    values (${t.id}, ${t.usuarioId}, ${t.nombre}, ${t.hash}, ${t.pista}, ${t.alcances}::text[], ${t.expiraEn},
            ${t.creadoEn})`.execute(tx);
}

/** Tokens of a person that open something; the person's row is locked, so that two makers count one after the other. */
export async function countVivos(tx: Tx, usuarioId: string, ahora: Date): Promise<number> {
  await sql`select from inventario.usuarios where id = ${usuarioId} for update`.execute(tx);
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from inventario.tokens_personales
     where usuario_id = ${usuarioId} and revocado_en is null and (expira_en is null or expira_en > ${ahora})`.execute(
    tx,
  );
  return rows[0]?.n ?? 0;
}

/** Whose it was; undefined when there is none that `por` may revoke. Twice is once. */
export async function revokeToken(
  tx: Tx,
  t: { id: string; por: string; deTodos: boolean; en: Date },
): Promise<{ usuarioId: string; nombre: string; antes: Date | null } | undefined> {
  const { rows } = await sql<{ usuarioId: string; nombre: string; antes: Date | null }>`
    with antes as (
      select id, revocado_en from inventario.tokens_personales
       where id = ${t.id} and (${t.deTodos} or usuario_id = ${t.por}) for update
    )
    update inventario.tokens_personales t
       set revocado_en = coalesce(t.revocado_en, ${t.en}), revocado_por = coalesce(t.revocado_por, ${t.por}::uuid)
      from antes a where a.id = t.id
    returning t.usuario_id as "usuarioId", t.nombre, a.revocado_en as antes`.execute(tx);
  return rows[0];
}

export interface TokenVivo {
  readonly id: string;
  readonly usuarioId: string;
  readonly alcances: string[];
  readonly expiraEn: Date | null;
}

/** The token of a hash, when it is neither revoked nor expired. Whether its person is still active is asked with every request. */
export async function selectVivo(db: Db, hash: string, ahora: Date): Promise<TokenVivo | undefined> {
  const { rows } = await sql<TokenVivo>`
    select id, usuario_id as "usuarioId", alcances, expira_en as "expiraEn"
      from inventario.tokens_personales
     where token_hash = ${hash} and revocado_en is null and (expira_en is null or expira_en > ${ahora})`.execute(
    db.kysely,
  );
  return rows[0];
}

export async function selectVivoPorId(db: Db, id: string, ahora: Date): Promise<boolean> {
  const { rows } = await sql`
    select from inventario.tokens_personales
     where id = ${id} and revocado_en is null and (expira_en is null or expira_en > ${ahora})`.execute(
    db.kysely,
  );
  return rows.length > 0;
}

/** At most once a minute: a script that calls without pause does not write without pause. */
export async function touchToken(db: Db, id: string, ahora: Date): Promise<void> {
  await sql`
    update inventario.tokens_personales set usado_en = ${ahora}
     where id = ${id} and (usado_en is null or usado_en < ${new Date(ahora.getTime() - 60_000)})`.execute(
    db.kysely,
  );
}
