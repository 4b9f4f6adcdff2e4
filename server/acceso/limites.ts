import type { Clock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { AppError } from '#shared/errores.ts';
import type { AccesoDeps } from './deps.ts';

/** Failures that cost nothing; the next ones double the wait from 2 s. */
interface Rule {
  readonly free: number;
  readonly maxWaitMs: number;
}

/** One person at one place: five slips, then 2, 4, 8 … s, at most 15 min. */
const ACCOUNT: Rule = { free: 5, maxWaitMs: 15 * 60_000 };
/** One place: a shop's whole staff shares an address, so it takes 30 failures. */
const PLACE: Rule = { free: 30, maxWaitMs: 15 * 60_000 };
const FIRST_WAIT_MS = 2_000;
/** Failures are forgotten after an hour of quiet. */
const FORGET_MS = 3600_000;
/** Bounds the memory: at the limit the oldest are forgotten first. */
const MAX_ENTRIES = 20_000;

interface Entry {
  failures: number;
  until: number;
  touched: number;
}

export interface Attempt {
  /** The attempt was right: the account's failures at this place are forgotten, also those that the place was charged. */
  succeeded(): void;
  /** The attempt could not be judged (the database is away): it does not count. */
  undone(): void;
}

/** Limits guesses of passwords, set-up codes and invitations. Lives in the memory of each server process. */
export interface Limites {
  /**
   * Counts an attempt as failed until told otherwise, so that guesses sent at once are counted too.
   * Throws AppError `DEMASIADAS_PETICIONES {segundos}` while `account` at `ip`, or `ip`, must wait.
   */
  begin(ip: string, account: string): Attempt;
}

/** An IPv6 customer owns a whole /64; all of it is one place. */
export function placeOf(ip: string): string {
  const bare = ip.replace(/%.*$/, '').toLowerCase();
  if (bare.startsWith('::ffff:') && bare.includes('.')) return bare.slice('::ffff:'.length);
  if (!bare.includes(':')) return bare;
  const [head = '', tail] = bare.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const middle = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(middle).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}

const opened = new WeakMap<Db, Limites>();

/** The one set of limits of this process for a database. */
export function limitesOf({ db, clock }: AccesoDeps): Limites {
  const known = opened.get(db) ?? createLimites(clock);
  opened.set(db, known);
  return known;
}

export function createLimites(clock: Clock): Limites {
  const entries = new Map<string, Entry>();

  function entryOf(key: string, now: number): Entry {
    const found = entries.get(key);
    const entry =
      found !== undefined && now - found.touched < FORGET_MS
        ? found
        : { failures: 0, until: 0, touched: now };
    // Insertion order is the order of use, so the first key is the one to forget.
    entries.delete(key);
    entries.set(key, entry);
    if (entries.size > MAX_ENTRIES) {
      const oldest = entries.keys().next();
      if (oldest.done !== true) entries.delete(oldest.value);
    }
    return entry;
  }

  function charge(entry: Entry, rule: Rule, now: number): void {
    entry.failures += 1;
    entry.touched = now;
    const over = entry.failures - rule.free;
    if (over >= 0) entry.until = now + Math.min(FIRST_WAIT_MS * 2 ** Math.min(over, 20), rule.maxWaitMs);
  }

  function forgive(entry: Entry, count: number, rule: Rule): void {
    entry.failures = Math.max(0, entry.failures - count);
    if (entry.failures < rule.free) entry.until = 0;
  }

  return {
    begin(ip, account) {
      const now = clock.now().getTime();
      const place = placeOf(ip);
      const byAccount = entryOf(`c:${place}:${account.trim().toLowerCase().slice(0, 254)}`, now);
      const byPlace = entryOf(`p:${place}`, now);
      const wait = Math.max(byAccount.until, byPlace.until) - now;
      if (wait > 0) throw new AppError('DEMASIADAS_PETICIONES', { segundos: Math.ceil(wait / 1000) });
      charge(byAccount, ACCOUNT, now);
      charge(byPlace, PLACE, now);
      let open = true;
      const settle = (count: number): void => {
        if (!open) return;
        open = false;
        forgive(byAccount, count, ACCOUNT);
        forgive(byPlace, count, PLACE);
      };
      return {
        succeeded: () => settle(byAccount.failures),
        undone: () => settle(1),
      };
    },
  };
}
