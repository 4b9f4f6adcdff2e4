import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ContraAjuste, contraAjustesDe, type ResultadoAprobado } from './contra-ajuste.ts';
import { efectoDe, type Movimiento, teorico } from './ledger.ts';

const u = (piezas: number) => BigInt(piezas) * 100_000n;

type Suceso =
  | { que: 'movimiento'; piezas: number; atraso: number }
  | { que: 'base'; piezas: number }
  | { que: 'conteo'; piezas: number; atraso: number }
  /** Signs or discards some of what waits, in the order of `semilla`. */
  | { que: 'decide'; firma: boolean; semilla: number; cuantas: number };

const suceso: fc.Arbitrary<Suceso> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      que: fc.constant('movimiento' as const),
      piezas: fc.integer({ min: -9, max: 9 }),
      atraso: fc.nat(9),
    }),
  },
  { weight: 1, arbitrary: fc.record({ que: fc.constant('base' as const), piezas: fc.nat(40) }) },
  {
    weight: 2,
    arbitrary: fc.record({ que: fc.constant('conteo' as const), piezas: fc.nat(40), atraso: fc.nat(3) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      que: fc.constant('decide' as const),
      firma: fc.boolean(),
      semilla: fc.nat(),
      cuantas: fc.integer({ min: 1, max: 4 }),
    }),
  },
);

/** One product's books: what happens at step n is learned at ms n × 10, whenever it happened in the world. */
class Libros {
  movimientos: Movimiento[] = [];
  resultados: ResultadoAprobado[] = [];
  decididos = new Set<string>();
  /** What the last approval or base left: units, and the instant it speaks for. */
  dicho = { piezas: 0n, instante: -1 };
  descartados: bigint = 0n;
  #n = 0;

  constructor() {
    this.anota({ tipo: 'inventario', cantidad: u(20), ocurridaEn: 0 });
    this.dicho = { piezas: u(20), instante: 0 };
  }
  get ahora() {
    return this.#n * 10;
  }
  anota(m: Partial<Movimiento> & Pick<Movimiento, 'tipo' | 'cantidad' | 'ocurridaEn'>): string {
    const id = `m${String(this.movimientos.length).padStart(4, '0')}`;
    this.movimientos.push({
      id,
      subtipo: null,
      precision: 'instante',
      orden: 0,
      createdAt: this.ahora,
      ...m,
    });
    return id;
  }
  pendientes() {
    return contraAjustesDe(this.movimientos, this.resultados, this.decididos);
  }
  firma(p: ContraAjuste) {
    this.decididos.add(p.movimientoId);
    this.anota({
      tipo: 'ajuste',
      subtipo: 'contra_ajuste',
      cantidad: p.cantidad,
      ocurridaEn: p.instante,
      orden: 1,
    });
  }
  descarta(p: ContraAjuste) {
    this.decididos.add(p.movimientoId);
    // A base after that instant has said how much there is: nothing is left to differ.
    const absorbe = this.movimientos.some((m) => m.tipo === 'inventario' && m.ocurridaEn > p.instante);
    if (!absorbe) this.descartados -= p.cantidad;
  }
  sigue(s: Suceso) {
    this.#n += 1;
    const { ahora } = this;
    if (s.que === 'movimiento') {
      const ocurridaEn = Math.max(1, ahora - s.atraso * 10);
      this.anota({ tipo: 'ajuste', cantidad: u(s.piezas), ocurridaEn });
    } else if (s.que === 'base') {
      // Between two steps, so that nothing else happens at its instant.
      this.anota({ tipo: 'inventario', cantidad: u(s.piezas), ocurridaEn: ahora - 5 });
      this.dicho = { piezas: u(s.piezas), instante: ahora - 5 };
      this.descartados = 0n;
    } else if (s.que === 'conteo') {
      const instante = ahora - s.atraso * 10;
      // An earlier one than what fixed the stock last can't be approved any more.
      if (instante <= this.dicho.instante) return;
      const variacion = u(s.piezas) - teorico(this.movimientos, instante).cantidad;
      const conteoId = `c${this.resultados.length}`;
      if (variacion !== 0n)
        this.anota({
          tipo: 'ajuste',
          subtipo: 'conteo',
          cantidad: variacion,
          ocurridaEn: instante,
          orden: 1,
        });
      this.resultados.push({
        conteoId,
        instante,
        aprobadoEn: ahora,
        decision: variacion === 0n ? 'sin_ajuste' : 'ajuste',
      });
      this.dicho = { piezas: u(s.piezas), instante };
      this.descartados = 0n;
    } else {
      const espera = this.pendientes();
      for (let i = 0; i < Math.min(s.cuantas, espera.length); i += 1) {
        const p = espera[(s.semilla + i) % espera.length]!;
        if (this.decididos.has(p.movimientoId)) continue;
        if (s.firma) this.firma(p);
        else this.descarta(p);
      }
    }
  }
  /** What was approved last plus everything dated later. */
  debido(): bigint {
    return this.movimientos
      .filter((m) => m.ocurridaEn > this.dicho.instante && m.tipo !== 'inventario')
      .reduce((suma, m) => suma + efectoDe(m), this.dicho.piezas);
  }
}

const historia = fc.array(suceso, { minLength: 1, maxLength: 30 });

test('a movement that arrives after approval with an earlier ocurrida_en: once all are signed, in any order, teorico(∞) is what was approved plus what is dated later', () => {
  fc.assert(
    fc.property(historia, fc.nat(), (sucesos, semilla) => {
      const libros = new Libros();
      for (const s of sucesos) libros.sigue(s);
      const espera = libros.pendientes();
      const vuelta = espera.map((_, i) => espera[(i + semilla) % espera.length]!);
      for (const p of semilla % 2 === 0 ? vuelta : vuelta.reverse()) libros.firma(p);
      expect(libros.pendientes()).toEqual([]);
      expect(teorico(libros.movimientos, Number.POSITIVE_INFINITY).cantidad).toBe(
        libros.debido() + libros.descartados,
      );
    }),
    { numRuns: 2000 },
  );
});

test('what is discarded or not yet signed differs exactly by its effect; nothing is proposed twice', () => {
  fc.assert(
    fc.property(historia, (sucesos) => {
      const libros = new Libros();
      for (const s of sucesos) {
        libros.sigue(s);
        const espera = libros.pendientes();
        expect(new Set(espera.map((p) => p.movimientoId)).size).toBe(espera.length);
        for (const p of espera) expect(libros.decididos.has(p.movimientoId)).toBe(false);
        const vivas = espera.filter(
          (p) => !libros.movimientos.some((m) => m.tipo === 'inventario' && m.ocurridaEn > p.instante),
        );
        const sinFirma = vivas.reduce((suma, p) => suma - p.cantidad, 0n);
        expect(teorico(libros.movimientos, Number.POSITIVE_INFINITY).cantidad).toBe(
          libros.debido() + libros.descartados + sinFirma,
        );
      }
    }),
    { numRuns: 1000 },
  );
});

test('a movement belongs to the earliest result after it, and a test count has none', () => {
  const m = (id: string, ocurridaEn: number): Movimiento => ({
    id,
    tipo: 'venta',
    subtipo: null,
    cantidad: u(2),
    ocurridaEn,
    precision: 'instante',
    orden: 0,
    createdAt: 500,
  });
  const r = (conteoId: string, instante: number, decision: ResultadoAprobado['decision'] = 'ajuste') => ({
    conteoId,
    instante,
    aprobadoEn: 400,
    decision,
  });
  expect(
    contraAjustesDe(
      [m('a', 100), m('b', 250), m('c', 390)],
      [r('tarde', 300), r('temprano', 200)],
      new Set(),
    ),
  ).toEqual([
    { movimientoId: 'a', conteoId: 'temprano', cantidad: u(2), instante: 200 },
    { movimientoId: 'b', conteoId: 'tarde', cantidad: u(2), instante: 300 },
  ]);
  expect(contraAjustesDe([m('a', 100)], [r('x', 300, 'prueba')], new Set())).toEqual([]);
  expect(contraAjustesDe([m('a', 100)], [r('x', 300, 'base')], new Set())).toEqual([]);
});
