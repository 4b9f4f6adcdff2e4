import { expect, test } from 'vitest';
import { sharpenRows } from './sharpen.ts';

function row(values: readonly number[]): Uint8ClampedArray<ArrayBuffer> {
  return new Uint8ClampedArray(values.flatMap((value) => [value, value, value, 255]));
}

test('a flat row stays flat, alpha included', () => {
  const pixels = row(Array.from({ length: 20 }, () => 120));
  sharpenRows(pixels, 10, 2);
  expect([...pixels]).toEqual([...row(Array.from({ length: 20 }, () => 120))]);
});

test('a soft edge gets steeper', () => {
  const pixels = row([40, 40, 40, 40, 40, 100, 160, 220, 220, 220, 220, 220]);
  sharpenRows(pixels, 12, 1);
  expect(pixels[4 * 4]).toBeLessThan(40);
  expect(pixels[7 * 4]).toBeGreaterThan(220);
});

test('a picture narrower than the blur is left readable', () => {
  const pixels = row([0, 255]);
  sharpenRows(pixels, 2, 1);
  expect(pixels[0]).toBe(0);
  expect(pixels[4]).toBe(255);
});
