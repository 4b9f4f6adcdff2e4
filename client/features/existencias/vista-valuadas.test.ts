import { describe, expect, test } from 'vitest';
import type { AlmacenValuado, FilaValuada } from '#shared/contracts/valuadas.ts';
import { filasDe, leeBusqueda, prepara, totalGeneral } from './vista-valuadas.ts';

const fila = (codigo: string, cambios: Partial<FilaValuada> = {}): FilaValuada => ({
  productoId: codigo,
  codigo,
  nombre: `Producto ${codigo}`,
  unidad: 'PZA',
  almacenId: 'a',
  cantidad: '1.00000',
  tieneBase: true,
  costo: '10.00',
  fuente: 'promedio',
  valor: '10.00',
  ...cambios,
});
const almacen = (id: string, valor: string, tipo = 'general'): AlmacenValuado => ({
  id,
  codigo: id,
  nombre: id,
  tipo,
  tienda: 'Centro',
  zonaHoraria: 'America/Mexico_City',
  al: '2027-01-01T05:59:59.999Z',
  totales: { productos: 2, valor, negativos: 1, valorNegativos: '-5.00', sinCosto: 0, sinBase: 0 },
});
const FILAS = prepara({
  almacenes: [almacen('a', '0.00')],
  filas: [
    fila('PH-2840', { nombre: 'Filtro de aceite', valor: '100.00' }),
    fila('BAL-1', { nombre: 'Balata jetta', cantidad: '-2', valor: '-20.00' }),
    fila('CC-1', { costo: null, valor: null, fuente: 'sin_costo', tieneBase: false }),
    fila('DD-1', { valor: '300.00' }),
  ],
});
const codigos = (vista: Partial<Parameters<typeof filasDe>[1]>) =>
  filasDe(FILAS, { q: '', filtro: 'todo', orden: 'valor', dir: 'desc', ...vista }).map((f) => f.fila.codigo);

describe('rows', () => {
  test('most value first, what has none last whichever way', () => {
    expect(codigos({})).toEqual(['DD-1', 'PH-2840', 'BAL-1', 'CC-1']);
    expect(codigos({ dir: 'asc' })).toEqual(['BAL-1', 'PH-2840', 'DD-1', 'CC-1']);
  });

  test('search folds accents and the punctuation of codes', () => {
    expect(codigos({ q: 'ph2840' })).toEqual(['PH-2840']);
    expect(codigos({ q: 'JETTA balata' })).toEqual(['BAL-1']);
    expect(codigos({ q: 'no hay' })).toEqual([]);
  });

  test('negatives, no cost and no base can be looked at alone', () => {
    expect(codigos({ filtro: 'negativos' })).toEqual(['BAL-1']);
    expect(codigos({ filtro: 'sin_costo' })).toEqual(['CC-1']);
    expect(codigos({ filtro: 'sin_base' })).toEqual(['CC-1']);
  });
});

test('the general total leaves out the goods of others', () => {
  expect(
    totalGeneral([almacen('a', '100.00'), almacen('b', '50.50'), almacen('c', '999.00', 'ajeno')]),
  ).toMatchObject({
    valor: 15_050n,
    valorNegativos: -1000n,
    productos: 4,
    ajenos: 1,
  });
});

test('a URL that makes no sense falls back', () => {
  expect(leeBusqueda({ al: '2026-99-99', orden: 'x', ver: 7 }, '2026-10-31')).toMatchObject({
    al: '2026-10-31',
    orden: 'valor',
    dir: 'desc',
    filtro: 'todo',
  });
  expect(leeBusqueda({ al: '2025-12-31', orden: 'producto' }, '2026-10-31')).toMatchObject({
    al: '2025-12-31',
    dir: 'asc',
  });
});
