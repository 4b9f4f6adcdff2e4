import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface CabezaScope {
  readonly ver: number;
  readonly token: string | null;
  /** What left the scope up to this version may be forgotten. */
  readonly piso: number;
}

/** The head of a scope that nothing ever touched. */
export const SIN_TOCAR: CabezaScope = { ver: 0, token: null, piso: 0 };

/** Heads of these scopes in the transaction's snapshot; a scope that nothing ever touched is absent. */
export async function selectCabezas(tx: Tx, scopes: readonly string[]): Promise<Map<string, CabezaScope>> {
  const { rows } = await sql<{ id: string; ver: string; token: string | null; piso: string }>`
    select id, ver, token, piso from sync.scope where id = any(${[...scopes]}::text[])`.execute(tx);
  return new Map(
    rows.map(({ id, ver, token, piso }) => [id, { ver: Number(ver), token, piso: Number(piso) }]),
  );
}

/** Which of these (scope, version, token) are of this database's history. */
export async function selectLinaje(
  tx: Tx,
  pruebas: readonly { scope: string; ver: number; token: string }[],
): Promise<Set<string>> {
  if (pruebas.length === 0) return new Set();
  const { rows } = await sql<{ scope: string }>`
    select v.scope
      from jsonb_to_recordset(${JSON.stringify(pruebas)}::jsonb) as x (scope text, ver bigint, token uuid)
      join sync.version v on v.scope = x.scope and v.ver = x.ver and v.token = x.token`.execute(tx);
  return new Set(rows.map((row) => row.scope));
}

export interface Cambio {
  readonly ver: number;
  readonly tbl: string;
  readonly pk: string;
  readonly op: 'U' | 'D';
}

/** Changes of a scope after the position, in order; served by the index `change_lectura` alone. */
export async function selectCambios(
  tx: Tx,
  scope: string,
  desde: { ver: number; after: readonly [string, string] | null },
  hasta: number,
  limit: number,
): Promise<Cambio[]> {
  const { after } = desde;
  const tras =
    after === null
      ? sql`ver > ${desde.ver}::bigint`
      : sql`(ver, tbl, pk) > (${desde.ver + 1}::bigint, ${after[0]}::text, ${after[1]}::text)`;
  const { rows } = await sql<Omit<Cambio, 'ver'> & { ver: string }>`
    select ver, tbl, pk, op from sync.change
     where scope = ${scope} and ${tras} and ver <= ${hasta}::bigint
     order by ver, tbl, pk
     limit ${limit}`.execute(tx);
  return rows.map((row) => ({ ...row, ver: Number(row.ver) }));
}
