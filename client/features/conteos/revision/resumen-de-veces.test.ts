import { expect, test } from 'vitest';
import { resumenDeVeces } from './resumen-de-veces.ts';

test.each([
  [['0', '-2', '0', '0'], 'Exacto 3 de las últimas 4 veces.'],
  [['-1', '-2', '0'], 'Exacto 1 de las últimas 3 veces. Siempre que difiere, falta.'],
  [['1', '0.5'], 'Exacto 0 de las últimas 2 veces. Siempre que difiere, sobra.'],
  [['1', '-1'], 'Exacto 0 de las últimas 2 veces.'],
  [['0'], 'La única vez salió exacto.'],
  [['-3', null], 'La única vez no salió exacto.'],
  [[null], 'Solo se ha contado para fijar su inventario inicial.'],
])('history of the product’s counts in one sentence: %j', (variaciones, frase) => {
  expect(resumenDeVeces(variaciones.map((variacion) => ({ variacion })))).toBe(frase);
});
