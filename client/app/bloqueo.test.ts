import { expect, test } from 'vitest';
import { TELEFONO_POR_OMISION } from '#shared/contracts/ajustes-telefono.ts';
import { debeCerrar, minutosDe } from './bloqueo.ts';

const MIN = 60_000;

test('auto-lock: ten minutes by default on a phone that two people share, off on a phone of one, else as its setting says', () => {
  const porOmision = TELEFONO_POR_OMISION.bloqueo.minutos;
  expect(minutosDe(null, 2, porOmision)).toBe(10);
  expect(minutosDe(null, 1, porOmision)).toBe(0);
  expect(minutosDe('3', 1, porOmision)).toBe(3);
  expect(minutosDe('0', 5, porOmision)).toBe(0);
  expect(minutosDe('nada', 2, porOmision)).toBe(10);
  expect(minutosDe('', 2, 4)).toBe(4);
});

test('auto-lock: at the minute and not before; a clock that is turned back keeps nothing open', () => {
  expect(debeCerrar(10, 0, 10 * MIN - 1)).toBe(false);
  expect(debeCerrar(10, 0, 10 * MIN)).toBe(true);
  expect(debeCerrar(10, 100 * MIN, 50 * MIN)).toBe(true);
  expect(debeCerrar(0, 0, 1_000 * MIN)).toBe(false);
});
