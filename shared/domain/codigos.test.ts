import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkDigit,
  esGtin,
  expandUpcE,
  extraeGtinDeGs1,
  GS,
  gtinKey,
  limpiaCodigo,
  lookupKeys,
  validaManual,
} from './codigos.ts';

const digitos = (largo: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: largo, maxLength: largo }).map((d) => d.join(''));
const conDigito = (cuerpo: string) => cuerpo + checkDigit(cuerpo);
/** A global UPC-A: number systems 2 (weighed in the shop) aside. */
const upcA = digitos(11)
  .filter((d) => !d.startsWith('2') && !/^0+$/.test(d))
  .map(conDigito);
const ean13 = digitos(12)
  .filter((d) => !/^(?:2|02)/.test(d) && !/^0+$/.test(d))
  .map(conDigito);

describe('gtinKey', () => {
  test('UPC-A, EAN-13 and GTIN-14 of one item are one key', () => {
    fc.assert(
      fc.property(upcA, (codigo) => {
        const clave = codigo.padStart(14, '0');
        expect([gtinKey(codigo), gtinKey(`0${codigo}`), gtinKey(`00${codigo}`)]).toEqual([
          clave,
          clave,
          clave,
        ]);
      }),
    );
  });

  test('only where the check digit holds: one changed digit gives no key', () => {
    fc.assert(
      fc.property(ean13, fc.nat(12), fc.integer({ min: 1, max: 9 }), (codigo, lugar, mas) => {
        const otro = (Number(codigo[lugar]) + mas) % 10;
        expect(gtinKey(codigo)).toBe(`0${codigo}`);
        expect(gtinKey(codigo.slice(0, lugar) + otro + codigo.slice(lugar + 1))).toBeNull();
      }),
    );
  });

  test('only lengths 8, 12, 13 and 14', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }).chain(digitos), (d) => {
        const codigo = conDigito(d);
        expect(esGtin(codigo)).toBe([8, 12, 13, 14].includes(codigo.length));
      }),
    );
    expect(gtinKey('96385074')).toBe('00000096385074');
  });

  test('in-shop prefixes 20–29 are not global', () => {
    for (let prefijo = 20; prefijo <= 29; prefijo += 1) {
      expect(gtinKey(conDigito(`${prefijo}0123456789`))).toBeNull();
      expect(gtinKey(conDigito(`1${prefijo}0123456789`))).toBeNull();
    }
    expect(gtinKey(conDigito('21234567890'))).toBeNull();
    expect(gtinKey(conDigito('021234567890'))).toBeNull();
    expect(gtinKey(conDigito('2012345'))).toBeNull();
    expect(gtinKey(conDigito('750123456789'))).not.toBeNull();
  });

  test('"000123" ≠ "123": raw text is kept as it is, zeros are no item', () => {
    expect(lookupKeys('000123')).toEqual(['000123']);
    expect(lookupKeys('123')).toEqual(['123']);
    expect(gtinKey('0000000000000')).toBeNull();
    expect(gtinKey('PH-2840')).toBeNull();
    expect(gtinKey('٧٥٠١٠٣١٣١١٣٠٩')).toBeNull();
  });

  test('a carton (GTIN-14 with indicator) is another key than its piece', () => {
    expect(gtinKey(conDigito('1750103131130'))).not.toBe(gtinKey('7501031311309'));
  });
});

describe('UPC-E', () => {
  test.each([
    ['01234505', '012000003455'],
    ['01234514', '012100003454'],
    ['01234523', '012200003453'],
    ['01234531', '012300000451'],
    ['01234543', '012340000053'],
    ['01234558', '012345000058'],
    ['01234596', '012345000096'],
  ])('%s stands for %s', (upcE, largo) => {
    expect(expandUpcE(upcE)).toBe(largo);
    expect(esGtin(largo)).toBe(true);
  });

  test('is expanded only when the symbology is known; 8 digits from a wedge try both', () => {
    const clave = '00012345000058';
    for (const nombre of ['UPC_E', 'UPC-E', 'upc_e', 'UPCE']) {
      expect(lookupKeys('01234558', nombre)).toEqual(['01234558', clave]);
    }
    // These eight digits happen to be a valid GTIN-8 too, which is why the symbology matters.
    const comoEan8 = ['01234558', '00000001234558'];
    expect(lookupKeys('01234558', 'EAN-8')).toEqual(comoEan8);
    expect(lookupKeys('01234558')).toEqual([...comoEan8, clave]);
    expect(lookupKeys('04252614')).toEqual(['04252614', '00042100005264']);
  });

  test('a wrong check digit or number system is not one', () => {
    expect(expandUpcE('01234559')).toBeNull();
    expect(expandUpcE('21234558')).toBeNull();
    expect(expandUpcE('1234558')).toBeNull();
  });
});

describe('cleaning and GS1', () => {
  test('control characters and outer blanks go, GS (0x1D) stays', () => {
    expect(limpiaCodigo(`\u0002 7501031311309\r\n`)).toBe('7501031311309');
    expect(limpiaCodigo(`\ufeff${GS}0107501031311309${GS}10A\t`)).toBe(`${GS}0107501031311309${GS}10A`);
    expect(limpiaCodigo('  PH 2840 ')).toBe('PH 2840');
  });

  test.each([
    '0107501031311309',
    ']C10107501031311309',
    `]d2${GS}010750103131130910LOTE7${GS}17261231`,
    '(01)07501031311309(10)A1',
    '020750103131130937000012',
  ])('the GTIN of %j is found', (cadena) => {
    expect(extraeGtinDeGs1(cadena)).toBe('07501031311309');
    expect(lookupKeys(cadena)).toContain('07501031311309');
  });

  test('an AIM identifier before the data does not hide it', () => {
    expect(lookupKeys(']E07501031311309')).toEqual([']E07501031311309', '7501031311309', '07501031311309']);
    expect(lookupKeys(']C0PH-2840')).toEqual([']C0PH-2840', 'PH-2840']);
  });

  test('no GTIN where the check digit fails or another AI leads', () => {
    expect(extraeGtinDeGs1('0107501031311308')).toBeNull();
    expect(extraeGtinDeGs1('10ABC')).toBeNull();
    expect(extraeGtinDeGs1('00123456789012345675')).toBeNull();
  });

  test('candidates come best first, without repeats, none for nothing', () => {
    expect(lookupKeys('7501031311309')).toEqual(['7501031311309', '07501031311309']);
    expect(lookupKeys('07501031311309')).toEqual(['07501031311309']);
    expect(lookupKeys(' \r\n')).toEqual([]);
    fc.assert(
      fc.property(fc.string(), (raw) => {
        const claves = lookupKeys(raw);
        expect(new Set(claves).size).toBe(claves.length);
        if (claves.length > 0) expect(claves[0]).toBe(limpiaCodigo(raw));
      }),
    );
  });
});

describe('validaManual', () => {
  test('manual entry tests the check digit of 8, 12, 13 and 14 digits', () => {
    expect(validaManual('7501031311309')).toBe('valido');
    expect(validaManual('7501031311308')).toBe('digito_verificador_malo');
    expect(validaManual('12345678')).toBe('digito_verificador_malo');
    expect(validaManual('01234558')).toBe('valido');
    expect(validaManual('123456')).toBe('valido');
    expect(validaManual('PH-2840')).toBe('valido');
    expect(validaManual('  ')).toBe('vacio');
    expect(validaManual('9'.repeat(201))).toBe('muy_largo');
  });
});
