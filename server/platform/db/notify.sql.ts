import { sql } from 'kysely';
import type { Tx } from './db.ts';

/** Sent when `tx` commits; equal payloads of one transaction arrive once. At most 7,999 bytes. */
export async function notify(tx: Tx, channel: string, payload: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${payload})`.execute(tx);
}
