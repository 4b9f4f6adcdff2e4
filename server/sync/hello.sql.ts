import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

/** Everything that a person is a member of, as the database says now; nothing for a person put out. */
export async function selectMembresias(tx: Tx, usuarioId: string): Promise<string[]> {
  const { rows } = await sql<{ scope: string }>`
    select scope from sync.scopes_de(${usuarioId}::uuid) as s(scope) order by scope`.execute(tx);
  return rows.map((row) => row.scope);
}

/** The same of several people, in one statement; a person put out has nothing. */
export async function selectMembresiasDe(
  tx: Tx,
  usuarioIds: readonly string[],
): Promise<Map<string, Set<string>>> {
  const { rows } = await sql<{ usuarioId: string; scope: string }>`
    select u.id as "usuarioId", s.scope
      from unnest(${[...usuarioIds]}::uuid[]) u(id), lateral sync.scopes_de(u.id) as s(scope)`.execute(tx);
  const de = new Map<string, Set<string>>(usuarioIds.map((id) => [id, new Set()]));
  for (const { usuarioId, scope } of rows) de.get(usuarioId)?.add(scope);
  return de;
}

/** What a person receives by pull. `revision:` scopes are asked for online, never pulled. */
export async function selectScopes(tx: Tx, usuarioId: string): Promise<string[]> {
  const scopes = await selectMembresias(tx, usuarioId);
  return scopes.filter((scope) => !scope.startsWith('revision:'));
}

export async function selectZonas(
  tx: Tx,
  tiendaIds: readonly string[],
): Promise<{ id: string; zona: string }[]> {
  if (tiendaIds.length === 0) return [];
  const { rows } = await sql<{ id: string; zona: string }>`
    select id, zona_horaria as zona from inventario.tiendas where id = any(${[...tiendaIds]}::uuid[])`.execute(
    tx,
  );
  return rows;
}
