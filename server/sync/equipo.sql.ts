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

/** As `lockEquipo`, and the epoch in force; null where `ensureEpoch` has not run. */
export async function lockEquipoYEpoca(
  tx: Tx,
  id: string,
): Promise<(EquipoRow & { readonly epoch: string | null }) | undefined> {
  const { rows } = await sql<EquipoRow & { epoch: string | null }>`
    select ${COLUMNS}, (select m.epoch from sync.meta m where m.id = 1) as epoch
      from sync.device where id = ${id} for no key update`.execute(tx);
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
