import { useEffect, useSyncExternalStore } from 'react';
import { blockUpdate, getUpdateState, subscribeUpdate } from './update.ts';

/** While the component is mounted no new version starts: a count is never interrupted. */
export function useBlockUpdate(active = true): void {
  useEffect(() => (active ? blockUpdate() : undefined), [active]);
}

export function useUpdateState() {
  return useSyncExternalStore(subscribeUpdate, getUpdateState);
}
