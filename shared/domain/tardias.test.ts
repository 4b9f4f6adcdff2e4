import { expect, test } from 'vitest';
import type { Linea } from './conteo.ts';
import { tardiasDe } from './tardias.ts';

const U = 100_000n;
let siguiente = 0;
function linea(recibidoEn: number, cambios: Partial<Linea> = {}): Linea {
  siguiente += 1;
  return {
    id: `l${siguiente}`,
    conteoId: 'c',
    intento: 1,
    ubicacionId: null,
    codigoCrudo: null,
    productoId: 'p',
    cantidad: U,
    factor: U,
    tipo: 'suma',
    anula: null,
    condicion: 'vendible',
    usuarioId: 'ana',
    instante: 0,
    recibidoEn,
    ...cambios,
  };
}
const hasta10 = () => 10;

test('late lines add, late voids of signed lines take away, and both together are told as what changes', () => {
  const firmada = linea(5, { cantidad: 4n * U });
  const tarde = linea(11, { cantidad: 6n * U });
  const anula = linea(12, { tipo: 'anula', anula: firmada.id });
  const { productos, lineas } = tardiasDe([firmada, linea(10), tarde, anula], [], hasta10);
  expect(productos.get('p')).toEqual({ unidades: 2n * U, lineas: 2 });
  expect(lineas).toBe(2);
});

test('a late line that is voided late changes nothing, and still shows', () => {
  const tarde = linea(11);
  const { productos } = tardiasDe([tarde, linea(12, { tipo: 'anula', anula: tarde.id })], [], hasta10);
  expect(productos.get('p')).toEqual({ unidades: 0n, lineas: 2 });
});

test("an undecided product has no late lines; another person's void is none", () => {
  const firmada = linea(5);
  const ajena = linea(12, { tipo: 'anula', anula: firmada.id, usuarioId: 'luis' });
  expect(tardiasDe([firmada, ajena], [], hasta10)).toEqual({ productos: new Map(), sinLigar: 0, lineas: 0 });
  expect(tardiasDe([linea(99)], [], () => null).lineas).toBe(0);
});

test('late kits count by their parts, late codes without product apart', () => {
  const partes = (id: string) => (id === 'kit' ? [{ productoId: 'disco', cantidad: 4n * U }] : null);
  const lineas = [
    linea(11, { productoId: 'kit', cantidad: 2n * U }),
    linea(11, { productoId: null, codigoCrudo: 'X' }),
  ];
  const { productos, sinLigar } = tardiasDe(lineas, [], hasta10, partes);
  expect([...productos]).toEqual([['disco', { unidades: 8n * U, lineas: 1 }]]);
  expect(sinLigar).toBe(1);
});
