import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkDigit, lookupKeys, validaManual } from './codigos.ts';
import {
  CLAVES_FORMATO,
  enDosLineas,
  FORMATOS_ETIQUETA,
  lugarEtiqueta,
  moduloQueCabe,
  PUNTOS_MM,
  paginasDe,
  porPagina,
  simboloDe,
} from './etiqueta.ts';

const digitos = (largo: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: largo, maxLength: largo });

describe('symbology of a label', () => {
  test('a valid GTIN gets the bars of its length, everything else Code 128 or QR', () => {
    expect(simboloDe('7501000000012'.slice(0, 12) + checkDigit('750100000001'))).toBe('ean13');
    expect(simboloDe('036000291452')).toBe('upca');
    expect(simboloDe('96385074')).toBe('ean8');
    expect(simboloDe('17501000000019'.slice(0, 13) + checkDigit('1750100000001'))).toBe('itf14');
    expect(simboloDe('7501000000013')).toBe('code128');
    expect(simboloDe('0000000000000')).toBe('code128');
    expect(simboloDe(' PH-2840 ')).toBe('code128');
    expect(simboloDe('A'.repeat(41))).toBe('qr');
    expect(simboloDe('ÑANDÚ')).toBe('qr');
    expect(simboloDe('10ABC\u001d21XYZ')).toBe('qr');
    expect(simboloDe(' \u0000 ')).toBeNull();
  });

  test('no label carries a code that the scanner would refuse: only bars whose check digit holds are GTIN bars', () => {
    fc.assert(
      fc.property(fc.oneof(digitos(8), digitos(12), digitos(13), digitos(14), fc.string()), (codigo) => {
        const simbolo = simboloDe(codigo);
        if (simbolo === null) return lookupKeys(codigo).length === 0;
        if (simbolo === 'code128') return /^[\x20-\x7e]{1,40}$/.test(codigo.trim());
        return simbolo === 'qr' || validaManual(codigo) === 'valido';
      }),
    );
  });
});

describe('where each label goes', () => {
  test.each(CLAVES_FORMATO)('%s: inside its page, none on another, all pages counted', (clave) => {
    const formato = FORMATOS_ETIQUETA[clave];
    const caben = porPagina(formato);
    fc.assert(
      fc.property(fc.nat({ max: 200 }), fc.integer({ min: 1, max: caben }), (cuantas, desde) => {
        const vistas = new Set<string>();
        for (let n = 0; n < cuantas; n += 1) {
          const { pagina, x, y } = lugarEtiqueta(formato, n, desde);
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x + formato.ancho).toBeLessThanOrEqual(formato.pagina.ancho + 0.01);
          expect(y + formato.alto).toBeLessThanOrEqual(formato.pagina.alto + 0.01);
          vistas.add(`${pagina}:${x}:${y}`);
        }
        expect(vistas.size).toBe(cuantas);
        const ultima = cuantas === 0 ? 0 : lugarEtiqueta(formato, cuantas - 1, desde).pagina + 1;
        expect(paginasDe(formato, cuantas, desde)).toBe(ultima);
      }),
      { numRuns: 30 },
    );
    expect(lugarEtiqueta(formato, 0, caben)).toMatchObject({ pagina: 0 });
    expect(lugarEtiqueta(formato, 1, caben)).toMatchObject({ pagina: 1 });
  });

  test('bars are whole dots of the printer wide, fit with their quiet zones, and are never too thin to read', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CLAVES_FORMATO),
        fc.integer({ min: 60, max: 500 }),
        fc.integer({ min: 20, max: 300 }),
        (clave, modulos, ancho) => {
          const formato = FORMATOS_ETIQUETA[clave];
          const modulo = moduloQueCabe(formato, modulos, ancho);
          if (modulo === null) return modulos * formato.punto * formato.minimo > ancho - 0.001;
          const puntos = modulo / formato.punto;
          return (
            Math.abs(puntos - Math.round(puntos)) < 1e-6 &&
            modulos * modulo <= ancho + 0.001 &&
            modulo >= 0.19 * PUNTOS_MM
          );
        },
      ),
    );
  });
});

test('a name takes at most two lines, none wider than the label, and nothing of it is made up', () => {
  const largo = (texto: string) => [...texto].length;
  expect(enDosLineas('Balata delantera para Versa', 16, largo)).toEqual(['Balata delantera', 'para Versa']);
  expect(enDosLineas('Balata delantera cerámica para Versa', 16, largo)).toEqual([
    'Balata delantera',
    'cerámica para V…',
  ]);
  expect(enDosLineas('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 10, largo)).toEqual(['ABCDEFGHIJ', 'KLMNOPQRS…']);
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 30 }), (texto, ancho) => {
      const lineas = enDosLineas(texto, ancho, largo);
      const junto = lineas.join('').replace(/[\s…]/g, '');
      return (
        lineas.length <= 2 &&
        lineas.every((linea) => largo(linea) <= ancho) &&
        texto.replace(/[\s…]/g, '').startsWith(junto)
      );
    }),
  );
});
