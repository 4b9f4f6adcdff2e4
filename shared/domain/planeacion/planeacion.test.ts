import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fraseDePlan, nombreDelDia, porque } from './frases.ts';
import { estaVencido, lineasQueCaben, planea } from './propuesta.ts';
import {
  type Candidato,
  DIAS_POR_CLASE,
  enJuego,
  estaPorComprarse,
  factoresDe,
  periodoDe,
  puntosDe,
} from './puntos.ts';

const USUAL = { valor: 1000, ventaDiaria: 1 };
const candidato = (cambios: Partial<Candidato> = {}): Candidato => ({
  productoId: 'p',
  claseAbc: 'B',
  existencia: 50,
  costo: 20,
  ventaDiaria: 1,
  conteos: 0,
  conteosMal: 0,
  diasSinConteo: 90,
  minimo: null,
  seVacio: false,
  ubicaciones: 1,
  ...cambios,
});
const puntos = (cambios: Partial<Candidato>) =>
  puntosDe(factoresDe(candidato(cambios), USUAL, DIAS_POR_CLASE));
const planDe = (cuales: readonly Candidato[], lineas: number) =>
  planea(cuales, { lineas, dias: DIAS_POR_CLASE, siguientes: 10 });

describe('the score is value × velocity × error history × days since last count × about to be bought', () => {
  test('each of the five alone raises it', () => {
    const base = puntos({});
    expect(puntos({ costo: 200 })).toBeGreaterThan(base);
    expect(puntos({ existencia: 500 })).toBeGreaterThan(base);
    expect(puntos({ ventaDiaria: 3 })).toBeGreaterThan(base);
    expect(puntos({ conteos: 5, conteosMal: 4 })).toBeGreaterThan(base);
    expect(puntos({ conteos: 5, conteosMal: 0 })).toBeLessThan(base);
    expect(puntos({ diasSinConteo: 180 })).toBeGreaterThan(base);
    expect(puntos({ minimo: 60 })).toBeGreaterThan(base);
  });

  test('it is their product: what was counted today scores 0 whatever it is worth', () => {
    const f = factoresDe(candidato({ minimo: 60 }), USUAL, DIAS_POR_CLASE);
    const producto = f.valor * f.velocidad * f.errores * f.dias * f.compra;
    expect(puntosDe(f)).toBe(Math.round((1000 * producto) / (1.5 * 3 * 1.5)));
    expect(puntos({ diasSinConteo: 0, costo: 1_000_000, minimo: 60 })).toBe(0);
  });

  test('never counted weighs as three whole periods, and more days than that no more', () => {
    expect(puntos({ diasSinConteo: null })).toBe(puntos({ diasSinConteo: 270 }));
    expect(puntos({ diasSinConteo: 5000 })).toBe(puntos({ diasSinConteo: 270 }));
  });

  test('for any product it is between 0 and 1000, and more days never lower it', () => {
    const libre = fc.record({
      existencia: fc.double({ min: -1000, max: 100_000, noNaN: true }),
      costo: fc.option(fc.double({ min: 0, max: 100_000, noNaN: true })),
      ventaDiaria: fc.double({ min: 0, max: 1000, noNaN: true }),
      conteos: fc.integer({ min: 0, max: 5 }),
      diasSinConteo: fc.integer({ min: 0, max: 2000 }),
      minimo: fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
    });
    fc.assert(
      fc.property(libre, fc.nat(5), (c, mal) => {
        const caso = { ...c, conteosMal: Math.min(mal, c.conteos) };
        const p = puntos(caso);
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1000);
        expect(puntos({ ...caso, diasSinConteo: caso.diasSinConteo + 30 })).toBeGreaterThanOrEqual(p);
      }),
      { seed: 5 },
    );
  });

  test('about to be bought: until purchasing exists, below its minimum or with a week of stock or less', () => {
    expect(estaPorComprarse(candidato({ minimo: 60 }))).toBe(true);
    expect(estaPorComprarse(candidato({ existencia: 7, ventaDiaria: 1 }))).toBe(true);
    expect(estaPorComprarse(candidato({ existencia: 8, ventaDiaria: 1 }))).toBe(false);
    expect(estaPorComprarse(candidato({ existencia: 0, ventaDiaria: 0 }))).toBe(false);
  });

  test('a bin that emptied has at stake a month of its sales', () => {
    expect(enJuego(candidato({ existencia: 0, ventaDiaria: 2 }))).toBe(1200);
  });
});

describe('ABC periods per almacén: A every 30 days, B every 90, C every 180 unless the almacén says others', () => {
  test('each class by its own days; without class as C', () => {
    expect(
      (['A', 'B', 'C', null] as const).map((claseAbc) => periodoDe({ claseAbc }, DIAS_POR_CLASE)),
    ).toEqual([30, 90, 180, 180]);
    expect(periodoDe({ claseAbc: 'A' }, { A: 14, B: 60, C: 365 })).toBe(14);
  });

  test('past its days it is due; on the day itself not yet; never counted it always is', () => {
    const vencido = (diasSinConteo: number | null) =>
      estaVencido(candidato({ claseAbc: 'A', diasSinConteo }), DIAS_POR_CLASE);
    expect([30, 31, null].map(vencido)).toEqual([false, true, true]);
    expect(
      planDe(
        [candidato({ claseAbc: 'A', diasSinConteo: 31 }), candidato({ productoId: 'q', diasSinConteo: 31 })],
        5,
      ).vencidos,
    ).toBe(1);
  });

  test('of two products alike but for the class, the one of the shorter period comes first', () => {
    const [primero] = planDe(
      [candidato({ productoId: 'c', claseAbc: 'C' }), candidato({ productoId: 'a', claseAbc: 'A' })],
      2,
    ).caben;
    expect(primero?.candidato.productoId).toBe('a');
  });
});

describe('20 minutos hoy: minutes from the lines an hour of that shop', () => {
  test('a list of the lines that fit, a line for each bin', () => {
    expect(lineasQueCaben(20, 90)).toBe(30);
    expect(lineasQueCaben(5, 4)).toBe(1);
    const muchos = Array.from({ length: 50 }, (_, i) => candidato({ productoId: `p${i}`, ubicaciones: 2 }));
    const { caben, siguen } = planDe(muchos, 20);
    expect([caben.length, siguen.length]).toEqual([10, 10]);
  });

  test('a product of more bins than minutes are left is passed over, not cut', () => {
    const { caben } = planDe(
      [candidato({ productoId: 'a', ubicaciones: 9, costo: 900 }), candidato({ productoId: 'b' })],
      4,
    );
    expect(caben.map(({ candidato: c }) => c.productoId)).toEqual(['b']);
  });
});

describe('zero-confirmations where the book says that a bin emptied, mixed with stocked bins', () => {
  const vacio = (n: number) =>
    candidato({ productoId: `v${n}`, existencia: 0, seVacio: true, ventaDiaria: 5, costo: 900, minimo: 5 });
  const lleno = (n: number) => candidato({ productoId: `l${n}` });

  test('at most one in four is a zero, however much the zeros weigh', () => {
    const cuales = [
      ...Array.from({ length: 40 }, (_, n) => vacio(n)),
      ...Array.from({ length: 40 }, (_, n) => lleno(n)),
    ];
    const { caben } = planDe(cuales, 20);
    const ceros = caben.filter(({ candidato: c }) => c.existencia <= 0);
    expect([caben.length, ceros.length]).toEqual([20, 5]);
    expect(ceros.every(({ razon }) => razon === 'vacio')).toBe(true);
  });

  test('for any mixture: never more than one zero for three stocked ones, never a list of zeros alone', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.nat(30), fc.integer({ min: 1, max: 40 }), (v, l, lineas) => {
        const { caben } = planDe(
          [
            ...Array.from({ length: v }, (_, n) => vacio(n)),
            ...Array.from({ length: l }, (_, n) => lleno(n)),
          ],
          lineas,
        );
        const ceros = caben.filter(({ candidato: c }) => c.existencia <= 0).length;
        expect(ceros * 3).toBeLessThanOrEqual(caben.length - ceros);
        expect(caben.length).toBeLessThanOrEqual(lineas);
      }),
      { seed: 5 },
    );
  });
});

test('each reason is one Spanish sentence for who plans, and the name that counters see holds none', () => {
  const dicho = (razon: Parameters<typeof porque>[0], cambios: Partial<Candidato> = {}) =>
    porque(razon, candidato(cambios), 'PZA', DIAS_POR_CLASE);
  expect(dicho('vacio')).toBe('El libro dice que ya no hay: confirma el cero.');
  expect(dicho('por_comprar', { existencia: 2, minimo: 5 })).toBe(
    'El libro dice 2 piezas y el mínimo es 5: está por comprarse.',
  );
  expect(dicho('errores', { conteos: 5, conteosMal: 3 })).toBe(
    '3 de sus últimos 5 conteos no coincidieron con el libro.',
  );
  expect(dicho('sin_conteo')).toBe('Nunca se ha contado aquí.');
  expect(dicho('periodo', { claseAbc: 'A', diasSinConteo: 45 })).toBe(
    'Clase A: lleva 45 días sin contarse y le toca cada 30.',
  );
  expect(dicho('velocidad', { ventaDiaria: 2.333 })).toBe('Se venden 2.33 al día.');
  expect(dicho('valor')).toBe('Hay $1,000 a costo en juego.');
  expect(nombreDelDia('2026-11-24')).toBe('Conteo del 24 nov 2026');
  expect(fraseDePlan({ minutos: 20, caben: 1, lineasPorHora: 60, medido: false, vencidos: 0 })).toBe(
    'En 20 minutos cabe 1 producto a 60 líneas por hora, mientras no se mida el ritmo de esta tienda. Ninguno pasó los días de su clase.',
  );
});
