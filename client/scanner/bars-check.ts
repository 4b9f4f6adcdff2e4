/**
 * Holds a claimed EAN or UPC against the pixels. A reader looks for edges and can be led astray by the whole label
 * at once: bars that a bad print thickens, or a blur melts together, give another code with a right check digit on
 * a hundred scan lines, and a second reader makes the same mistake. Here each digit's place is compared with every
 * digit that could stand there; the claim holds when its own digits are the ones that look most like the picture.
 */
import { DIGIT_MODULES, mirrored, type RetailPattern } from './retail-pattern.ts';

export interface GreyPicture {
  /** One byte a pixel, row by row, 0 black. */
  grey: Uint8Array;
  width: number;
  height: number;
}

/** A scan line through the symbol: its row, and where the symbol's left edge, middle or right edge lies on it. */
export interface Anchor {
  row: number;
  at: number;
}

export interface BarsVerdict {
  /** Digits that look more like the claimed one than like any other. */
  digits: number;
  of: number;
  /** How much the whole symbol looks like the claim: correlation, median of the scan lines; 1 is perfect print. */
  fit: number;
  /** Middle of the symbol, px. */
  x: number;
  y: number;
}

/** Scan lines looked at, spread over the symbol's height, and those among them that are searched without a hint. */
const LINES = 5;
const BLIND_LINES = 2;
/** Neighbouring rows added to one line, each side: evens out noise, and bars are tall. */
const ROWS_AROUND = 1;
/** Samples a module for the coarse search and for everything after it. */
const COARSE = 2;
const FINE = 4;
/** A line that fits this much worse than the typical one crosses a glare or a finger. */
const WORTH = 0.5;
/** How far a digit may lie off its place, in samples of a quarter module: labels are never quite flat. */
const OFF_PLACE = [-2, -1, 0, 1, 2];

/** A roughly right place correlates like this; the right one after refinement like 0.4 and more. */
const FOUND = 0.35;
/** Flat, or seen slanted from either side. */
const BOWS = [-0.12, 0, 0.12];

/** Where a symbol lies on a line: left edge, width, and how much its middle is moved by a slanted view. */
interface Placing {
  score: number;
  left: number;
  width: number;
  bow: number;
}

const NOWHERE: Placing = { score: -1, left: 0, width: 0, bow: 0 };

/** What the reader says of the symbol's reach along the rows, px: all of it (`whole`), or maybe half or less. */
export interface Reach {
  extent: number;
  whole: boolean;
}

/** Null where the claim can't be placed in the picture at all. */
export function checkBars(
  picture: GreyPicture,
  pattern: RetailPattern,
  anchors: readonly Anchor[],
  reach: Reach,
): BarsVerdict | null {
  const chosen = spread(
    [...anchors].sort((a, b) => a.row - b.row),
    LINES,
  );
  const lines = chosen.map(({ row, at }) => ({ row, at, dark: darkness(picture, row) }));
  let best: { fit: number; flip: boolean; places: Placing[] } | null = null;
  for (const flip of [false, true]) {
    const modules = flip ? mirrored(pattern.modules) : pattern.modules;
    const places = placeLines(lines, modules, reach);
    const fit = median(places.map(({ score }) => score));
    if (best === null || fit > best.fit) best = { fit, flip, places };
    // The wrong way round nothing fits like this.
    if (fit > 0.75) break;
  }
  if (best === null || best.fit <= 0) return null;
  const { fit, flip, places } = best;
  const good = lines
    .map(({ dark, row }, i) => ({ dark, row, place: places[i]! }))
    .filter(({ place }) => place.score >= WORTH * fit);
  const digits = pattern.digits.filter(({ at, templates, claimed }) => {
    const likeness = templates.map(() => 0);
    for (const { dark, place } of good) {
      addLikeness(likeness, dark, place, pattern.modules, at, templates, flip);
    }
    return likeness.every((value, i) => i === claimed || value < likeness[claimed]!);
  }).length;
  const middle = good[good.length >> 1]!;
  return {
    digits,
    of: pattern.digits.length,
    fit,
    x: middle.place.left + middle.place.width / 2,
    y: middle.row,
  };
}

/** `count` of the items, evenly spread. */
function spread<T>(items: readonly T[], count: number): T[] {
  const taken = Math.min(count, items.length);
  return Array.from({ length: taken }, (_, i) => items[Math.floor(((i + 0.5) * items.length) / taken)]!);
}

function darkness({ grey, width, height }: GreyPicture, row: number): Float32Array {
  const dark = new Float32Array(width);
  const from = Math.max(0, row - ROWS_AROUND);
  const to = Math.min(height - 1, row + ROWS_AROUND);
  for (let y = from; y <= to; y += 1) {
    for (let x = 0; x < width; x += 1) dark[x]! += 255 - grey[y * width + x]!;
  }
  const rows = to - from + 1;
  for (let x = 0; x < width; x += 1) dark[x]! /= rows;
  return dark;
}

/** The best place on each line: found blindly on a few, and from the best of those on the rest. */
function placeLines(
  lines: readonly { row: number; at: number; dark: Float32Array }[],
  modules: string,
  reach: Reach,
): Placing[] {
  const blind = new Map<number, Placing>();
  for (const index of spread([...lines.keys()], BLIND_LINES)) {
    blind.set(index, refine(lines[index]!.dark, modules, search(lines[index]!, modules, reach)));
  }
  const guide = [...blind.values()].reduce((a, b) => (b.score > a.score ? b : a), NOWHERE);
  return lines.map(({ dark }, index) => {
    const found = blind.get(index);
    const near = guide.score > 0 ? refine(dark, modules, nearby(dark, modules, guide)) : NOWHERE;
    return found && found.score > near.score ? found : near;
  });
}

/**
 * Every width the reach allows, the anchor as left edge, middle or right edge. Where that finds nothing, the reach told
 * may be that of the middle guard alone: then any width around the anchor.
 */
function search(
  { at, dark }: { at: number; dark: Float32Array },
  modules: string,
  { extent, whole }: Reach,
): Placing {
  if (whole) return sweep(dark, modules, extent * 0.9, extent * 1.12, at, [0, 1]);
  const narrow = Math.max(modules.length, extent * 0.55);
  const told = sweep(dark, modules, narrow, extent * 2.3, at, [0, 0.5, 1]);
  if (told.score >= FOUND) return told;
  const middle = sweep(dark, modules, modules.length, dark.length, at, [0.5]);
  return middle.score > told.score ? middle : told;
}

/** Widths from `narrow` to `wide`, px, `at` lying at one of `shares` of the symbol, flat or slanted to either side. */
function sweep(
  dark: Float32Array,
  modules: string,
  narrow: number,
  wide: number,
  at: number,
  shares: readonly number[],
): Placing {
  let best = NOWHERE;
  for (let width = narrow; width <= wide && width <= dark.length * 1.02; width *= 1.02) {
    const module = width / modules.length;
    for (const share of shares) {
      for (let shift = -2; shift <= 2; shift += 1) {
        const left = at - share * width + shift * module;
        if (left < -2 || left + width > dark.length + 2) continue;
        for (const bow of BOWS) {
          const score = correlation(dark, modules, { left, width, bow }, COARSE);
          if (score > best.score) best = { score, left, width, bow };
        }
      }
    }
  }
  return best;
}

/** On a line beside `guide`'s, where a turned symbol lies a little further to one side. */
function nearby(dark: Float32Array, modules: string, guide: Placing): Placing {
  const module = guide.width / modules.length;
  let best = NOWHERE;
  for (let shift = -14; shift <= 14; shift += 0.5) {
    const moved = { ...guide, left: guide.left + shift * module };
    const score = correlation(dark, modules, moved, COARSE);
    if (score > best.score) best = { ...moved, score };
  }
  return best;
}

/** Climbs from a rough place to the best one around it. */
function refine(dark: Float32Array, modules: string, rough: Placing): Placing {
  if (rough.score <= 0) return rough;
  const module = rough.width / modules.length;
  let best = { ...rough, score: correlation(dark, modules, rough, FINE) };
  for (let step = 1; step > 0.05; step /= 2) {
    for (let round = 0; round < 2; round += 1) {
      const from = best;
      for (const a of [-1, 0, 1]) {
        for (const b of [-1, 0, 1]) {
          for (const c of [-1, 0, 1]) {
            const place = {
              left: from.left + a * step * module,
              width: from.width + b * step * module,
              bow: from.bow + c * step * 0.04,
            };
            const score = correlation(dark, modules, place, FINE);
            if (score > best.score) best = { ...place, score };
          }
        }
      }
    }
  }
  return best;
}

/** Darkness at share `t` of the symbol's width; NaN outside of the line. */
function sample(dark: Float32Array, { left, width, bow }: Omit<Placing, 'score'>, t: number): number {
  const x = left + (t + bow * t * (1 - t)) * width - 0.5;
  const cell = Math.floor(x);
  if (cell < 0 || cell + 1 >= dark.length) return Number.NaN;
  const part = x - cell;
  return dark[cell]! * (1 - part) + dark[cell + 1]! * part;
}

/** Pearson's correlation of the line with the modules; −1 when the place leaves the line. */
function correlation(
  dark: Float32Array,
  modules: string,
  place: Omit<Placing, 'score'>,
  samples: number,
): number {
  const n = modules.length * samples;
  let sum = 0;
  let squares = 0;
  let bars = 0;
  let products = 0;
  for (let i = 0; i < n; i += 1) {
    const value = sample(dark, place, (i + 0.5) / n);
    if (Number.isNaN(value)) return -1;
    sum += value;
    squares += value * value;
    if (modules.charCodeAt(Math.floor(i / samples)) !== BAR) continue;
    bars += 1;
    products += value;
  }
  return pearson(n, sum, squares, bars, products);
}

const BAR = '1'.charCodeAt(0);

/** Of `n` values with a 0/1 pattern that has `bars` ones; `products`: sum of the values there. */
function pearson(n: number, sum: number, squares: number, bars: number, products: number): number {
  const spreads = (n * squares - sum * sum) * bars * (n - bars);
  return spreads <= 0 ? 0 : (n * products - sum * bars) / Math.sqrt(spreads);
}

/** Adds to each template how much one line looks like it at the digit's place, one module of context each side. */
function addLikeness(
  likeness: number[],
  dark: Float32Array,
  place: Placing,
  modules: string,
  at: number,
  templates: readonly string[],
  flip: boolean,
): void {
  const all = modules.length * FINE;
  const best = templates.map(() => -1);
  const seen = new Float32Array((DIGIT_MODULES + 2) * FINE);
  for (const off of OFF_PLACE) {
    for (let i = 0; i < seen.length; i += 1) {
      const index = (at - 1) * FINE + i + off;
      seen[i] = sample(dark, place, ((flip ? all - 1 - index : index) + 0.5) / all);
    }
    if (seen.some(Number.isNaN)) continue;
    const sum = seen.reduce((total, value) => total + value, 0);
    const squares = seen.reduce((total, value) => total + value * value, 0);
    templates.forEach((template, i) => {
      const around = modules[at - 1]! + template + modules[at + DIGIT_MODULES]!;
      let bars = 0;
      let products = 0;
      for (let k = 0; k < seen.length; k += 1) {
        if (around.charCodeAt(Math.floor(k / FINE)) !== BAR) continue;
        bars += 1;
        products += seen[k]!;
      }
      best[i] = Math.max(best[i]!, pearson(seen.length, sum, squares, bars, products));
    });
  }
  best.forEach((value, i) => {
    likeness[i]! += value;
  });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? -1;
}
