import { expect, test } from 'vitest';
import { type Existente, sumaExistente, totalesPorAlmacen, totalesVacios, valorDe } from './valuacion.ts';

const u = (unidades: number) => BigInt(Math.round(unidades * 100_000));
const uno = (cantidad: number, costo: bigint | null, mas: Partial<Existente> = {}): Existente => ({
  almacenId: 'a',
  cantidad: u(cantidad),
  tieneBase: true,
  costo,
  ...mas,
});

test('value is quantity × cost in centavos; without a cost it is unknown, never 0, unless nothing is there', () => {
  expect(valorDe(uno(2.5, 10_333_333n))).toBe(2583n);
  expect(valorDe(uno(-2, 10_000_000n))).toBe(-2000n);
  expect(valorDe(uno(3, null))).toBeNull();
  expect(valorDe(uno(0, null))).toBe(0n);
});

test('negatives, what has no cost and what has no base are told apart, so that the total is of what is there', () => {
  const totales = totalesVacios();
  for (const e of [
    uno(10, 10_000_000n),
    uno(-2, 10_000_000n),
    uno(4, null),
    uno(0, null, { tieneBase: false }),
    uno(1, 5_000_000n, { tieneBase: false }),
  ])
    sumaExistente(totales, e);
  expect(totales).toEqual({
    productos: 4,
    valor: 10_500n,
    negativos: 1,
    valorNegativos: -2000n,
    sinCosto: 1,
    sinBase: 1,
  });
});

test('totals by almacén', () => {
  const totales = totalesPorAlmacen([
    uno(1, 1_000_000n),
    uno(2, 1_000_000n, { almacenId: 'b' }),
    uno(1, 1_000_000n),
  ]);
  expect([...totales].map(([id, { valor }]) => [id, valor])).toEqual([
    ['a', 200n],
    ['b', 200n],
  ]);
});
