import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eligeControles, juzgaIntentos, type ResultadoIntento, recuentosPendientes } from './recuento.ts';

const u = (unidades: number) => BigInt(unidades) * 100_000n;
const intento = (n: number, variacion: number, datos: Partial<ResultadoIntento> = {}): ResultadoIntento => ({
  intento: n,
  contaron: [`p${n}`],
  variacion: u(variacion),
  teorico: u(100),
  valor: null,
  ...datos,
});

describe('control products', () => {
  const exactos = Array.from({ length: 40 }, (_, i) => `x${i}`);

  test('recounts carry some control products that had no variance', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...exactos, 'v1', 'v2'), { minLength: 1 }),
        fc.string(),
        (pedidos, s) => {
          const controles = eligeControles(exactos, pedidos, s);
          const libres = exactos.filter((id) => !pedidos.includes(id));
          expect(controles.every((id) => libres.includes(id))).toBe(true);
          expect(controles).toHaveLength(Math.min(5, Math.ceil(pedidos.length / 4), libres.length));
          expect(eligeControles(exactos.toReversed(), pedidos, s)).toEqual(controles);
        },
      ),
    );
  });

  test('another recount brings others', () => {
    const elegidos = Array.from({ length: 30 }, (_, i) => eligeControles(exactos, ['v1'], `r${i}`)[0]);
    expect(new Set(elegidos).size).toBeGreaterThan(10);
  });
});

test('a product asked to be recounted waits for it', () => {
  const listas = [
    { intento: 2, productoId: 'p' },
    { intento: 2, productoId: 'q' },
    { intento: 3, productoId: 'q' },
    { intento: 2, productoId: 'nunca' },
  ];
  const contados = new Map([
    ['p', { intento: 2 }],
    ['q', { intento: 2 }],
  ]);
  expect([...recuentosPendientes(listas, contados)]).toEqual(['q', 'nunca']);
});

describe('two attempts', () => {
  test('that agree within tolerance stand', () => {
    expect(juzgaIntentos([intento(1, -3), intento(2, -3)], {})).toEqual({ estado: 'acuerdo', intento: 2 });
    expect(juzgaIntentos([intento(2, -4), intento(1, -3)], { unidades: u(1) })).toEqual({
      estado: 'acuerdo',
      intento: 2,
    });
  });

  test('else a third by a third person', () => {
    const dos = [intento(1, -3), intento(2, 0)];
    expect(juzgaIntentos(dos, {})).toEqual({ estado: 'desacuerdo', contaron: ['p1', 'p2'] });
    expect(juzgaIntentos([...dos, intento(3, -3)], {})).toEqual({ estado: 'acuerdo', intento: 3 });
    expect(juzgaIntentos([...dos, intento(3, 5)], {}).estado).toBe('desacuerdo');
  });

  test('compare at cost where the tolerance is in pesos', () => {
    const dos = [intento(1, -3, { valor: -300n }), intento(2, -2, { valor: -200n })];
    expect(juzgaIntentos(dos, { pesos: 100n }).estado).toBe('acuerdo');
    expect(juzgaIntentos(dos, { pesos: 99n }).estado).toBe('desacuerdo');
    expect(juzgaIntentos([dos[0]!, { ...dos[1]!, valor: null }], { pesos: 100n }).estado).toBe('desacuerdo');
  });

  test('one attempt has nothing to agree with', () => {
    expect(juzgaIntentos([intento(1, -3)], {})).toEqual({ estado: 'unico' });
    expect(juzgaIntentos([], {})).toEqual({ estado: 'unico' });
  });
});
