import { describe, expect, test } from 'vitest';
import { type Linea, lineasVivas } from './conteo.ts';
import { linea } from './muestras.ts';
import { hayTraslapePendiente, traslapes } from './traslapes.ts';

const u = (unidades: number) => BigInt(unidades) * 100_000n;
const de = (usuarioId: string, piezas: number, datos: Partial<Linea> = {}) =>
  linea({ usuarioId, cantidad: u(piezas), ...datos });
const ve = (
  lineas: Linea[],
  ...resto: Parameters<typeof traslapes> extends [unknown, ...infer R] ? R : never
) => traslapes(lineasVivas(lineas), ...resto);

describe('two counters of one bin', () => {
  test('repartido: they share it, sum', () => {
    expect(ve([de('luis', 4), de('ana', 6)], 'repartido')).toEqual([
      {
        ubicacionId: 'A',
        usuarios: [
          { usuarioId: 'ana', unidades: u(6) },
          { usuarioId: 'luis', unidades: u(4) },
        ],
        estado: 'suma',
        resta: 0n,
      },
    ]);
  });

  test.each(['doble', 'ninguno'] as const)('%s: equal totals → "coinciden", one is taken', (reparto) => {
    const [t] = ve([de('luis', 4), de('luis', 2), de('ana', 6)], reparto);
    expect(t).toMatchObject({ estado: 'coinciden', resta: u(6) });
    const [tres] = ve([de('luis', 6), de('eva', 6), de('ana', 6)], reparto);
    expect(tres).toMatchObject({ estado: 'coinciden', resta: u(12) });
  });

  test.each(['doble', 'ninguno'] as const)(
    '%s: different totals → undecided until someone chooses',
    (reparto) => {
      const l = [de('luis', 4), de('ana', 6)];
      expect(hayTraslapePendiente(ve(l, reparto))).toBe(true);
      const uno = ve(l, reparto, { decision: 'uno', usuarioId: 'luis' });
      expect(uno).toMatchObject([{ estado: 'decidido', resta: u(6) }]);
      const suma = ve(l, reparto, { decision: 'suma', usuarioId: null });
      expect(suma).toMatchObject([{ estado: 'decidido', resta: 0n }]);
      expect(hayTraslapePendiente([...uno, ...suma])).toBe(false);
      expect(hayTraslapePendiente(ve(l, reparto, { decision: 'uno', usuarioId: 'eva' }))).toBe(true);
    },
  );

  test('adding both can be chosen also where the totals are equal by chance', () => {
    const l = [de('luis', 6), de('ana', 6)];
    expect(ve(l, 'ninguno', { decision: 'suma', usuarioId: null })).toMatchObject([{ resta: 0n }]);
  });

  test('a zero against pieces is a disagreement', () => {
    expect(hayTraslapePendiente(ve([de('luis', 0, { tipo: 'cero' }), de('ana', 6)], 'ninguno'))).toBe(true);
  });

  test('different bins do not overlap, one person never does', () => {
    expect(ve([de('luis', 4), de('ana', 6, { ubicacionId: 'B' })], 'ninguno')).toEqual([]);
    expect(ve([de('ana', 4), de('ana', 6), de('ana', 1, { ubicacionId: null })], 'doble')).toEqual([]);
  });

  test('only lines with a bin can prove an overlap; without one it is flagged', () => {
    const l = [de('luis', 4, { ubicacionId: null }), de('ana', 6, { ubicacionId: null })];
    expect(ve(l, 'ninguno')).toMatchObject([{ ubicacionId: null, estado: 'sin_ubicacion', resta: 0n }]);
    const mixta = ve([de('luis', 4, { ubicacionId: null }), de('ana', 6)], 'ninguno');
    expect(mixta).toMatchObject([{ ubicacionId: null, estado: 'sin_ubicacion' }]);
    expect(hayTraslapePendiente(mixta)).toBe(false);
    expect(ve(l, 'repartido')).toEqual([]);
  });

  test('in a doble conteo the plan says that both count the same, bins or not', () => {
    const l = [de('luis', 4, { ubicacionId: null }), de('ana', 6, { ubicacionId: null })];
    expect(hayTraslapePendiente(ve(l, 'doble'))).toBe(true);
  });

  test('compares what the book compares: goods of others stay out', () => {
    const l = [de('luis', 6), de('luis', 2, { condicion: 'ajeno' }), de('ana', 6)];
    expect(ve(l, 'doble')).toMatchObject([{ estado: 'coinciden', resta: u(6) }]);
  });
});
