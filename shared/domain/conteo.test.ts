import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  contadoPorProducto,
  esTardia,
  instanteDeProducto,
  type Liga,
  type Linea,
  ligasVigentes,
  lineasSinLigar,
  lineasVivas,
  planCorregir,
  puedeCero,
  sinContar,
  totalDe,
  unidadesDe,
} from './conteo.ts';
import { anula, linea } from './muestras.ts';

const u = (unidades: number) => BigInt(unidades) * 100_000n;
const liga = (lineaId: string, datos: Partial<Liga> = {}): Liga => ({
  id: `g-${lineaId}`,
  lineaId,
  estado: 'ligada',
  productoId: 'q',
  factor: null,
  en: 0,
  ...datos,
});
const totales = (lineas: Iterable<Linea>, ligas: Liga[] = []) =>
  Object.fromEntries([...contadoPorProducto(lineas, ligas)].map(([id, c]) => [id, c.contado]));

/** A pile of lines with their voids, as several phones may write them. */
const pila: fc.Arbitrary<Linea[]> = fc
  .array(
    fc.record({
      productoId: fc.constantFrom('p', 'q', 'r'),
      usuarioId: fc.constantFrom('ana', 'luis', 'eva'),
      ubicacionId: fc.constantFrom('A', 'B', null),
      piezas: fc.integer({ min: 0, max: 30 }),
      factor: fc.constantFrom(1, 6, 12),
      anulada: fc.boolean(),
      intento: fc.constantFrom(1, 1, 1, 2),
      instante: fc.nat(50),
    }),
    { maxLength: 25 },
  )
  .map((datos) =>
    datos.flatMap(({ piezas, factor, anulada, ...resto }, i) => {
      const id = `l${String(i).padStart(3, '0')}`;
      const tipo = piezas === 0 ? ('cero' as const) : ('suma' as const);
      const una = linea({ ...resto, id, tipo, cantidad: u(piezas), factor: u(factor) });
      return anulada ? [una, anula(id, { id: `v${id}`, usuarioId: una.usuarioId })] : [una];
    }),
  );
const revuelta = <T>(lista: T[]) => fc.shuffledSubarray(lista, { minLength: lista.length });

describe('counted units', () => {
  test('Σ of its lines that no anula names', () => {
    const una = linea({ cantidad: u(26) });
    const caja = linea({ cantidad: u(1), factor: u(12) });
    expect(totales([una, caja])).toEqual({ p: u(38) });
    expect(totales([una, caja, anula(una.id)])).toEqual({ p: u(12) });
    expect(totales([una, anula(una.id)])).toEqual({});
  });

  test('units = cantidad × factor; one carton scan is cantidad 1, factor 12', () => {
    expect(unidadesDe({ cantidad: u(1), factor: u(12) })).toBe(u(12));
    expect(unidadesDe({ cantidad: 250_000n, factor: 1_250_000n })).toBe(3_125_000n);
  });

  test('commutative, idempotent, order-free: any order and repetition give the same', () => {
    fc.assert(
      fc.property(
        pila.chain((l) => fc.tuple(fc.constant(l), revuelta([...l, ...l]))),
        ([l, repetida]) => {
          expect(totales(repetida)).toEqual(totales(l));
          expect(lineasVivas(repetida)).toEqual(lineasVivas(l));
        },
      ),
    );
  });

  test('for any number of phones: any partition, sent part by part, sums the same', () => {
    fc.assert(
      fc.property(pila, fc.array(fc.nat(3), { minLength: 60, maxLength: 60 }), (l, reparto) => {
        const telefonos = [0, 1, 2, 3].map((n) => l.filter((_, i) => reparto[i] === n));
        expect(totales(telefonos.flat())).toEqual(totales(l));
      }),
    );
  });

  test('only suma and cero can be voided: the void of a void does nothing', () => {
    fc.assert(
      fc.property(pila, (l) => {
        const dobles = l.filter((x) => x.tipo === 'anula').map((x) => anula(x.id));
        expect(totales([...dobles, ...l])).toEqual(totales(l));
      }),
    );
  });

  test('only own lines can be voided: the void of another person does nothing, from wherever it comes', () => {
    const una = linea({ cantidad: u(26) });
    expect(totales([una, anula(una.id, { usuarioId: 'luis' })])).toEqual({ p: u(26) });
    fc.assert(
      fc.property(
        pila.chain((l) =>
          fc.tuple(
            fc.constant(l),
            fc.array(fc.constantFrom('ana', 'luis', 'eva', 'rosa'), { maxLength: 25 }),
          ),
        ),
        fc.infiniteStream(fc.nat()),
        ([l, autores], azar) => {
          const ajenas = autores.flatMap((usuarioId, i) => {
            const blanco = l[i];
            return blanco === undefined || blanco.usuarioId === usuarioId
              ? []
              : [anula(blanco.id, { id: `x${i}`, usuarioId })];
          });
          const mezcla = [...ajenas, ...l].sort(() => ((azar.next().value ?? 0) % 3) - 1);
          expect(lineasVivas(mezcla)).toEqual(lineasVivas(l));
        },
      ),
    );
  });

  test('a void may arrive before its line, or name nothing', () => {
    const una = linea();
    expect(totales([anula(una.id), una])).toEqual({});
    expect(totales([una, anula('otra')])).toEqual({ p: u(1) });
  });

  test('a count of 0 is a real count', () => {
    expect(totales([linea({ tipo: 'cero', cantidad: 0n })])).toEqual({ p: 0n });
    expect(totales([])).toEqual({});
  });

  test('result of a product = its latest intento', () => {
    const l = [linea({ cantidad: u(10) }), linea({ cantidad: u(8), intento: 2 }), linea({ productoId: 'q' })];
    expect(totales(l)).toEqual({ p: u(8), q: u(1) });
    expect(contadoPorProducto(l).get('p')!.lineas).toHaveLength(1);
    const anulada = linea({ cantidad: u(8), intento: 2 });
    expect(totales([...l.slice(0, 1), anulada, anula(anulada.id)])).toEqual({ p: u(10) });
  });

  test('ajeno never counts; damaged goods are in the book until their transfer', () => {
    const l = [
      linea({ cantidad: u(5) }),
      linea({ cantidad: u(2), condicion: 'danado' }),
      linea({ cantidad: u(3), condicion: 'ajeno' }),
      linea({ cantidad: u(4), condicion: 'por_entregar' }),
    ];
    const contado = contadoPorProducto(l).get('p')!;
    expect(contado.contado).toBe(u(7));
    expect(contado.porCondicion).toEqual({ vendible: u(5), danado: u(2), ajeno: u(3), por_entregar: u(4) });
    expect(contadoPorProducto(l, [], { porEntregarEnLibro: true }).get('p')!.contado).toBe(u(11));
    expect(totalDe(l, 'p')).toBe(u(14));
  });
});

describe('links of unknown codes', () => {
  const suelta = linea({ id: 'x', productoId: null, codigoCrudo: '999', cantidad: u(3) });

  test('last one wins, and supplies product and factor', () => {
    const ligas = [
      liga('x', { id: 'g2', en: 2, productoId: 'q', factor: u(12) }),
      liga('x', { id: 'g1', en: 1, productoId: 'r' }),
    ];
    expect(totales([suelta], ligas)).toEqual({ q: u(36) });
    expect(totales([suelta], ligas.toReversed())).toEqual({ q: u(36) });
    expect(totales([suelta], [liga('x')])).toEqual({ q: u(3) });
    expect(ligasVigentes([liga('x', { id: 'a' }), liga('x', { id: 'b' })]).get('x')!.id).toBe('b');
  });

  test('a counter proposes, a gerente confirms', () => {
    const propuesta = liga('x', { id: 'g9', en: 9, estado: 'propuesta' });
    expect(totales([suelta], [propuesta])).toEqual({});
    expect(totales([suelta], [propuesta, liga('x', { en: 1, productoId: 'r' })])).toEqual({ r: u(3) });
  });

  test('every unlinked line is ligada, ajena or pendiente, or it holds the approval', () => {
    const quedan = (...ligas: Liga[]) => lineasSinLigar([suelta, linea()], ligas).map((l) => l.id);
    expect(quedan()).toEqual(['x']);
    expect(quedan(liga('x', { estado: 'propuesta' }))).toEqual(['x']);
    expect(quedan(liga('x', { estado: 'ajena', productoId: null }))).toEqual([]);
    expect(quedan(liga('x', { estado: 'pendiente', productoId: null }))).toEqual([]);
    expect(quedan(liga('x'))).toEqual([]);
    expect(lineasSinLigar([suelta, anula('x')])).toEqual([]);
  });

  test('a linked line can be taken back from a wrong product', () => {
    const una = linea({ id: 'y', cantidad: u(2) });
    expect(totales([una], [liga('y', { productoId: 'q' })])).toEqual({ q: u(2) });
    expect(totales([una], [liga('y', { estado: 'ajena', productoId: null })])).toEqual({});
  });
});

describe('on the phone', () => {
  const lugar = { usuarioId: 'ana', productoId: 'p', ubicacionId: 'A', intento: 1 };

  test('`Corregir a…` voids my lines of this product in this bin and enters one', () => {
    const mias = [
      linea({ id: '1', cantidad: u(20), instante: 2 }),
      linea({ id: '0', cantidad: u(6), instante: 1 }),
    ];
    const ajenas = [
      linea({ usuarioId: 'luis' }),
      linea({ ubicacionId: 'B' }),
      linea({ productoId: 'q' }),
      linea({ intento: 2 }),
    ];
    const plan = planCorregir([...mias, ...ajenas], lugar, u(31));
    expect(plan).toEqual({ anular: ['0', '1'], entrada: { tipo: 'suma', cantidad: u(31) }, antes: u(26) });
    expect(planCorregir(mias, lugar, 0n).entrada).toEqual({ tipo: 'cero', cantidad: 0n });
  });

  test('after a correction my total here is the new figure, and nobody else changes', () => {
    fc.assert(
      fc.property(pila, fc.integer({ min: 0, max: 50 }), (l, piezas) => {
        const plan = planCorregir(l, lugar, u(piezas));
        const despues = [
          ...l,
          ...plan.anular.map((id) => anula(id)),
          linea({ id: 'nueva', ...plan.entrada, ...lugar, instante: 99 }),
        ];
        expect(totalDe(despues, 'p', lugar)).toBe(u(piezas));
        expect(totalDe(despues, 'p', { usuarioId: 'luis' })).toBe(totalDe(l, 'p', { usuarioId: 'luis' }));
        expect(totalDe(despues, 'q')).toBe(totalDe(l, 'q'));
      }),
    );
  });

  test('cero after pieces asks: "Ya llevas 26 aquí. ¿Anular y poner 0?"', () => {
    const una = linea({ id: 'z', cantidad: u(26) });
    expect(puedeCero([una], lugar)).toEqual({ directo: false, unidades: u(26), anular: ['z'] });
    expect(puedeCero([una, anula('z')], lugar)).toEqual({ directo: true, unidades: 0n, anular: [] });
    expect(puedeCero([una], { ...lugar, ubicacionId: 'B' }).directo).toBe(true);
    expect(puedeCero([linea({ tipo: 'cero', cantidad: 0n })], lugar).directo).toBe(true);
  });

  test('"Sin contar": what has no living line; not counted is never turned into zero', () => {
    const voided = linea({ productoId: 'r' });
    const l = [linea(), linea({ productoId: 'q', tipo: 'cero', cantidad: 0n }), voided, anula(voided.id)];
    expect(sinContar(['s', 'p', 'q', 'r'], l)).toEqual(['s', 'r']);
  });

  test('"Sin contar": a kit is left out and its parts are listed instead, services never', () => {
    const partes = {
      juego: ['balata', 'grasa'].map((productoId) => ({ productoId, cantidad: u(1) })),
      servicio: [],
    };
    const partesDe = (id: string) => partes[id as keyof typeof partes] ?? null;
    const alcance = ['servicio', 'juego', 'p', 'grasa'];
    expect(sinContar(alcance, [], [], partesDe)).toEqual(['balata', 'grasa', 'p']);
    expect(sinContar(alcance, [linea({ productoId: 'balata' })], [], partesDe)).toEqual(['grasa', 'p']);
    // A scanned kit counted its parts.
    expect(sinContar(alcance, [linea({ productoId: 'juego' })], [], partesDe)).toEqual(['p']);
  });

  test('totals by person, bin and intento', () => {
    const l = [
      linea({ cantidad: u(2) }),
      linea({ usuarioId: 'luis', ubicacionId: null, cantidad: u(5), intento: 2 }),
    ];
    expect(totalDe(l, 'p')).toBe(u(7));
    expect(totalDe(l, 'p', { usuarioId: 'luis' })).toBe(u(5));
    expect(totalDe(l, 'p', { ubicacionId: null })).toBe(u(5));
    expect(totalDe(l, 'p', { intento: 1 })).toBe(u(2));
  });
});

describe('instants', () => {
  test('t = corrected instant of its last line; the window goes from first to last', () => {
    const tarde = linea({ instante: 90 });
    const l = [
      linea({ instante: 30 }),
      linea({ instante: 10 }),
      tarde,
      linea({ productoId: 'q', instante: 99 }),
    ];
    expect(instanteDeProducto(l, 'p')).toEqual({ desde: 10, t: 90 });
    expect(instanteDeProducto([...l, anula(tarde.id)], 'p')).toEqual({ desde: 10, t: 30 });
    expect(instanteDeProducto(l, 'nada')).toBeNull();
  });

  test("lines after a product's approval are tardia", () => {
    expect(esTardia({ recibidoEn: 11 }, 10)).toBe(true);
    expect(esTardia({ recibidoEn: 10 }, 10)).toBe(false);
    expect(esTardia({ recibidoEn: 11 }, null)).toBe(false);
    expect(esTardia({ recibidoEn: null }, 10)).toBe(false);
  });
});
