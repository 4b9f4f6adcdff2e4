import { setTimeout as sleep } from 'node:timers/promises';

/** serialization_failure and deadlock_detected: the database undid everything and asks to try again. */
const RETRYABLE = new Set(['40001', '40P01']);
const FIRST_PAUSE_MS = 10;

/** The SQLSTATE of an error from the database, also when it was wrapped as a `cause`. */
export function sqlState(error: unknown): string | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code } = at as Error & { code?: unknown };
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return code;
  }
  return undefined;
}

/**
 * Runs `fn` up to `attempts` times while the database answers 40001 or 40P01, with pauses that double from
 * 10 ms and carry jitter so that two rivals don't meet again.
 */
export async function retrying<T>(fn: () => Promise<T>, attempts: number): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await fn();
    } catch (error) {
      const state = sqlState(error);
      if (state === undefined || !RETRYABLE.has(state) || attempt >= attempts) throw error;
      await sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random()));
    }
  }
}
