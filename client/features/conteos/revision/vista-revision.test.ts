import { describe, expect, test } from 'vitest';
import { conVariacionDe, productoRevisado } from './muestra-revision.ts';
import {
  cuentas,
  filasDe,
  leeBusqueda,
  paraRecontar,
  pasaTexto,
  porAprobar,
  porcentajeExacto,
  textoAprobar,
  vistosDe,
} from './vista-revision.ts';

const BLOQUEO = { code: 'APROBACION_TRASLAPE', mensaje: 'Dos personas contaron lo mismo.' };
const exacto = productoRevisado('E-1');
const falta = conVariacionDe('F-1', '-12', '-1840.00');
const sobra = conVariacionDe('S-1', '1', '35.50');
const sinCosto = conVariacionDe('C-1', '2', null);
const sinBase = productoRevisado('B-1', {
  teorico: null,
  lo: null,
  hi: null,
  variacion: null,
  valor: null,
  estado: 'sin_base',
  efecto: 'base',
  dentroTolerancia: null,
});
const traslape = productoRevisado('T-1', { estado: 'traslape', efecto: 'nada', bloqueos: [BLOQUEO] });
const firmado = productoRevisado('A-1', {
  efecto: 'nada',
  aprobado: { por: 'Rosa', en: '2026-03-02T18:00:00.000Z', ajusteId: null, variacion: '0' },
});
const TODOS = [exacto, falta, sobra, sinCosto, sinBase, traslape, firmado];
const NADIE = new Set<string>();

describe('what Aprobar posts', () => {
  test('everything decidable is chosen beforehand; blocked and signed ones never are', () => {
    const suma = porAprobar(TODOS, NADIE);
    expect(suma.ids).toEqual(['id-E-1', 'id-F-1', 'id-S-1', 'id-C-1', 'id-B-1']);
    expect(suma).toMatchObject({ ajustes: 3, bases: 1, sinAjuste: 1, neto: -180_450n, sinCosto: 1 });
  });

  test('what was set aside is in neither count nor sum', () => {
    const suma = porAprobar(TODOS, new Set(['id-F-1', 'id-C-1', 'id-B-1', 'id-E-1']));
    expect(textoAprobar(suma)).toEqual({ texto: 'Aprobar 1 ajuste', detalle: '$35.50' });
  });

  test('a block that arrives takes the product out, without anybody touching the choice', () => {
    const antes = porAprobar([falta], NADIE);
    const despues = porAprobar([{ ...falta, bloqueos: [BLOQUEO] }], NADIE);
    expect(antes.ids).toHaveLength(1);
    expect(despues.ids).toHaveLength(0);
  });

  test.each([
    [[falta, sobra], 'Aprobar 2 ajustes', '−$1,804.50'],
    [[falta, sinCosto], 'Aprobar 2 ajustes', '−$1,840 · 1 sin costo'],
    [[sinCosto], 'Aprobar 1 ajuste', '1 sin costo'],
    [[falta, exacto], 'Aprobar 1 ajuste', '−$1,840 · 1 sin ajuste'],
    [[exacto], 'Aprobar 1 producto', 'sin ajuste'],
    [[sinBase, exacto], 'Aprobar 1 inventario inicial', '1 sin ajuste'],
    [[traslape], 'Aprobar', 'nada elegido'],
  ])('says it: %#', (productos, texto, detalle) => {
    expect(textoAprobar(porAprobar(productos, NADIE))).toEqual({ texto, detalle });
  });

  test('vistos are the figures of the screen, of the asked ones only', () => {
    expect(vistosDe(TODOS, ['id-F-1', 'id-B-1'])).toEqual({
      'id-F-1': { contado: '10', variacion: '-12' },
      'id-B-1': { contado: '10', variacion: null },
    });
  });
});

describe('what the table shows', () => {
  const codigos = (search: Record<string, unknown>) =>
    filasDe(TODOS, leeBusqueda(search)).map(({ codigo }) => codigo);

  test('first what cannot be signed yet, then the dearest variance; signed ones last', () => {
    expect(codigos({})).toEqual(['T-1', 'F-1', 'S-1', 'C-1', 'B-1', 'E-1', 'A-1']);
  });

  test.each([
    ['variacion', ['T-1', 'F-1', 'S-1', 'C-1', 'B-1']],
    ['fuera', ['T-1', 'F-1', 'S-1', 'C-1']],
    ['por_decidir', ['T-1', 'F-1', 'S-1', 'C-1', 'B-1', 'E-1']],
  ])('filter %s', (filtro, esperado) => {
    expect(codigos({ filtro })).toEqual(esperado);
    expect(cuentas(TODOS)[filtro as 'fuera']).toBe(esperado.length);
  });

  test('by variance, both ways; without base always last', () => {
    expect(codigos({ orden: 'variacion', dir: 'asc', filtro: 'variacion' })).toEqual([
      'F-1',
      'T-1',
      'S-1',
      'C-1',
      'B-1',
    ]);
    expect(codigos({ orden: 'variacion', dir: 'desc', filtro: 'variacion' }).at(-1)).toBe('B-1');
  });

  test('search folds accents and takes every word', () => {
    const balata = productoRevisado('PH-2840', { nombre: 'Balata cerámica Jetta' });
    expect(pasaTexto(balata, 'jetta CERAMICA')).toBe(true);
    expect(pasaTexto(balata, 'ph-2840')).toBe(true);
    expect(pasaTexto(balata, 'jetta vento')).toBe(false);
  });
});

test('the URL is not trusted', () => {
  expect(leeBusqueda({ filtro: 'x', q: 75, orden: 3, dir: 'up' })).toEqual({
    filtro: 'todos',
    q: '75',
    orden: 'importancia',
    dir: 'desc',
  });
});

test('a recount offers what is neither exact nor signed, and ticks what lies outside tolerance', () => {
  const dentro = { ...sobra, dentroTolerancia: true };
  const { candidatos, marcados } = paraRecontar([exacto, falta, dentro, firmado]);
  expect(candidatos.map(({ codigo }) => codigo)).toEqual(['F-1', 'S-1']);
  expect(marcados).toEqual(['id-F-1']);
});

test.each([
  [117, 120, '97.5'],
  [120, 120, '100'],
  [2999, 3000, '99.9'],
  [0, 4, '0'],
  [0, 0, null],
])('%i of %i exact', (exactos, productos, esperado) => {
  expect(porcentajeExacto(exactos, productos)).toBe(esperado);
});
