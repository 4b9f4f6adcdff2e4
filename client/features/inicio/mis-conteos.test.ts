import { expect, test } from 'vitest';
import type { ConteoVista } from '#client/offline/index.ts';
import { atrasado, detalleDeConteo, porContar, textoDevuelta } from './mis-conteos.ts';

test('a part that was given back says so, with what the manager wrote', () => {
  expect(textoDevuelta({ devuelta: 'falta el pasillo 3' })).toBe(
    'Te devolvieron tu parte: falta el pasillo 3',
  );
  expect(textoDevuelta({ devuelta: '' })).toBe('Te devolvieron tu parte');
  expect(textoDevuelta({ devuelta: null })).toBeNull();
});

const AHORA = Date.parse('2026-03-02T20:00:00.000Z');
// why: only what the list looks at matters.
const conteo = (id: string, cambios: Partial<ConteoVista> = {}) =>
  ({
    id,
    cuento: true,
    parteTerminadaEn: null,
    estado: 'abierto',
    vence: null,
    abiertoEn: '2026-03-02T15:00:00.000Z',
    ciego: true,
    intento: 1,
    almacenNombre: 'General',
    soloAqui: false,
    proposito: 'conteo',
    folio: 'F-1',
    ...cambios,
  }) as ConteoVista;

test('vence warns, never blocks: an overdue conteo says so and stays first among those to count', () => {
  const tarde = conteo('tarde', { vence: '2026-03-02T18:00:00.000Z' });
  const pronto = conteo('pronto', { vence: '2026-03-02T23:00:00.000Z' });
  const lista = [conteo('sin plazo'), pronto, tarde, conteo('ajeno', { cuento: false })];
  expect(porContar(lista).map(({ id }) => id)).toEqual(['tarde', 'pronto', 'sin plazo']);
  expect(detalleDeConteo(tarde, AHORA)).toMatch(/venció hoy \d\d:\d\d/);
  expect(detalleDeConteo(pronto, AHORA)).toContain('vence ');
  expect(atrasado(tarde, AHORA)).toBe(true);
  expect(atrasado(pronto, AHORA)).toBe(false);
  // Once handed in it is late no more.
  expect(atrasado({ ...tarde, parteTerminadaEn: '2026-03-02T19:00:00.000Z' }, AHORA)).toBe(false);
});

test('a test count is told as one on Inicio; rows of an older cache are real counts', () => {
  const conteo = {
    ciego: true,
    intento: 1,
    vence: null,
    almacenNombre: 'Centro',
    soloAqui: false,
    folio: 'F-1',
  };
  const dice = (cambios: object) =>
    detalleDeConteo({ ...conteo, ...cambios } as unknown as ConteoVista, 0).replaceAll('\u00a0', ' ');
  expect(dice({ proposito: 'prueba' })).toBe('Prueba ciega · Centro · F-1');
  expect(dice({ proposito: 'prueba', ciego: false })).toBe('Prueba · Centro · F-1');
  expect(dice({ proposito: 'conteo' })).toBe('Conteo ciego · Centro · F-1');
  expect(dice({})).toBe('Conteo ciego · Centro · F-1');
});
