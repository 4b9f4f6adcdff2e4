import { expect, test } from 'vitest';
import { curvaAbc } from './curva.ts';

const PARTES = [
  { clase: 'A', productos: 1, valor: 70n },
  { clase: 'A', productos: 1, valor: 10n },
  { clase: 'B', productos: 3, valor: 15n },
  { clase: 'C', productos: 5, valor: 5n },
] as const;

test('ABC curve (Pareto): through its points and the ends of its classes, each once', () => {
  expect(
    curvaAbc(PARTES, [
      { n: 1, valor: 70n },
      { n: 2, valor: 80n },
      { n: 3, valor: 88n },
    ]),
  ).toEqual({
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

test('nothing sold, one product', () => {
  expect(curvaAbc([], [])).toEqual({ clases: [], curva: [] });
  expect(curvaAbc([{ clase: 'C', productos: 4, valor: 0n }], [{ n: 4, valor: 0n }]).curva).toEqual([]);
  expect(curvaAbc([{ clase: 'A', productos: 1, valor: 9n }], [{ n: 1, valor: 9n }]).curva).toEqual([
    { x: 10_000n, y: 10_000n },
  ]);
});

test('points measured at another moment than the classes never make it go back or out', () => {
  const { curva } = curvaAbc(PARTES, [
    { n: 4, valor: 99n },
    { n: 12, valor: 130n },
  ]);
  expect(curva.map(({ y }) => y)).toEqual([8_000n, 9_900n, 9_900n, 10_000n]);
  expect(curva.every(({ x }) => x <= 10_000n)).toBe(true);
});
