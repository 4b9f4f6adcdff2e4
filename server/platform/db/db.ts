import type { IsolationLevel, Kysely, Transaction } from 'kysely';
import type { Pool } from 'pg';
import type { Database } from './schema-types.ts';

export type DbKind = 'pglite' | 'postgres';

/** A transaction. Everything a use case does goes through the one it was given, never through `Db.kysely`. */
export type Tx = Transaction<Database>;

/** Claims of an access token, as `request.jwt.claims` holds them for `auth.uid()` and the policies. */
export interface Claims {
  /** `inventario.usuarios.id` = `auth.users.id`. */
  readonly sub: string;
  readonly email?: string | undefined;
  /** Always `authenticated` for people; kept for Supabase's own functions. */
  readonly role?: string | undefined;
}

export interface TxOptions {
  /** READ COMMITTED when left out, which is what writers use. */
  readonly isolation?: IsolationLevel | undefined;
  readonly readOnly?: boolean | undefined;
  /** How often `fn` runs at most when the database answers 40001 or 40P01. 5 when left out. */
  readonly attempts?: number | undefined;
}

export interface Db {
  readonly kind: DbKind;
  /** For single statements outside any transaction. On PGlite the pool has one client: using it inside a transaction is refused. */
  readonly kysely: Kysely<Database>;
  readonly pool: Pool;
  /**
   * Runs `fn` in a transaction as role `authenticated` with the person's claims, so row-level security
   * applies. `fn` may run again after a serialization failure or a deadlock: it changes memory only by
   * what it returns.
   */
  withUser<T>(claims: Claims, fn: (tx: Tx) => Promise<T>, options?: TxOptions): Promise<T>;
  /** Runs `fn` in a transaction as the owner of the tables, past row-level security. Same retries. */
  asService<T>(fn: (tx: Tx) => Promise<T>, options?: TxOptions): Promise<T>;
  /**
   * Calls `cb` with the payload of each NOTIFY on `channel`. After a lost connection comes back, `cb` gets
   * an empty payload: something may have been missed. Resolves, once listening, to the function that stops.
   */
  listen(channel: string, cb: (payload: string) => void): Promise<() => Promise<void>>;
  /** Ends all connections; for PGlite it also closes the database cleanly. */
  close(): Promise<void>;
}
