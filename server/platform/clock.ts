import { v7 as uuidv7 } from 'uuid';

/** The only source of time and of new ids on the server. Tests replace it with `fixedClock`. */
export interface Clock {
  /** The present instant. */
  now(): Date;
  /** A new UUID v7, increasing within a process. */
  newId(): string;
}

export const systemClock: Clock = {
  now: () => new Date(),
  newId: () => uuidv7(),
};

/** The present instant (shorthand for code that has no context). */
export function now(): Date {
  return systemClock.now();
}

/** A new UUID v7 (shorthand for code that has no context). */
export function newId(): string {
  return systemClock.newId();
}

/** A clock that stands at `start` until `advance(ms)` is called; ids keep growing. */
export function fixedClock(start: Date): Clock & { advance(ms: number): void } {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    newId: () => uuidv7({ msecs: at }),
    advance: (ms) => {
      at += ms;
    },
  };
}
