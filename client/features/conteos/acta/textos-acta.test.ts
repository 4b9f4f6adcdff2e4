import { expect, test } from 'vitest';
import { fraseVerificada, huellaVista, impresaDe } from './textos-acta.ts';

const HASH = 'ab'.repeat(32);

test('the address of a printed acta: huella, lines and cut; half of it or nonsense asks for nothing', () => {
  const t = Date.parse('2026-03-02T16:05:00Z');
  expect(impresaDe({ h: HASH.toUpperCase(), n: 8, t })).toEqual({
    hash: HASH,
    lineas: 8,
    corte: '2026-03-02T16:05:00.000Z',
  });
  expect(impresaDe({})).toBeNull();
  expect(impresaDe({ h: 'corta' })).toBe('mal');
  expect(impresaDe({ h: 12 })).toBe('mal');
  expect(impresaDe({ h: HASH, n: -1, t: 'ayer' })).toEqual({
    hash: HASH,
    lineas: undefined,
    corte: undefined,
  });
  expect(impresaDe({ h: HASH, t: 9e15 })).toMatchObject({ corte: undefined });
});

test('says whether the lines are the ones that were signed, and what differs', () => {
  const base = {
    coincide: true,
    huella: HASH,
    lineas: 8,
    lineasEntonces: 8,
    corte: '2026-03-02T16:05:00.000Z',
    despues: 0,
  };
  const frase = (cambios: Partial<typeof base>) =>
    fraseVerificada({ ...base, ...cambios }, 'America/Mexico_City');
  expect(frase({})).toBe('Las 8 líneas guardadas hasta 2 mar 2026, 10:05 son las del acta impresa.');
  expect(frase({ despues: 1 })).toContain('Después llegó 1 línea: no cambia esta acta.');
  expect(frase({ coincide: false, lineas: 9 })).toContain(
    'La impresa dice 8 líneas hasta 2 mar 2026, 10:05 y hoy hay 9.',
  );
  expect(frase({ coincide: false })).toContain('Hay 8 líneas, como en la impresa, pero alguna es distinta.');
  expect(huellaVista('4bfb414af26d116c')).toBe('4bfb414a f26d116c');
});
