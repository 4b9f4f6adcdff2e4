/** Nobody scans, touches or types for this long: the screen may go dark, ms. */
export const WAKE_IDLE_MS = 120_000;

const ACTIVITY = ['pointerdown', 'keydown', 'scroll'] as const;

/** Counts as activity where nothing is touched: a camera that reads. */
export const LECTURA = 'devcompras-lectura';

/**
 * Keeps the screen lit while somebody scans: from now until two minutes after the last key (a gun's are keys), touch
 * or camera read, and again from the next one. The system drops the lock whenever the page is hidden, so it is asked
 * for again at each return. A refusal (low battery, no support) is ignored: scanning works, the screen dims. Returns
 * the function that gives the lock back.
 */
export function keepAwake(idleMs = WAKE_IDLE_MS): () => void {
  if (!('wakeLock' in navigator)) return () => {};
  let held: WakeLockSentinel | null = null;
  let asking = false;
  let over = false;
  let idle: ReturnType<typeof setTimeout> | undefined;

  const acquire = async () => {
    if (over || held || asking || document.visibilityState !== 'visible') return;
    asking = true;
    try {
      const lock = await navigator.wakeLock.request('screen');
      if (over) {
        await lock.release();
        return;
      }
      held = lock;
      lock.addEventListener('release', () => {
        if (held === lock) held = null;
      });
    } catch {
      held = null;
    } finally {
      asking = false;
    }
  };
  const release = () => {
    void held?.release().catch(() => undefined);
    held = null;
  };
  const onActivity = () => {
    clearTimeout(idle);
    idle = setTimeout(release, idleMs);
    void acquire();
  };
  const onVisible = () => {
    if (document.visibilityState === 'visible') onActivity();
  };

  onActivity();
  document.addEventListener('visibilitychange', onVisible);
  for (const name of [...ACTIVITY, LECTURA])
    window.addEventListener(name, onActivity, { capture: true, passive: true });
  return () => {
    over = true;
    clearTimeout(idle);
    release();
    document.removeEventListener('visibilitychange', onVisible);
    for (const name of [...ACTIVITY, LECTURA])
      window.removeEventListener(name, onActivity, { capture: true });
  };
}
