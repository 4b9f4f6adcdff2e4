import { expect, test } from 'vitest';
import type { LineaVista } from '#client/offline/index.ts';
import { notaQueSigue, notasDe } from './notas-de.ts';

const LUGAR = { conteoId: 'c', intento: 1, productoId: 'p', ubicacionId: 'a' };

// why: only where a line is and what it says matter here.
const linea = (cambios: Partial<LineaVista>) =>
  ({
    ...LUGAR,
    tipo: 'suma',
    anulada: false,
    condicion: 'vendible',
    nota: null,
    ...cambios,
  }) as LineaVista;

test('a row says each of its notes once', () => {
  expect(notasDe({ lineas: [linea({ nota: 'mojada' }), linea({}), linea({ nota: 'mojada' })] })).toEqual([
    'mojada',
  ]);
});

test('the notes of what is corrected go on with the correction, those of other conditions and bins stay', () => {
  const lineas = [
    linea({ nota: 'mojada' }),
    linea({ nota: 'sin sello' }),
    linea({ nota: 'rota', condicion: 'danado' }),
    linea({ nota: 'otra', ubicacionId: 'b' }),
    linea({ nota: 'vieja', anulada: true }),
  ];
  expect(notaQueSigue(lineas, LUGAR)).toBe('mojada\nsin sello');
  expect(notaQueSigue(lineas, { ...LUGAR, condicion: 'danado' })).toBe('rota');
  expect(notaQueSigue(lineas, { ...LUGAR, productoId: 'q' })).toBeNull();
  expect(
    notaQueSigue([linea({ nota: 'x'.repeat(400) }), linea({ nota: 'y'.repeat(400) })], LUGAR),
  ).toHaveLength(500);
});
