/** Whether the picture bears out what a reader says of an EAN or UPC; the same question for each reader. */
import { checkBars, type GreyPicture } from './bars-check.ts';
import { retailPattern } from './retail-pattern.ts';
import type { Simbologia } from './scan-event.ts';

interface Point {
  x: number;
  y: number;
}

/** Where a reader saw edges of the symbol, or its middle, px; `ends` when they are known to be its two ends. */
export interface Sight {
  points: readonly Point[];
  ends: boolean;
  /** Its scan lines are columns. */
  upright: boolean;
}

const RETAIL: ReadonlySet<Simbologia> = new Set(['EAN_13', 'EAN_8', 'UPC_A', 'UPC_E']);
/** Of the right claims on 390 pictures all that fit worse than this had not been found where they are. */
const WORST_FIT = 0.4;

export function isRetail(simbologia: Simbologia): boolean {
  return RETAIL.has(simbologia);
}

/**
 * `yes`: every digit of the claim looks more like the picture than any other digit does; with the middle of the symbol, px.
 * `no`: some digit looks more like another one. `unknown`: the symbol was not found there, as when it is seen steeply
 * from one side; only other reads can tell.
 */
export function borneOut(
  picture: GreyPicture,
  { codigo, simbologia }: { codigo: string; simbologia: Simbologia },
  { points, ends, upright }: Sight,
): { answer: 'yes'; middle: Point } | { answer: 'no' | 'unknown' } {
  const pattern = retailPattern(codigo, simbologia);
  if (!pattern || points.length === 0) return { answer: 'no' };
  const anchors = points.map(({ x, y }) =>
    upright ? { row: Math.round(x), at: y } : { row: Math.round(y), at: x },
  );
  const places = anchors.map(({ at }) => at);
  const extent = Math.max(...places) - Math.min(...places);
  const verdict = checkBars(upright ? transposed(picture) : picture, pattern, anchors, {
    extent,
    whole: ends,
  });
  if (verdict === null || verdict.fit < WORST_FIT) return { answer: 'unknown' };
  if (verdict.digits < verdict.of) return { answer: 'no' };
  const { x, y } = verdict;
  return { answer: 'yes', middle: upright ? { x: y, y: x } : { x, y } };
}

/** Points along both ends of a symbol of which a reader tells the corners. */
export function sightOfCorners(corners: {
  topLeft: Point;
  topRight: Point;
  bottomLeft: Point;
  bottomRight: Point;
}): Sight {
  const { topLeft, topRight, bottomLeft, bottomRight } = corners;
  const between = (a: Point, b: Point, t: number) => ({ x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t });
  const points = [0, 0.25, 0.5, 0.75, 1].flatMap((t) => [
    between(topLeft, bottomLeft, t),
    between(topRight, bottomRight, t),
  ]);
  return { points, ends: true, upright: Math.abs(topRight.x - topLeft.x) < Math.abs(topRight.y - topLeft.y) };
}

export function toGrey({ data, width, height }: ImageData): GreyPicture {
  const grey = new Uint8Array(width * height);
  for (let i = 0; i < grey.length; i += 1) {
    const at = i * 4;
    grey[i] = (299 * data[at]! + 587 * data[at + 1]! + 114 * data[at + 2]!) / 1000;
  }
  return { grey, width, height };
}

function transposed({ grey, width, height }: GreyPicture): GreyPicture {
  const turned = new Uint8Array(grey.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) turned[x * height + y] = grey[y * width + x]!;
  }
  return { grey: turned, width: height, height: width };
}
