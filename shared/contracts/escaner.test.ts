import { describe, expect, test } from 'vitest';
import { ajustesEscaner, ESCANER_POR_OMISION, leeAjustesEscaner, type ReglasEscaner } from './escaner.ts';

const con = (cambios: Partial<ReglasEscaner>) => ({
  simbologias: { ...ESCANER_POR_OMISION.simbologias, ...cambios },
});
const itf = (cambios: Partial<ReglasEscaner['ITF']>) =>
  con({ ITF: { ...ESCANER_POR_OMISION.simbologias.ITF, ...cambios } });
const mensajes = (crudo: unknown) => ajustesEscaner.safeParse(crudo).error?.issues.map((i) => i.message);

describe('formats and lengths are a setting per company', () => {
  test('the default is itself valid, and survives the wire', () => {
    expect(ajustesEscaner.parse(JSON.parse(JSON.stringify(ESCANER_POR_OMISION)))).toEqual(
      ESCANER_POR_OMISION,
    );
  });

  test.each<[string, unknown, string]>([
    ['an odd length of ITF', itf({ largos: [14, 7] }), 'número par'],
    ['an ITF of two digits', itf({ minimo: 2 }), 'número par'],
    ['a maximum below the minimum', itf({ minimo: 14, maximo: 6 }), 'no puede ser menor'],
  ])('%s is refused with a sentence', (_, crudo, frase) => {
    expect(mensajes(crudo)?.join(' ')).toContain(frase);
  });

  test('settings that read nothing are refused', () => {
    const nada = Object.fromEntries(
      Object.entries(ESCANER_POR_OMISION.simbologias).map(([s, regla]) => [s, { ...regla, lee: false }]),
    );
    expect(mensajes({ simbologias: nada })).toEqual([
      'Deja al menos un tipo de código: sin ninguno la cámara no lee nada.',
    ]);
  });

  test.each<[string, unknown]>([
    ['a length that is no number', con({ QR: { lee: true, minimo: '1', maximo: 9, largos: [] } as never })],
    ['a length of 0', itf({ minimo: 0 })],
    ['21 lengths', itf({ largos: Array.from({ length: 21 }, (_, n) => 4 + 2 * n) })],
    ['nothing', null],
  ])('%s is refused', (_, crudo) => {
    expect(ajustesEscaner.safeParse(crudo).success).toBe(false);
  });
});

describe('settings as another version wrote them', () => {
  test.each<[string, unknown]>([
    ['none', undefined],
    ['a text', 'EAN_13'],
    ['an empty object', {}],
    ['a list for the rules', { simbologias: [] }],
  ])('%s: the default', (_, crudo) => {
    expect(leeAjustesEscaner(crudo)).toEqual(ESCANER_POR_OMISION);
  });

  test('what makes sense is kept, the rest is the default', () => {
    const leidos = leeAjustesEscaner({
      simbologias: {
        QR: { lee: false, minimo: 1, maximo: 50, largos: [] },
        ITF: { lee: true, minimo: 7, maximo: 7, largos: [] },
        PDF_417: { lee: true },
      },
    });
    expect(leidos).toEqual(con({ QR: { lee: false, minimo: 1, maximo: 50, largos: [] } }));
  });
});
