import { describe, expect, test } from 'vitest';
import {
  cantidadNatural,
  cantidadVista,
  fechaHoraVista,
  fechaVista,
  horaVista,
  listaNatural,
  nombreUnidad,
  pesos,
  plural,
  porcentaje,
} from './formato.ts';

const u = (texto: number) => BigInt(Math.round(texto * 1000)) * 100n;
const CDMX = 'America/Mexico_City';
const MS = Date.parse('2026-03-02T16:05:00Z');

describe('quantities', () => {
  test.each([
    [0, '0'],
    [26, '26'],
    [1234, '1,234'],
    [1234567.125, '1,234,567.125'],
    [-3, '−3'],
    [-1234.5, '−1,234.5'],
  ])('%d is %s', (unidades, texto) => {
    expect(cantidadVista(u(unidades))).toBe(texto);
  });

  test('with a sign', () => {
    expect([3, 0, -3].map((n) => cantidadVista(u(n), { signo: true }))).toEqual(['+3', '0', '−3']);
  });

  test.each([
    [1, 'PZA', '1 pieza'],
    [26, 'PZA', '26 piezas'],
    [0, 'pza.', '0 piezas'],
    [-1, 'JGO', '−1 juego'],
    [26, 'Juego', '26 juegos'],
    [2, 'caja', '2 cajas'],
    [2, 'par', '2 pares'],
    [2.5, 'MTS', '2.5 m'],
    [1, 'Galón', '1 galón'],
    [3, 'Cilindro', '3 cilindros'],
    [3, 'tambor', '3 tambores'],
    [3, 'Hrs', '3 hrs'],
    [3, 'lote/10', '3 lote/10'],
  ])('%d %s is %s', (unidades, unidad, texto) => {
    expect(cantidadNatural(u(unidades), unidad)).toBe(texto);
  });

  test('only exactly one is singular', () => {
    expect(nombreUnidad('PZA', u(1.5))).toBe('piezas');
  });
});

describe('money', () => {
  test.each([
    [-184_000n, '−$1,840'],
    [1_840n, '$18.40'],
    [0n, '$0'],
    [-5n, '−$0.05'],
    [123_456_789n, '$1,234,567.89'],
  ])('%d is %s', (centavos, texto) => {
    expect(pesos(centavos)).toBe(texto);
  });

  test('centavos and sign on request', () => {
    expect(pesos(-184_000n, { centavos: true })).toBe('−$1,840.00');
    expect([500n, 0n, -500n].map((n) => pesos(n, { signo: true }))).toEqual(['+$5', '$0', '−$5']);
    expect(porcentaje(250n)).toBe('2.5 %');
    expect(porcentaje(-10_000n)).toBe('−100 %');
  });
});

describe('dates and hours by zone', () => {
  test('the shop, not the phone, says which day it is', () => {
    expect(fechaHoraVista(MS, CDMX)).toBe('2 mar 2026, 10:05');
    expect(fechaHoraVista(MS, -480)).toBe('2 mar 2026, 08:05');
    expect(fechaVista(Date.parse('2026-01-01T05:59:59Z'), CDMX)).toBe('31 dic 2025');
    expect(horaVista(Date.parse('2026-07-02T06:00:00Z'), 'America/Tijuana')).toBe('23:00');
  });

  test('of today only the hour', () => {
    expect(fechaHoraVista(MS, CDMX, MS + 3_600_000)).toBe('10:05');
    expect(fechaHoraVista(MS, CDMX, MS + 86_400_000)).toBe('2 mar 2026, 10:05');
  });
});

test('lists and plurals', () => {
  expect(listaNatural([])).toBe('');
  expect(listaNatural(['Ana'])).toBe('Ana');
  expect(listaNatural(['Ana', 'Luis'])).toBe('Ana y Luis');
  expect(listaNatural(['Eva', 'Ana', 'Íñigo'])).toBe('Eva, Ana e Íñigo');
  expect(listaNatural(['Ana', 'Hierro'])).toBe('Ana y Hierro');
  expect([plural(1, 'línea', 'líneas'), plural(1200, 'línea', 'líneas')]).toEqual([
    '1 línea',
    '1,200 líneas',
  ]);
});
