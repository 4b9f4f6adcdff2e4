import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import type { LoteRow } from './lotes.sql.ts';

/** A lot that nobody else applies until the transaction ends: a job may run twice at once when a process was taken for dead. */
export async function bloqueaLote(tx: Tx, uploadId: string, n: number): Promise<LoteRow | undefined> {
  const { rows } = await sql<LoteRow>`
    select n, filas, plan, aplicado_en from inventario.importacion_lotes
     where upload_id = ${uploadId} and n = ${n} for update`.execute(tx);
  return rows[0];
}

/** The mark of a lot goes with what it wrote. */
export async function quitaMarca(tx: Tx, uploadId: string, n: number): Promise<void> {
  await sql`update inventario.importacion_lotes set aplicado_en = null where upload_id = ${uploadId} and n = ${n}`.execute(
    tx,
  );
}

/**
 * Tells the planner how full the tables are now. A first load finds them empty in its statistics, and the ledger's trigger then
 * looks each stock up through all of its almacén: 2.5 s for a lot instead of 0.4.
 */
export async function refrescaEstadisticas(tx: Tx): Promise<void> {
  await sql`analyze inventario.existencias, inventario.transacciones`.execute(tx);
}
