import { expect, test } from 'vitest';
import { CreaConteo } from '#shared/contracts/conteos.ts';
import type { Propuesta, RenglonPropuesto } from '#shared/contracts/planeacion.ts';
import { alterna, conteoDe, elegidos, minutosDe, SIN_CAMBIOS } from './seleccion.ts';

const [A, B, C] = [1, 2, 3].map((n) => `018f0000-0000-7000-8000-00000000000${n}`) as [string, string, string];
const renglon = (productoId: string, cambios: Partial<RenglonPropuesto> = {}): RenglonPropuesto => ({
  productoId,
  codigo: productoId.slice(-2),
  nombre: 'Balata',
  unidad: 'PZA',
  ubicaciones: ['A-01'],
  claseAbc: 'A',
  puntos: 512,
  cero: false,
  razon: 'errores',
  porque: '3 de sus últimos 5 conteos no coincidieron con el libro.',
  ...cambios,
});
const propuesta: Propuesta = {
  frase: '',
  lineasPorHora: 60,
  medido: true,
  caben: 2,
  vencidos: 0,
  nombre: 'Conteo del 24 nov 2026',
  renglones: [renglon(A), renglon(B, { ubicaciones: ['A-01', 'B-01'] }), renglon(C)],
};

test('a manager edits the proposed list: takes products out, adds from what follows, and back', () => {
  expect(elegidos(propuesta, SIN_CAMBIOS)).toEqual([A, B]);
  const sinA = alterna(SIN_CAMBIOS, A, true, false);
  const conC = alterna(sinA, C, false, true);
  expect(elegidos(propuesta, conC)).toEqual([B, C]);
  expect(elegidos(propuesta, alterna(conC, A, true, true))).toEqual([A, B, C]);
  expect(elegidos(propuesta, alterna(conC, C, false, false))).toEqual([B]);
  expect(minutosDe(propuesta, [A, B])).toBe(3);
  expect(minutosDe(propuesta, [])).toBe(0);
});

test('the conteo that goes to the phones is blind and says nothing of scores or reasons', () => {
  const conteo = conteoDe(C, A, propuesta, [A, B], [C]);
  expect(CreaConteo.safeParse(conteo).success).toBe(true);
  expect(conteo).toMatchObject({
    ciego: true,
    alcance: 'lista',
    productoIds: [A, B],
    nombre: 'Conteo del 24 nov 2026',
  });
  const texto = JSON.stringify(conteo);
  for (const secreto of ['512', 'errores', 'coincidieron', 'puntos', 'cero', 'razon'])
    expect(texto).not.toContain(secreto);
});
