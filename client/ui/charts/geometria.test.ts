import { describe, expect, test } from 'vitest';
import { ejeDe, pasoRedondo, porCiento } from './escala.ts';
import { curvaDe } from './pareto.tsx';
import { bandaDe, etiquetasQueCaben, lineaDe, lugarDe, puntosDe, sueltosDe } from './trazo.ts';

describe('axis', () => {
  test('steps are 1, 2 or 5 times a power of ten and cover the range', () => {
    expect(pasoRedondo(0n, 3)).toBe(1n);
    expect(pasoRedondo(7n, 3)).toBe(5n);
    expect(pasoRedondo(9n, 3)).toBe(5n);
    expect(pasoRedondo(6n, 3)).toBe(2n);
    expect(pasoRedondo(31_000n, 3)).toBe(20_000n);
    for (let rango = 1n; rango < 5_000n; rango += 7n) {
      const paso = pasoRedondo(rango, 3);
      expect(paso * 3n >= rango).toBe(true);
      expect(String(paso)).toMatch(/^[125]0*$/);
    }
  });

  test('it holds every value, its marks are round and in order', () => {
    const eje = ejeDe([12_345n, 98_765n, null, 55_000n]);
    expect(eje).toEqual({ min: 0n, max: 100_000n, marcas: [0n, 50_000n, 100_000n] });
    const cerca = ejeDe([9_610n, 9_720n, 9_905n], { tope: 10_000n });
    expect(cerca).toEqual({ min: 9_600n, max: 10_000n, marcas: [9_600n, 9_700n, 9_800n, 9_900n, 10_000n] });
  });

  test('below zero too', () => {
    const eje = ejeDe([-340n, 120n]);
    expect(eje.min).toBeLessThanOrEqual(-340n);
    expect(eje.max).toBeGreaterThanOrEqual(120n);
    expect(eje.marcas).toContain(0n);
  });

  test('a flat line has room around it; nothing at all still has an axis', () => {
    const plana = ejeDe([5_000n, 5_000n]);
    expect(plana.min).toBeLessThan(5_000n);
    expect(plana.max).toBeGreaterThan(5_000n);
    expect(ejeDe([]).marcas.length).toBeGreaterThan(0);
    expect(ejeDe([0n, 0n], { desdeCero: true }).min).toBe(0n);
    expect(ejeDe([null]).max).toBeGreaterThan(0n);
  });

  test('amounts beyond what a float holds keep their place', () => {
    const eje = { min: 0n, max: 9_007_199_254_740_993n * 4n };
    expect(porCiento(9_007_199_254_740_993n * 2n, eje)).toBe(50);
    expect(porCiento(-1n, eje)).toBe(0);
    expect(porCiento(eje.max + 1n, eje)).toBe(100);
    expect(porCiento(1n, { min: 0n, max: 0n })).toBe(0);
  });
});

describe('lines', () => {
  const eje = { min: 0n, max: 100n, marcas: [] };

  test('from the left to the right, upwards is more', () => {
    expect(puntosDe([0n, 50n, 100n], eje)).toEqual([
      { x: 0, y: 100 },
      { x: 50, y: 50 },
      { x: 100, y: 0 },
    ]);
    expect(lugarDe(0, 1)).toBe(50);
  });

  test('what is not known is a gap, never a zero, and a point between two gaps is a dot', () => {
    const puntos = puntosDe([10n, 20n, null, 30n, null, 40n], eje);
    expect(lineaDe(puntos)).toBe('M0 90L20 80M60 70M100 60');
    expect(sueltosDe(puntos).map(({ x }) => x)).toEqual([60, 100]);
    expect(lineaDe(puntosDe([null, null], eje))).toBe('');
    expect(sueltosDe(puntosDe([7n], eje))).toEqual([{ x: 50, y: 93 }]);
  });

  test('a band is closed, in one piece for each stretch where both ends are known', () => {
    const bajo = puntosDe([10n, 20n, null, 30n, 30n], eje);
    const alto = puntosDe([20n, 30n, 40n, 40n, 50n], eje);
    expect(bandaDe(bajo, alto)).toBe('M0 80L25 70L25 80L0 90ZM75 60L100 50L100 70L75 70Z');
    expect(bandaDe([null], [null])).toBe('');
  });

  test('labels under the axis: first, last, and between them evenly', () => {
    expect(etiquetasQueCaben(3, 4)).toEqual([0, 1, 2]);
    expect(etiquetasQueCaben(13, 4)).toEqual([0, 4, 8, 12]);
    expect(etiquetasQueCaben(0, 4)).toEqual([]);
    expect(etiquetasQueCaben(5, 1)).toEqual([0, 4]);
  });
});

test('the ABC curve begins at nothing and ends at everything', () => {
  expect(
    curvaDe([
      { x: 400n, y: 8_000n },
      { x: 10_000n, y: 10_000n },
    ]),
  ).toBe('M0 100L4 20L100 0');
  expect(curvaDe([])).toBe('M0 100');
});
