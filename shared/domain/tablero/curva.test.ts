import { expect, test } from 'vitest';
import { curvaAbc } from './curva.ts';

const PARTES = [
  { clase: 'A', productos: 1, valor: 70n },
  { clase: 'A', productos: 1, valor: 10n },
  { clase: 'B', productos: 3, valor: 15n },
  { clase: 'C', productos: 5, valor: 5n },
] as const;

test('ABC curve (Pareto): the first products one by one, then where each class ends', () => {
  expect(curvaAbc(PARTES, [70n, 10n, 8n])).toEqual({
    clases: [
      { clase: 'A', productos: 2, valor: 80n, parte: 8_000n, hasta: { x: 2_000n, y: 8_000n } },
      { clase: 'B', productos: 3, valor: 15n, parte: 1_500n, hasta: { x: 5_000n, y: 9_500n } },
      { clase: 'C', productos: 5, valor: 5n, parte: 500n, hasta: { x: 10_000n, y: 10_000n } },
    ],
    curva: [
      { x: 1_000n, y: 7_000n },
      { x: 2_000n, y: 8_000n },
      { x: 3_000n, y: 8_800n },
      { x: 5_000n, y: 9_500n },
      { x: 10_000n, y: 10_000n },
    ],
  });
});

test('nothing sold, one product, a class that a person fixed', () => {
  expect(curvaAbc([], [])).toEqual({ clases: [], curva: [] });
  expect(curvaAbc([{ clase: 'C', productos: 4, valor: 0n }], [0n]).curva).toEqual([]);
  expect(curvaAbc([{ clase: 'A', productos: 1, valor: 9n }], [9n]).curva).toEqual([
    { x: 10_000n, y: 10_000n },
  ]);
  const { curva } = curvaAbc(
    [
      { clase: 'A', productos: 1, valor: 10n },
      { clase: 'B', productos: 1, valor: 90n },
    ],
    [90n],
  );
  expect(curva).toEqual([
    { x: 5_000n, y: 9_000n },
    { x: 10_000n, y: 10_000n },
  ]);
});
