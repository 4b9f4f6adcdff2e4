import { expect, test } from 'vitest';
import type { FilaProducto, RenglonContado } from '#client/offline/index.ts';
import { renglonDe } from './renglon-de.ts';

const renglon = (clave: string, cambios: Partial<RenglonContado>): RenglonContado => ({
  clave,
  productoId: 'p',
  codigo: 'P-1',
  nombre: 'Pila',
  unidad: 'PZA',
  decimales: 0,
  pideLote: false,
  pideCaducidad: false,
  ubicacionId: 'a',
  ubicacion: 'A-01',
  condicion: 'vendible',
  unidades: '3',
  estado: 'guardado',
  lineas: [],
  ...cambios,
});
const producto = {
  tipo: 'producto' as const,
  // why: only the id decides which row it is.
  producto: { id: 'p' } as FilaProducto,
  marca: null,
  flash: 1,
};
const contado = [
  renglon('danados', { condicion: 'danado' }),
  renglon('buenos', {}),
  renglon('otra', { ubicacionId: 'b' }),
  renglon('raro', { productoId: null, codigo: '750', condicion: 'ajeno' }),
];

test('the card shows what was counted in the condition in force, not the sum of all conditions', () => {
  expect(renglonDe(contado, producto, 'a', 'vendible')?.clave).toBe('buenos');
  expect(renglonDe(contado, producto, 'a', 'danado')?.clave).toBe('danados');
  expect(renglonDe(contado, producto, 'a', 'garantia')).toBeUndefined();
  expect(renglonDe(contado, producto, 'b', 'vendible')?.clave).toBe('otra');
});

test('an unknown code is found by its raw code and condition', () => {
  const ultimo = {
    tipo: 'desconocido' as const,
    codigo: '750',
    simbologia: null,
    lineaId: 'l',
    explica: null,
    flash: 1,
  };
  expect(renglonDe(contado, ultimo, 'a', 'ajeno')?.clave).toBe('raro');
  expect(renglonDe(contado, ultimo, 'a', 'vendible')).toBeUndefined();
});
