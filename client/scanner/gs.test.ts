import { describe, expect, test } from 'vitest';
import { leeGs1 } from '#shared/domain/gs1/lee.ts';
import { opcionesGs1, plainCode } from './gs.ts';
import { acceptManual } from './manual.ts';

const GS = '\u001d';
/** GTIN, lot of variable length, expiry: without its separator the lot swallows the date. */
const PLAIN = `010750103131130910LOTE7${GS}17271231`;

describe('keep GS (0x1D): each way a gun spells it comes out as one', () => {
  test.each([
    ['GS itself', PLAIN],
    ['the picture ␝', PLAIN.replace(GS, '␝')],
    ['the letters <GS>', PLAIN.replace(GS, '<GS>')],
    ['small letters', PLAIN.replace(GS, '<gs>')],
    ['{GS}', PLAIN.replace(GS, '{GS}')],
    ['a GS after the last field too', `${PLAIN}${GS}`],
    ['blanks around', ` ${PLAIN}  `],
  ])('%s', (_, typed) => {
    expect(plainCode(typed)).toEqual({ codigo: PLAIN });
  });

  test('FNC1 in front says that it is GS1, and is no part of the code', () => {
    expect(plainCode(`${GS}${PLAIN}`)).toEqual({ codigo: PLAIN, gs1: true });
    expect(plainCode(`␝${PLAIN}`)).toEqual({ codigo: PLAIN, gs1: true });
  });

  test.each([
    [']C1', 'CODE_128'],
    [']d2', 'DATA_MATRIX'],
    [']Q3', 'QR'],
    [']e0', 'DESCONOCIDA'],
    [']J1', 'DESCONOCIDA'],
  ] as const)('identifier %s marks an element string', (identifier, simbologia) => {
    expect(plainCode(identifier + PLAIN)).toEqual({ codigo: PLAIN, simbologia, gs1: true });
    expect(plainCode(`${identifier}${GS}${PLAIN}`)).toEqual({ codigo: PLAIN, simbologia, gs1: true });
  });

  test.each([
    [']E07501031311309', '7501031311309', 'EAN_13'],
    [']E0042100005264', '042100005264', 'UPC_A'],
    [']E496385074', '96385074', 'EAN_8'],
    [']C0PH-2840', 'PH-2840', 'CODE_128'],
    [']A0PH-2840', 'PH-2840', 'CODE_39'],
    [']I117501031311306', '17501031311306', 'ITF'],
    [']d1PH-2840', 'PH-2840', 'DATA_MATRIX'],
    [']Q1PH-2840', 'PH-2840', 'QR'],
  ] as const)('identifier of another symbology is no part of the code: %s', (typed, codigo, simbologia) => {
    expect(plainCode(typed)).toEqual({ codigo, simbologia, gs1: false });
  });

  test.each([
    '7501031311309',
    'PH-2840',
    ']',
    ']C1',
    ']X0PH-2840',
    '[GS]',
    'GS-450',
    '(01)07501031311309',
    GS,
  ])('leaves %j alone', (typed) => {
    expect(plainCode(typed)).toEqual({ codigo: typed });
  });
});

test('a typed code goes the same way', () => {
  const accepted = acceptManual(`]C1${PLAIN.replace(GS, '<GS>')}`, 5);
  expect(accepted).toEqual({
    event: { codigo: PLAIN, simbologia: 'CODE_128', gs1: true, fuente: 'manual', en: 5 },
  });
  expect(acceptManual(']E07501031311308', 5)).toMatchObject({ rejection: { codigo: '7501031311308' } });
});

describe('leeGs1 with what a scan says', () => {
  test('the camera hands over separators, so a lot ends at the end', () => {
    const lot = { codigo: '010750103131130910LOTE17271231', simbologia: 'CODE_128', gs1: true } as const;
    expect(leeGs1(lot.codigo, opcionesGs1({ ...lot, fuente: 'camara' }))).toMatchObject({
      ok: true,
      lote: 'LOTE17271231',
    });
    expect(leeGs1(lot.codigo, opcionesGs1({ ...lot, fuente: 'pistola' }))).toMatchObject({
      ok: false,
      code: 'GS1_SIN_SEPARADOR',
      gtin: '07501031311309',
    });
  });

  test.each(['CODE_128', 'DATA_MATRIX', 'QR', 'DESCONOCIDA', undefined] as const)(
    'a string that begins with no GTIN is GS1 because %s says so',
    (simbologia) => {
      const said = simbologia ? { simbologia } : {};
      const text = `10LOTE7${GS}3720`;
      expect(leeGs1(text, opcionesGs1({ ...said, gs1: true, fuente: 'foto' }))).toMatchObject({
        ok: true,
        lote: 'LOTE7',
      });
      expect(leeGs1(text, opcionesGs1({ ...said, fuente: 'foto' })).ok).toBe(false);
    },
  );

  test('an EAN is never taken for an element string', () => {
    const said = { simbologia: 'EAN_13', fuente: 'camara' } as const;
    expect(leeGs1('7501031311309', opcionesGs1(said))).toMatchObject({ code: 'GS1_NO_ES' });
  });
});
