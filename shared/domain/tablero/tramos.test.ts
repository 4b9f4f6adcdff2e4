import { expect, test } from 'vitest';
import { tramosSinConteo } from './tramos.ts';

test('days since last count: the steps add up to all products, those never counted in one of their own', () => {
  const tramos = tramosSinConteo(100, [80, 50, 30], 12);
  expect(tramos.map(({ productos }) => productos)).toEqual([20, 30, 20, 18, 12]);
  expect(tramos.reduce((n, { productos }) => n + productos, 0)).toBe(100);
  expect(tramosSinConteo(3, [3, 3, 3], 3).map(({ productos }) => productos)).toEqual([0, 0, 0, 0, 3]);
});
