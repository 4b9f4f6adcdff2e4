import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface LlaveDatos {
  readonly kid: string;
  readonly clave: Buffer;
}

/** Newest first. */
export async function selectLlavesDatos(tx: Tx): Promise<LlaveDatos[]> {
  const { rows } = await sql<LlaveDatos>`
    select kid, clave from sync.llaves_datos order by created_at desc, kid desc`.execute(tx);
  return rows;
}

export async function lockLlavesDatos(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('devcompras:llaves_datos'))`.execute(tx);
}

export async function insertLlaveDatos(tx: Tx, { kid, clave }: LlaveDatos): Promise<void> {
  await sql`insert into sync.llaves_datos (kid, clave) values (${kid}, ${clave})`.execute(tx);
}
