import { useEffect } from 'react';

/**
 * Keeps the screen lit while `active`. The system drops the lock whenever the page is hidden, so it is asked
 * for again at each return. A refusal (low battery, no support) is ignored: scanning works, the screen dims.
 */
export function useWakeLock(active: boolean): void {
  useEffect(() => {
    if (!active || !('wakeLock' in navigator)) return;
    let held: WakeLockSentinel | null = null;
    let over = false;

    const acquire = async () => {
      if (over || held || document.visibilityState !== 'visible') return;
      try {
        const lock = await navigator.wakeLock.request('screen');
        if (over) {
          await lock.release();
          return;
        }
        held = lock;
        lock.addEventListener('release', () => {
          held = null;
        });
      } catch {
        held = null;
      }
    };
    const onVisible = () => void acquire();

    void acquire();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', onVisible);
      void held?.release().catch(() => undefined);
    };
  }, [active]);
}
