/**
 * Whether a label is in view, judged without decoding it: bars and modules are many strong changes of light along a
 * line; tables, hands and shelves are few. For the scanner test, which times a read from here.
 */

/** Brightest less darkest of a strip, of 255, below which it shows nothing printed. */
const CONTRAST = 50;
/** A change of light counts from this share of the strip's contrast. */
const SHARE = 0.3;
/** A row of a small QR has about 12 changes, an EAN-8 has 43. */
const CHANGES = 12;

/** How often the light along a strip turns by a good part of its contrast. `luma`: 0–255 per pixel. */
export function lightChanges(luma: ArrayLike<number>): number {
  let low = 255;
  let high = 0;
  for (let i = 0; i < luma.length; i += 1) {
    low = Math.min(low, luma[i]!);
    high = Math.max(high, luma[i]!);
  }
  if (high - low < CONTRAST) return 0;
  const step = (high - low) * SHARE;
  let changes = 0;
  let rising = false;
  let extreme = luma[0]!;
  for (let i = 1; i < luma.length; i += 1) {
    const value = luma[i]!;
    if (changes > 0 && (rising ? value >= extreme : value <= extreme)) extreme = value;
    else if (Math.abs(value - extreme) >= step) {
      rising = value > extreme;
      extreme = value;
      changes += 1;
    }
  }
  return changes;
}

export function showsLabel(strips: readonly ArrayLike<number>[]): boolean {
  return strips.some((strip) => lightChanges(strip) >= CHANGES);
}

/** A label is gone after this many pictures without it: one blurred picture between is not two labels. */
const GONE_AFTER = 2;

/** Follows pictures; says when a label comes into view. Pure: instants are arguments. */
export class LabelPresence {
  #missed = GONE_AFTER;

  /** One picture. True when it is the first that shows this label. */
  look(present: boolean): boolean {
    const appears = present && this.#missed >= GONE_AFTER;
    this.#missed = present ? 0 : this.#missed + 1;
    return appears;
  }
}
