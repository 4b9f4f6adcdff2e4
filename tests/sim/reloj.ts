import type { ClockPort } from '#client/offline/core/ports.ts';

/** Chance from a seed: the same history always meets the same accidents (mulberry32). */
export function azar(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Timer = { at: number; order: number; fire: () => void };

/** Virtual time for the whole world. It moves only in `advance`, and only when nothing is being computed. */
export class Reloj {
  #t = 0;
  #order = 0;
  #timers: Timer[] = [];
  #busy = 0;
  /** Who waits for the databases to have nothing more to do. */
  #ocioso: (() => void)[] = [];
  /** Quiet turns of the event loop after which nothing runs any more: one where there is no real I/O. */
  readonly #calma: number;

  constructor(calma = 2) {
    this.#calma = calma;
  }

  get mono(): number {
    return this.#t;
  }

  /** Counts work that real I/O (the databases) is doing, so that time waits for it. */
  async working<T>(work: Promise<T>): Promise<T> {
    this.#busy += 1;
    try {
      return await work;
    } finally {
      this.#busy -= 1;
      if (this.#busy === 0) for (const seguir of this.#ocioso.splice(0)) seguir();
    }
  }

  sleep = (ms: number, signal: AbortSignal): Promise<void> => {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer: Timer = { at: this.#t + ms, order: this.#order++, fire: () => done() };
      const done = () => {
        signal.removeEventListener('abort', cancel);
        resolve();
      };
      const cancel = () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
        done();
      };
      signal.addEventListener('abort', cancel, { once: true });
      this.#timers.push(timer);
    });
  };

  /** Until nothing runs any more without time passing. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < this.#calma; ) {
      // Asking over and over would take the processor away from the database.
      if (this.#busy > 0) await new Promise<void>((resolve) => this.#ocioso.push(resolve));
      await new Promise((resolve) => setImmediate(resolve));
      quiet = this.#busy === 0 ? quiet + 1 : 0;
    }
  }

  async advance(ms: number): Promise<void> {
    const end = this.#t + ms;
    for (;;) {
      await this.settle();
      const next = this.#timers
        .filter((timer) => timer.at <= end)
        .sort((a, b) => a.at - b.at || a.order - b.order)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#t = Math.max(this.#t, next.at);
      next.fire();
    }
    this.#t = end;
  }

  /** A phone's view: the same passing of time, its own wall clock. */
  phone(offset: () => number): ClockPort {
    return { now: () => INICIO + this.#t + offset(), mono: () => this.#t, sleep: this.sleep };
  }

  get now(): number {
    return INICIO + this.#t;
  }
}

const INICIO = Date.parse('2026-03-02T15:00:00.000Z');
