import { describe, expect, test } from 'vitest';
import { contadoPorProducto, type Linea } from './conteo.ts';
import { linea, mov } from './muestras.ts';
import { type EntradaRevision, revisaProducto } from './revision.ts';

const u = (unidades: number) => BigInt(unidades) * 100_000n;
const MIN = 60_000;
const HORA = 60 * MIN;
const DIEZ = Date.parse('2026-03-02T16:00:00Z');
const base = mov({ tipo: 'inventario', cantidad: u(40), ocurridaEn: DIEZ - 48 * HORA });
const venta = (en: number, piezas = 1) => mov({ ocurridaEn: en, cantidad: u(piezas), createdAt: en });

function entrada(lineas: Linea[], datos: Partial<EntradaRevision> = {}): EntradaRevision {
  return {
    contado: contadoPorProducto(lineas).get('p')!,
    reparto: 'repartido',
    decisionTraslape: null,
    movimientos: [base],
    holguraMs: 2 * MIN,
    zona: 'America/Mexico_City',
    costo: 613_333_333n,
    tolerancia: {},
    ubicacionesConocidas: ['A'],
    ubicacionesAlcance: new Set(['A']),
    ubicacionesVacias: [],
    evidencia: {
      unidad: 'PZA',
      factores: [],
      gemelos: [],
      enTransito: 0n,
      lineas: [],
      codigos: [],
      ubicaciones: [],
      movimientosHasta: null,
    },
    ...datos,
  };
}
const cuenta = (piezas: number, datos: Partial<Linea> = {}) =>
  linea({ cantidad: u(piezas), instante: DIEZ, ...datos });

describe('states of a product', () => {
  test('cuadra: counted = teorico(t), nothing to post', () => {
    const r = revisaProducto(entrada([cuenta(40)]));
    expect(r).toMatchObject({
      estado: 'cuadra',
      efecto: 'sin_ajuste',
      variacion: 0n,
      valorVariacion: 0n,
      causas: [],
    });
    expect([r.teorico, r.lo, r.hi, r.dentroTolerancia]).toEqual([u(40), u(40), u(40), true]);
  });

  test('variance = counted − teorico(t), valued at cost', () => {
    const r = revisaProducto(entrada([cuenta(37)]));
    expect(r).toMatchObject({
      estado: 'variacion',
      efecto: 'ajuste',
      variacion: u(-3),
      valorVariacion: -184_000n,
    });
    expect(r.dentroTolerancia).toBe(false);
  });

  test('a sale registered with an earlier hour is in the teórico of the scan; a later one is not', () => {
    const movimientos = [base, venta(DIEZ - HORA), venta(DIEZ + HORA)];
    expect(revisaProducto(entrada([cuenta(39)], { movimientos }))).toMatchObject({
      estado: 'cuadra',
      teorico: u(39),
    });
  });

  test('inside the interval: "movimiento durante el conteo", no ajuste', () => {
    const l = [cuenta(20), cuenta(20, { instante: DIEZ + HORA })];
    const r = revisaProducto(entrada(l, { movimientos: [base, venta(DIEZ + 30 * MIN)] }));
    expect(r).toMatchObject({
      estado: 'movimiento_durante',
      efecto: 'sin_ajuste',
      variacion: 0n,
      teorico: u(39),
    });
    expect(r.causas).toEqual(['Posible: una venta de 1 pieza a las 10:30, durante el conteo.']);
  });

  test('outside: the distance to the nearest end is the proven variance', () => {
    const l = [cuenta(20), cuenta(15, { instante: DIEZ + HORA })];
    const r = revisaProducto(entrada(l, { movimientos: [base, venta(DIEZ + 30 * MIN)] }));
    expect(r).toMatchObject({ estado: 'variacion', lo: u(39), hi: u(40), variacion: u(-4) });
  });

  test('"sin base" is never a silent 0: approving sets the base', () => {
    const r = revisaProducto(entrada([cuenta(5)], { movimientos: [] }));
    expect(r).toMatchObject({ estado: 'sin_base', efecto: 'base', teorico: null, variacion: null });
    expect([r.lo, r.hi, r.valorVariacion, r.dentroTolerancia]).toEqual([null, null, null, null]);
  });

  test('"sin costo" is said, never 0', () => {
    expect(revisaProducto(entrada([cuenta(37)], { costo: null })).valorVariacion).toBeNull();
  });

  test('passing a tolerance spares the recount, not the ajuste', () => {
    const r = revisaProducto(entrada([cuenta(39)], { tolerancia: { unidades: u(2) } }));
    expect(r).toMatchObject({ estado: 'variacion', efecto: 'ajuste', dentroTolerancia: true });
  });
});

describe('bins', () => {
  const dos = { ubicacionesConocidas: ['A', 'B-2'] };

  test('a known bin outside the scope, not counted: incompleto, and its variance is not posted', () => {
    const r = revisaProducto(entrada([cuenta(30)], dos));
    expect(r).toMatchObject({
      estado: 'incompleto',
      efecto: 'nada',
      ubicacionesFaltantes: ['B-2'],
      variacion: u(-10),
    });
  });

  test('until that bin is counted or the manager states that it is empty', () => {
    const contada = [cuenta(30), cuenta(10, { ubicacionId: 'B-2' })];
    expect(revisaProducto(entrada(contada, dos)).estado).toBe('cuadra');
    expect(revisaProducto(entrada([cuenta(40)], { ...dos, ubicacionesVacias: ['B-2'] })).estado).toBe(
      'cuadra',
    );
  });

  test('a bin of the scope with nothing of it was looked at; a scope without bins has no outside', () => {
    const dentro = { ...dos, ubicacionesAlcance: new Set(['A', 'B-2']) };
    expect(revisaProducto(entrada([cuenta(40)], dentro)).estado).toBe('cuadra');
    expect(revisaProducto(entrada([cuenta(40)], { ...dos, ubicacionesAlcance: 'todas' })).estado).toBe(
      'cuadra',
    );
  });
});

describe('overlaps', () => {
  const l = [cuenta(40), cuenta(38, { usuarioId: 'luis' })];

  test('undecided: nothing can be approved until someone chooses', () => {
    expect(revisaProducto(entrada(l, { reparto: 'ninguno' }))).toMatchObject({
      estado: 'traslape',
      efecto: 'nada',
    });
    const elegido = { decision: 'uno', usuarioId: 'luis' } as const;
    expect(revisaProducto(entrada(l, { reparto: 'ninguno', decisionTraslape: elegido }))).toMatchObject({
      estado: 'variacion',
      contado: u(38),
      variacion: u(-2),
    });
  });

  test('equal totals are taken once, shared ones are summed', () => {
    const iguales = [cuenta(40), cuenta(40, { usuarioId: 'luis' })];
    expect(revisaProducto(entrada(iguales, { reparto: 'doble' }))).toMatchObject({
      contado: u(40),
      estado: 'cuadra',
    });
    const mitades = [cuenta(25), cuenta(15, { usuarioId: 'luis' })];
    expect(revisaProducto(entrada(mitades))).toMatchObject({ contado: u(40), estado: 'cuadra' });
  });
});
