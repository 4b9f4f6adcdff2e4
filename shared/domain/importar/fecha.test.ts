import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deSerie } from './celda.ts';
import { esFechaDudosa, type FormatoFecha, fechaDe, horaSola, leeFecha } from './fecha.ts';

const dia = fc
  .integer({ min: 0, max: 36_000 })
  .map((dias) => new Date(Date.UTC(1981, 0, 1) + dias * 86_400_000).toISOString().slice(0, 10));
const MESES =
  'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' ');
const INGLES = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

function partes(iso: string): [ano: string, mes: number, dia: number] {
  const [ano = '', mes = '', d = ''] = iso.split('-');
  return [ano, Number(mes), Number(d)];
}

const separador = fc.constantFrom('/', '-', '.', ' ');
const dos = (n: number, ceros: boolean): string => (ceros ? String(n).padStart(2, '0') : String(n));

describe('fechas como texto o serie: vuelve el día escrito, o se pregunta', () => {
  test('con el orden del archivo vuelve siempre el día escrito, con o sin ceros', () => {
    fc.assert(
      fc.property(
        dia,
        separador,
        fc.boolean(),
        fc.constantFrom<FormatoFecha>('dmy', 'mdy'),
        (iso, corte, ceros, orden) => {
          const [ano, mes, d] = partes(iso);
          const texto =
            (orden === 'dmy' ? [dos(d, ceros), dos(mes, ceros)] : [dos(mes, ceros), dos(d, ceros)]).join(
              corte,
            ) +
            corte +
            ano;
          expect(fechaDe(texto, orden)?.fecha).toBe(iso);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('con el orden contrario, o vuelve el día escrito o es dudosa', () => {
    fc.assert(
      fc.property(
        dia,
        separador,
        fc.constantFrom<FormatoFecha>('dmy', 'mdy'),
        fc.constantFrom<FormatoFecha>('dmy', 'mdy'),
        (iso, corte, orden, supuesto) => {
          const [ano, mes, d] = partes(iso);
          const texto = (orden === 'dmy' ? [d, mes, ano] : [mes, d, ano]).join(corte);
          if (fechaDe(texto, supuesto)?.fecha === iso) return;
          expect(esFechaDudosa(leeFecha(texto)!)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('año primero, meses con letra y ocho dígitos no dependen del orden', () => {
    fc.assert(
      fc.property(dia, fc.constantFrom<FormatoFecha>('dmy', 'mdy', 'ymd'), (iso, orden) => {
        const [ano, mes, d] = partes(iso);
        const textos = [
          iso,
          iso.replaceAll('-', '/'),
          iso.replaceAll('-', ''),
          `${d} de ${MESES[mes - 1]} de ${ano}`,
          `${d}-${MESES[mes - 1]!.slice(0, 3)}-${ano}`,
          `${INGLES[mes - 1]} ${d}, ${ano}`,
          `${iso}T16:05:00`,
        ];
        expect(textos.map((texto) => fechaDe(texto, orden)?.fecha)).toEqual(textos.map(() => iso));
      }),
    );
  });

  test('una serie de Excel da su día y su hora, también del sistema 1904', () => {
    fc.assert(
      fc.property(dia, fc.integer({ min: 0, max: 86_399 }), (iso, segundos) => {
        const serie = Date.parse(iso) / 86_400_000 + 25_569 + segundos / 86_400;
        expect(deSerie(serie)).toEqual({ fecha: iso, segundos });
        if (iso >= '2005-01-01') expect(fechaDe(serie - 1462, 'dmy', 1462)?.fecha).toBe(iso);
      }),
    );
    expect(deSerie(1)?.fecha).toBe('1900-01-01');
    expect(deSerie(59)?.fecha).toBe('1900-02-28');
    expect(deSerie(61)?.fecha).toBe('1900-03-01');
  });
});

test.each([
  ['25/03/2026 4:05 p. m.', '2026-03-25', '16:05:00'],
  ['25/03/2026 12:00 AM', '2026-03-25', '00:00:00'],
  ['2026-03-25 23:59:59.5', '2026-03-25', '23:59:59'],
  ['miércoles, 25 de marzo de 2026', '2026-03-25', null],
  ['25/03/26', '2026-03-25', null],
])('%s es %s %s', (texto, fecha, hora) => {
  expect(fechaDe(texto, 'dmy')).toMatchObject({ fecha, hora });
});

test.each([
  '31/02/2026',
  '00/01/2026',
  '32/01/2026',
  '2026-13-01',
  '13/13/2026',
  '25/03/2026 25:00',
  '2026-03-02T16:05:00Z',
  'hoy',
  '12',
  '1/2',
  '99/99/9999',
])('«%s» no es una fecha', (texto) => {
  expect(fechaDe(texto, 'dmy')).toBeNull();
});

test('horas solas', () => {
  expect([
    horaSola('16:05'),
    horaSola('4:05 pm'),
    horaSola(0.5),
    horaSola({ k: 'fecha', serie: 46_086.75 }),
    horaSola('25:00'),
    horaSola('x'),
  ]).toEqual(['16:05:00', '16:05:00', '12:00:00', '18:00:00', null, null]);
});
