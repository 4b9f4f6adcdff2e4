import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SumaFilas } from './suma-filas.ts';

const de = (filas: readonly string[], tabla = 'productos') => {
  const suma = new SumaFilas();
  for (const fila of filas) suma.agrega(tabla, fila);
  return `${suma.cuenta}:${suma.suma}`;
};

test('the sum does not depend on the order of the rows, and shows any other row', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 20 }), fc.string(), (filas, otra) => {
      expect(de([...filas].reverse())).toBe(de(filas));
      expect(de(filas.slice(1))).not.toBe(de(filas));
      if (!filas.includes(otra)) expect(de([otra, ...filas.slice(1)])).not.toBe(de(filas));
    }),
  );
});

test('the same text in another table is another row', () => {
  expect(de(['["a"]'], 'productos')).not.toBe(de(['["a"]'], 'categorias'));
});

test('one letter among a hundred thousand rows is seen', () => {
  const filas = Array.from({ length: 100_000 }, (_, n) => `["id-${n}","Balata ${n}"]`);
  const antes = de(filas);
  filas[77_777] = filas[77_777]!.replace('Balata', 'Balato');
  expect(de(filas)).not.toBe(antes);
});
