import { expect, test } from 'vitest';
import { ROLES } from '#shared/roles.ts';
import { noPuedeCapturar } from './puede-capturar.ts';

test('a stock-seeing role may not capture the sheet of a blind conteo; who does not count it neither', () => {
  const conteo = { cuento: true, ciego: true, proposito: 'conteo' } as const;
  const pueden = (extra: object) =>
    ROLES.filter((rol) => noPuedeCapturar({ ...conteo, ...extra }, { rol }) === null);
  expect(pueden({})).toEqual(['almacenista']);
  expect(pueden({ ciego: false })).toEqual(['admin', 'gerente', 'almacenista']);
  expect(pueden({ ciego: false, proposito: 'prueba' })).toEqual([
    'admin',
    'gerente',
    'almacenista',
    'auditor',
  ]);
  expect(pueden({ cuento: false, ciego: false })).toEqual([]);
  expect(noPuedeCapturar(conteo, { rol: 'gerente' })).toContain('ciego');
});
