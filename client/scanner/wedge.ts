import { esGtin } from '#shared/domain/codigos.ts';

/**
 * Tells a keyboard-wedge scanner (USB, Bluetooth, DataWedge keystrokes) from a person typing, by timing alone.
 * Pure: every instant is an argument.
 *
 * A burst is ≥ 6 characters whose median gap is ≤ 35 ms with no gap above 80 ms. The median, and not each gap,
 * is held to 35 ms because Bluetooth keyboards deliver in packets: most gaps are 8–20 ms with now and then one
 * of 40–70 ms. People don't reach a median of 35 ms over six keys; a held key does (about 33 ms), so repeats
 * of a held key must be reported with `reset`, not `push`.
 */
export interface WedgeTuning {
  /** Characters from which a fast run is a scan. */
  minLength: number;
  /** Largest median gap of a scan, ms. */
  maxGapMs: number;
  /** Silence that ends typing, and a scan whose check digit says that it is whole, ms. */
  idleMs: number;
  /**
   * Silence that ends any other scan, ms. A phone that stalls for a moment in the middle of a code must not make
   * two wrong codes of it.
   */
  stallMs: number;
  /** The same code beginning again within this time of its end is one trigger pull that bounced, ms. */
  bounceMs: number;
}

export const WEDGE_TUNING: WedgeTuning = {
  minLength: 6,
  maxGapMs: 35,
  idleMs: 80,
  stallMs: 500,
  bounceMs: 200,
};

/** `burst`: the run so far is a scan, so its characters belong to no field. `first`: this character opens a run. */
export interface WedgeStep {
  first: boolean;
  burst: boolean;
  /** A previous run that this character found ended by silence; its timer had not fired yet. */
  completed: string | null;
}

export class WedgeDetector {
  readonly #tuning: WedgeTuning;
  #text = '';
  #gaps: number[] = [];
  #burst = false;
  #patient = false;
  #startedAt = 0;
  #lastAt = 0;
  #previousCode = '';
  #previousEnd = Number.NEGATIVE_INFINITY;

  constructor(tuning: Partial<WedgeTuning> = {}) {
    this.#tuning = { ...WEDGE_TUNING, ...tuning };
  }

  /** True once the pending run has been long and fast enough to be a scan; it stays one until it ends. */
  get isBurst(): boolean {
    return this.#burst;
  }

  /** True when the pending run may still become a scan: two or more fast characters. */
  get isFast(): boolean {
    return this.#text.length >= 2 && median(this.#gaps) <= this.#tuning.maxGapMs;
  }

  /**
   * One printable character (or GS) at instant `at`, ms of a monotonic clock. `patient`: nobody types a quantity here, so
   * a stall in the first characters belongs to the scan too.
   */
  push(char: string, at: number, patient = false): WedgeStep {
    // The run before is judged by its own field: a quantity's digit is no beginning of a scan that falls elsewhere.
    const completed = this.idle(at);
    this.#patient = patient;
    const first = this.#text === '';
    if (first) this.#startedAt = at;
    else this.#gaps.push(at - this.#lastAt);
    this.#text += char;
    this.#lastAt = at;
    this.#burst ||=
      this.#text.length >= this.#tuning.minLength && median(this.#gaps) <= this.#tuning.maxGapMs;
    return { first, burst: this.#burst, completed };
  }

  /** Enter or Tab. Returns the code when it ends a scan, else null; the run is over either way. */
  terminate(at: number): string | null {
    if (at - this.#lastAt > this.#silence()) return this.idle(at);
    return this.#finish();
  }

  /** To be called once `idleMs` and once `stallMs` have passed without a key. Returns the code when silence ended a scan, else null. */
  idle(at: number): string | null {
    if (this.#text === '' || at - this.#lastAt <= this.#silence()) return null;
    return this.#finish();
  }

  /** Silence that ends the pending run, ms. */
  #silence(): number {
    const unfinished = this.#burst ? !esGtin(this.#text) : this.#patient;
    return unfinished ? this.#tuning.stallMs : this.#tuning.idleMs;
  }

  /** Forgets the pending run: a person edits (Backspace, arrows, a held key, a shortcut). */
  reset(): void {
    this.#text = '';
    this.#gaps = [];
    this.#burst = false;
  }

  #finish(): string | null {
    const code = this.#burst ? this.#text.trim() : '';
    const bounced =
      code === this.#previousCode && this.#startedAt - this.#previousEnd <= this.#tuning.bounceMs;
    const end = this.#lastAt;
    this.reset();
    if (code === '') return null;
    this.#previousCode = code;
    this.#previousEnd = end;
    return bounced ? null : code;
  }
}

/** Median of the gaps; infinite when there is none, so that one key alone is never fast. */
function median(gaps: readonly number[]): number {
  if (gaps.length === 0) return Number.POSITIVE_INFINITY;
  const sorted = [...gaps].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle]!;
  return (sorted[middle - 1]! + sorted[middle]!) / 2;
}
