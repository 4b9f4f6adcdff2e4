import { expect, test } from 'vitest';
import type { LineaVista } from '#client/offline/index.ts';
import { datosQueQuedan, datosRecordados, lotesConocidos, lotesDe, textoLotes } from './datos-lote.ts';

const LUGAR = { conteoId: 'c', intento: 1, productoId: 'p', ubicacionId: 'a' };

// why: only where a line is, how many and what it says of its lot matter here.
const linea = (cambios: Partial<LineaVista>) =>
  ({
    ...LUGAR,
    tipo: 'suma',
    anulada: false,
    estado: 'guardado',
    condicion: 'vendible',
    cantidad: 100_000n,
    factor: 100_000n,
    lote: null,
    caduca: null,
    dot: null,
    liga: null,
    ...cambios,
  }) as LineaVista;
const pide = { pideLote: true, pideCaducidad: false };

test('a lot is remembered for the following scans of the same product and bin until it is changed', () => {
  const lineas = [
    linea({ lote: 'L1', caduca: '2026-12-31' }),
    linea({ lote: 'OTRA', ubicacionId: 'b' }),
    linea({ lote: 'AJENA', productoId: 'q' }),
    linea({ lote: 'ANULADA', anulada: true }),
  ];
  expect(datosRecordados(lineas, LUGAR)).toEqual({ lote: 'L1', caduca: '2026-12-31', dot: null });
  expect(datosRecordados([...lineas, linea({ lote: 'L2' })], LUGAR).lote).toBe('L2');
  expect(datosRecordados([...lineas, linea({})], LUGAR).lote).toBeNull();
  expect(datosRecordados(lineas, { ...LUGAR, ubicacionId: 'z' }).lote).toBeNull();
});

test('what a damaged label hides is not the lot of the ones before it, only of its equals', () => {
  const lineas = [
    linea({ lote: 'L1', codigoCrudo: '750' }),
    linea({ lote: 'ABC', codigoCrudo: '01…10ABC17' }),
  ];
  expect(datosRecordados(lineas, LUGAR, '01…10XYZ17').lote).toBeNull();
  expect(datosRecordados([...lineas, linea({ lote: 'L2' })], LUGAR, '01…10ABC17').lote).toBe('ABC');
});

test('the lots of a product in this conteo, of every bin, each with its expiry, the newest first', () => {
  const lineas = [
    linea({ lote: 'L1', caduca: '2026-12-31' }),
    linea({ lote: 'L2', ubicacionId: 'b' }),
    linea({ lote: 'L1' }),
    linea({ lote: 'L9', anulada: true }),
  ];
  expect(lotesConocidos(lineas, 'p')).toEqual([
    { lote: 'L1', caduca: '2026-12-31', dot: null },
    { lote: 'L2', caduca: null, dot: null },
  ]);
});

test('a line without the lot its product asks for is flagged "sin lote", and only where it is asked', () => {
  expect(textoLotes({ ...pide, lineas: [linea({})] })).toEqual({ dicho: null, falta: 'sin lote' });
  expect(textoLotes({ ...pide, lineas: [linea({ lote: 'L1' })] })).toEqual({ dicho: 'Lote L1', falta: null });
  expect(textoLotes({ ...pide, lineas: [linea({ dot: '2319' })] })).toEqual({
    dicho: 'DOT 2319',
    falta: null,
  });
  expect(textoLotes({ ...pide, pideLote: false, lineas: [linea({})] })).toEqual({ dicho: null, falta: null });
  expect(textoLotes({ pideLote: true, pideCaducidad: true, lineas: [linea({ lote: 'L1' })] }).falta).toBe(
    'sin caducidad',
  );
});

test('several lots of one row are told with their pieces', () => {
  const lineas = [
    linea({ lote: 'L2', cantidad: 300_000n }),
    linea({ lote: 'L1' }),
    linea({ lote: 'L1' }),
    linea({}),
  ];
  expect(lotesDe({ lineas }).map(({ lote, unidades, lineas: n }) => [lote, unidades, n])).toEqual([
    ['L2', 300_000n, 1],
    ['L1', 200_000n, 2],
    [null, 100_000n, 1],
  ]);
  expect(textoLotes({ ...pide, lineas })).toEqual({ dicho: 'Lote L2 (3), Lote L1 (2)', falta: '1 sin lote' });
});

test('correcting a quantity keeps the lot where all lines say the same, and otherwise says which they were', () => {
  const uno = [linea({ lote: 'L1' }), linea({ lote: 'L1' }), linea({ lote: 'X', condicion: 'danado' })];
  expect(datosQueQuedan(uno, LUGAR)).toEqual({ datos: { lote: 'L1', caduca: null, dot: null }, nota: null });
  expect(datosQueQuedan([...uno, linea({ lote: 'L2' })], LUGAR)).toEqual({
    datos: { lote: null, caduca: null, dot: null },
    nota: 'Antes de corregir: Lote L1 (2), Lote L2 (1)',
  });
  expect(datosQueQuedan([], LUGAR).nota).toBeNull();
});
