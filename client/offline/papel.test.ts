import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FilaProducto } from '#shared/contracts/filas.ts';
import { renglonHojaId } from '#shared/domain/ajuste-id.ts';
import { renglonesDePagina } from '#shared/domain/hoja-conteo.ts';
import { type TelefonoNuevo, telefonoNuevo } from '#tests/offline/telefono-nuevo.ts';
import { usaBases } from './bases.ts';
import { buscarVarios, capturarPapel, type LineaPapel, leeHoja } from './papel.ts';
import { buscarCodigo } from './productos.ts';
import { leeContado, leeConteo } from './vista-conteos.ts';

const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [ANA, TIENDA, ALMACEN, BIN, CONTEO, BALATA, BUJIA] = [1, 10, 11, 12, 40, 20, 22].map(id) as [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
];
let bases: TelefonoNuevo;

const producto = (pid: string, codigo: string, upc: string | null = null) =>
  ({
    id: pid,
    codigo,
    nombre: codigo,
    unidad: 'PZA',
    decimales: 0,
    sku: null,
    upc,
    esServicio: false,
    esJuego: false,
    fusionadoEn: null,
    isActive: true,
  }) as unknown as FilaProducto;
const barras = (n: number, codigo: string, productoId: string, factor = '1') => ({
  id: id(n),
  codigo,
  claveGtin: /^\d{14}$/.test(codigo) ? codigo : null,
  productoId,
  factor,
  tipo: 'barras',
  nombre: null,
  isActive: true,
});

async function llega(scope: string, upserts: Record<string, object[]>): Promise<void> {
  const page = { scope, reset: false, upserts, deletes: {}, cursor: scope, head: true };
  await bases.cache.applyPull(
    { epoch: 'e', pages: [page as never], lastMid: null, scopesAdded: [], scopesRemoved: [], done: true },
    await bases.cache.cursors(),
    'd',
  );
}

beforeEach(async () => {
  bases = await telefonoNuevo({ usuarioId: ANA, tiendaId: TIENDA });
  const at = '2026-03-02T15:00:00.000Z';
  await bases.journal.measure('desfase', '300000');
  await llega(`tienda:${TIENDA}`, {
    tiendas: [{ id: TIENDA, codigo: 'T', nombre: 'Centro', zonaHoraria: 'America/Tijuana', isActive: true }],
    almacenes: [
      { id: ALMACEN, tiendaId: TIENDA, codigo: 'G', nombre: 'General', tipo: 'general', isActive: true },
    ],
    ubicaciones: [{ id: BIN, almacenId: ALMACEN, codigo: 'A-1', zona: 'A', nombre: null, isActive: true }],
    producto_ubicaciones: [{ productoId: BUJIA, ubicacionId: BIN }],
  });
  await llega('catalogo', {
    productos: [producto(BALATA, 'BD-1043', '7501234567893'), producto(BUJIA, 'BU-9')],
    codigos_barras: [
      barras(30, '17501234567890', BALATA, '12'),
      barras(31, 'X1', BALATA),
      barras(32, 'X1', BUJIA),
    ],
  });
  await llega(`conteo:${CONTEO}`, {
    conteos: [
      {
        id: CONTEO,
        folio: 'F-1',
        nombre: 'Conteo',
        tiendaId: TIENDA,
        almacenId: ALMACEN,
        alcance: 'lista',
        ciego: true,
        estado: 'abierto',
        abiertoEn: at,
      },
    ],
    conteo_contadores: [{ conteoId: CONTEO, usuarioId: ANA, nombre: 'Ana' }],
    conteo_productos: [BALATA, BUJIA].map((productoId) => ({ conteoId: CONTEO, productoId })),
  });
});
afterEach(() => usaBases(null));

const conteo = { id: CONTEO, intento: 1 };
function renglon(n: number, cantidad: string, extra: Partial<LineaPapel> = {}): LineaPapel {
  return {
    id: renglonHojaId({ conteoId: CONTEO, intento: 1, usuarioId: ANA }, n, 0),
    ubicacionId: BIN,
    productoId: BUJIA,
    codigoCrudo: null,
    tipo: 'suma',
    cantidad,
    factor: '1',
    lote: null,
    nota: 'hoja de papel, p. 1 r. 1, contó Ana',
    contadoEn: '2026-03-02T18:05:00.000Z',
    ...extra,
  };
}
const contado = async () =>
  (await leeContado(CONTEO, ANA)).map(({ codigo, unidades, ubicacion }) => [codigo, unidades, ubicacion]);
const argumentos = async () =>
  (await bases.journal.db.mutations.toArray()).map((row) => JSON.parse(row.args) as Record<string, unknown>);

describe('a sheet captured without signal', () => {
  test('each row is one line of who captures, with the paper’s hour, also when the page is captured twice', async () => {
    const filas = [
      renglon(1, '29'),
      renglon(2, '3', { productoId: BALATA, ubicacionId: null }),
      renglon(3, '1', { productoId: null, codigoCrudo: 'RARO', ubicacionId: null }),
    ];
    expect(await capturarPapel(conteo, filas)).toBe(3);
    expect(await capturarPapel(conteo, filas)).toBe(0);
    // Two taps at once: both find nothing there yet.
    const otra = [renglon(4, '0', { tipo: 'cero', productoId: BALATA })];
    await Promise.all([capturarPapel(conteo, otra), capturarPapel(conteo, otra)]);
    const guardadas = await argumentos();
    expect(guardadas).toHaveLength(4);
    expect(guardadas[0]).toMatchObject({
      fuente: 'hoja',
      contadoEn: '2026-03-02T18:05:00.000Z',
      // The hour is the wall's: this phone's clock, five minutes off, has no part in it.
      desfaseGuardarMs: 0,
      nota: 'hoja de papel, p. 1 r. 1, contó Ana',
    });
    expect(new Set((await bases.journal.db.mutations.toArray()).map(({ usuario }) => usuario))).toEqual(
      new Set([ANA]),
    );
    expect((await contado()).toSorted()).toEqual([
      ['BD-1043', '0', 'A-1'],
      ['BD-1043', '3', null],
      ['BU-9', '29', 'A-1'],
      ['RARO', '1', null],
    ]);
  });

  test('a corrected row voids what it said before, in one save', async () => {
    const antes = renglon(1, '5');
    await capturarPapel(conteo, [antes]);
    const id2 = renglonHojaId({ conteoId: CONTEO, intento: 1, usuarioId: ANA }, 1, 1);
    await capturarPapel(conteo, [renglon(1, '7', { id: id2 })], [antes.id]);
    await capturarPapel(conteo, [renglon(1, '7', { id: id2 })], [antes.id]);
    expect(await contado()).toEqual([['BU-9', '7', 'A-1']]);
    expect((await argumentos()).map(({ tipo }) => tipo)).toEqual(['suma', 'anula', 'suma']);
    await capturarPapel(conteo, [], [id2]);
    expect(await contado()).toEqual([]);
  });
});

test('the phone lists the sheet as the server prints it: bins first, then what has no bin, in the shop’s zone', async () => {
  const detalle = (await leeConteo(CONTEO, ANA))!;
  const hoja = await leeHoja(detalle, 2);
  expect(hoja).toMatchObject({ faltan: 0, zona: 'America/Tijuana' });
  expect(
    hoja.paginas
      .flatMap(renglonesDePagina)
      .filter(({ productoId }) => productoId !== null)
      .map(({ renglon: n, productoId, ubicacionId }) => [n, productoId, ubicacionId]),
  ).toEqual([
    [1, BUJIA, BIN],
    [2, BALATA, null],
  ]);
  expect((await leeHoja({ ...detalle, productoIds: null }, 3)).paginas).toHaveLength(3);
  expect((await leeHoja({ ...detalle, productoIds: [BUJIA, id(99)] }, 1)).faltan).toBe(1);
});

test('many codes looked up at once give what each alone gives', async () => {
  const codigos = ['BD-1043', '7501234567893', '17501234567890', 'X1', 'bu-9', 'NADA', '07501234567893'];
  const muchos = [...codigos, ...Array.from({ length: 300 }, (_, n) => `Z-${n}`)];
  for (const lista of [codigos, muchos]) {
    const hallados = await buscarVarios(lista);
    for (const codigo of codigos)
      expect([codigo, hallados.get(codigo)]).toEqual([codigo, await buscarCodigo(codigo)]);
  }
});
