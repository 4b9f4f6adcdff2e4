import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface TokenRow {
  readonly tokenHash: string;
  readonly sessionId: string;
  readonly userId: string;
  readonly usedAt: Date | null;
  /** `<sha-256 of the successor>.<successor, sealed with this token>`; null while unused. */
  readonly replacedBy: string | null;
  readonly expiresAt: Date;
  readonly sessionCreatedAt: Date;
  readonly sessionRevokedAt: Date | null;
}

export async function insertSession(
  tx: Tx,
  session: { id: string; userId: string; userAgent: string | null; at: Date },
): Promise<void> {
  await sql`
    insert into auth.sessions (id, user_id, user_agent, created_at, refreshed_at)
    values (${session.id}, ${session.userId}, ${session.userAgent}, ${session.at}, ${session.at})`.execute(
    tx,
  );
}

export async function insertRefreshToken(
  tx: Tx,
  token: { hash: string; sessionId: string; parentHash: string | null; at: Date; expiresAt: Date },
): Promise<void> {
  await sql`
    insert into auth.refresh_tokens (token_hash, session_id, parent_hash, created_at, expires_at)
    values (${token.hash}, ${token.sessionId}, ${token.parentHash}, ${token.at}, ${token.expiresAt})`.execute(
    tx,
  );
}

/** The token with its session, whose row stays locked: uses of one session's tokens happen one after another. */
export async function lockTokenByHash(tx: Tx, hash: string): Promise<TokenRow | undefined> {
  const locked = await sql<{ id: string }>`
    select s.id from auth.sessions s
     where s.id = (select t.session_id from auth.refresh_tokens t where t.token_hash = ${hash})
       for update`.execute(tx);
  if (locked.rows.length === 0) return undefined;
  // A second statement, so that it sees what the holder of the lock committed meanwhile.
  const { rows } = await sql<TokenRow>`
    select t.token_hash as "tokenHash", t.session_id as "sessionId", s.user_id as "userId", t.used_at as "usedAt",
           t.replaced_by as "replacedBy", t.expires_at as "expiresAt", s.created_at as "sessionCreatedAt",
           s.revoked_at as "sessionRevokedAt"
      from auth.refresh_tokens t join auth.sessions s on s.id = t.session_id
     where t.token_hash = ${hash}`.execute(tx);
  return rows[0];
}

/** True while the token of that hash was never used. */
export async function isUnusedToken(tx: Tx, hash: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from auth.refresh_tokens where token_hash = ${hash} and used_at is null`.execute(tx);
  return rows.length > 0;
}

export async function markTokenUsed(tx: Tx, hash: string, replacedBy: string, at: Date): Promise<void> {
  await sql`
    update auth.refresh_tokens set used_at = ${at}, replaced_by = ${replacedBy} where token_hash = ${hash}`.execute(
    tx,
  );
}

/** Bounds a session's history. A token so old is refused all the same, as unknown. */
export async function deleteTokensUsedBefore(tx: Tx, sessionId: string, before: Date): Promise<void> {
  await sql`delete from auth.refresh_tokens where session_id = ${sessionId} and used_at < ${before}`.execute(
    tx,
  );
}

export async function touchSession(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`update auth.sessions set refreshed_at = ${at} where id = ${id}`.execute(tx);
}

export async function selectLiveSession(
  tx: Tx,
  id: string,
  userId: string,
): Promise<{ createdAt: Date } | undefined> {
  const { rows } = await sql<{ createdAt: Date }>`
    select created_at as "createdAt" from auth.sessions
     where id = ${id} and user_id = ${userId} and revoked_at is null`.execute(tx);
  return rows[0];
}

export async function revokeSession(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`update auth.sessions set revoked_at = ${at} where id = ${id} and revoked_at is null`.execute(tx);
}

/** Revokes a person's sessions, all or all but one. */
export async function revokeSessionsOf(tx: Tx, userId: string, at: Date, exceptId?: string): Promise<void> {
  await sql`
    update auth.sessions set revoked_at = ${at}
     where user_id = ${userId} and revoked_at is null
       and ${exceptId === undefined ? sql`true` : sql`id <> ${exceptId}`}`.execute(tx);
}

/** Removes a person's sessions that nothing can bring back. */
export async function deleteDeadSessions(tx: Tx, userId: string, before: Date): Promise<void> {
  await sql`
    delete from auth.sessions
     where user_id = ${userId} and (revoked_at < ${before} or refreshed_at < ${before})`.execute(tx);
}
