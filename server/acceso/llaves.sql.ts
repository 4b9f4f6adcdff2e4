import type { JWK } from 'jose';
import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface LlaveRow {
  readonly kid: string;
  readonly publica: JWK;
  /** `{}` once retired: nothing is signed with it again. */
  readonly privada: JWK;
  readonly createdAt: Date;
  readonly retiradaEn: Date | null;
}

/** Serializes first start and rotation over all server processes until the transaction ends. */
export async function lockLlaves(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('devcompras:llaves'))`.execute(tx);
}

/** All keys, newest first. */
export async function selectLlaves(tx: Tx): Promise<LlaveRow[]> {
  const { rows } = await sql<LlaveRow>`
    select kid, publica, privada, created_at as "createdAt", retirada_en as "retiradaEn"
      from sync.llaves order by created_at desc, kid desc`.execute(tx);
  return rows;
}

export async function insertLlave(
  tx: Tx,
  llave: { kid: string; publica: JWK; privada: JWK; createdAt: Date },
): Promise<void> {
  await sql`
    insert into sync.llaves (kid, publica, privada, created_at)
    values (${llave.kid}, ${JSON.stringify(llave.publica)}::jsonb, ${JSON.stringify(llave.privada)}::jsonb,
            ${llave.createdAt})`.execute(tx);
}

/** Retires every key but `keep`, and destroys what could sign. */
export async function retireLlavesExcept(tx: Tx, keep: string, at: Date): Promise<void> {
  await sql`
    update sync.llaves set retirada_en = ${at}, privada = '{}'::jsonb
     where kid <> ${keep} and retirada_en is null`.execute(tx);
}
