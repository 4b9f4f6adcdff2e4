import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkDigit, GS } from '../codigos.ts';
import { leeGs1 } from './lee.ts';
import { anioCompleto } from './valor.ts';

const GTIN = '07501031311309';
const lee = (texto: string, opts = {}) => leeGs1(texto, opts);
const code = (texto: string) => {
  const leido = lee(texto);
  return leido.ok ? 'ok' : leido.code;
};

describe('GS1 element strings', () => {
  test.each([
    `01${GTIN}1726123110A1`,
    `]C101${GTIN}1726123110A1`,
    `]d2${GS}01${GTIN}10A1${GS}17261231`,
    `(01)${GTIN} (10)A1 (17)261231`,
  ])('GTIN, lot and expiry of %j, with FNC1, symbology identifier or parentheses', (texto) => {
    expect(lee(texto)).toMatchObject({ ok: true, gtin: GTIN, lote: 'A1', caduca: '2026-12-31' });
  });

  test('pieces, serial and net weight are exact', () => {
    expect(lee(`]C102${GTIN}3712${GS}21S9${GS}3103001250`)).toMatchObject({
      gtin: GTIN,
      serie: 'S9',
      cantidad: 1_200_000n,
      peso: { unidad: 'kg', cantidad: 125_000n },
    });
  });

  test('dates as text: day 00 is the month’s end, impossible dates are refused, the century has its window', () => {
    expect(lee(`01${GTIN}17280200`)).toMatchObject({ caduca: '2028-02-29' });
    expect(lee(`01${GTIN}17270200`)).toMatchObject({ caduca: '2027-02-28' });
    expect(lee(`01${GTIN}17270230`)).toEqual({ ok: false, code: 'GS1_FECHA_MALA', ai: '17', gtin: GTIN });
    expect(code(`01${GTIN}17271300`)).toBe('GS1_FECHA_MALA');
    expect([anioCompleto(76, 2026), anioCompleto(77, 2026), anioCompleto(40, 2091)]).toEqual([
      2076, 1977, 2140,
    ]);
  });

  test('a GS1 code with a bad check digit is refused', () => {
    expect(code('0107501031311308')).toBe('GS1_DIGITO_MALO');
    expect(code('00123456789012345674')).toBe('GS1_DIGITO_MALO');
    expect(code('00123456789012345675')).toBe('ok');
  });

  test('a GS1 code without its separator is never guessed; the GTIN in front stays sure', () => {
    const sin = { ok: false, code: 'GS1_SIN_SEPARADOR', ai: '10', gtin: GTIN };
    expect(lee(`01${GTIN}10ABC17261231`)).toEqual(sin);
    expect(lee(`01${GTIN}10ABC21XYZ`)).toEqual(sin);
    expect(lee(`01${GTIN}10${'A'.repeat(21)}`)).toEqual(sin);
    expect(lee(`01${GTIN}10ABC17261231`, { separa: true })).toMatchObject({ lote: 'ABC17261231' });
    expect(lee(`01${GTIN}10ABC17991399`)).toMatchObject({ lote: 'ABC17991399' });
  });

  test('plain codes are no GS1, unknown AIs are named', () => {
    for (const plano of ['7501031311309', 'PH-2840', '10ABC', ']E07501031311309', '']) {
      expect(code(plano)).toBe('GS1_NO_ES');
    }
    expect(lee(`]C101${GTIN}0512`)).toMatchObject({ code: 'GS1_IA_DESCONOCIDO', ai: '0512', gtin: GTIN });
  });

  test('what is built is read back, in any order', () => {
    const digitos = (n: number) => fc.array(fc.nat(9), { minLength: n, maxLength: n }).map((d) => d.join(''));
    const texto = fc.stringMatching(/^[A-Za-z0-9/.-]{1,20}$/);
    fc.assert(
      fc.property(
        digitos(13),
        texto,
        texto,
        fc.nat(99_999_999),
        fc.boolean(),
        (cuerpo, lote, serie, n, antes) => {
          const gtin = cuerpo + checkDigit(cuerpo);
          const partes = [`10${lote}${GS}`, `21${serie}${GS}`, `30${n}${GS}`];
          const leido = lee(`]C101${gtin}${(antes ? partes : partes.reverse()).join('')}`);
          expect(leido).toMatchObject({ ok: true, gtin, lote, serie, cantidad: BigInt(n) * 100_000n });
        },
      ),
    );
  });

  test('no text makes it throw', () => {
    fc.assert(fc.property(fc.string(), (t) => typeof lee(`]C1${t}`).ok === 'boolean'));
  });
});
