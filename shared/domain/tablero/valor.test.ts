import { expect, test } from 'vitest';
import { valorDeAlmacenes } from './valor.ts';

const almacenes = [
  { id: 'a', tipo: 'general', productos: 2, valor: '900719925474099.93' },
  { id: 'b', tipo: 'mostrador', productos: 1, valor: '0.07' },
  { id: 'c', tipo: 'ajeno', productos: 9, valor: '5000.00' },
  { id: 'd', tipo: 'general', productos: 0, valor: '0.00' },
];

test('stock value: of my shops, to the centavo, without what others own', () => {
  expect(valorDeAlmacenes({ almacenes }, null)).toBe(90_071_992_547_410_000n);
  expect(valorDeAlmacenes({ almacenes }, new Set(['b', 'c']))).toBe(7n);
});

test('before there was any stock its worth is not known, not zero', () => {
  expect(valorDeAlmacenes({ almacenes }, new Set(['d']))).toBeNull();
  expect(valorDeAlmacenes({ almacenes: [] }, null)).toBeNull();
});
