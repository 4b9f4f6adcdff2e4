import type { Db } from '#server/platform/db/db.ts';
import { rehaceCambios, rehaceExistencias, rehaceMeses } from './rehace.sql.ts';

/**
 * After a load whose triggers did not run (`session_replication_role = replica`, a restore of some tables): the stock is
 * the sum of its movements again, and so are the sums by month; then every row of every scope is listed anew and all versions are forgotten, so that
 * each phone starts its cache again. Journals have no part in it.
 */
export async function rehace(db: Db): Promise<{ existencias: number; filas: number }> {
  // Apart: what the stock's own triggers note is then stamped before all is listed.
  const existencias = await db.asService(rehaceExistencias);
  await db.asService(rehaceMeses);
  return { existencias, filas: await db.asService(rehaceCambios) };
}
