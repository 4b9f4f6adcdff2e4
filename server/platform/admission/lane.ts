/** How much of one kind of work a process takes on. */
export interface LaneLimits {
  /** Requests that are worked on at the same time. */
  readonly running: number;
  /** Requests beyond those that may be here: receiving their body, or waiting for their turn. */
  readonly waiting: number;
  /** A turn that has not come after this many ms does not come: the phone's own deadline is 15 s. */
  readonly waitMs: number;
  /** Requests of one key (a phone) that may wait or run. */
  readonly perKey: number;
}

/** Not now. `retryAfterS`: whole seconds, ≥ 1, with chance in it so that those refused together do not return together. */
export class LaneFull extends Error {
  readonly retryAfterS: number;

  constructor(retryAfterS: number) {
    super('the lane is full');
    this.name = 'LaneFull';
    this.retryAfterS = retryAfterS;
  }
}

/** Whoever waited for a turn has left. */
export class LaneLeft extends Error {
  constructor() {
    super('left while waiting');
    this.name = 'LaneLeft';
  }
}

/** The place of one request. */
export interface Place {
  /** Resolves when it may run. Rejects with `LaneFull` (too many of this key, or too long a wait) or `LaneLeft`. Once. */
  turn(key: string | null): Promise<void>;
  /** It ended, or its client went away before its turn; the turn goes to the next. As often as you like. */
  leave(): void;
  readonly running: boolean;
}

export interface LanePorts {
  /** Milliseconds that only grow. */
  mono(): number;
  /** [0, 1) */
  random(): number;
}

/** What a lane holds now, and what it has refused since the start. */
export interface LaneState {
  readonly present: number;
  readonly waiting: number;
  readonly running: number;
  readonly refused: number;
}

/** Retry-After stays within this, chance included: queues must drain within 30 s of it. */
const LONGEST_RETRY_S = 30;
/** Refusals of the last seconds count as work to come; their memory fades with this. */
const FADE_MS = 10_000;
/** What one request is taken to last before any has. */
const FIRST_GUESS_MS = 50;
const SMOOTHING = 0.1;

type State = 'present' | 'waiting' | 'running' | 'gone';

interface Waiting {
  readonly admit: () => void;
  readonly refuse: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * One kind of work: at most `running` at a time, first come first served, at most `waiting` more, each for `waitMs`.
 * Written here and not taken from a library: p-queue has no bound on what waits, cockatiel's bulkhead keeps those who
 * left, and neither counts by phone or says when to come back.
 */
export class Lane {
  readonly limits: LaneLimits;
  readonly #ports: LanePorts;
  readonly #queue = new Map<symbol, Waiting>();
  readonly #perKey = new Map<string, number>();
  #present = 0;
  #running = 0;
  #refused = 0;
  /** Smoothed duration of a run. */
  #lasts = FIRST_GUESS_MS;
  #pressure = 0;
  #pressureAt = 0;

  constructor(limits: LaneLimits, ports: LanePorts) {
    this.limits = limits;
    this.#ports = ports;
  }

  get state(): LaneState {
    return {
      present: this.#present,
      waiting: this.#queue.size,
      running: this.#running,
      refused: this.#refused,
    };
  }

  /** A place for a request whose body is still to come. Throws `LaneFull`. */
  enter(): Place {
    if (this.#present >= this.limits.running + this.limits.waiting) throw this.#full();
    this.#present += 1;
    const id = Symbol('place');
    let state: State = 'present';
    let key: string | null = null;
    let since = 0;

    const run = () => {
      state = 'running';
      since = this.#ports.mono();
    };
    const leave = () => {
      if (state === 'gone') return;
      const was = state;
      state = 'gone';
      this.#present -= 1;
      if (was !== 'present' && key !== null) this.#forget(key);
      if (was === 'waiting') this.#drop(id)?.refuse(new LaneLeft());
      if (was !== 'running') return;
      this.#lasts += SMOOTHING * (this.#ports.mono() - since - this.#lasts);
      this.#handOver();
    };
    const turn = async (of: string | null): Promise<void> => {
      if (state !== 'present') throw new LaneLeft();
      if (of !== null && (this.#perKey.get(of) ?? 0) >= this.limits.perKey) {
        leave();
        throw this.#full();
      }
      key = of;
      if (of !== null) this.#perKey.set(of, (this.#perKey.get(of) ?? 0) + 1);
      if (this.#running < this.limits.running) {
        this.#running += 1;
        run();
        return;
      }
      state = 'waiting';
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => {
          this.#drop(id);
          // No longer waiting, so `leave` tells nobody and gives back the place and the key.
          leave();
          reject(this.#full());
        }, this.limits.waitMs);
        const admit = () => {
          run();
          resolve();
        };
        this.#queue.set(id, { admit, refuse: reject, timer });
      });
    };
    return {
      turn,
      leave,
      get running() {
        return state === 'running';
      },
    };
  }

  /** The one that ends hands its turn over, so `running` moves only when nobody waits. */
  #handOver(): void {
    const [next] = this.#queue.keys();
    if (next === undefined) this.#running -= 1;
    else this.#drop(next)?.admit();
  }

  #drop(id: symbol): Waiting | undefined {
    const waiting = this.#queue.get(id);
    if (waiting === undefined) return undefined;
    this.#queue.delete(id);
    clearTimeout(waiting.timer);
    return waiting;
  }

  #forget(key: string): void {
    const left = (this.#perKey.get(key) ?? 1) - 1;
    if (left > 0) this.#perKey.set(key, left);
    else this.#perKey.delete(key);
  }

  /**
   * When what is here and what was refused lately should be done, between that and twice as long. RFC 9110 §10.2.3 takes
   * whole seconds.
   */
  #full(): LaneFull {
    const now = this.#ports.mono();
    this.#refused += 1;
    this.#pressure = this.#pressure * Math.exp((this.#pressureAt - now) / FADE_MS) + 1;
    this.#pressureAt = now;
    const ahead = this.#queue.size + this.#pressure;
    const seconds = (ahead * this.#lasts) / this.limits.running / 1_000;
    const base = Math.min(LONGEST_RETRY_S / 2, Math.max(1, seconds));
    return new LaneFull(Math.min(LONGEST_RETRY_S, Math.ceil(base * (1 + this.#ports.random()))));
  }
}
