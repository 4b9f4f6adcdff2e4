import { expect, test } from 'vitest';
import { fechaAqui, fechaHoraAqui, horaAqui } from './fechas.ts';

test('midnight is 00:00 and the afternoon has 24 hours', () => {
  expect(horaAqui(new Date(2026, 2, 2, 0, 0))).toBe('00:00');
  expect(horaAqui(new Date(2026, 2, 2, 14, 5).getTime())).toBe('14:05');
  expect(fechaHoraAqui(new Date(2026, 2, 2, 0, 7).toISOString())).toMatch(/^2 mar,? 00:07$/);
});

test('a date without hour says its year', () => {
  expect(fechaAqui(new Date(2026, 10, 24, 12))).toMatch(/^24 nov 2026$/);
});
