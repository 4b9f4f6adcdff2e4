import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FilaProducto } from '#shared/contracts/filas.ts';
import {
  anular,
  cero,
  contar,
  corregirA,
  crearConteoLibre,
  deshacer,
  proponerAjuste,
  proponerLiga,
  registrarMovimiento,
  terminarParte,
} from './acciones.ts';
import { elJournal, usaBases } from './bases.ts';
import { buscarTexto, olvidaBuscador } from './busqueda.ts';
import { Cache } from './cache.ts';
import { CacheDb } from './cache-db.ts';
import { exportarPendientes } from './exportar.ts';
import { guardaFoto, subeFotos } from './fotos.ts';
import { importarPendientes } from './importar.ts';
import { Journal } from './journal.ts';
import { JournalDb } from './journal-db.ts';
import { journalPort } from './journal-port.ts';
import type { Contar } from './modelo.ts';
import { buscarCodigo } from './productos.ts';
import { leeRechazos } from './rechazos.ts';
import { leeContado, leeConteo, leeConteos, leeSinContar } from './vista-conteos.ts';

const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const ANA = id(1);
const LUIS = id(2);
const TIENDA = id(10);
const ALMACEN = id(11);
const BIN = id(12);
const BALATA = id(20);
const ACEITE = id(21);
const BUJIA = id(22);
let next = 0;
let bases: { journal: Journal; cache: Cache };

function producto(
  pid: string,
  codigo: string,
  nombre: string,
  extra: Partial<FilaProducto> = {},
): FilaProducto {
  return {
    id: pid,
    codigo,
    nombre,
    categoriaId: null,
    precio: '10.00',
    unidad: 'PZA',
    decimales: 0,
    marca: null,
    modelo: null,
    sku: null,
    upc: null,
    imagenUrl: null,
    pideLote: false,
    pideCaducidad: false,
    esServicio: false,
    esJuego: false,
    partes: null,
    fusionadoEn: null,
    isActive: true,
    ...extra,
  };
}

function abre(): { journal: Journal; cache: Cache } {
  next += 1;
  const n = next;
  return {
    journal: new Journal({ open: () => new JournalDb(`journal-acciones-${n}`) }),
    cache: new Cache(() => new CacheDb(`cache-acciones-${n}`)),
  };
}

async function entra(journal: Journal, usuarioId = ANA, rol: 'almacenista' | 'gerente' = 'almacenista') {
  const at = '2026-03-02T15:00:00.000Z';
  await journal.enter(
    { usuarioId, nombre: 'Ana', correo: null, rol, tiendaIds: [TIENDA], limiteAjuste: null, expiraEn: at },
    { usuario: usuarioId, token: `turno-${usuarioId}`, emitido_en: at, expira_en: at },
  );
}

async function llega(scope: string, upserts: Record<string, object[]>, cache = bases.cache): Promise<void> {
  const sent = await cache.cursors();
  const page = { scope, reset: false, upserts, deletes: {}, cursor: `${Math.random()}`, head: true };
  await cache.applyPull(
    { epoch: 'e', pages: [page as never], lastMid: null, scopesAdded: [], scopesRemoved: [], done: true },
    sent,
    'd',
  );
}

beforeEach(async () => {
  bases = abre();
  usaBases(bases);
  olvidaBuscador();
  await entra(bases.journal);
  await llega(`tienda:${TIENDA}`, {
    tiendas: [{ id: TIENDA, codigo: 'CDMX-01', nombre: 'Centro', isActive: true }],
    almacenes: [
      { id: ALMACEN, tiendaId: TIENDA, codigo: 'GEN', nombre: 'General', tipo: 'general', isActive: true },
    ],
    ubicaciones: [{ id: BIN, almacenId: ALMACEN, codigo: 'A-03-2', zona: 'A', nombre: null, isActive: true }],
  });
  await llega('catalogo', {
    productos: [
      producto(BALATA, 'BD-1043', 'Balata delantera Tsuru', { upc: '7501234567893' }),
      producto(ACEITE, 'AC-20W50', 'Aceite 20W50', { unidad: 'L' }),
      producto(BUJIA, 'BU-9', 'Bujía de níquel'),
    ],
    codigos_barras: [
      {
        id: id(30),
        codigo: '17501234567890',
        claveGtin: '17501234567890',
        productoId: BALATA,
        factor: '12',
        tipo: 'caja',
        nombre: 'caja 12',
        isActive: true,
      },
      {
        id: id(31),
        codigo: 'X1',
        claveGtin: null,
        productoId: BALATA,
        factor: '1',
        tipo: 'alterna',
        nombre: null,
        isActive: true,
      },
      {
        id: id(32),
        codigo: 'X1',
        claveGtin: null,
        productoId: BUJIA,
        factor: '1',
        tipo: 'alterna',
        nombre: null,
        isActive: true,
      },
    ],
  });
});

afterEach(async () => {
  usaBases(null);
  await bases.journal.db.delete();
  await bases.cache.db.delete();
});

function scan(conteoId: string, change: Partial<Contar> = {}): Contar {
  return {
    conteoId,
    intento: 1,
    ubicacionId: BIN,
    codigoCrudo: 'BD-1043',
    simbologia: 'CODE_128',
    fuente: 'camara',
    productoId: BALATA,
    cantidad: '1',
    factor: '1',
    ...change,
  };
}

test('from nothing, without network: an ad-hoc conteo, scans, a carton, an unknown code', async () => {
  const conteoId = await crearConteoLibre({ almacenId: ALMACEN });
  await contar(scan(conteoId));
  await contar(scan(conteoId, { codigoCrudo: '17501234567890', factor: '12' }));
  await contar(scan(conteoId, { productoId: null, codigoCrudo: '999', cantidad: '3', nota: 'sin etiqueta' }));
  const [conteo] = await leeConteos(ANA);
  expect(conteo).toMatchObject({
    id: conteoId,
    soloAqui: true,
    cuento: true,
    ciego: true,
    almacenNombre: 'General',
    tiendaNombre: 'Centro',
    intento: 1,
    misLineas: 3,
    misProductos: 2,
    sinEnviar: 3,
    parteTerminadaEn: null,
  });
  const contado = await leeContado(conteoId, ANA);
  expect(contado.map((row) => [row.codigo, row.nombre, row.unidades, row.ubicacion, row.estado])).toEqual([
    ['999', null, '3', 'A-03-2', 'guardado'],
    ['BD-1043', 'Balata delantera Tsuru', '13', 'A-03-2', 'guardado'],
  ]);
  expect((await leeConteo(conteoId, ANA))?.productoIds).toBeNull();
  expect(await leeConteo(id(99), ANA)).toBeNull();
});

test('a line is shown once, whichever comes first: the answer of the push or the row of the pull', async () => {
  const conteoId = await crearConteoLibre({ almacenId: ALMACEN });
  const { id: lineaId } = await contar(scan(conteoId, { cantidad: '5' }));
  const fila = {
    id: lineaId,
    conteoId,
    intento: 1,
    ubicacionId: BIN,
    codigoCrudo: 'BD-1043',
    simbologia: null,
    fuente: 'camara',
    productoId: BALATA,
    cantidad: '5.00000',
    factor: '1.00000',
    tipo: 'suma',
    anula: null,
    condicion: 'vendible',
    lote: null,
    nota: null,
    usuarioId: ANA,
    contadoEn: '2026-03-02T15:05:00.000Z',
    instante: '2026-03-02T15:05:00.000Z',
    recibidoEn: '2026-03-02T15:05:10.000Z',
  };
  await llega(`lineas:${conteoId}:${ANA}`, { conteo_lineas: [fila] });
  expect((await leeContado(conteoId, ANA))[0]).toMatchObject({ unidades: '5', estado: 'enviado' });
  const port = journalPort(bases.journal);
  const device = await port.device();
  const sent = await port.batch(500, 1e6);
  await port.applyResults(
    device.id,
    sent,
    sent.map(({ mid }) => ({ mid, status: 'applied' as const })),
  );
  const [row] = await leeContado(conteoId, ANA);
  expect(row).toMatchObject({ unidades: '5', estado: 'enviado' });
  expect(row?.lineas).toHaveLength(1);
  expect((await leeConteos(ANA))[0]?.sinEnviar).toBe(0);
  expect(await leeContado(conteoId, LUIS)).toEqual([]);
});

test('undo, void any line, correct to a figure, zero that asks first', async () => {
  const conteoId = await crearConteoLibre({ almacenId: ALMACEN });
  const lugar = { conteoId, intento: 1, productoId: BALATA, ubicacionId: BIN };
  const total = async () => (await leeContado(conteoId, ANA))[0]?.unidades;
  const first = await contar(scan(conteoId, { cantidad: '20' }));
  await contar(scan(conteoId, { cantidad: '6' }));
  expect(await total()).toBe('26');
  await deshacer(conteoId, 1);
  expect(await total()).toBe('20');
  await anular(conteoId, first.id);
  expect(await total()).toBeUndefined();
  await expect(anular(conteoId, first.id)).rejects.toMatchObject({ code: 'LINEA_AJENA' });
  expect(await deshacer(conteoId, 1)).toBeNull();

  await contar(scan(conteoId, { cantidad: '26' }));
  expect(await cero(lugar)).toEqual({ guardado: false, unidades: '26' });
  expect(await total()).toBe('26');
  await corregirA(lugar, '31');
  expect(await total()).toBe('31');
  expect((await leeContado(conteoId, ANA))[0]?.lineas).toHaveLength(1);
  expect(await cero(lugar, { anular: true })).toMatchObject({ guardado: true });
  expect(await total()).toBe('0');
  await corregirA({ ...lugar, productoId: ACEITE }, '2.5');
  expect((await leeContado(conteoId, ANA))[0]).toMatchObject({
    codigo: 'AC-20W50',
    unidades: '2.5',
    decimales: 3,
  });
});

test('nothing invalid is written', async () => {
  const conteoId = await crearConteoLibre({ almacenId: ALMACEN });
  const before = await elJournal().db.mutations.count();
  await expect(contar(scan(conteoId, { cantidad: '0' }))).rejects.toMatchObject({
    code: 'CANTIDAD_INVALIDA',
  });
  await expect(contar(scan(conteoId, { cantidad: '1e3' }))).rejects.toMatchObject({
    code: 'ENTRADA_INVALIDA',
  });
  await expect(contar(scan('no-es-uuid'))).rejects.toMatchObject({ code: 'ENTRADA_INVALIDA' });
  await expect(contar(scan(conteoId, { productoId: null, codigoCrudo: null }))).rejects.toMatchObject({
    code: 'CODIGO_VACIO',
  });
  expect(await elJournal().db.mutations.count()).toBe(before);
  await bases.journal.leave();
  await expect(contar(scan(conteoId))).rejects.toMatchObject({ code: 'SIN_PERSONA' });
});

test('a part says how many lines there are, and the scope what is left', async () => {
  const conteoId = id(50);
  await llega(`conteo:${conteoId}`, {
    conteos: [
      {
        id: conteoId,
        folio: 'CDMX-01-2026-0001',
        nombre: 'Pasillo A',
        tiendaId: TIENDA,
        almacenId: ALMACEN,
        alcance: 'lista',
        ciego: true,
        reparto: 'ninguno',
        estado: 'abierto',
        vence: null,
        creadoPor: LUIS,
        abiertoEn: '2026-03-02T14:00:00.000Z',
        cerradoEn: null,
      },
    ],
    conteo_contadores: [{ conteoId, usuarioId: ANA, nombre: 'Ana' }],
    conteo_productos: [BALATA, ACEITE, BUJIA].map((productoId) => ({ conteoId, productoId })),
  });
  await contar(scan(conteoId));
  expect((await leeSinContar(conteoId, ANA)).map((row) => row.codigo)).toEqual(['AC-20W50', 'BU-9']);
  await cero({ conteoId, intento: 1, productoId: BUJIA, ubicacionId: null });
  expect((await leeSinContar(conteoId, ANA)).map((row) => row.codigo)).toEqual(['AC-20W50']);
  await terminarParte(conteoId, 1);
  const parte = await elJournal().db.mutations.where('name').equals('conteo.parte/1').first();
  expect(JSON.parse(parte!.args)).toMatchObject({ conteoId, intento: 1, lineas: 2 });
  expect((await leeConteo(conteoId, ANA))?.parteTerminadaEn).toBe(JSON.parse(parte!.args).terminadaEn);
  // A recount names Ana: it is her intento now, and her part is open again.
  await llega(`conteo:${conteoId}`, {
    conteo_intento_contadores: [{ conteoId, intento: 2, usuarioId: ANA }],
    conteo_intento_productos: [{ conteoId, intento: 2, productoId: BUJIA }],
  });
  expect(await leeConteo(conteoId, ANA)).toMatchObject({ intento: 2, parteTerminadaEn: null });
  expect((await leeSinContar(conteoId, ANA)).map((row) => row.codigo)).toEqual(['BU-9']);
  expect(await leeContado(conteoId, ANA)).toEqual([]);
});

test('a refused line stays in sight with its reason, and out of the total', async () => {
  const conteoId = await crearConteoLibre({ almacenId: ALMACEN });
  await contar(scan(conteoId, { cantidad: '5' }));
  await contar(scan(conteoId, { cantidad: '2' }));
  const port = journalPort(bases.journal);
  const device = await port.device();
  const sent = await port.batch(500, 1e6);
  await port.applyResults(device.id, sent, [
    { mid: 1, status: 'applied' },
    { mid: 2, status: 'rejected', code: 'LINEA_INVALIDA', mensaje: 'Esta línea no se puede aplicar.' },
    { mid: 3, status: 'applied' },
  ]);
  const [row] = await leeContado(conteoId, ANA);
  expect(row).toMatchObject({ unidades: '2', estado: 'rechazada' });
  expect(row?.lineas.find((linea) => linea.estado === 'rechazada')?.mensaje).toBe(
    'Esta línea no se puede aplicar.',
  );
  expect(await leeRechazos()).toMatchObject([
    { mid: 2, estado: 'rechazada', mensaje: 'Esta línea no se puede aplicar.' },
  ]);
});

test('codes: own code, pack, upc behind its key, and two owners', async () => {
  expect(await buscarCodigo('BD-1043')).toMatchObject([{ via: 'codigo', factor: '1' }]);
  expect(await buscarCodigo('bd-1043')).toHaveLength(1);
  expect(await buscarCodigo('17501234567890')).toMatchObject([
    { via: 'barras', factor: '12', empaque: 'caja 12' },
  ]);
  expect(await buscarCodigo('7501234567893', 'EAN_13')).toMatchObject([
    { via: 'upc', producto: { id: BALATA } },
  ]);
  expect(await buscarCodigo('07501234567893')).toHaveLength(1);
  expect((await buscarCodigo('X1')).map((hit) => hit.producto.id).sort()).toEqual([BALATA, BUJIA]);
  expect(await buscarCodigo('nada')).toEqual([]);
});

test('words find products, and a pull changes what is found', async () => {
  expect((await buscarTexto('balata tsuru')).map((row) => row.id)).toEqual([BALATA]);
  expect((await buscarTexto('niquel')).map((row) => row.id)).toEqual([BUJIA]);
  await llega('catalogo', { productos: [producto(BUJIA, 'BU-9', 'Bujía de iridio')] });
  olvidaBuscador();
  expect((await buscarTexto('iridio')).map((row) => row.id)).toEqual([BUJIA]);
});

test('a photo is kept, sent once, and then tied to its line by a mutation', async () => {
  const conteoId = await crearConteoLibre({ almacenId: ALMACEN });
  const { id: lineaId } = await contar(scan(conteoId, { productoId: null, codigoCrudo: '999' }));
  await guardaFoto(lineaId, conteoId, new Uint8Array([1, 2, 3]));
  expect((await leeContado(conteoId, ANA))[0]?.lineas[0]?.fotos).toBe(1);
  const sent: string[] = [];
  const never = new AbortController().signal;
  const broken = async () => {
    throw new Error('sin red');
  };
  expect(await subeFotos(broken, never)).toBe(0);
  expect(await subeFotos(async ({ sha256 }) => void sent.push(sha256), never)).toBe(1);
  expect(await subeFotos(async ({ sha256 }) => void sent.push(sha256), never)).toBe(0);
  expect(sent).toHaveLength(1);
  const foto = await elJournal().db.mutations.where('name').equals('conteo.foto/1').toArray();
  expect(foto.map((row) => JSON.parse(row.args))).toEqual([{ lineaId, conteoId, sha256: sent[0] }]);
});

test('an exported file adds nothing twice, here or on another phone', async () => {
  const conteoId = await crearConteoLibre({ almacenId: ALMACEN });
  await contar(scan(conteoId));
  await proponerLiga({
    lineaId: (await contar(scan(conteoId, { productoId: null, codigoCrudo: '999' }))).id,
    conteoId,
    productoId: BUJIA,
    factor: '1',
  });
  const file = await exportarPendientes();
  expect(await importarPendientes(file)).toEqual({ nuevas: 0, repetidas: 4 });
  const otro = abre();
  usaBases(otro);
  await entra(otro.journal, LUIS);
  expect(await importarPendientes(file)).toEqual({ nuevas: 4, repetidas: 0 });
  expect(await importarPendientes(file)).toEqual({ nuevas: 0, repetidas: 4 });
  expect((await otro.journal.db.mutations.toArray()).map((row) => [row.mid, row.usuario])).toEqual(
    [1, 2, 3, 4].map((mid) => [mid, LUIS]),
  );
  await expect(importarPendientes(new Blob(['{"formato":"otro"}']))).rejects.toMatchObject({
    code: 'ARCHIVO_INVALIDO',
  });
  await otro.journal.db.delete();
  await otro.cache.db.delete();
});

test('a movement by hand is a mutation like the others', async () => {
  const movimiento = await registrarMovimiento({
    productoId: BALATA,
    almacenId: ALMACEN,
    tipo: 'compra',
    subtipo: null,
    cantidad: '24',
    precio: null,
    costoUnitario: '18.4',
    ocurridaEn: '2026-03-02T10:00:00.000Z',
    referencia: 'F-221',
    notas: null,
  });
  const row = await elJournal().db.mutations.where('entidad').equals(movimiento).first();
  expect(row).toMatchObject({ name: 'transaccion.crear/1', usuario: ANA, state: 'pendiente' });
});

test('an ajuste by hand waits for its signature like any mutation, also without signal; nonsense is refused before', async () => {
  const ajuste = {
    productoId: BALATA,
    almacenId: ALMACEN,
    cantidad: '-3',
    motivo: 'se rompieron',
    ocurridaEn: '2026-03-02T10:00:00.000Z',
  };
  const propuesto = await proponerAjuste(ajuste);
  const row = await elJournal().db.mutations.where('entidad').equals(propuesto).first();
  expect(row).toMatchObject({ name: 'ajuste.proponer/1', usuario: ANA, state: 'pendiente' });
  expect(JSON.parse(row!.args)).toEqual({ ...ajuste, id: propuesto });
  await expect(proponerAjuste({ ...ajuste, motivo: '' })).rejects.toMatchObject({ code: 'ENTRADA_INVALIDA' });
});

test('auto-lock: a scan at the locked phone is refused and saved for nobody; after the PIN it counts again', async () => {
  const conteoId = await crearConteoLibre({ almacenId: ALMACEN });
  await bases.journal.measure('bloqueado', '1');
  await expect(contar(scan(conteoId))).rejects.toMatchObject({ code: 'TELEFONO_BLOQUEADO' });
  await expect(terminarParte(conteoId, 1)).rejects.toMatchObject({ code: 'TELEFONO_BLOQUEADO' });
  expect(await bases.journal.db.mutations.count()).toBe(1);
  await bases.journal.measure('bloqueado', '');
  await contar(scan(conteoId));
  expect(await bases.journal.db.mutations.count()).toBe(2);
});
