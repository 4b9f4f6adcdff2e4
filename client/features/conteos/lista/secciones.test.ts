import { describe, expect, test } from 'vitest';
import type { ConteoVista } from '#client/offline/index.ts';
import type { ResumenConteo } from '#shared/contracts/conteos.ts';
import { porSecciones, une, vencido } from './secciones.ts';

function enCache(id: string, cambios: Partial<ConteoVista> = {}): ConteoVista {
  return {
    id,
    folio: null,
    nombre: id,
    tiendaId: 't',
    almacenId: 'a',
    alcance: 'libre',
    ciego: true,
    reparto: 'ninguno',
    estado: 'abierto',
    vence: null,
    creadoPor: 'u',
    proposito: 'conteo',
    corrigeA: null,
    complementaA: null,
    abiertoEn: '2026-03-02T10:00:00Z',
    cerradoEn: null,
    almacenNombre: 'General',
    tiendaNombre: 'Centro',
    soloAqui: false,
    cuento: true,
    intento: 1,
    misLineas: 3,
    misProductos: 2,
    sinEnviar: 1,
    parteTerminadaEn: null,
    devuelta: null,
    ...cambios,
  };
}

function enServidor(id: string, cambios: Partial<ResumenConteo> = {}): ResumenConteo {
  return {
    id,
    folio: `F-${id}`,
    nombre: id,
    almacen: 'General',
    estado: 'abierto',
    ciego: true,
    contadores: ['Ana', 'Luis'],
    partes: 1,
    partesTotal: 2,
    abiertoEn: '2026-03-02T10:00:00Z',
    vence: null,
    cerradoEn: null,
    productosContados: 10,
    aprobados: 0,
    ...cambios,
  };
}

const ids = (lista: { id: string }[]) => lista.map(({ id }) => id);

test('one row a conteo: what is mine from the phone, parts and folio from the server', () => {
  const [uno, ...demas] = une(
    [enCache('x', { soloAqui: true })],
    [enServidor('x', { estado: 'en_revision' })],
  );
  expect(demas).toEqual([]);
  expect(uno).toMatchObject({
    folio: 'F-x',
    estado: 'en_revision',
    misLineas: 3,
    sinEnviar: 1,
    partes: { enviadas: 1, total: 2 },
    soloAqui: false,
  });
});

test('a test count is told as one, wherever it is known from', () => {
  const lista = une(
    [enCache('aqui', { proposito: 'prueba' })],
    [enServidor('alla', { proposito: 'prueba' }), enServidor('real')],
  );
  expect(lista.map(({ id, prueba }) => [id, prueba])).toEqual([
    ['aqui', true],
    ['alla', true],
    ['real', false],
  ]);
});

describe('sections', () => {
  const todos = une(
    [
      enCache('mio'),
      enCache('urge', { vence: '2026-03-02T12:00:00Z' }),
      enCache('entregado', { parteTerminadaEn: '2026-03-02T11:00:00Z' }),
      enCache('revision', { estado: 'en_revision' }),
      enCache('ajeno', { cuento: false }),
    ],
    [
      enServidor('viejo', { estado: 'cerrado', cerradoEn: '2026-02-01T10:00:00Z' }),
      enServidor('nuevo', { estado: 'cerrado', cerradoEn: '2026-03-01T10:00:00Z' }),
      enServidor('cancelado', { estado: 'cancelado', abiertoEn: '2026-01-01T10:00:00Z' }),
    ],
  );

  test('of a manager', () => {
    const listas = porSecciones(todos, true);
    expect(ids(listas.por_contar)).toEqual(['urge', 'mio']);
    expect(ids(listas.por_revisar)).toEqual(['revision']);
    expect(ids(listas.en_curso)).toEqual(['entregado', 'ajeno']);
    expect(ids(listas.cerrados)).toEqual(['nuevo', 'viejo', 'cancelado']);
    expect(listas.enviados).toEqual([]);
  });

  test('a counter sees no reviews: what was handed in waits apart', () => {
    const listas = porSecciones(todos, false);
    expect(ids(listas.por_contar)).toEqual(['urge', 'mio']);
    expect(ids(listas.enviados).sort()).toEqual(['entregado', 'revision']);
    expect(listas.por_revisar).toEqual([]);
    expect(listas.en_curso).toEqual([]);
  });
});

test('late: past its hour and still open', () => {
  const ahora = Date.parse('2026-03-02T13:00:00Z');
  const vence = '2026-03-02T12:00:00Z';
  expect(vencido({ estado: 'abierto', vence }, ahora)).toBe(true);
  expect(vencido({ estado: 'en_revision', vence }, ahora)).toBe(false);
  expect(vencido({ estado: 'abierto', vence: null }, ahora)).toBe(false);
});
