import { sqlState } from '#server/platform/db/retry.ts';

/**
 * SQLSTATEs that speak of the moment and not of the data: connection (08), rollback (40), resources (53), lock not
 * available, operator (57), system (58), a read-only standby, and a transaction that an earlier failure ended.
 */
const STATES = /^(08|40|53|57|58)|^(55P03|25006|25P02|25P03)$/;
const NETWORK = /^E(CONN|PIPE|TIMEDOUT|HOST|NET|AI_|NOTFOUND)/;
/** `pg` gives no code to these. */
const MESSAGES =
  /Connection terminated|connection error|timeout exceeded when trying to connect|Cannot use a pool/i;

/** True when the same mutation may succeed later: it must not become a dead letter. */
export function esTransitorio(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined && STATES.test(state)) return true;
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code } = at as Error & { code?: unknown };
    if ((typeof code === 'string' && NETWORK.test(code)) || MESSAGES.test(at.message)) return true;
  }
  return false;
}
