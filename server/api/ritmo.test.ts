import { expect, test } from 'vitest';
import { createRitmo } from './ritmo.ts';

test('a token is rate limited: so many a minute, then one as often as the bucket fills', () => {
  let ms = 0;
  const ritmo = createRitmo(60, () => ms);
  expect(Array.from({ length: 60 }, () => ritmo.toma('a'))).toEqual(Array(60).fill(0));
  expect(ritmo.toma('a')).toBe(1);
  expect(ritmo.toma('b')).toBe(0);
  ms += 1_000;
  expect([ritmo.toma('a'), ritmo.toma('a')]).toEqual([0, 1]);
  ms += 3_600_000;
  expect(Array.from({ length: 61 }, () => ritmo.toma('a')).filter((espera) => espera > 0)).toHaveLength(1);
});

test('a slow rhythm says the seconds to wait as they are', () => {
  const ritmo = createRitmo(2, () => 0);
  expect([ritmo.toma('a'), ritmo.toma('a'), ritmo.toma('a')]).toEqual([0, 0, 30]);
});
