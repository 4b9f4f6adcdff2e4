import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface EquipoRow {
  readonly id: string;
  readonly secretHash: string;
  /** int8 as text. */
  readonly lastMid: string;
  readonly usuarioId: string | null;
  readonly revokedAt: Date | null;
}

const COLUMNS = sql`id, secret_hash as "secretHash", last_mid as "lastMid", usuario_id as "usuarioId",
                    revoked_at as "revokedAt"`;

export async function selectEquipo(tx: Tx, id: string): Promise<EquipoRow | undefined> {
  const { rows } = await sql<EquipoRow>`select ${COLUMNS} from sync.device where id = ${id}`.execute(tx);
  return rows[0];
}

/** Serializes the pushes of one device: two tabs, a resend that meets the first try. */
export async function lockEquipo(tx: Tx, id: string): Promise<EquipoRow | undefined> {
  const { rows } = await sql<EquipoRow>`
    select ${COLUMNS} from sync.device where id = ${id} for no key update`.execute(tx);
  return rows[0];
}

export async function updateVisto(
  tx: Tx,
  e: { id: string; app: string; schema: number; pending: number; oldestPendingAt: string | null; at: Date },
): Promise<void> {
  await sql`
    update sync.device
       set app_ver = ${e.app}, schema_ver = ${e.schema}, pending_reported = ${e.pending},
           oldest_pending_at = ${e.oldestPendingAt}, last_seen = ${e.at}
     where id = ${e.id}`.execute(tx);
}

/** `pending` is what the phone held when it sent, these mutations included. */
export async function updateAvance(
  tx: Tx,
  e: { id: string; lastMid: number; pending: number; at: Date },
): Promise<void> {
  await sql`
    update sync.device
       set last_mid = ${e.lastMid}, pending_reported = ${e.pending}, last_seen = ${e.at},
           oldest_pending_at = case when ${e.pending} = 0 then null else oldest_pending_at end
     where id = ${e.id}`.execute(tx);
}
