import { expect, test } from 'vitest';
import { huella } from './catalogo-bloques.ts';
import { TablaHuellas } from './tabla-huellas.ts';

test('as a Map does, through every growth, with and without room asked for', () => {
  for (const reserva of [0, 9_000]) {
    const tabla = new TablaHuellas();
    const mapa = new Map<number, number>();
    if (reserva > 0) tabla.reserva(reserva);
    for (let i = 0; i < 10_000; i += 1) {
      // Some twice, and all of them a second time further on.
      const clave = huella(`id-${i % 4_000}`);
      expect(tabla.get(clave)).toBe(mapa.get(clave));
      expect(tabla.pon(clave, i)).toBe(mapa.get(clave));
      mapa.set(clave, i);
    }
    for (const [clave, valor] of mapa) expect(tabla.get(clave)).toBe(valor);
    expect(tabla.get(huella('otro'))).toBeUndefined();
  }
});

test('the same low bits are no mistake, and zero is a value like any other', () => {
  const tabla = new TablaHuellas();
  const claves = [0, 1, 2, 3].map((alto) => alto * 2 ** 32);
  for (const [i, clave] of claves.entries()) tabla.pon(clave, i);
  expect(claves.map((clave) => tabla.get(clave))).toEqual([0, 1, 2, 3]);
  expect(tabla.get(4 * 2 ** 32)).toBeUndefined();
});
