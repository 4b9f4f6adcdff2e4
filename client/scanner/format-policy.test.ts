import { describe, expect, test } from 'vitest';
import { ESCANER_POR_OMISION, type ReglasEscaner } from '#shared/contracts/escaner.ts';
import { conTodas, permite } from './format-policy.ts';
import type { Simbologia } from './scan-event.ts';

const con = (cambios: Partial<ReglasEscaner>) => ({
  simbologias: { ...ESCANER_POR_OMISION.simbologias, ...cambios },
});

describe('formats and lengths are a setting per company', () => {
  test('by default everything is read, ITF from six digits on', () => {
    const leidos: [Simbologia, string][] = [
      ['EAN_13', '7501031311309'],
      ['EAN_8', '96385074'],
      ['UPC_A', '042100005264'],
      ['UPC_E', '04252614'],
      ['CODE_39', 'A'],
      ['CODE_128', 'PH-2840'],
      ['QR', 'x'.repeat(300)],
      ['DATA_MATRIX', '0109521101530001'],
      ['DESCONOCIDA', '0109521101530001'],
      ['ITF', '216736'],
    ];
    for (const [simbologia, codigo] of leidos)
      expect(permite(ESCANER_POR_OMISION, { codigo, simbologia }), simbologia).toBe(true);
    expect(permite(ESCANER_POR_OMISION, { codigo: '2167', simbologia: 'ITF' })).toBe(false);
  });

  test('a symbology that is off is not read, and the others are', () => {
    const sinQr = con({ QR: { lee: false, minimo: 1, maximo: 2000, largos: [] }, EAN_8: { lee: false } });
    expect(permite(sinQr, { codigo: 'hola', simbologia: 'QR' })).toBe(false);
    expect(permite(sinQr, { codigo: '96385074', simbologia: 'EAN_8' })).toBe(false);
    expect(permite(sinQr, { codigo: 'hola', simbologia: 'DATA_MATRIX' })).toBe(true);
  });

  test('a list of lengths is exact and outweighs the limits', () => {
    const soloCajas = con({ ITF: { lee: true, minimo: 4, maximo: 4, largos: [14, 16] } });
    expect(
      ['2167', '21673613', '17501031311306', '1750103131130600'].filter((codigo) =>
        permite(soloCajas, { codigo, simbologia: 'ITF' }),
      ),
    ).toEqual(['17501031311306', '1750103131130600']);
  });

  test('limits include both ends', () => {
    const ajustes = con({ CODE_39: { lee: true, minimo: 5, maximo: 7, largos: [] } });
    expect(
      [4, 5, 7, 8].filter((n) => permite(ajustes, { codigo: 'A'.repeat(n), simbologia: 'CODE_39' })),
    ).toEqual([5, 7]);
  });

  test('a gun does not name the symbology: what it reads passes', () => {
    expect(
      permite(con({ CODE_128: { lee: false, minimo: 1, maximo: 9, largos: [] } }), { codigo: 'A1' }),
    ).toBe(true);
  });

  test('with every symbology on, the lengths stay the company’s', () => {
    const ajustes = con({ QR: { lee: false, minimo: 1, maximo: 5, largos: [] } });
    expect(permite(conTodas(ajustes), { codigo: 'hola', simbologia: 'QR' })).toBe(true);
    expect(permite(conTodas(ajustes), { codigo: 'hola a todos', simbologia: 'QR' })).toBe(false);
    expect(permite(ajustes, { codigo: 'hola', simbologia: 'QR' })).toBe(false);
  });
});
