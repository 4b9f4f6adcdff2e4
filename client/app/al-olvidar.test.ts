import { expect, test, vi } from 'vitest';
import { alOlvidar, olvidaConsultas } from './al-olvidar.ts';

test('when another person takes the phone, whoever holds answers forgets them, each time', () => {
  const [una, otra] = [vi.fn(), vi.fn()];
  alOlvidar(una);
  alOlvidar(otra);
  alOlvidar(una);
  olvidaConsultas();
  olvidaConsultas();
  expect(una).toHaveBeenCalledTimes(2);
  expect(otra).toHaveBeenCalledTimes(2);
});
