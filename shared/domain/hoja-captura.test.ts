import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renglonHojaId, renglonImportadoId } from './ajuste-id.ts';
import { cantidadTexto, toCantidad } from './cantidad.ts';
import { horasDePagina, instanteDeRenglon, leeCaptura, notaDeHoja } from './hoja-captura.ts';
import { desfaseDeZona } from './instante.ts';

const lee = (texto: string, decimales: 0 | 3 = 0) => {
  const leido = leeCaptura(texto, decimales);
  if (!leido.ok) return leido.code;
  if (leido.value.tipo !== 'suma') return leido.value.tipo;
  return [leido.value.cantidad, leido.value.factor, leido.value.unidades].map(cantidadTexto).join(' ');
};

describe('a row of the paper sheet', () => {
  test('a quantity, boxes by pieces, both; 0 is a count and blank is not counted', () => {
    expect(lee('17')).toBe('17 1 17');
    expect(lee(' 2x12+5 ')).toBe('29 1 29');
    expect(lee('2 X 12')).toBe('2 12 24');
    expect(lee('2×12 + 3*6')).toBe('42 1 42');
    expect(lee('1,234')).toBe('1234 1 1234');
    expect(lee('2.5', 3)).toBe('2.5 1 2.5');
    expect(lee('0')).toBe('cero');
    expect(lee('0x12+0')).toBe('cero');
    expect(lee('')).toBe('vacia');
    expect(lee('  ')).toBe('vacia');
  });

  test('what makes no sense is said, never guessed', () => {
    expect(lee('12x')).toBe('CAPTURA_INVALIDA');
    expect(lee('2x12x3')).toBe('CAPTURA_INVALIDA');
    expect(lee('cinco')).toBe('CAPTURA_INVALIDA');
    expect(lee('+5')).toBe('CAPTURA_INVALIDA');
    expect(lee('1,5')).toBe('CAPTURA_INVALIDA');
    expect(lee('-3')).toBe('CANTIDAD_NEGATIVA');
    expect(lee('2.5')).toBe('CANTIDAD_DECIMALES');
    expect(lee('1.5x12', 3)).toBe('CANTIDAD_DECIMALES');
    expect(lee('7501000000012')).toBe('CANTIDAD_EXCESIVA');
    expect(lee('100000')).toBe('CAPTURA_DUDOSA');
    expect(lee('5000x5000')).toBe('CAPTURA_DUDOSA');
    expect(lee('7.5E+12')).toBe('CODIGO_DANADO');
  });

  test('any boxes and pieces add up exactly, however they are spaced', () => {
    const n = fc.nat({ max: 50 });
    fc.assert(
      fc.property(fc.array(fc.tuple(n, n), { minLength: 1, maxLength: 4 }), n, (cajas, sueltas) => {
        const texto = `${cajas.map(([c, f]) => `${c} x${f}`).join(' + ')}+ ${sueltas}`;
        const total = cajas.reduce((suma, [c, f]) => suma + c * f, sueltas);
        const leido = leeCaptura(texto, 0);
        expect(leido.ok && (leido.value.tipo === 'suma' ? leido.value.unidades : 0n)).toBe(
          toCantidad(String(total)),
        );
      }),
    );
  });

  test('no text at all breaks it', () => {
    fc.assert(fc.property(fc.string(), (texto) => typeof leeCaptura(texto, 3).ok === 'boolean'));
  });
});

describe('the counted hour of a page', () => {
  const zona = 'America/Mexico_City';
  const ahora = Date.parse('2026-03-02T20:00:00Z');
  const horas = (empezo: string, termino: string, fecha = '2026-03-02') => {
    const leidas = horasDePagina({ fecha, empezo, termino }, zona, ahora);
    return leidas.ok
      ? [leidas.value.desde, leidas.value.hasta].map((ms) => new Date(ms).toISOString().slice(0, 16))
      : leidas.code;
  };

  test('is that of the shop’s wall; one hour stands for both', () => {
    expect(horas('10:05', '10:40')).toEqual(['2026-03-02T16:05', '2026-03-02T16:40']);
    expect(horas('', '9:40')).toEqual(['2026-03-02T15:40', '2026-03-02T15:40']);
    expect(horas('10:05', '')).toEqual(['2026-03-02T16:05', '2026-03-02T16:05']);
    const tijuana = horasDePagina(
      { fecha: '2026-03-01', empezo: '10:05', termino: '' },
      'America/Tijuana',
      ahora,
    );
    expect(tijuana.ok && new Date(tijuana.value.desde).toISOString()).toBe('2026-03-01T18:05:00.000Z');
  });

  test('across midnight it ends the next day', () => {
    expect(horas('23:50', '0:20', '2026-03-01')).toEqual(['2026-03-02T05:50', '2026-03-02T06:20']);
  });

  test('what no clock shows, what has not come yet and too long a page are refused', () => {
    expect(horas('', '')).toBe('HOJA_SIN_HORA');
    expect(horas('25:00', '')).toBe('HOJA_HORA_MALA');
    expect(horas('10:05', '10:40', '2026-02-31x')).toBe('HOJA_HORA_MALA');
    expect(horas('14:10', '')).toBe('HOJA_HORA_FUTURA');
    expect(horas('10:40', '10:05', '2026-03-01')).toBe('HOJA_HORA_LARGA');
  });

  test('on the day of a change of hour the wall clock decides', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 23 }),
        fc.constantFrom('2026-03-08', '2026-11-01', '2026-03-02'),
        (h, fecha) => {
          const leidas = horasDePagina(
            { fecha, empezo: `${h}:30`, termino: '' },
            'America/Tijuana',
            Date.parse('2027-01-01T00:00:00Z'),
          );
          if (!leidas.ok) return false;
          const local = new Date(
            leidas.value.desde + desfaseDeZona(leidas.value.desde, 'America/Tijuana') * 60_000,
          );
          // 2:30 of the day that springs forward does not exist; the neighbouring hour stands for it.
          const debida = fecha === '2026-03-08' && h === 2 ? [1, 3] : [h];
          return debida.includes(local.getUTCHours()) && local.getUTCMinutes() === 30;
        },
      ),
    );
  });

  test('rows lie between the two hours in their order', () => {
    fc.assert(
      fc.property(fc.nat({ max: 36_000 }), fc.integer({ min: 1, max: 23 }), (segundos, total) => {
        const pagina = { desde: 1_000_000_000_000, hasta: 1_000_000_000_000 + segundos * 1000 };
        const instantes = Array.from({ length: total }, (_, i) => instanteDeRenglon(pagina, i, total));
        expect(instantes).toEqual(instantes.toSorted((a, b) => a - b));
        expect(instantes.at(-1)).toBe(pagina.hasta);
        expect(instantes[0]).toBe(total === 1 ? pagina.hasta : pagina.desde);
      }),
    );
  });
});

test('each row of each person, page and try has one id, the same on every phone', () => {
  const de = { conteoId: 'c', intento: 1, usuarioId: 'ana' };
  const ids = [
    renglonHojaId(de, 17, 0),
    renglonHojaId(de, 17, 1),
    renglonHojaId(de, 18, 0),
    renglonHojaId({ ...de, usuarioId: 'luis' }, 17, 0),
    renglonHojaId({ ...de, intento: 2 }, 17, 0),
    renglonImportadoId(de, ['17', '0'], 0),
    renglonImportadoId(de, ['17', '0'], 1),
  ];
  expect(new Set(ids).size).toBe(ids.length);
  expect(renglonHojaId({ ...de }, 17, 0)).toBe(ids[0]);
});

test('the line says where on the paper it was, who counted and how it was written', () => {
  expect(notaDeHoja({ donde: 'p. 2 r. 17', conto: ' Ana ', escrito: '2x12+5' })).toBe(
    'hoja de papel, p. 2 r. 17, contó Ana (2x12+5)',
  );
  expect(notaDeHoja({ donde: 'fila 12', conto: 'Ana', escrito: '5', nota: 'rota' })).toBe(
    'hoja de papel, fila 12, contó Ana · rota',
  );
  expect(notaDeHoja({ donde: 'p. 1', conto: 'A', nota: 'x'.repeat(900) })).toHaveLength(500);
});
