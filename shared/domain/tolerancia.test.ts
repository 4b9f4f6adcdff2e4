import { describe, expect, test } from 'vitest';
import { dentroDeTolerancia, type Tolerancia } from './tolerancia.ts';

const u = (unidades: number) => BigInt(unidades) * 100_000n;
const pasa = (
  variacion: number,
  tolerancia: Tolerancia,
  { teorico = 100, valor = null as bigint | null } = {},
) => dentroDeTolerancia({ variacion: u(variacion), teorico: u(teorico), valor, tolerancia });

describe('tolerances', () => {
  test('units, both sides, the limit included', () => {
    expect([2, -2, 3, -3].map((v) => pasa(v, { unidades: u(2) }))).toEqual([true, true, false, false]);
  });

  test('%: of the teórico, exact', () => {
    expect([2, 3].map((v) => pasa(v, { porcentaje: 250n }))).toEqual([true, false]);
    expect(pasa(1, { porcentaje: 333n }, { teorico: 30 })).toBe(false);
    expect(pasa(1, { porcentaje: 334n }, { teorico: 30 })).toBe(true);
  });

  test('pesos, at cost; without a cost it cannot be passed', () => {
    expect(pasa(-1, { pesos: 5_000n }, { valor: -5_000n })).toBe(true);
    expect(pasa(-1, { pesos: 5_000n }, { valor: -5_001n })).toBe(false);
    expect(pasa(-1, { pesos: 5_000n })).toBe(false);
  });

  test('all that are set must pass', () => {
    const todas = { unidades: u(5), porcentaje: 1_000n, pesos: 5_000n };
    expect(pasa(3, todas, { valor: 4_000n })).toBe(true);
    expect(pasa(6, todas, { valor: 4_000n })).toBe(false);
    expect(pasa(3, todas, { valor: 4_000n, teorico: 20 })).toBe(false);
    expect(pasa(3, todas, { valor: 6_000n })).toBe(false);
  });

  test('% is ignored where teórico ≤ 0', () => {
    expect(pasa(1, { porcentaje: 1n, unidades: u(1) }, { teorico: 0 })).toBe(true);
    expect(pasa(1, { porcentaje: 10_000n }, { teorico: 0 })).toBe(false);
    expect(pasa(1, { porcentaje: 10_000n }, { teorico: -4 })).toBe(false);
  });

  test('with none set only an exact count passes', () => {
    expect(pasa(0, {})).toBe(true);
    expect(pasa(1, { unidades: null, porcentaje: null, pesos: null })).toBe(false);
  });
});
