import { expect, test } from 'vitest';
import { causasDe, type EntradaCausas } from './causas.ts';
import { mov } from './muestras.ts';

const u = (unidades: number) => BigInt(unidades) * 100_000n;
const base: EntradaCausas = {
  variacion: u(-5),
  teorico: u(40),
  unidad: 'PZA',
  factores: [],
  movimientosVentana: [],
  gemelos: [],
  enTransito: 0n,
  zona: 'America/Mexico_City',
};
const caja = { factor: u(12), nombre: 'caja de 12' };

test('without evidence nothing is said, and an exact count needs no cause', () => {
  expect(causasDe(base)).toEqual([]);
  expect(causasDe({ ...base, variacion: 0n, factores: [caja], enTransito: u(3) })).toEqual([]);
});

test('pack mix: variance a multiple of a factor', () => {
  expect(
    causasDe({ ...base, variacion: u(-24), factores: [{ factor: u(6), nombre: 'paquete' }, caja] }),
  ).toEqual(['Posible: falta contar 2 × caja de 12.']);
  expect(causasDe({ ...base, variacion: u(12), factores: [caja] })).toEqual([
    'Posible: se contó de más 1 × caja de 12.',
  ]);
  expect(causasDe({ ...base, variacion: u(-11), factores: [caja] })).toEqual([
    'Posible: 1 × caja de 12 se contó como 1 pieza.',
  ]);
  expect(causasDe({ ...base, variacion: u(11), factores: [caja] })).toEqual([
    'Posible: 1 pieza se contó como 1 × caja de 12.',
  ]);
  expect(causasDe({ ...base, variacion: u(-3), factores: [{ factor: u(2), nombre: 'par' }] })).toEqual([]);
  expect(causasDe({ ...base, factores: [{ factor: u(1), nombre: 'pieza' }] })).toEqual([]);
});

test('twin product with the opposite variance', () => {
  const gemelos = [
    { codigo: 'BD-11', nombre: 'Balata trasera', variacion: u(5) },
    { codigo: 'BD-12', nombre: 'Balata otra', variacion: u(4) },
  ];
  expect(causasDe({ ...base, gemelos })).toEqual([
    'Posible: se confundió con BD-11 Balata trasera, al que le sobran 5 piezas.',
  ]);
  const inverso = [{ ...gemelos[0]!, variacion: u(-5) }];
  expect(causasDe({ ...base, variacion: u(5), gemelos: inverso })[0]).toContain('le faltan 5 piezas');
});

test('movement in the window, with its hour; the first three by name', () => {
  const venta = mov({ ocurridaEn: Date.parse('2026-03-02T16:32:00Z'), cantidad: u(1) });
  expect(causasDe({ ...base, movimientosVentana: [venta] })).toEqual([
    'Posible: una venta de 1 pieza a las 10:32, durante el conteo.',
  ]);
  const delDia = mov({ tipo: 'devolucion', precision: 'dia', cantidad: u(2) });
  const cinco = [delDia, venta, venta, venta, venta];
  expect(causasDe({ ...base, movimientosVentana: cinco })).toEqual([
    'Posible: una devolución de 2 piezas sin hora, durante el conteo.',
    ...Array<string>(2).fill('Posible: una venta de 1 pieza a las 10:32, durante el conteo.'),
    'Posible: 2 movimientos más durante el conteo.',
  ]);
});

test('transfer in transit', () => {
  expect(causasDe({ ...base, enTransito: u(8) })).toEqual([
    'Posible: hay 8 piezas en tránsito hacia este almacén.',
  ]);
  expect(causasDe({ ...base, variacion: u(8), enTransito: u(8) })).toEqual([
    'Posible: ya llegó el traspaso en camino (8 piezas) y falta recibirlo.',
  ]);
});

test('a negative teórico says "falta registrar una entrada"', () => {
  expect(causasDe({ ...base, variacion: u(6), teorico: u(-4) })).toEqual([
    'Posible: falta registrar una entrada; el teórico es −4 piezas.',
  ]);
});
