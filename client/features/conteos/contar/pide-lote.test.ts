import { expect, test } from 'vitest';
import { datosEnVigor, esDelPedido, type PideLote } from './pide-lote.ts';

const SIN = { lote: null, caduca: null, dot: null };
const pedido = (cambios: Partial<PideLote> = {}): PideLote => ({
  producto: { id: 'p', nombre: 'Aceite', pideLote: true, pideCaducidad: true },
  lugar: { conteoId: 'c', intento: 1, productoId: 'p', ubicacionId: null },
  modo: 'lectura',
  actual: SIN,
  mala: null,
  ...cambios,
});
const linea = (cambios: object = {}) => ({ ...SIN, codigoCrudo: '750', ...cambios });

test('the lot that is said after the scan goes to the lines left "sin lote", never over another lot', () => {
  const dicho = { ...SIN, lote: 'L1', caduca: '2027-01-31' };
  const es = (l: ReturnType<typeof linea>) => esDelPedido(pedido(), dicho, false, l);
  expect(es(linea())).toBe(true);
  expect(es(linea({ lote: 'L1' }))).toBe(true);
  expect(es(linea({ lote: 'OTRO' }))).toBe(false);
  expect(es(linea({ lote: 'L1', caduca: '2026-01-31' }))).toBe(false);
  expect(es(linea({ lote: 'L1', caduca: '2027-01-31' }))).toBe(false);
});

test('what a damaged label hid is said for its equals only', () => {
  const mala = { crudo: '01…10ABC17', explica: 'sin separador' };
  const es = (crudo: string) =>
    esDelPedido(pedido({ mala }), { ...SIN, lote: 'ABC' }, false, linea({ codigoCrudo: crudo }));
  expect(es('01…10ABC17')).toBe(true);
  expect(es('750')).toBe(false);
});

test('another lot for what follows leaves the counted ones alone, unless they are said to be wrong', () => {
  const actual = { ...SIN, lote: 'L1', caduca: '2027-01-31' };
  const siguen = pedido({ modo: 'siguen', actual });
  const otro = { ...SIN, lote: 'L2' };
  expect(esDelPedido(siguen, otro, false, linea(actual))).toBe(false);
  expect(esDelPedido(siguen, otro, true, linea(actual))).toBe(true);
  expect(esDelPedido(siguen, otro, true, linea({ lote: 'L0' }))).toBe(false);
  expect(datosEnVigor(siguen, otro, false)).toEqual({ ...SIN, lote: 'L2' });
  expect(datosEnVigor(siguen, otro, true)).toEqual({ ...actual, lote: 'L2' });
});

test('an expiry said later joins the lot in force; a DOT takes the place of a lot', () => {
  const conLote = pedido({ actual: { ...SIN, lote: 'L1' } });
  expect(datosEnVigor(conLote, { ...SIN, caduca: '2027-01-31' }, false)).toEqual({
    lote: 'L1',
    caduca: '2027-01-31',
    dot: null,
  });
  expect(datosEnVigor(pedido(), { ...SIN, dot: '2319' }, false)).toEqual({ ...SIN, dot: '2319' });
});
