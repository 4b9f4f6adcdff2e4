import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aCampoLocal, deCampoLocal } from './zona-hora.ts';

const utc = (texto: string) => Date.parse(texto);

describe('the hour of the shop, not of the phone', () => {
  test.each([
    ['America/Mexico_City', '2026-03-02T10:05', '2026-03-02T16:05:00Z'],
    ['America/Hermosillo', '2026-07-02T10:05', '2026-07-02T17:05:00Z'],
    ['America/Cancun', '2026-07-02T10:05', '2026-07-02T15:05:00Z'],
    ['America/Tijuana', '2026-01-15T10:05', '2026-01-15T18:05:00Z'],
    ['America/Tijuana', '2026-07-15T10:05', '2026-07-15T17:05:00Z'],
    ['Asia/Kolkata', '2026-07-15T00:15', '2026-07-14T18:45:00Z'],
  ])('%s %s', (zona, campo, instante) => {
    expect(deCampoLocal(campo, zona)).toBe(utc(instante));
    expect(aCampoLocal(utc(instante), zona)).toBe(campo);
  });

  test('a fixed offset in minutes, as the server sends it for phones with old tables', () => {
    expect(deCampoLocal('2026-03-02T10:05', -360)).toBe(utc('2026-03-02T16:05:00Z'));
    expect(aCampoLocal(utc('2026-03-02T16:05:00Z'), -360)).toBe('2026-03-02T10:05');
  });

  test('seconds, when the browser sends them', () => {
    expect(deCampoLocal('2026-03-02T10:05:30', 'America/Mexico_City')).toBe(utc('2026-03-02T16:05:30Z'));
  });
});

describe('changes of hour in a border town', () => {
  test('the hour that happens twice is the first of both', () => {
    expect(deCampoLocal('2026-11-01T01:30', 'America/Tijuana')).toBe(utc('2026-11-01T08:30:00Z'));
  });

  test('the hour that never was is moved forward', () => {
    const ms = deCampoLocal('2026-03-08T02:30', 'America/Tijuana')!;
    expect(aCampoLocal(ms, 'America/Tijuana')).toBe('2026-03-08T03:30');
  });

  test('both sides of the change are exact', () => {
    expect(deCampoLocal('2026-03-08T01:59', 'America/Tijuana')).toBe(utc('2026-03-08T09:59:00Z'));
    expect(deCampoLocal('2026-03-08T03:00', 'America/Tijuana')).toBe(utc('2026-03-08T10:00:00Z'));
  });
});

test.each(['', 'hoy', '2026-03-02', '2026-13-02T10:05', '2026-03-02 10:05'])('%j is no hour', (texto) => {
  expect(deCampoLocal(texto, 'America/Mexico_City')).toBeNull();
});

test('any instant of the last and next years comes back to its minute, or to the first of a repeated one', () => {
  const zonas = ['America/Mexico_City', 'America/Tijuana', 'America/Hermosillo', 'America/Ojinaga'];
  fc.assert(
    fc.property(
      fc.integer({ min: utc('2020-01-01T00:00:00Z') / 60_000, max: utc('2030-01-01T00:00:00Z') / 60_000 }),
      fc.constantFrom(...zonas),
      (minuto, zona) => {
        const ms = minuto * 60_000;
        const campo = aCampoLocal(ms, zona);
        const vuelta = deCampoLocal(campo, zona)!;
        expect(aCampoLocal(vuelta, zona)).toBe(campo);
        expect([0, 60 * 60_000]).toContain(ms - vuelta);
      },
    ),
  );
});
