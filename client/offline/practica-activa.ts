import { useSyncExternalStore } from 'react';
import { practicando } from './bases.ts';

/** What every start needs of practice; practica.ts has the rest, and is loaded by who practises. */

/** Marks this tab alone, and outlives a reload. */
export const MARCA_PRACTICA = 'devcompras-practica';

const listeners = new Set<() => void>();

export function avisaPractica(): void {
  for (const listener of [...listeners]) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether this tab practises. */
export function usePractica(): boolean {
  return useSyncExternalStore(subscribe, practicando);
}

/** Whether this tab practised before it was loaded anew. */
export function practicaba(): boolean {
  try {
    return sessionStorage.getItem(MARCA_PRACTICA) !== null;
  } catch {
    return false; // a browser that keeps nothing for the tab: practice ends with the page
  }
}
