import { describe, expect, test } from 'vitest';
import {
  cierresHabituales,
  diaVisto,
  faltaDeApertura,
  faltaDeFecha,
  fraseDentro,
  frasesDespues,
} from './textos-periodo.ts';

test('days that people close: the month before, and yesterday; once where they are the same', () => {
  expect(cierresHabituales('2026-11-24')).toEqual([
    { value: '2026-10-31', label: 'Todo octubre 2026' },
    { value: '2026-11-23', label: 'Ayer, 23 nov 2026' },
  ]);
  expect(cierresHabituales('2027-01-01')).toEqual([{ value: '2026-12-31', label: 'Todo diciembre 2026' }]);
  expect(diaVisto('2026-03-01')).toBe('1 mar 2026');
});

describe('sentences at the field', () => {
  test('closing: up to yesterday, forward only', () => {
    expect(faltaDeFecha('2026-11-23', '2026-11-24', null)).toBeNull();
    expect(faltaDeFecha('2026-11-24', '2026-11-24', null)).toContain('hasta ayer');
    expect(faltaDeFecha('2026-10-31', '2026-11-24', '2026-10-31')).toContain('Ya está cerrado');
    expect(faltaDeFecha('', '2026-11-24', null)).toContain('Falta la fecha');
  });

  test('opening: back only', () => {
    expect(faltaDeApertura('2026-09-30', '2026-10-31')).toBeNull();
    expect(faltaDeApertura('2026-10-31', '2026-10-31')).toContain('Elige un día anterior');
  });
});

test('what stays inside is said, and what happens with documents that arrive later', () => {
  const nada = { conteos: [], propuestas: 0, contraAjustes: 0, telefonos: { telefonos: 0, datos: 0 } };
  expect(fraseDentro(nada)).toBeNull();
  expect(
    fraseDentro({ conteos: [1, 2], propuestas: 1, contraAjustes: 0, telefonos: { telefonos: 1, datos: 12 } }),
  ).toBe('2 conteos sin cerrar, 1 ajuste sin firmar y 12 datos sin enviar en 1 teléfono');
  expect(frasesDespues('2026-10-31')[0]).toContain(
    'entrará en el primer instante abierto (1 nov 2026, 00:00) y nombrará la fecha verdadera',
  );
});
