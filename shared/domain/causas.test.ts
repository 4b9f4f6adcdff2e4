import { expect, test } from 'vitest';
import { causasDe, type EntradaCausas } from './causas.ts';
import { type LineaLeida, sonVecinas } from './causas-lineas.ts';
import { mov } from './muestras.ts';

const u = (unidades: number) => BigInt(unidades) * 100_000n;
const DIEZ = Date.parse('2026-03-02T16:00:00Z');
const DIA = 86_400_000;
const leida = (datos: Partial<LineaLeida> = {}): LineaLeida => {
  const cantidad = datos.cantidad ?? u(1);
  const factor = datos.factor ?? u(1);
  return {
    codigoCrudo: null,
    ubicacion: null,
    ligada: false,
    ...datos,
    cantidad,
    factor,
    unidades: (cantidad * factor) / 100_000n,
  };
};
const base: EntradaCausas = {
  variacion: u(-5),
  teorico: u(40),
  unidad: 'PZA',
  factores: [],
  movimientosVentana: [],
  gemelos: [],
  enTransito: 0n,
  lineas: [],
  codigos: [],
  ubicaciones: [],
  cercanos: [],
  desde: DIEZ,
  instante: DIEZ + 60_000,
  movimientosHasta: null,
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

test('digit swap: a line whose digits, swapped, explain the variance to the piece', () => {
  const lineas = [leida({ cantidad: u(3) }), leida({ cantidad: u(21) })];
  expect(causasDe({ ...base, variacion: u(9), lineas })).toEqual([
    'Posible: en una línea se escribió 21 y eran 12 piezas.',
  ]);
  expect(causasDe({ ...base, variacion: u(8), lineas })).toEqual([]);
  expect(causasDe({ ...base, variacion: u(108), lineas: [leida({ cantidad: u(120) })] })).toEqual([
    'Posible: en una línea se escribió 120 y eran 12 piezas.',
  ]);
  // In cartons: 13 of 4 for 31 of 4.
  expect(
    causasDe({ ...base, variacion: u(-72), lineas: [leida({ cantidad: u(13), factor: u(4) })] }),
  ).toEqual(['Posible: en una línea se escribió 13 y eran 31 piezas.']);
  // 20 is no 02.
  expect(causasDe({ ...base, variacion: u(-18), lineas: [leida({ cantidad: u(2) })] })).toEqual([]);
});

test('receipt not on the shelf: "la entrada F-221 está registrada y la caja no aparece"', () => {
  const compra = mov({ tipo: 'compra', cantidad: u(5), ocurridaEn: DIEZ - DIA, referencia: 'F-221' });
  expect(causasDe({ ...base, cercanos: [compra] })).toEqual([
    'Posible: la compra F-221 de 5 piezas (1 mar 2026) está registrada y la mercancía no aparece.',
  ]);
  expect(causasDe({ ...base, cercanos: [{ ...compra, cantidad: u(4) }] })).toEqual([]);
  expect(causasDe({ ...base, cercanos: [{ ...compra, ocurridaEn: DIEZ - 8 * DIA }] })).toEqual([]);
});

test('delivered late: sold, and still on the shelf', () => {
  const venta = mov({ cantidad: u(3), ocurridaEn: DIEZ - DIA, referencia: 'T-88' });
  expect(causasDe({ ...base, variacion: u(3), cercanos: [venta] })).toEqual([
    'Posible: la venta T-88 de 3 piezas (1 mar 2026) está registrada y falta entregarla.',
  ]);
});

test('sale or receipt not posted: recorded with a later hour, or one more of the same', () => {
  const tarde = mov({ tipo: 'compra', cantidad: u(24), ocurridaEn: DIEZ + DIA, referencia: 'F-230' });
  expect(causasDe({ ...base, variacion: u(24), cercanos: [tarde] })).toEqual([
    'Posible: la compra F-230 de 24 piezas (3 mar 2026) tiene hora posterior y ya había llegado al contar.',
  ]);
  const venta = mov({ cantidad: u(5), ocurridaEn: DIEZ + DIA });
  expect(causasDe({ ...base, cercanos: [venta] })).toEqual([
    'Posible: la venta de 5 piezas (3 mar 2026) tiene hora posterior y ya había salido al contar.',
  ]);
  expect(causasDe({ ...base, cercanos: [{ ...venta, ocurridaEn: DIEZ - DIA }] })).toEqual([
    'Posible: falta registrar otra igual a la venta de 5 piezas (1 mar 2026).',
  ]);
  expect(causasDe({ ...base, movimientosHasta: DIEZ - 20 * 60_000 })).toEqual([
    'Posible: faltan ventas o salidas por registrar; la caja se conoce hasta 2 mar 2026, 09:40.',
  ]);
  expect(causasDe({ ...base, movimientosHasta: DIEZ + DIA })).toEqual([]);
});

test('neighbour bin: read beside its place, or a place that nobody read', () => {
  const lineas = [leida({ ubicacion: 'A-03-3' })];
  expect(causasDe({ ...base, lineas, ubicaciones: ['A-03-2', 'B-01-1'] })).toEqual([
    'Posible: se leyó en A-03-3 y su lugar es A-03-2, al lado; mira en las dos.',
    'Posible: hay más en B-01-1, donde también se guarda y nadie lo leyó.',
  ]);
  expect(causasDe({ ...base, variacion: u(5), lineas, ubicaciones: ['B-01-1'] })).toEqual([]);
  expect(causasDe({ ...base, lineas: [leida()], ubicaciones: ['B-01-1'] })).toEqual([]);
  expect(sonVecinas('A-03-9', 'a-03-10')).toBe(true);
  expect(sonVecinas('A-03-1', 'A-04-1')).toBe(false);
  expect(sonVecinas('PISO', 'PISO')).toBe(false);
});

test('label of another product: a shared code, or one linked during the count', () => {
  const lineas = [leida({ codigoCrudo: '750X', cantidad: u(5) })];
  const codigo = { codigo: '750X', factor: u(1), deOtros: [{ codigo: 'BD-11', nombre: 'Balata trasera' }] };
  expect(causasDe({ ...base, variacion: u(5), lineas, codigos: [codigo] })).toEqual([
    'Posible: 5 piezas entraron con 750X, que también es de BD-11 Balata trasera.',
  ]);
  expect(causasDe({ ...base, lineas, codigos: [codigo] })).toEqual([
    'Posible: 750X también es de BD-11 Balata trasera; parte pudo contarse ahí.',
  ]);
  const solo = { codigo: '750X', factor: null, deOtros: [] };
  const ligadas = lineas.map((linea) => ({ ...linea, ligada: true }));
  expect(causasDe({ ...base, variacion: u(5), lineas: ligadas, codigos: [solo] })).toEqual([
    'Posible: 5 piezas entraron con 750X, ligado en este conteo; puede ser la etiqueta de otro producto.',
  ]);
  expect(causasDe({ ...base, variacion: u(5), lineas, codigos: [solo] })).toEqual([]);
});

test('a carton whose factor changed during the count is named with both', () => {
  const lineas = [leida({ codigoCrudo: 'C', factor: u(12), cantidad: u(2) })];
  const codigos = [{ codigo: 'C', factor: u(10), deOtros: [] }];
  expect(causasDe({ ...base, variacion: u(4), lineas, codigos })).toEqual([
    'Posible: C vale hoy 10 piezas y se leyó 1 vez como 12.',
  ]);
});
