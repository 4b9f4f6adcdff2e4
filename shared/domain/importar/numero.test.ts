import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { esDudoso, leeNumero, numeroDe, pruebaDecimal } from './numero.ts';

/** A quantity or an amount as digits: whole part and fraction, canonical. */
const escrito = fc
  .record({
    entero: fc.bigInt({ min: 0n, max: 9_999_999_999n }),
    fraccion: fc.oneof(fc.constant(''), fc.stringMatching(/^\d{1,6}$/)),
    negativo: fc.boolean(),
    miles: fc.boolean(),
    parentesis: fc.boolean(),
    moneda: fc.constantFrom('', '$', '$ ', 'MXN '),
    alrededor: fc.constantFrom('', ' ', '\u00a0', '\t'),
  })
  .map((dado) => {
    const fraccion = dado.fraccion.replace(/0+$/, '');
    const valor = `${dado.entero}${fraccion === '' ? '' : `.${fraccion}`}`;
    return { ...dado, canonico: dado.negativo && valor !== '0' ? `-${valor}` : valor };
  });
type Escrito = typeof escrito extends fc.Arbitrary<infer T> ? T : never;

/** As somebody of that locale writes it. */
function escribe(dado: Escrito, decimal: '.' | ','): string {
  const separa = decimal === '.' ? ',' : '.';
  const digitos = String(dado.entero);
  const entero = dado.miles ? digitos.replace(/\B(?=(\d{3})+$)/g, separa) : digitos;
  const cuerpo = `${dado.moneda}${entero}${dado.fraccion === '' ? '' : decimal + dado.fraccion}`;
  const conSigno = dado.negativo ? (dado.parentesis ? `(${cuerpo})` : `-${cuerpo}`) : cuerpo;
  return dado.alrededor + conSigno + dado.alrededor;
}

describe('«1,234.50» y «1.234,50»: lo que alguien escribió vuelve, o se pregunta; nunca otro número en silencio', () => {
  test('con el signo decimal del archivo vuelve siempre lo escrito', () => {
    fc.assert(
      fc.property(escrito, fc.constantFrom('.' as const, ',' as const), (dado, decimal) => {
        expect(numeroDe(escribe(dado, decimal), decimal)?.valor).toBe(dado.canonico);
      }),
      { numRuns: 1_000 },
    );
  });

  test('sin saber el signo, o se lee lo escrito o es dudoso y se pregunta', () => {
    fc.assert(
      fc.property(
        escrito,
        fc.constantFrom('.' as const, ',' as const),
        fc.constantFrom('.' as const, ',' as const),
        (dado, decimal, supuesto) => {
          const texto = escribe(dado, decimal);
          const leido = numeroDe(texto, supuesto)!;
          if (leido.valor === dado.canonico) return;
          expect(leido.dudoso).toBe(true);
          expect(esDudoso(leeNumero(texto))).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('lo que un texto prueba del signo es verdad', () => {
    fc.assert(
      fc.property(escrito, fc.constantFrom('.' as const, ',' as const), (dado, decimal) => {
        const prueba = pruebaDecimal(leeNumero(escribe(dado, decimal)));
        expect([decimal, null]).toContain(prueba);
      }),
      { numRuns: 500 },
    );
  });

  test('una celda numérica da sus 15 dígitos, nunca un exponente ni polvo binario', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -99_999_999_999n, max: 99_999_999_999n }), (centesimos) => {
        const n = Number(centesimos) / 100;
        const valor = numeroDe(n, '.')!.valor;
        expect(valor).toMatch(/^-?\d+(\.\d{1,2})?$/);
        expect(BigInt(Math.round(Number(valor) * 100))).toBe(centesimos);
      }),
    );
    expect(numeroDe(0.1 + 0.2, '.')?.valor).toBe('0.3');
    expect(numeroDe(2.9999999999999996, '.')?.valor).toBe('3');
    expect(numeroDe(1e-7, '.')?.valor).toBe('0.0000001');
    expect(numeroDe(7.501234567898e12, '.')?.valor).toBe('7501234567898');
  });
});

test.each([
  ['(1,234.50)', '-1234.5'],
  ['4-', '-4'],
  ['$ -12', '-12'],
  ['1 234.5', '1234.5'],
  ["1'234'567", '1234567'],
  ['12 pzas', '12'],
  ['007', '7'],
  ['.5', '0.5'],
  ['-0', '0'],
])('%s es %s', (texto, valor) => {
  expect(numeroDe(texto, '.')?.valor).toBe(valor);
});

test.each([
  '',
  ' ',
  'abc',
  '12a',
  '1.2.3',
  '1,23,456',
  '--5',
  '1-2',
  '(5',
  '5)',
  '1E5',
  '½',
  '12 cajas',
  'USD 5',
  '0x10',
  'NaN',
  'Infinity',
  '1,2345,6',
])('«%s» no es un número', (texto) => {
  expect(numeroDe(texto, '.')).toBeNull();
});

test('«1,234» y «1.234» son dudosos; «0,123», «1,5» y «1.234.567» no', () => {
  expect(['1,234', '1.234', '12,345'].map((uno) => esDudoso(leeNumero(uno)))).toEqual([true, true, true]);
  expect(
    ['0,123', '1,5', '1.234.567', '1,234.5', '1234,567'].map((uno) => pruebaDecimal(leeNumero(uno))),
  ).toEqual([',', ',', ',', '.', ',']);
});
