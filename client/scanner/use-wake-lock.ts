import { useEffect } from 'react';
import { keepAwake } from './wake-lock.ts';

/** Keeps the screen lit while `active` and somebody scans; see `keepAwake`. */
export function useWakeLock(active: boolean): void {
  useEffect(() => (active ? keepAwake() : undefined), [active]);
}
