import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

/** How many existencias differed from the sum of their movements. */
export async function rehaceExistencias(tx: Tx): Promise<number> {
  const { rows } = await sql<{ n: string }>`select inventario.rehace_existencias()::text as n`.execute(tx);
  return Number(rows[0]?.n ?? 0);
}

/** How many sums by month differed from their movements. */
export async function rehaceMeses(tx: Tx): Promise<number> {
  const { rows } = await sql<{ n: string }>`select inventario.rehace_movimientos_mes()::text as n`.execute(
    tx,
  );
  return Number(rows[0]?.n ?? 0);
}

/** How many rows are listed, of all scopes. */
export async function rehaceCambios(tx: Tx): Promise<number> {
  const { rows } = await sql<{ n: string }>`select sync.rebuild()::text as n`.execute(tx);
  return Number(rows[0]?.n ?? 0);
}
