import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  comparaMovimientos,
  efecto,
  efectoDe,
  type Movimiento,
  TIPOS_MOVIMIENTO,
  teorico,
} from './ledger.ts';
import { mov } from './muestras.ts';

const arbitrario: fc.Arbitrary<Movimiento> = fc.record({
  id: fc.uuid(),
  tipo: fc.constantFrom(...TIPOS_MOVIMIENTO),
  subtipo: fc.constantFrom('de_cliente', 'a_proveedor'),
  cantidad: fc.bigInt({ min: -10_000_000n, max: 10_000_000n }),
  ocurridaEn: fc.integer({ min: 0, max: 20 }),
  precision: fc.constant('instante' as const),
  orden: fc.integer({ min: -1, max: 1 }),
  createdAt: fc.integer({ min: 0, max: 5 }),
});
const libro = fc.uniqueArray(arbitrario, { selector: (m) => m.id, maxLength: 25 });

describe('efecto', () => {
  test('venta −, compra +, devolucion + from a customer and − to a supplier, ajuste and transferencia as signed', () => {
    expect([
      efecto('venta', null, 3n),
      efecto('compra', null, 3n),
      efecto('devolucion', 'de_cliente', 3n),
      efecto('devolucion', 'a_proveedor', 3n),
      efecto('ajuste', null, -3n),
      efecto('transferencia', null, -3n),
      efecto('transferencia', null, 3n),
    ]).toEqual([-3n, 3n, 3n, -3n, -3n, -3n, 3n]);
  });

  test('inventario sets a base, it adds nothing', () => {
    expect(efecto('inventario', null, 50n)).toBe(0n);
  });
});

describe('teorico', () => {
  test('any insertion order gives the same teórico', () => {
    fc.assert(
      fc.property(
        libro.chain((l) => fc.tuple(fc.constant(l), fc.shuffledSubarray(l, { minLength: l.length }))),
        fc.integer({ min: -1, max: 21 }),
        ([a, b], t) => {
          expect(teorico(a, t)).toEqual(teorico(b, t));
        },
      ),
    );
  });

  test('= last base at or before t + Σ efecto after it up to t, in total order', () => {
    fc.assert(
      fc.property(libro, fc.integer({ min: -1, max: 21 }), (l, t) => {
        let base = false;
        let cantidad = 0n;
        for (const m of l.filter((x) => x.ocurridaEn <= t).sort(comparaMovimientos)) {
          if (m.tipo === 'inventario') {
            base = true;
            cantidad = m.cantidad;
          } else cantidad += efectoDe(m);
        }
        expect(teorico(l, t)).toEqual({ base, cantidad });
      }),
    );
  });

  test('a base makes everything before it irrelevant', () => {
    fc.assert(
      fc.property(libro, libro, (antes, despues) => {
        const base = mov({ tipo: 'inventario', cantidad: 777n, ocurridaEn: 100 });
        const tarde = despues.map((m) => ({ ...m, ocurridaEn: m.ocurridaEn + 200 }));
        expect(teorico([...antes, base, ...tarde], 400)).toEqual(teorico([base, ...tarde], 400));
      }),
    );
  });

  test('no base = "sin base", never a silent 0', () => {
    expect(teorico([], 10)).toEqual({ base: false, cantidad: 0n });
    expect(teorico([mov({ ocurridaEn: 5 })], 10)).toEqual({ base: false, cantidad: -100_000n });
    expect(teorico([mov({ tipo: 'inventario', ocurridaEn: 11 })], 10).base).toBe(false);
    expect(teorico([mov({ tipo: 'inventario', cantidad: 0n, ocurridaEn: 10 })], 10)).toEqual({
      base: true,
      cantidad: 0n,
    });
  });

  test('never clamped: a negative one stays negative', () => {
    const l = [mov({ tipo: 'inventario', cantidad: 100_000n }), mov({ ocurridaEn: 1, cantidad: 300_000n })];
    expect(teorico(l, Infinity)).toEqual({ base: true, cantidad: -200_000n });
  });

  test('ties go by orden, then by when it was learned, then by id', () => {
    const base = mov({ tipo: 'inventario', cantidad: 1_000_000n, orden: 0, createdAt: 5, id: 'b' });
    expect(teorico([base, mov({ orden: -1 })], 0).cantidad).toBe(1_000_000n);
    expect(teorico([base, mov({ orden: 1 })], 0).cantidad).toBe(900_000n);
    expect(teorico([base, mov({ createdAt: 6 })], 0).cantidad).toBe(900_000n);
    expect(teorico([base, mov({ createdAt: 5, id: 'a' })], 0).cantidad).toBe(1_000_000n);
    expect(teorico([base, mov({ createdAt: 5, id: 'c' })], 0).cantidad).toBe(900_000n);
  });

  test('a movement and its reversal (same tipo, negated) leave nothing', () => {
    fc.assert(
      fc.property(arbitrario, libro, (m, l) => {
        fc.pre(m.tipo !== 'inventario');
        const sinBases = l.filter((x) => x.tipo !== 'inventario');
        const reversa = { ...m, id: 'z', cantidad: -m.cantidad };
        expect(teorico([...sinBases, m, reversa], 99)).toEqual(teorico(sinBases, 99));
      }),
    );
  });
});
