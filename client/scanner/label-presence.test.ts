import { expect, test } from 'vitest';
import { LabelPresence, lightChanges, showsLabel } from './label-presence.ts';

/** Bars of `px` pixels each, light and dark in turn. */
const bars = (count: number, px: number, dark = 30, light = 220) =>
  Array.from({ length: count * px }, (_, i) => (Math.floor(i / px) % 2 === 0 ? light : dark));
/** Noise of ±12 around a shelf's grey, the same at every run. */
const shelf = Array.from({ length: 640 }, (_, i) => 112 + ((i * 7919) % 25) - 12);

test('bars are counted edge by edge, however they are lit', () => {
  expect(lightChanges(bars(30, 3))).toBe(29);
  expect(lightChanges(bars(30, 3, 90, 150))).toBe(29);
});

test('unsharp bars are bars still', () => {
  const sharp = bars(30, 6);
  const blurred = sharp.map((_, i) => {
    const near = sharp.slice(Math.max(0, i - 2), i + 3);
    return near.reduce((sum, value) => sum + value, 0) / near.length;
  });
  expect(lightChanges(blurred)).toBe(29);
});

test('a shelf, a shadow, the edge of a table are no label; a strip with bars is', () => {
  const shadow = Array.from({ length: 640 }, (_, i) => 40 + i / 4);
  const table = Array.from({ length: 640 }, (_, i) => (i < 300 ? 60 : 200));
  expect(showsLabel([shelf, shadow, table])).toBe(false);
  expect(showsLabel([shelf, bars(43, 4)])).toBe(true);
});

test('a label comes into view once, also through one blurred picture, and anew after it was gone', () => {
  const presence = new LabelPresence();
  const seen = [false, true, true, false, true, false, false, true];
  expect(seen.map((present) => presence.look(present))).toEqual([
    false,
    true,
    false,
    false,
    false,
    false,
    false,
    true,
  ]);
});
