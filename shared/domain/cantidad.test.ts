import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cantidadTexto,
  decimalesDeUnidad,
  needsConfirmation,
  parseCantidad,
  toCantidad,
} from './cantidad.ts';

const pieza = { decimales: 0 } as const;
const metro = { decimales: 3 } as const;

describe('parseCantidad: what people type', () => {
  test.each([
    ['26', 2_600_000n],
    [' 26 ', 2_600_000n],
    ['1,234', 123_400_000n],
    ['0', 0n],
    ['007', 700_000n],
    ['12.', 1_200_000n],
    ['5.00', 500_000n],
  ])('by pieces %j', (texto, value) => {
    expect(parseCantidad(texto, pieza)).toEqual({ ok: true, value });
  });

  test.each([
    ['1,234.5', 123_450_000n],
    ['1234.5', 123_450_000n],
    ['.5', 50_000n],
    ['2.125', 212_500n],
  ])('measured %j', (texto, value) => {
    expect(parseCantidad(texto, metro)).toEqual({ ok: true, value });
  });

  test('decimals (to 3) only for units that are measured', () => {
    expect(parseCantidad('1.5', pieza)).toEqual({ ok: false, code: 'CANTIDAD_DECIMALES' });
    expect(parseCantidad('1.2345', metro)).toEqual({ ok: false, code: 'CANTIDAD_DECIMALES' });
    expect([
      decimalesDeUnidad('PZA'),
      decimalesDeUnidad('kg'),
      decimalesDeUnidad('Lt.'),
      decimalesDeUnidad('JGO'),
    ]).toEqual([0, 3, 3, 0]);
  });

  test.each(['-5', '−5', '- 5', '-0.5'])('refuses the negative %j', (texto) => {
    expect(parseCantidad(texto, metro)).toEqual({ ok: false, code: 'CANTIDAD_NEGATIVA' });
  });

  test.each(['', ' ', '.', '-', '1,5', '1,23,456', '12a', '1e3', '1.2.3', '12,', '5 5', '--5', '٣'])(
    'never guesses %j',
    (texto) => {
      expect(parseCantidad(texto, metro)).toEqual({ ok: false, code: 'CANTIDAD_INVALIDA' });
    },
  );

  test('a barcode in the quantity field is refused, > 99,999 asks again', () => {
    expect(parseCantidad('7501234567893', pieza)).toEqual({ ok: false, code: 'CANTIDAD_EXCESIVA' });
    expect(parseCantidad('9,999,999', pieza).ok).toBe(true);
    expect(needsConfirmation(toCantidad('99999'))).toBe(false);
    expect(needsConfirmation(toCantidad('99999.001'))).toBe(true);
    expect(needsConfirmation(toCantidad('-100000'))).toBe(true);
  });

  test('what is written reads back the same', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 9_999_999_999n }), (milesimas) => {
        const cantidad = milesimas * 100n;
        expect(parseCantidad(cantidadTexto(cantidad), metro)).toEqual({ ok: true, value: cantidad });
        expect(toCantidad(cantidadTexto(-cantidad))).toBe(-cantidad);
      }),
    );
  });
});
