import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../errores.ts';
import {
  CANTIDAD_ESCALA,
  cambiaEscala,
  divideHalfEven,
  formatDecimal,
  importe,
  multiplica,
  parseDecimal,
  toDecimal,
} from './decimal.ts';

const dentroDe = (escala: number) => {
  const tope = 10n ** 18n - 1n;
  return fc.bigInt({ min: -tope, max: tope }).map((valor) => ({ valor, escala }));
};
const decimales = fc.integer({ min: 0, max: 6 }).chain(dentroDe);

describe('parseDecimal and formatDecimal', () => {
  test('on the wire: decimal text; in code: integers of the smallest unit (round trip)', () => {
    fc.assert(
      fc.property(decimales, ({ valor, escala }) => {
        expect(parseDecimal(formatDecimal(valor, escala), escala)).toEqual({ ok: true, value: valor });
        expect(parseDecimal(formatDecimal(valor, escala, { minDecimales: escala }), escala)).toEqual({
          ok: true,
          value: valor,
        });
      }),
    );
  });

  test('accepts the zeros that Postgres prints beyond the scale, and no other digit', () => {
    expect(parseDecimal('26.5000000', 5)).toEqual({ ok: true, value: 2_650_000n });
    expect(parseDecimal('0.000001', 5)).toEqual({ ok: false, code: 'DECIMAL_EXCEDE_ESCALA' });
    expect(parseDecimal('-0.00', 2)).toEqual({ ok: true, value: 0n });
    expect(parseDecimal('+7', 2)).toEqual({ ok: true, value: 700n });
  });

  test.each(['', ' 1', '1e5', '1,000', '.5', '5.', '--1', 'NaN', 'Infinity', '0x10', '１２'])(
    'refuses %j',
    (texto) => {
      expect(parseDecimal(texto, 5)).toEqual({ ok: false, code: 'DECIMAL_INVALIDO' });
    },
  );

  test('refuses more integer digits than numeric(18,5) holds', () => {
    expect(parseDecimal('9999999999999.99999', CANTIDAD_ESCALA).ok).toBe(true);
    expect(parseDecimal('10000000000000', CANTIDAD_ESCALA)).toEqual({
      ok: false,
      code: 'DECIMAL_EXCEDE_RANGO',
    });
    expect(parseDecimal('0000000000000000000000012', CANTIDAD_ESCALA)).toEqual({
      ok: true,
      value: 1_200_000n,
    });
  });

  test('toDecimal throws the error of the product', () => {
    expect(toDecimal('1.5', 2)).toBe(150n);
    expect(() => toDecimal('x', 2)).toThrow(AppError);
  });

  test('writes no exponent and no negative zero', () => {
    expect(formatDecimal(1n, 5)).toBe('0.00001');
    expect(formatDecimal(-150n, 2, { minDecimales: 2 })).toBe('-1.50');
    expect(formatDecimal(0n, 2, { minDecimales: 2 })).toBe('0.00');
    expect(formatDecimal(42n, 0)).toBe('42');
  });
});

describe('rounding', () => {
  test('half goes to the even neighbour, on both sides of zero', () => {
    const casos = [5n, 15n, 25n, -5n, -15n, -25n].map((n) => divideHalfEven(n, 10n));
    expect(casos).toEqual([0n, 2n, 2n, 0n, -2n, -2n]);
    expect(divideHalfEven(15n, -10n)).toBe(-2n);
    expect(() => divideHalfEven(1n, 0n)).toThrow(RangeError);
  });

  test('is never off by more than half a unit', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt({ min: 1n, max: 10n ** 9n }), (n, d) => {
        const resto = n - divideHalfEven(n, d) * d;
        expect((resto < 0n ? -resto : resto) * 2n <= d).toBe(true);
      }),
    );
  });

  test('quantity × unit cost rounds once, to centavos', () => {
    expect(importe(-300_000n, 613_333_333n)).toBe(-184_000n);
    expect(importe(150_000n, 10_000n)).toBe(2n);
    expect(importe(50_000n, 10_000n)).toBe(0n);
  });

  test('a product keeps the scale asked for', () => {
    expect(multiplica(1_200_000n, 5, 250_000n, 5, 5)).toBe(3_000_000n);
    expect(cambiaEscala(12_345n, 5, 2)).toBe(12n);
    expect(cambiaEscala(12n, 2, 5)).toBe(12_000n);
  });
});
