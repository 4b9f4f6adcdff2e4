import { type DecodePass, ZBAR_PASSES, type ZxingPass } from './decode-settings.ts';

/** What can read besides zxing: the browser's own detector, and the second opinion once it is loaded. */
export interface Engines {
  native: boolean;
  second: boolean;
}

/** The native detector looks alone for this long; what it misses is zxing's to find, ms. */
export const NATIVE_ALONE_MS = 600;
/**
 * The pass that read a label looks often while it may still be there, ms: a label that only one pass sees would seem
 * to come and go, and count twice.
 */
export const HOLD_MS = 1500;
/** Without a read for this long, a second opinion is asked, ms. */
export const SECOND_OPINION_MS = 1500;

const SPECIAL: readonly ZxingPass[] = ['turned', 'sharp', 'turnedSharp', 'global'];

/**
 * Which pass looks at the next frame. Every second one is cheap, every 6th looks at the whole picture, of the others half are `mid`
 * and half the special ones in turn: a full round of zxing takes 24 frames. The native detector takes the first of
 * the three cheap places (zxing keeps one, for DataBar), the second opinion another.
 *
 * Instants are ms of one monotonic clock. Pure.
 */
export class FramePlan {
  #frames = 0;
  #seconds = 0;
  #readAt: number | null = null;
  #holding: DecodePass | null = null;
  #asked = false;

  /** The pass for a frame at instant `at`. */
  next(at: number, { native, second }: Engines): DecodePass {
    this.#readAt ??= at;
    const silent = at - this.#readAt;
    if (silent >= HOLD_MS) this.#holding = null;
    const held = this.#holding;
    if (native && silent < NATIVE_ALONE_MS && (held === null || held === 'native')) return 'native';
    const n = this.#frames++;
    const place = n % 6;
    if (held !== null && (place === 0 || place === 2)) return held;
    if (place === 2 && second && silent >= SECOND_OPINION_MS) {
      return ZBAR_PASSES[this.#seconds++ % ZBAR_PASSES.length]!;
    }
    if (place === 5) return 'whole';
    if (place === 1) return 'mid';
    if (place === 3) return SPECIAL[Math.floor(n / 6) % SPECIAL.length]!;
    return native && place !== 4 ? 'native' : 'fast';
  }

  /** True once in each search that lasts: the second opinion should be fetched, if it isn't there. */
  wantsSecond(at: number): boolean {
    if (this.#asked || this.#readAt === null || at - this.#readAt < SECOND_OPINION_MS) return false;
    this.#asked = true;
    return true;
  }

  /** `pass` read a code well enough to believe; the search begins anew when it is gone. */
  read(at: number, pass: DecodePass): void {
    this.#readAt = at;
    this.#holding = pass;
    this.#asked = false;
  }
}
