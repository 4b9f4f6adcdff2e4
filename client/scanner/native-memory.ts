/** What this browser's own detector proved the last time, so that a session can begin with it. */
export interface NativeMemory {
  /** The verdict of this very browser version; null when it was never tested. */
  recall(): boolean | null;
  keep(passed: boolean): void;
}

const KEY = 'devcompras.lector-nativo';
/** Goes up when the test asks for more than before. */
const TEST_VERSION = 1;

/** `browser`: names the version, as the user agent does: an update is another detector. `storage` may refuse. */
export function nativeMemory(storage: () => Storage, browser: string): NativeMemory {
  const tested = `${TEST_VERSION} ${browser}`;
  return {
    recall() {
      try {
        const kept = storage().getItem(KEY);
        if (kept === `si ${tested}`) return true;
        return kept === `no ${tested}` ? false : null;
      } catch {
        return null;
      }
    },
    keep(passed) {
      try {
        storage().setItem(KEY, `${passed ? 'si' : 'no'} ${tested}`);
      } catch {
        // Private windows refuse: the test is made anew each time.
      }
    },
  };
}
