import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dotVisto, loteParecido, parseCaducidad, parseDot } from './lote-escrito.ts';
import { datoQueFalta, datosQueSiguen, limpiaLote, llevaDot } from './lotes.ts';

const HOY = '2026-03-02';

describe('a lot typed wrong', () => {
  test.each([
    ['L-2O31', 'L-2031', 'O for 0'],
    ['L-203I', 'L-2031', 'I for 1'],
    ['l-2031', 'L-2031', 'case'],
    ['L - 2031', 'L-2031', 'blanks'],
    ['L-2013', 'L-2031', 'two digits swapped'],
    ['L-231', 'L-2031', 'a digit missing'],
    ['L-20331', 'L-2031', 'a digit twice'],
    ['L-2032', 'L-2031', 'another digit'],
  ])('%s: is it the same as %s? (%s)', (nuevo, conocido) => {
    expect(loteParecido(nuevo, ['X-9', conocido])).toBe(conocido);
  });

  test('a lot known as it was typed is never asked about, nor one that is far from all', () => {
    expect(loteParecido('L-2032', ['L-2031', 'L-2032'])).toBeNull();
    expect(loteParecido('L-2054', ['L-2031'])).toBeNull();
    expect(loteParecido('L-2031', [])).toBeNull();
  });

  test('short lots are all one step apart: only what looks equal is asked about', () => {
    expect(loteParecido('B', ['A'])).toBeNull();
    expect(loteParecido('A12', ['A13'])).toBeNull();
    expect(loteParecido('a1', ['AI'])).toBe('AI');
  });

  test('what looks equal goes before what is one step away', () => {
    expect(loteParecido('L-2O31', ['L-2032', 'L-2031'])).toBe('L-2031');
  });

  test('one slip anywhere in any lot is noticed', () => {
    const lote = fc.stringMatching(/^[A-HJ-NP-Z2-9]{5,20}$/);
    fc.assert(
      fc.property(lote, fc.nat(), fc.constantFrom('quita', 'pone', 'cambia'), (bueno, donde, como) => {
        const i = donde % bueno.length;
        const resto = {
          quita: bueno.slice(i + 1),
          pone: `Z${bueno.slice(i)}`,
          cambia: `Z${bueno.slice(i + 1)}`,
        };
        const malo = bueno.slice(0, i) + resto[como as 'quita'];
        expect(loteParecido(malo, [bueno])).toBe(malo === bueno ? null : bueno);
      }),
    );
  });

  test('is cleaned of what a reader adds, and kept as printed', () => {
    expect(limpiaLote('  l-2031\u001d \u200b b ')).toBe('l-2031 b');
  });
});

describe('DOT of a tire: 4 digits, week and year', () => {
  test.each(['2319', '23/19', '23 19', 'DOT 4B9X Y9RR 2319', ' 2319 '])('%j', (texto) => {
    expect(parseDot(texto, HOY)).toEqual({ ok: true, value: '2319' });
  });
  test('a week that no year has, letters, three or six digits are refused', () => {
    for (const texto of ['5419', '0019', '23A9', '239', '102319', '', '4B9XY9RR']) {
      expect(parseDot(texto, HOY)).toEqual({ ok: false, code: 'DOT_INVALIDO' });
    }
  });
  test('a tire of the future is refused, one of this week is not', () => {
    expect(parseDot('1026', HOY)).toMatchObject({ ok: true });
    expect(parseDot('1126', HOY)).toEqual({ ok: false, code: 'DOT_FUTURO' });
    expect(parseDot('0127', HOY)).toEqual({ ok: false, code: 'DOT_FUTURO' });
  });
  test('is told in words', () => {
    expect(dotVisto('0319')).toBe('semana 3 de 2019');
  });
  test('is asked of tires, by their category, not of their valves', () => {
    expect(llevaDot('Llantas / Auto y camioneta')).toBe(true);
    expect(llevaDot('Neumáticos')).toBe(true);
    expect(llevaDot('Llantas / Cámaras y reparación')).toBe(false);
    expect(llevaDot('Químicos / Abrillantadores')).toBe(false);
  });
});

describe('expiry as it is typed', () => {
  test.each([
    ['1226', '2026-12-31'],
    ['12/26', '2026-12-31'],
    ['2/28', '2028-02-29'],
    ['02/2027', '2027-02-28'],
    ['022027', '2027-02-28'],
    ['311226', '2026-12-31'],
    ['5/1/27', '2027-01-05'],
    ['31122026', '2026-12-31'],
    ['20261231', '2026-12-31'],
    ['2026-12-31', '2026-12-31'],
    ['DIC 26', '2026-12-31'],
    ['05 ene 2027', '2027-01-05'],
    ['00/12/26', '2026-12-31'],
  ])('%s is %s; without a day, or with day 00, the month’s end', (texto, fecha) => {
    expect(parseCaducidad(texto, HOY)).toEqual({ ok: true, value: fecha });
  });

  test.each(['', '13/26', '31/02/27', '1', '123', 'mañana', '12/1926', '31/12/1999', '1/2/3/4'])(
    '%j is no date and is never guessed',
    (texto) => {
      expect(parseCaducidad(texto, HOY)).toEqual({ ok: false, code: 'CADUCIDAD_INVALIDA' });
    },
  );

  test('every day of eighty years is read back from its six digits', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2075-12-31'), noInvalidDate: true }),
        (dia) => {
          const iso = dia.toISOString().slice(0, 10);
          const [anio, mes, d] = iso.split('-') as [string, string, string];
          expect(parseCaducidad(`${d}${mes}${anio.slice(2)}`, HOY)).toEqual({ ok: true, value: iso });
          expect(parseCaducidad(`${d}${mes}${anio}`, HOY)).toEqual({ ok: true, value: iso });
        },
      ),
    );
  });
});

test('what a product asks for and nobody said: a DOT stands for the lot', () => {
  const nada = { lote: null, caduca: null, dot: null };
  const pide = { pideLote: true, pideCaducidad: true };
  expect(datoQueFalta(pide, nada)).toBe('lote');
  expect(datoQueFalta(pide, { ...nada, lote: 'L1' })).toBe('caducidad');
  expect(datoQueFalta({ ...pide, pideCaducidad: false }, { ...nada, dot: '2319' })).toBeNull();
  expect(datoQueFalta({ pideLote: false, pideCaducidad: false }, nada)).toBeNull();
});

test('a lot is remembered for the following scans until another is said; a label’s own goes first', () => {
  const previos = { lote: 'L1', caduca: '2026-12-31', dot: null };
  const dice = (lote: string | null, caduca: string | null) => ({ lote, caduca, dot: null });
  expect(datosQueSiguen(previos, null)).toEqual(previos);
  expect(datosQueSiguen(previos, dice(null, null))).toEqual(previos);
  expect(datosQueSiguen(previos, dice('L2', null))).toEqual(dice('L2', null));
  expect(datosQueSiguen(previos, dice('L1', null))).toEqual(previos);
  expect(datosQueSiguen(previos, dice('L2', '2027-01-31'))).toEqual(dice('L2', '2027-01-31'));
  expect(datosQueSiguen(previos, dice(null, '2026-12-31'))).toEqual(previos);
  expect(datosQueSiguen(previos, dice(null, '2027-01-31'))).toEqual(dice(null, '2027-01-31'));
  expect(datosQueSiguen(dice('L1', null), dice(null, '2027-01-31'))).toEqual(dice('L1', '2027-01-31'));
});
