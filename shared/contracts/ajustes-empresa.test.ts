import { expect, test } from 'vitest';
import {
  ajustesTolerancias,
  GuardaAjuste,
  leeTolerancias,
  TOLERANCIAS_POR_OMISION,
} from './ajustes-empresa.ts';
import { leeAjustesTelefono, TELEFONO_POR_OMISION } from './ajustes-telefono.ts';

test.each([undefined, null, 'x', 7, [], {}, { bloqueo: 3, escaner: 'no' }])(
  'junk is the defaults: %o',
  (crudo) => {
    expect(leeAjustesTelefono(crudo)).toEqual(TELEFONO_POR_OMISION);
    expect(leeTolerancias(crudo)).toEqual(TOLERANCIAS_POR_OMISION);
  },
);

test('what makes sense is kept beside what does not', () => {
  expect(leeAjustesTelefono({ bloqueo: { minutos: 3 }, escaner: { simbologias: 1 } })).toEqual({
    ...TELEFONO_POR_OMISION,
    bloqueo: { minutos: 3 },
  });
});

test('1 to 30 minutes; limits without sign, pesos with two decimals', () => {
  const guarda = (clave: string, valor: unknown) =>
    GuardaAjuste.safeParse({ clave, version: 0, valor }).success;
  expect([1, 30].map((minutos) => guarda('bloqueo', { minutos }))).toEqual([true, true]);
  expect([0, 31, 1.5, '5'].map((minutos) => guarda('bloqueo', { minutos }))).toEqual([
    false,
    false,
    false,
    false,
  ]);
  const fila = (cambios: object) => ({ unidades: null, porcentaje: null, pesos: null, ...cambios });
  const todas = (cambios: object) => ({
    ...TOLERANCIAS_POR_OMISION,
    A: fila(cambios),
  });
  for (const bien of [{ unidades: '0.125' }, { porcentaje: '2.5' }, { pesos: '100.50' }])
    expect(ajustesTolerancias.safeParse(todas(bien)).success).toBe(true);
  for (const mal of [{ unidades: '-1' }, { porcentaje: '-1' }, { pesos: '1.005' }, { pesos: '-3' }])
    expect(ajustesTolerancias.safeParse(todas(mal)).success).toBe(false);
  expect(guarda('otra', {})).toBe(false);
});
