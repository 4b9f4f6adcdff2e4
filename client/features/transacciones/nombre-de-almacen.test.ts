import { expect, test } from 'vitest';
import { nombreDeAlmacen, unicoAlmacen } from './nombre-de-almacen.ts';

test('the shop is left out where the almacén says it already', () => {
  expect(nombreDeAlmacen({ nombre: 'General', tiendaNombre: 'Centro' })).toBe('Centro · General');
  expect(nombreDeAlmacen({ nombre: 'Merma Centro', tiendaNombre: 'Centro' })).toBe('Merma Centro');
});

test('a shop that gets an almacén de merma still has one that is meant', () => {
  const general = { id: 'a', tipo: 'general' };
  expect(unicoAlmacen([general, { id: 'm', tipo: 'merma' }])).toBe('a');
  expect(unicoAlmacen([general, { id: 'b', tipo: 'mostrador' }])).toBe('');
  expect(unicoAlmacen([])).toBe('');
});
