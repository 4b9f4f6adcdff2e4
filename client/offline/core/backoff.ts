/** Full jitter: any delay from 1 s up to a ceiling that doubles from 2 s to 15 s. */
export const BACKOFF_MIN_MS = 1_000;
export const BACKOFF_MAX_MS = 15_000;

/** Delay before the next round after `failures` (≥ 1) failures in a row; `random` in [0, 1). */
export function backoffMs(failures: number, random: number): number {
  const ceiling = Math.min(BACKOFF_MAX_MS, BACKOFF_MIN_MS * 2 ** Math.min(failures, 10));
  return Math.round(BACKOFF_MIN_MS + random * (ceiling - BACKOFF_MIN_MS));
}
