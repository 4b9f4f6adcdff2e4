import { expect, test } from 'vitest';
import { dineroEje, enteros } from './dinero-eje.ts';

test('short at an axis, exact on the way', () => {
  expect(dineroEje(0n)).toBe('$0');
  expect(dineroEje(85_000n)).toBe('$850');
  expect(dineroEje(500_000n)).toBe('$5,000');
  expect(dineroEje(20_000_000n)).toBe('$200 mil');
  expect(dineroEje(120_000_000n)).toBe('$1.2 M');
  expect(dineroEje(-125_000_000_00n)).toBe('−$125 M');
  expect(enteros(1_050n)).toBe(1_000n);
  expect(enteros(1_150n)).toBe(1_200n);
});
