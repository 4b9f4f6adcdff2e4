import { describe, expect, test } from 'vitest';
import { conVariacionDe, productoRevisado } from './muestra-revision.ts';
import {
  bloqueoCorto,
  esIncierto,
  fraseAprobado,
  fraseComparado,
  fraseMovimiento,
  fraseTeorico,
  fraseTolerancia,
  fraseValor,
  fraseVentana,
  quienConto,
  teoricoVisto,
  variacionVista,
} from './textos-revision.ts';

const ZONA = 'America/Mexico_City';
const SIN = { tolUnidades: null, tolPorcentaje: null, tolPesos: null };
const contador = (nombre: string, unidades: string, ubicacion: string | null = null) => ({
  usuarioId: nombre,
  nombre,
  unidades,
  ubicacion,
  lineas: 1,
});

describe('expected stock', () => {
  test('one figure with its hour in the shop’s zone', () => {
    const p = productoRevisado('X', { teorico: '38', lo: '38', hi: '38' });
    expect(teoricoVisto(p)).toBe('38');
    expect(fraseTeorico(p, ZONA)).toBe('Teórico 38 a las 10:04.');
  });

  test('an interval when movements leave it open, whatever zeros the text carries', () => {
    const p = productoRevisado('X', { teorico: '20', lo: '17', hi: '20' });
    expect(teoricoVisto(p)).toBe('17 a 20');
    expect(fraseTeorico(p, ZONA)).toBe('Teórico entre 17 y 20 a las 10:04.');
    expect(esIncierto(productoRevisado('X', { lo: '17.00000', hi: '17' }))).toBe(false);
  });

  test('no base is said, never zero', () => {
    const p = productoRevisado('X', { teorico: null, lo: null, hi: null, variacion: null });
    expect(teoricoVisto(p)).toBe('sin base');
    expect(variacionVista(p)).toBe('—');
    expect(fraseTeorico(p, ZONA)).toMatch(/^Sin base/);
  });
});

describe('variance and its value', () => {
  test('signed, with the typographic minus, at cost', () => {
    const p = { ...conVariacionDe('X', '-12', '-1840.00'), costoUnitario: '153.333333' };
    expect(variacionVista(p)).toBe('−12');
    expect(fraseValor(p)).toBe('−$1,840 a $153.33 por unidad, costo promedio del almacén.');
    expect(variacionVista(conVariacionDe('X', '1', '5'))).toBe('+1');
  });

  test('without a cost it is said', () => {
    expect(fraseValor(conVariacionDe('X', '2', null))).toMatch(/^Sin costo/);
  });

  test('an open contradiction has no figure and no value', () => {
    const p = { ...conVariacionDe('X', '-5', '-50.00'), estado: 'traslape' as const };
    expect(variacionVista(p)).toBe('¿?');
    expect(fraseValor(p)).toBeNull();
  });
});

test('tolerances: what is set, and on which side it falls', () => {
  const p = conVariacionDe('X', '-12', '-1840.00');
  expect(fraseTolerancia(p, { tolUnidades: '2', tolPorcentaje: '5.00', tolPesos: '100.00' })).toBe(
    'Tolerancia: 2 unidades, 5 % y $100. Está fuera.',
  );
  expect(fraseTolerancia(p, SIN)).toMatch(/^Sin tolerancia/);
  const porClase = { ...SIN, tolerancias: { A: { unidades: '1', porcentaje: null, pesos: null } } };
  expect(fraseTolerancia({ ...p, claseAbc: 'A' }, porClase)).toBe('Tolerancia: 1 unidad. Está fuera.');
  expect(fraseTolerancia({ ...p, claseAbc: 'B' }, porClase)).toMatch(/^Sin tolerancia/);
});

test('who counted: one by name, several with their units over all bins', () => {
  expect(quienConto(productoRevisado('X', { contadores: [contador('Ana', '26', 'A-1')] }))).toBe('Ana');
  expect(
    quienConto(
      productoRevisado('X', {
        contadores: [contador('Ana', '10', 'A-1'), contador('Luis', '12'), contador('Ana', '4', 'A-2')],
      }),
    ),
  ).toBe('Ana 14 y Luis 12');
});

test('a movement of the window: when it happened and when it was registered', () => {
  const m = {
    id: 'm',
    tipo: 'venta',
    cantidad: '3',
    efecto: '-3',
    ocurridaEn: '2026-03-02T16:02:00Z',
    precision: 'instante',
    referencia: 'T-88',
    registradaEn: '2026-03-02T17:20:00Z',
  };
  expect(fraseMovimiento(m, ZONA)).toEqual({
    titulo: 'Venta T-88',
    detalle: 'a las 10:02; se registró 11:20',
  });
  expect(fraseMovimiento({ ...m, precision: 'dia' }, ZONA).detalle).toMatch(/^sin hora/);
});

test('window, signature, short words of a block', () => {
  expect(fraseVentana(productoRevisado('X'), ZONA)).toBe('entre 10:00 y 10:04');
  expect(fraseAprobado(productoRevisado('X'), ZONA)).toBeNull();
  const aprobado = { por: 'Rosa', en: '2026-03-02T18:05:00Z', ajusteId: null, variacion: '0' };
  expect(fraseAprobado(productoRevisado('X', { aprobado }), ZONA)).toBe(
    'Aprobado por Rosa, 2 mar 2026, 12:05',
  );
  expect(bloqueoCorto({ code: 'NUEVO', mensaje: 'Frase entera.' })).toBe('Frase entera.');
});

test('a test count beside the real one: what it counted, and what moved since', () => {
  const p = productoRevisado('X', {
    comparado: { contado: '9', instante: '2026-03-02T16:00:00.000Z', movido: '-2', diferencia: '1' },
  });
  expect(fraseComparado(p, -360)).toMatch(/^ese conteo contó 9 el .+10:00 y después salieron 2$/);
  const quieto = { ...p, comparado: { ...p.comparado!, movido: '0' } };
  expect(fraseComparado(quieto, -360)).not.toContain('después');
});
