import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aColumnas, aFilas } from './columnas.ts';

const texto = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '\n', '"', '\\', 'ñ', '7501234567893', '0'),
);
const valor = fc.oneof(
  texto,
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.array(fc.record({ a: texto })),
);

test('rows come out of their columns as they went in, whatever is in them', () => {
  const campos = ['id', 'codigo', 'claveGtin', 'productoId', 'x'];
  const fila = fc.record({
    id: fc.oneof(fc.uuid(), texto),
    codigo: fc.oneof(fc.constantFrom('7501234567893', '012345678905', 'C-1'), valor),
    claveGtin: fc.oneof(fc.constantFrom('07501234567893', '00012345678905', null), valor),
    productoId: fc.constantFrom('p0', 'p1', 'p2', 'ajeno'),
    x: valor,
  });
  fc.assert(
    fc.property(fc.array(fila, { maxLength: 8 }), fc.boolean(), (filas, ajenos) => {
      const codigos = filas.filter((row) => ajenos || row.productoId !== 'ajeno');
      const productos = ['p0', 'p1', 'p2'].map((id) => ({ id }));
      const tabla = aColumnas('codigos_barras', codigos, {
        refiere: { productoId: { tabla: 'productos', ids: productos.map(({ id }) => id) } },
        deriva: { claveGtin: 'codigo' },
      });
      const leidas = aFilas(JSON.parse(JSON.stringify(tabla)), new Map([['productos', productos]]));
      expect(leidas).toEqual(codigos);
      for (const row of leidas) expect(Object.keys(row)).toEqual(campos);
    }),
  );
});

test('ids, references and codes with their key take less room than their text', () => {
  const id = (n: number) => `019a1b2c-3d4e-7${String(n).padStart(3, '0')}-8abc-0123456789ab`;
  const productos = Array.from({ length: 200 }, (_, n) => ({ id: id(n), isActive: true }));
  const codigos = productos.map((producto, n) => ({
    id: id(n + 200),
    codigo: String(7_500_000_000_000 + n),
    claveGtin: String(7_500_000_000_000 + n).padStart(14, '0'),
    productoId: producto.id,
  }));
  const tabla = aColumnas('codigos_barras', codigos, {
    refiere: { productoId: { tabla: 'productos', ids: productos.map((row) => row.id) } },
    deriva: { claveGtin: 'codigo' },
  });
  expect(JSON.stringify(tabla).length).toBeLessThan(JSON.stringify(codigos).length / 3);
});

test('a chunk that does not add up is refused whole', () => {
  const tabla = aColumnas('productos', [{ id: 'a' }, { id: 'b' }]);
  expect(() => aFilas({ ...tabla, filas: 3 })).toThrow('values for 3 rows');
  expect(() => aFilas({ ...tabla, columnas: { id: { z: 1 } as never } })).toThrow('does not know');
  expect(() => aFilas({ ...tabla, columnas: { id: { r: ['otra', [0, 1]] } } })).toThrow('not in the chunk');
});
