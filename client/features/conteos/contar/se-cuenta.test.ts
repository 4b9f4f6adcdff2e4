import { expect, test } from 'vitest';
import { avisoDeContado, noSeCuenta } from './se-cuenta.ts';

const pila = { id: 'pila', nombre: 'Pila', esServicio: false, esJuego: false, partes: null };
const juego = {
  ...pila,
  id: 'juego',
  nombre: 'Juego de balatas',
  esJuego: true,
  partes: [
    { productoId: 'a', cantidad: '2' },
    { productoId: 'b', cantidad: '1' },
  ],
};

test('a kit whose parts are known is counted by its parts, and the counter is told', () => {
  expect(noSeCuenta(juego)).toBeNull();
  expect(avisoDeContado(juego, null)).toBe('Juego: cuenta por 2 partes.');
  expect(avisoDeContado(juego, ['b'])).toBe('Juego: cuenta por 2 partes.');
  expect(avisoDeContado(juego, ['z'])).toMatch(/^Juego: .*Fuera de la lista/);
});

test('a service, and a kit whose parts nobody has said, are never counted', () => {
  expect(noSeCuenta({ ...juego, partes: null })).toMatch(/cuenta sus partes por separado/);
  expect(noSeCuenta({ ...juego, partes: [] })).toMatch(/cuenta sus partes por separado/);
  expect(noSeCuenta({ ...pila, esServicio: true })).toMatch(/es un servicio/);
  expect(noSeCuenta(pila)).toBeNull();
});

test('what is outside of the list of the conteo is counted all the same and said', () => {
  expect(avisoDeContado(pila, null)).toBeNull();
  expect(avisoDeContado(pila, ['pila'])).toBeNull();
  expect(avisoDeContado(pila, ['otra'])).toBe('Fuera de la lista de este conteo; se cuenta igual.');
});
