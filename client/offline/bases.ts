import { Cache } from './cache.ts';
import { Journal } from './journal.ts';

export type Bases = { journal: Journal; cache: Cache };

let journal: Journal | null = null;
let cache: Cache | null = null;
let practica: Bases | null = null;

/**
 * This phone's journal, opened at the first call. Whatever sends, or concerns the person and the device, asks for this
 * one: practice never reaches it.
 */
export function elJournalReal(): Journal {
  journal ??= new Journal();
  return journal;
}

/** This phone's cache, opened at the first call: what the engine fills. */
export function elCacheReal(): Cache {
  cache ??= new Cache();
  return cache;
}

/** The journal of what this tab counts: the phone's, or practice's while somebody practises in this tab. */
export function elJournal(): Journal {
  return practica?.journal ?? elJournalReal();
}

/** The cache of what this tab shows: the phone's, or practice's while somebody practises in this tab. */
export function elCache(): Cache {
  return practica?.cache ?? elCacheReal();
}

/** Whether this tab practises. */
export function practicando(): boolean {
  return practica !== null;
}

/** Practice's databases in the place of the phone's, for this tab alone; null ends it. Only practica.ts calls it. */
export function usaPractica(bases: Bases | null): void {
  practica = bases;
}

/** Other databases in the place of this phone's: tests and the bench. */
export function usaBases(bases: Bases | null): void {
  journal = bases?.journal ?? null;
  cache = bases?.cache ?? null;
}
