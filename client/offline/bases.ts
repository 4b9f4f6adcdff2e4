import { Cache } from './cache.ts';
import { Journal } from './journal.ts';

let journal: Journal | null = null;
let cache: Cache | null = null;

/** This phone's journal, opened at the first call. */
export function elJournal(): Journal {
  journal ??= new Journal();
  return journal;
}

/** This phone's cache, opened at the first call. */
export function elCache(): Cache {
  cache ??= new Cache();
  return cache;
}

/** Other databases in the place of this phone's: tests and the bench. */
export function usaBases(bases: { journal: Journal; cache: Cache } | null): void {
  journal = bases?.journal ?? null;
  cache = bases?.cache ?? null;
}
