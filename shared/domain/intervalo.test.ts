import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { intervaloEsperado, lapsoDe, variacionProbada } from './intervalo.ts';
import { efectoDe, type Movimiento, teorico } from './ledger.ts';
import { mov } from './muestras.ts';

const ZONA = 'America/Mexico_City';
const MIN = 60_000;
const HORA = 60 * MIN;
/** Local midnight; the conteo goes from 10:00 to 11:00 of this day. */
const DIA = Date.parse('2026-03-02T06:00:00Z');
const ventana = { desde: DIA + 10 * HORA, hasta: DIA + 11 * HORA, holguraMs: 2 * MIN, zona: ZONA };
const base = mov({ id: 'base', tipo: 'inventario', cantidad: 5_000_000n, ocurridaEn: DIA - 72 * HORA });
const venta = (hora: number, datos: Partial<Movimiento> = {}) =>
  mov({ ocurridaEn: DIA + hora * HORA, createdAt: DIA + hora * HORA, ...datos });

describe('intervaloEsperado', () => {
  test('without uncertain movements it is one point: teorico(t)', () => {
    const r = intervaloEsperado([base, venta(9), venta(12)], ventana);
    expect(r).toEqual({
      base: true,
      lo: 4_900_000n,
      hi: 4_900_000n,
      esperado: 4_900_000n,
      movimientosEnVentana: [],
    });
  });

  test('movements inside the window widen it: lo takes Σ negatives, hi Σ positives', () => {
    const compra = venta(10.2, { tipo: 'compra', cantidad: 300_000n });
    const r = intervaloEsperado([base, venta(10.5), compra], ventana);
    expect([r.lo, r.hi, r.esperado]).toEqual([4_900_000n, 5_300_000n, 5_200_000n]);
    expect(r.movimientosEnVentana.map((m) => m.tipo)).toEqual(['compra', 'venta']);
  });

  test("± the till's slack", () => {
    const justo = venta(0, { ocurridaEn: ventana.desde - 2 * MIN });
    const fuera = venta(0, { ocurridaEn: ventana.desde - 2 * MIN - 1 });
    const despues = venta(0, { ocurridaEn: ventana.hasta + 2 * MIN });
    expect(intervaloEsperado([base, justo], ventana).movimientosEnVentana).toHaveLength(1);
    expect(intervaloEsperado([base, fuera], ventana).movimientosEnVentana).toHaveLength(0);
    const r = intervaloEsperado([base, despues], ventana);
    expect([r.lo, r.hi, r.esperado]).toEqual([4_900_000n, 5_000_000n, 5_000_000n]);
  });

  test('a movement without an hour, of the same day, widens; of the day before it does not', () => {
    const hoy = venta(23, { precision: 'dia', createdAt: DIA + 30 * HORA, orden: 1 });
    const ayer = venta(-1, { precision: 'dia', createdAt: DIA + 30 * HORA, orden: 1 });
    const r = intervaloEsperado([base, hoy, ayer], ventana);
    expect([r.lo, r.hi]).toEqual([4_800_000n, 4_900_000n]);
    expect(r.movimientosEnVentana).toEqual([hoy]);
  });

  test('what was known before the first scan happened before it, even without an hour', () => {
    const temprano = venta(9, { precision: 'dia', createdAt: DIA + 9 * HORA });
    const r = intervaloEsperado([base, temprano], ventana);
    expect([r.lo, r.hi]).toEqual([4_900_000n, 4_900_000n]);
  });

  test('a period widens over all of its span', () => {
    const mes = venta(0, {
      precision: 'periodo',
      ocurridaEn: DIA + 20 * 24 * HORA,
      createdAt: DIA + 40 * 24 * HORA,
    });
    expect(intervaloEsperado([base, mes], ventana).movimientosEnVentana).toEqual([mes]);
    const semana = { ...mes, lapso: { desde: DIA + 72 * HORA, hasta: DIA + 20 * 24 * HORA } };
    expect(intervaloEsperado([base, semana], ventana).movimientosEnVentana).toEqual([]);
  });

  test('a day-only movement around a base with an hour may be on either side of the base', () => {
    const inventario = venta(8, { tipo: 'inventario', cantidad: 2_000_000n });
    const delDia = venta(23, { precision: 'dia', createdAt: DIA + 30 * HORA });
    const r = intervaloEsperado([base, inventario, delDia], ventana);
    expect([r.lo, r.hi]).toEqual([1_900_000n, 2_000_000n]);
    const temprano = { ...delDia, ocurridaEn: DIA + 9 * HORA, createdAt: DIA + 9 * HORA };
    const otro = intervaloEsperado([base, inventario, temprano], ventana);
    expect([otro.lo, otro.hi, otro.esperado]).toEqual([1_900_000n, 2_000_000n, 1_900_000n]);
  });

  test('a base inside the window may or may not be in force', () => {
    const inventario = venta(10.5, { tipo: 'inventario', cantidad: 1_000_000n });
    const r = intervaloEsperado([base, inventario, venta(9)], ventana);
    expect([r.lo, r.hi, r.esperado]).toEqual([1_000_000n, 4_900_000n, 1_000_000n]);
    expect(r.movimientosEnVentana).toEqual([inventario]);
  });

  test('no base is "sin base"', () => {
    expect(intervaloEsperado([venta(9)], ventana).base).toBe(false);
    expect(intervaloEsperado([], ventana)).toMatchObject({ base: false, lo: 0n, hi: 0n });
    const primera = venta(10.5, { tipo: 'inventario', cantidad: 1_000_000n });
    expect(intervaloEsperado([primera], ventana)).toMatchObject({
      base: true,
      lo: 1_000_000n,
      hi: 1_000_000n,
    });
  });
});

const hora = fc.integer({ min: 0, max: 24 * 60 }).map((minuto) => DIA + minuto * MIN);
const cualquiera: fc.Arbitrary<Movimiento> = fc
  .record({
    id: fc.uuid(),
    tipo: fc.constantFrom('venta' as const, 'compra' as const, 'ajuste' as const),
    cantidad: fc.bigInt({ min: -500_000n, max: 500_000n }),
    ocurridaEn: hora,
    precision: fc.constantFrom('instante' as const, 'dia' as const, 'periodo' as const),
    tarde: fc.integer({ min: 0, max: 48 * 60 }),
  })
  .map(({ tarde, ...m }) => mov({ ...m, createdAt: m.ocurridaEn + tarde * MIN }));

describe('the interval holds the truth', () => {
  test('for any placement of the uncertain movements in their span and any moment of the scan', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(cualquiera, { selector: (m) => m.id, maxLength: 12 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 12, maxLength: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (movimientos, lugares, momento) => {
          const r = intervaloEsperado([base, ...movimientos], ventana);
          const contadoA = ventana.desde + momento * (ventana.hasta - ventana.desde);
          const verdad = movimientos.reduce((suma, m, i) => {
            const { desde, hasta } = lapsoDe(m, ventana.holguraMs, ZONA);
            const enVerdad = desde + lugares[i]! * (hasta - desde);
            return enVerdad <= contadoA ? suma + efectoDe(m) : suma;
          }, base.cantidad);
          expect(r.lo <= verdad && verdad <= r.hi).toBe(true);
          expect(variacionProbada(verdad, r)).toBe(0n);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('for a day-only movement on either side of a base of that day', () => {
    fc.assert(
      fc.property(
        cualquiera,
        hora,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (movimiento, cuando, lugar) => {
          fc.pre(movimiento.precision !== 'instante' && cuando < ventana.desde - ventana.holguraMs);
          const inventario = mov({
            tipo: 'inventario',
            cantidad: 900_000n,
            ocurridaEn: cuando,
            createdAt: cuando,
          });
          const r = intervaloEsperado([base, movimiento, inventario], ventana);
          const { desde, hasta } = lapsoDe(movimiento, 0, ZONA);
          const enVerdad = desde + lugar * (hasta - desde);
          const cuenta = enVerdad > cuando && enVerdad <= ventana.hasta;
          const verdad = inventario.cantidad + (cuenta ? efectoDe(movimiento) : 0n);
          expect(r.lo <= verdad && verdad <= r.hi).toBe(true);
        },
      ),
    );
  });

  test('esperado = teorico(t) and lies inside, whatever the order and the bases', () => {
    const conBases = fc
      .tuple(cualquiera, fc.boolean())
      .map(([m, esBase]) => (esBase ? { ...m, tipo: 'inventario' as const } : m));
    fc.assert(
      fc.property(
        fc
          .uniqueArray(conBases, { selector: (m) => m.id, maxLength: 10 })
          .chain((l) => fc.tuple(fc.constant(l), fc.shuffledSubarray(l, { minLength: l.length }))),
        ([a, b]) => {
          const r = intervaloEsperado(a, ventana);
          expect(intervaloEsperado(b, ventana)).toEqual(r);
          const punto = teorico(a, ventana.hasta);
          expect(r.esperado).toBe(punto.cantidad);
          if (punto.base) expect(r.lo <= r.esperado && r.esperado <= r.hi).toBe(true);
        },
      ),
    );
  });
});

test('the distance to the nearest end is the proven variance', () => {
  const intervalo = { lo: 10n, hi: 20n };
  expect([9n, 10n, 15n, 20n, 23n].map((n) => variacionProbada(n, intervalo))).toEqual([-1n, 0n, 0n, 0n, 3n]);
});
