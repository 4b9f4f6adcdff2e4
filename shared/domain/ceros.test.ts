import { expect, it } from 'vitest';
import { conCeros } from './ceros.ts';
import { contadoPorProducto } from './conteo.ts';
import { anula, linea } from './muestras.ts';

const cero = { productoId: 'p', por: 'gerente', en: 50 };
const contado = (lineas: Parameters<typeof conCeros>[0], partesDe?: Parameters<typeof conCeros>[4]) =>
  contadoPorProducto(conCeros(lineas, [], [cero], 'conteo', partesDe)).get('p')?.contado;

it('not counted is never turned into zero silently: only a declared zero counts 0', () => {
  expect(contado([])).toBe(0n);
  expect(contadoPorProducto(conCeros([], [], [], 'conteo')).get('p')).toBeUndefined();
});

it('a declared zero yields to any living line, before or after it, and comes back when that line is voided', () => {
  const antes = linea({ instante: 10 });
  expect(contado([antes])).toBe(100_000n);
  expect(contado([linea({ instante: 90 })])).toBe(100_000n);
  expect(contado([antes, anula(antes.id)])).toBe(0n);
});

it('a kit that holds the product is a line of it', () => {
  const partes = [{ productoId: 'p', cantidad: 200_000n }];
  const partesDe = (id: string) => (id === 'juego' ? partes : null);
  const lineas = conCeros([linea({ productoId: 'juego' })], [], [cero], 'conteo', partesDe);
  expect(contadoPorProducto(lineas, [], { partesDe }).get('p')?.contado).toBe(200_000n);
});
