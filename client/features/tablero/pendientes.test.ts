import { describe, expect, test } from 'vitest';
import type { ConteoVista } from '#client/offline/index.ts';
import type { Ahora } from '#shared/contracts/tablero.ts';
import type { Sabido } from './fila.ts';
import { hace } from './hace.ts';
import { filasDe } from './pendientes.ts';

const EN = Date.parse('2026-03-02T13:00:00Z');
const TARDE = '2026-03-02T12:00:00Z';

function conteo(id: string, cambios: Partial<ConteoVista> = {}): ConteoVista {
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
    misLineas: 0,
    misProductos: 0,
    sinEnviar: 0,
    parteTerminadaEn: null,
    devuelta: null,
    ...cambios,
  };
}

const NADA: Ahora = {
  hechoEn: '2026-03-02T13:00:00Z',
  conteos: { enRevision: [], enRevisionTotal: 0, atrasados: [], atrasadosTotal: 0, tardios: [] },
  equipos: { conPendientes: 0, pendientes: 0, masViejo: null, callados: 0 },
  rechazos: { rechazados: 0, cuarentena: 0, enEspera: 0, masViejo: null },
  existencias: { negativas: 0, sinBase: 0 },
  minimos: { debajo: 0, agotados: 0, con: 0 },
  importaciones: { fallidas: [], porAplicar: 0 },
  periodos: [],
};

const sabe = (cambios: Partial<Sabido>) =>
  filasDe({
    rol: 'gerente',
    conteos: [],
    envio: { rechazadas: 0 },
    ahora: NADA,
    firmas: undefined,
    breves: new Map(),
    en: EN,
    hoy: '2026-03-02',
    ...cambios,
  });

const CONTEOS = [
  conteo('mio'),
  conteo('tarde', { vence: TARDE }),
  conteo('entregado', { vence: TARDE, parteTerminadaEn: TARDE }),
  conteo('ajeno', { vence: TARDE, cuento: false }),
  conteo('revision', { estado: 'en_revision', cuento: false }),
  conteo('cerrado', { estado: 'cerrado', vence: TARDE }),
];

describe('from the phone alone, also without signal', () => {
  test('a counter: own assigned counts, what was given back or is late first, and own refused lines', () => {
    const filas = sabe({
      rol: 'almacenista',
      ahora: undefined,
      conteos: [...CONTEOS, conteo('otra', { devuelta: 'falta el pasillo 3' })],
      envio: { rechazadas: 2 },
    });
    expect(filas.map(({ clave, marca }) => [clave, marca])).toEqual([
      ['mios', 'revisa'],
      ['contar-tarde', 'atrasado'],
      ['contar-otra', 'te lo devolvieron'],
      ['contar-mio', 'por contar'],
    ]);
  });

  test('a driver has nothing of counts', () => {
    expect(sabe({ rol: 'chofer', ahora: undefined, conteos: [conteo('x', { cuento: false })] })).toEqual([]);
  });

  test('a manager whom the server has not answered yet: what the phone knows of the shop', () => {
    expect(sabe({ ahora: undefined, conteos: CONTEOS }).map(({ clave }) => clave)).toEqual([
      'revision-revision',
      'atraso-tarde',
      'atraso-entregado',
      'atraso-ajeno',
      'contar-mio',
    ]);
  });
});

describe('with the server’s word', () => {
  const LLENO: Ahora = {
    ...NADA,
    conteos: {
      enRevision: [
        {
          id: 'r1',
          folio: 'C-1',
          nombre: 'Zona A',
          lugar: 'Centro · General',
          desde: TARDE,
          pedida: false,
          proposito: 'conteo',
        },
        {
          id: 'r2',
          folio: 'C-2',
          nombre: '',
          lugar: 'Norte',
          desde: TARDE,
          pedida: true,
          proposito: 'conteo',
        },
      ],
      enRevisionTotal: 9,
      atrasados: [{ id: 'mio', folio: 'C-3', nombre: '', lugar: 'Centro', vence: TARDE }],
      atrasadosTotal: 1,
      tardios: [{ id: 't1', folio: 'C-4', nombre: 'Zona B', lugar: 'Centro', lineas: 1 }],
    },
    equipos: { conPendientes: 2, pendientes: 38, masViejo: '2026-02-28T13:00:00Z', callados: 1 },
    rechazos: { rechazados: 1, cuarentena: 2, enEspera: 0, masViejo: TARDE },
    existencias: { negativas: 4, sinBase: 6 },
    minimos: { debajo: 7, agotados: 2, con: 50 },
    importaciones: { fallidas: [{ id: 'f', archivo: 'ventas.xlsx', en: TARDE }], porAplicar: 1 },
    periodos: [{ tiendaId: 't', tienda: 'Centro', mes: '2026-02', cerradoHasta: '2026-01-31' }],
  };
  const filas = sabe({
    rol: 'admin',
    ahora: LLENO,
    firmas: { total: 3, mias: 2, pesos: '4210.50', sinCosto: 1, manuales: 2 },
    conteos: CONTEOS,
    breves: new Map([
      ['r1', { id: 'r1', porDecidir: 12, fuera: 3, pesosFuera: '4210.00', sinLigar: 1, tardias: 0 }],
    ]),
  });
  const de = (clave: string) => filas.find((fila) => fila.clave === clave)!;

  test('what is wrong comes first, then what is late or asked of me, then what can wait', () => {
    expect(filas.map(({ clave }) => clave)).toEqual([
      'rechazos',
      'archivo-f',
      'revision-r1',
      'revision-r2',
      'mas-revision',
      'atraso-mio',
      'tarde-t1',
      'firmas',
      'equipos',
      'negativas',
      'minimos',
      'periodo-t',
      'por-aplicar',
      'callados',
      'sin-base',
      'contar-mio',
    ]);
  });

  test('each row says what, how much and since when, and opens the rows behind it with their filters', () => {
    expect(de('revision-r1')).toMatchObject({
      detalle: '3 productos fuera de tolerancia por $4,210 · 1 código sin ligar · C-1 · Centro · General',
      a: { to: '/conteos/$conteoId/revision', params: { conteoId: 'r1' }, search: { filtro: 'fuera' } },
    });
    expect(de('revision-r2')).toMatchObject({ titulo: 'C-2', marca: 'te piden firma', detalle: 'Norte' });
    expect(de('mas-revision').titulo).toBe('Y 7 más por revisar');
    expect(de('atraso-mio')).toMatchObject({
      detalle: 'venció hace 1 hora · Centro',
      a: { to: '/conteos/$conteoId' },
    });
    expect(de('firmas').detalle).toBe(
      '2 ajustes a mano y 1 movimiento tardío · por $4,210.50 · 1 sin costo · 1 le toca a otra persona',
    );
    expect(de('equipos')).toMatchObject({
      titulo: '2 teléfonos con datos sin enviar',
      detalle: '38 datos · el más viejo, de hace 2 días',
      a: { to: '/mas/dispositivos' },
    });
    expect(de('rechazos').detalle).toBe('1 rechazado y 2 en cuarentena · el más viejo, de hace 1 hora');
    expect(de('negativas').a).toEqual({
      to: '/existencias/valuadas',
      search: { ver: 'negativos', al: '2026-03-02' },
    });
    expect(de('minimos').a).toEqual({ to: '/tablero', search: { ver: 'minimos' } });
    expect(de('periodo-t').titulo).toBe('Falta cerrar febrero en Centro');
    expect(de('tarde-t1').detalle).toContain('1 línea llegó después de aprobar');
    expect(filas.every(({ titulo, detalle }) => titulo !== '' && detalle !== '')).toBe(true);
  });

  test('products below minimum come first for the buyer', () => {
    const suyas = sabe({
      rol: 'comprador',
      ahora: {
        ...LLENO,
        conteos: null,
        equipos: null,
        rechazos: null,
        periodos: null,
        importaciones: null,
      },
    });
    expect(suyas.map(({ clave, tono }) => [clave, tono])).toEqual([
      ['minimos', 'warn'],
      ['negativas', 'warn'],
    ]);
  });

  test('nothing waits', () => {
    expect(sabe({})).toEqual([]);
  });
});

test('how long ago', () => {
  expect([90_000, 5 * 60_000, 90 * 60_000, 47 * 3_600_000, 48 * 3_600_000].map(hace)).toEqual([
    'un momento',
    '5 minutos',
    '1 hora',
    '47 horas',
    '2 días',
  ]);
});
