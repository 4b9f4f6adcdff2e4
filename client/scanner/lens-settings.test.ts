import { expect, test } from 'vitest';
import { hasZoom, type LensCapabilities, lensConstraint, zoomNumber } from './lens-settings.ts';

test.each<[string, LensCapabilities, number | null, number | null]>([
  ['a ratio', { zoom: { min: 1, max: 8 } }, 1, 2],
  ['a lens that goes wider than 1×', { zoom: { min: 0.5, max: 3 } }, 1, 2],
  ['percent', { zoom: { min: 100, max: 400 } }, 100, 200],
  ['too little of it', { zoom: { min: 1, max: 1.5 } }, 1, null],
  ['a fixed lens', { zoom: { min: 1, max: 1 } }, null, null],
  ['no zoom', {}, null, null],
])('zoom where getCapabilities() names it: %s', (_, capabilities, once, twice) => {
  expect([zoomNumber(capabilities, 1), zoomNumber(capabilities, 2)]).toEqual([once, twice]);
  expect(hasZoom(capabilities)).toBe(twice !== null);
});

test('a lens that can nothing is asked for nothing', () => {
  expect(lensConstraint({ focusMode: ['manual'] }, { torch: false, zoom: 1 })).toBe(null);
});
