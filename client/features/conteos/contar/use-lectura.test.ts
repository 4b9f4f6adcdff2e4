import { expect, test } from 'vitest';
import type { Lectura, LineaVista } from '#client/offline/index.ts';
import { etiquetaDe } from '#shared/domain/gs1/etiqueta.ts';
import { lineaDeCaja, yaSePregunto } from './use-caja.ts';
import { dictadoDe, explicaEtiqueta, repetida } from './use-lectura.ts';

const GTIN = '07501031311309';
const SSCC = '00123456789012345675';

test('a GS1 code with a bad check digit, without its separator, or with an impossible date says what happened and what to do', () => {
  expect(explicaEtiqueta(etiquetaDe('010750103131130810A1'))).toContain('no cuadra en (01)');
  expect(explicaEtiqueta(etiquetaDe(`01${GTIN}10ABC17261231`))).toContain(
    'le falta el separador después de (10)',
  );
  expect(explicaEtiqueta(etiquetaDe(`01${GTIN}17271332`))).toContain('una fecha que no existe');
  // Day 00 is a date: the month's end.
  expect(explicaEtiqueta(etiquetaDe(`01${GTIN}17280200`))).toBeNull();
});

test('a pallet (00) is kept and explained; one that says what it holds needs no words', () => {
  expect(explicaEtiqueta(etiquetaDe(SSCC))).toContain('tarima');
  expect(explicaEtiqueta(etiquetaDe(`${SSCC}02${GTIN}3724`))).toBeNull();
});

test('the same serial or pallet read twice is counted and told, never dropped', () => {
  const codigo = `01${GTIN}21S9`;
  const linea = (anulada: boolean) => [{ codigoCrudo: codigo, anulada, tipo: 'suma' as const }];
  expect(repetida(linea(false), etiquetaDe(codigo), codigo)).toContain('La serie S9 ya estaba contada');
  expect(repetida(linea(true), etiquetaDe(codigo), codigo)).toBeNull();
  expect(repetida(linea(false), etiquetaDe(`01${GTIN}10A`), codigo)).toBeNull();
  expect(repetida([{ codigoCrudo: SSCC, anulada: false, tipo: 'suma' }], etiquetaDe(SSCC), SSCC)).toContain(
    'tarima',
  );
});

test('a gun that reads the lot’s own label fills the field; any product’s code counts instead', () => {
  const nada = (codigo: string): Lectura => ({
    hallados: [],
    etiqueta: etiquetaDe(codigo, { simbologia: 'gs1128' }),
  });
  const plana: Lectura = { hallados: [], etiqueta: null };
  expect(dictadoDe('L-2031', plana)).toEqual({ lote: 'L-2031', caduca: null, dot: null });
  expect(dictadoDe('10L-2031', nada('10L-2031'))).toEqual({ lote: 'L-2031', caduca: null, dot: null });
  expect(dictadoDe('17261231', nada('17261231'))).toEqual({ lote: null, caduca: '2026-12-31', dot: null });
  expect(dictadoDe('7501031311309', plana)).toBeNull();
  expect(dictadoDe('x'.repeat(31), plana)).toBeNull();
  expect(dictadoDe(SSCC, nada(SSCC))).toBeNull();
  // why: only that something was found matters.
  expect(dictadoDe('L-2031', { hallados: [{} as Lectura['hallados'][number]], etiqueta: null })).toBeNull();
});

test('first carton scan of a product asks once "¿caja cerrada?", also if that one was taken back', () => {
  // why: only what makes it a carton's reading matters.
  const linea = (cambios: Partial<LineaVista>) =>
    ({
      id: 'l1',
      productoId: 'p',
      tipo: 'suma',
      codigoCrudo: '17501031311306',
      cantidad: 100_000n,
      factor: 1_200_000n,
      ...cambios,
    }) as LineaVista;
  expect(yaSePregunto([], 'p', 'nueva')).toBe(false);
  expect(yaSePregunto([linea({})], 'p', 'nueva')).toBe(true);
  expect(yaSePregunto([linea({ anulada: true })], 'p', 'nueva')).toBe(true);
  expect(yaSePregunto([linea({})], 'p', 'l1')).toBe(false);
  expect(yaSePregunto([linea({})], 'otro', 'nueva')).toBe(false);
  expect(yaSePregunto([linea({ factor: 100_000n })], 'p', 'nueva')).toBe(false);
  expect(yaSePregunto([linea({ codigoCrudo: null })], 'p', 'nueva')).toBe(false);
});

test('an open carton whose lot was said meanwhile is still the one that is taken back', () => {
  // why: only what tells the carton's line apart matters.
  const linea = (id: string, anulada: boolean) =>
    ({
      id,
      anulada,
      productoId: 'p',
      tipo: 'suma',
      codigoCrudo: '175',
      cantidad: 100_000n,
      factor: 1_200_000n,
    }) as LineaVista;
  const caja = { lineaId: 'l1', unidades: 1_200_000n, producto: { id: 'p' } };
  expect(lineaDeCaja([linea('l1', false)], caja)).toBe('l1');
  expect(lineaDeCaja([linea('l1', true), linea('l2', false)], caja)).toBe('l2');
  expect(lineaDeCaja([], caja)).toBe('l1');
});
