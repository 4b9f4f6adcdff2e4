import { expect, test } from 'vitest';
import { alcancesDichos, estadoDe } from './token-dicho.ts';

test('a token says how it stands', () => {
  const ahora = Date.parse('2026-11-24T12:00:00Z');
  const t = (expiraEn: string | null, revocadoEn: string | null = null) =>
    estadoDe({ expiraEn, revocadoEn }, ahora);
  expect(t(null)).toBe('vivo');
  expect(t('2027-11-24T12:00:00Z')).toBe('vivo');
  expect(t('2026-12-01T12:00:00Z')).toBe('vence_pronto');
  expect(t('2026-11-24T12:00:00Z')).toBe('vencido');
  expect(t('2027-11-24T12:00:00Z', '2026-11-20T00:00:00Z')).toBe('revocado');
});

test('scopes are said by name, an unknown one as it is', () => {
  expect(alcancesDichos(['inventario:leer', 'nuevo:alcance'])).toBe('Leer inventario, nuevo:alcance');
});
