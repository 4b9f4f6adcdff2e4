import { expect, test } from 'vitest';
import { type LineaDeSemana, resumeSemana } from './semana.ts';

const linea = (id: string, cambios: Partial<LineaDeSemana> = {}): LineaDeSemana => ({
  id,
  tipo: 'suma',
  anula: null,
  conteoId: 'c1',
  que: 'p1',
  instante: 1_000,
  ...cambios,
});

test('living lines of the week, each once whether it comes from the journal, the server or both', () => {
  expect(
    resumeSemana(
      [
        linea('a'),
        linea('a'),
        linea('b', { que: 'p2', conteoId: 'c2' }),
        linea('cero', { tipo: 'cero', que: 'p3' }),
        linea('vieja', { instante: 10 }),
        linea('mal', { que: 'p9' }),
        linea('x', { tipo: 'anula', anula: 'mal' }),
      ],
      500,
    ),
  ).toEqual({ lineas: 3, productos: 3, conteos: 2 });
});

test('nothing counted is zero, not a gap', () => {
  expect(resumeSemana([], 0)).toEqual({ lineas: 0, productos: 0, conteos: 0 });
});
