import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import { esTransitorio } from './transitorio.ts';

/** The rest of the transaction, until `vuelveServicio`, runs under row-level security as this person. */
export async function vuelvePersona(tx: Tx, usuarioId: string): Promise<void> {
  const claims = JSON.stringify({ sub: usuarioId, role: 'authenticated' });
  await sql`
    select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${claims}, true)`.execute(
    tx,
  );
}

export async function vuelveServicio(tx: Tx): Promise<void> {
  await sql`
    select set_config('role', 'none', true),
           set_config('request.jwt.claims', '{"role":"service_role"}', true)`.execute(tx);
}

/**
 * Runs `fn` as the person and gives the role back. When `fn` throws, the role is given back by whoever rolls back:
 * SET LOCAL inside a savepoint is undone with it.
 */
export async function comoPersona<T>(tx: Tx, usuarioId: string, fn: () => Promise<T>): Promise<T> {
  await vuelvePersona(tx, usuarioId);
  const result = await fn();
  await vuelveServicio(tx);
  return result;
}

/**
 * Runs `fn` in a savepoint. A failure of the data comes back as a value; a failure of the moment is thrown, and so is
 * any after which the connection no longer answers.
 */
export async function enPunto<T>(
  tx: Tx,
  fn: () => Promise<T>,
): Promise<{ ok: true; value: T } | { ok: false; error: unknown }> {
  await sql`savepoint mutacion`.execute(tx);
  try {
    const value = await fn();
    await sql`release savepoint mutacion`.execute(tx);
    return { ok: true, value };
  } catch (error) {
    if (esTransitorio(error)) throw error;
    await sql`rollback to savepoint mutacion`.execute(tx);
    await sql`release savepoint mutacion`.execute(tx);
    return { ok: false, error };
  }
}
