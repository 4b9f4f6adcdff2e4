import type { Clock } from '#server/platform/clock.ts';
import type { Db, Tx } from '#server/platform/db/db.ts';
import { insertMeta, type MetaRow, selectIdentidad, selectMeta, updateMeta } from './epoca.sql.ts';

/**
 * Makes sure, at boot, that the database has an epoch, and gives it a new one when the cluster is not the one that it
 * was (restored elsewhere, promoted). Cursors of another epoch start again; the lineage token in each cursor covers
 * the restores that leave no such trace. Returns the epoch in force.
 */
export async function ensureEpoch(db: Db, clock: Clock): Promise<string> {
  return db.asService(async (tx) => {
    await insertMeta(tx, clock.newId());
    const meta = (await selectMeta(tx, true)) as MetaRow;
    const now = await selectIdentidad(tx);
    if (now === null) return meta.epoch;
    const { systemIdentifier, timeline } = meta;
    if (systemIdentifier === now.systemIdentifier && timeline === now.timeline) return meta.epoch;
    const epoch = systemIdentifier === null ? meta.epoch : clock.newId();
    await updateMeta(tx, { epoch, ...now }, clock.now());
    return epoch;
  });
}

/** The epoch and the oldest schema that may pull. */
export async function leeMeta(tx: Tx): Promise<MetaRow> {
  const meta = await selectMeta(tx);
  if (meta === undefined) throw new Error('sync.meta is empty: ensureEpoch has not run');
  return meta;
}
