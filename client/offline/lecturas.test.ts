import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { FilaProducto } from '#shared/contracts/filas.ts';
import { type TelefonoNuevo, telefonoNuevo } from '#tests/offline/telefono-nuevo.ts';
import { anular, contar, crearConteoLibre } from './acciones.ts';
import { leeLectura } from './lecturas.ts';
import { leeReconocidos, proponeReconocidos } from './reconocidos.ts';
import { leeConteo, leeSinContar } from './vista-conteos.ts';

const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [ANA, TIENDA, ALMACEN, ACEITE, ESTOPA] = [id(1), id(10), id(11), id(21), id(22)];
const PIEZA = '7501031311309';
const CAJA = '17501031311306';
const SSCC = '123456789012345675';
const GS = '\u001d';
const next = 0;
let bases: TelefonoNuevo;
let conteoId = '';

function producto(pid: string, codigo: string, extra: Partial<FilaProducto> = {}): FilaProducto {
  return {
    id: pid,
    codigo,
    nombre: codigo,
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
const barras = (n: number, codigo: string, productoId: string, factor: string) => ({
  id: id(n),
  codigo,
  claveGtin: codigo.padStart(14, '0'),
  productoId,
  factor,
  tipo: factor === '1' ? 'pieza' : 'caja',
  nombre: factor === '1' ? null : `caja ${factor}`,
  isActive: true,
});

/** `head: false`: the catalogue is still on its way. */
async function llega(scope: string, upserts: Record<string, object[]>, head = true): Promise<void> {
  const sent = await bases.cache.cursors();
  const page = { scope, reset: false, upserts, deletes: {}, cursor: `${next}-${Math.random()}`, head };
  await bases.cache.applyPull(
    { epoch: 'e', pages: [page as never], lastMid: null, scopesAdded: [], scopesRemoved: [], done: head },
    sent,
    'd',
  );
}

const PRODUCTOS = [
  producto(ACEITE, 'AC-1', { pideLote: true }),
  producto(ESTOPA, 'ES-1', { unidad: 'KG', decimales: 3, upc: '7501031311316' }),
];
const CODIGOS = [barras(30, PIEZA, ACEITE, '1'), barras(31, CAJA, ACEITE, '12')];

beforeEach(async () => {
  bases = await telefonoNuevo({ usuarioId: ANA, tiendaId: TIENDA });
  conteoId = await crearConteoLibre({ almacenId: ALMACEN });
});

describe('GS1 on the counting screen', () => {
  beforeEach(() => llega('catalogo', { productos: PRODUCTOS, codigos_barras: CODIGOS }));

  test('an element string finds its product by the GTIN key, a GTIN-14 with its packaging factor', async () => {
    const pieza = await leeLectura({
      codigo: `01${PIEZA.padStart(14, '0')}10L1${GS}17261231`,
      simbologia: 'gs1128',
    });
    expect(pieza.hallados).toMatchObject([{ producto: { id: ACEITE }, factor: '1' }]);
    expect(pieza.etiqueta).toMatchObject({ lote: 'L1', caduca: '2026-12-31', fallo: null });
    const caja = await leeLectura({ codigo: `10L1${GS}01${CAJA}` });
    expect(caja.hallados).toMatchObject([{ producto: { id: ACEITE }, factor: '12', empaque: 'caja 12' }]);
    const upc = await leeLectura({ codigo: '01075010313113163103001250' });
    expect(upc.hallados).toMatchObject([{ producto: { id: ESTOPA } }]);
  });

  test('a bare GTIN and an own code are looked up as ever, without the parser', async () => {
    for (const codigo of [PIEZA, 'AC-1', 'ac-1'])
      expect(await leeLectura({ codigo })).toMatchObject({
        hallados: [{ producto: { id: ACEITE } }],
        etiqueta: null,
      });
    expect(await leeLectura({ codigo: CAJA })).toMatchObject({
      hallados: [{ factor: '12' }],
      etiqueta: null,
    });
  });

  test('a pallet (00) and a bad check digit are no product; a lost separator or a bad date keeps the sure GTIN', async () => {
    expect(await leeLectura({ codigo: `00${SSCC}` })).toMatchObject({
      hallados: [],
      etiqueta: { sscc: SSCC },
    });
    expect(await leeLectura({ codigo: '010750103131130810A1' })).toMatchObject({
      hallados: [],
      etiqueta: { fallo: { code: 'GS1_DIGITO_MALO' } },
    });
    const gtin = PIEZA.padStart(14, '0');
    expect(await leeLectura({ codigo: `01${gtin}10ABC17261231` })).toMatchObject({
      hallados: [{ producto: { id: ACEITE } }],
      etiqueta: { lote: null, fallo: { code: 'GS1_SIN_SEPARADOR', ai: '10' } },
    });
    expect(await leeLectura({ codigo: `01${gtin}17271332` })).toMatchObject({
      hallados: [{ producto: { id: ACEITE } }],
      etiqueta: { caduca: null, fallo: { code: 'GS1_FECHA_MALA', ai: '17' } },
    });
  });
});

const desconocida = (codigoCrudo: string, cantidad = '1', fuente: 'pistola' | 'manual' = 'pistola') =>
  contar({
    conteoId,
    intento: 1,
    ubicacionId: null,
    codigoCrudo,
    simbologia: null,
    fuente,
    productoId: null,
    cantidad,
    factor: '1',
  });
const vistos = async () =>
  (await leeReconocidos(conteoId, ANA)).map(({ codigo, producto: p, factor, lineas }) => [
    codigo,
    p.codigo,
    factor,
    lineas.length,
  ]);

describe('unknown codes kept while the catalogue was incomplete', () => {
  test('are proposed by the phone when the catalogue is complete, not before, each as its one product', async () => {
    await llega('catalogo', { productos: PRODUCTOS }, false);
    await desconocida(PIEZA);
    await desconocida(PIEZA);
    await desconocida(CAJA);
    await desconocida('OTRA-COSA');
    expect(await vistos()).toEqual([]);
    await llega('catalogo', { codigos_barras: CODIGOS }, false);
    expect(await vistos()).toEqual([]);
    await llega('catalogo', {});
    expect(await vistos()).toEqual([
      [PIEZA, 'AC-1', '1', 2],
      [CAJA, 'AC-1', '12', 1],
    ]);
    expect(await proponeReconocidos(await leeReconocidos(conteoId, ANA), conteoId)).toBe(2);
    expect(await vistos()).toEqual([]);
    const ligas = (await bases.journal.db.mutations.toArray()).filter((m) => m.name === 'conteo.liga/1');
    expect(ligas.map((m) => JSON.parse(m.args))).toMatchObject([
      { estado: 'propuesta', productoId: ACEITE, factor: '1' },
      { estado: 'propuesta', productoId: ACEITE, factor: '1' },
      { estado: 'propuesta', productoId: ACEITE, factor: '12' },
    ]);
  });

  test('are proposed when their product arrives later; a code of two products is never guessed', async () => {
    await llega('catalogo', { productos: [], codigos_barras: [] });
    await desconocida(PIEZA);
    expect(await vistos()).toEqual([]);
    await llega('catalogo', { productos: PRODUCTOS, codigos_barras: CODIGOS });
    expect(await vistos()).toEqual([[PIEZA, 'AC-1', '1', 1]]);
    await llega('catalogo', { codigos_barras: [barras(40, PIEZA, ESTOPA, '1')] });
    expect(await vistos()).toEqual([]);
  });

  test('none of a voided line, of a service, nor after the conteo ended; typed pieces stay pieces', async () => {
    await llega('catalogo', {
      productos: [...PRODUCTOS, producto(id(23), 'SERV', { esServicio: true })],
      codigos_barras: CODIGOS,
    });
    const anulada = await desconocida(PIEZA);
    await anular(conteoId, anulada.id);
    await desconocida('SERV');
    await desconocida(CAJA, '5', 'manual');
    expect(await vistos()).toEqual([[CAJA, 'AC-1', '12', 1]]);
    await proponeReconocidos(await leeReconocidos(conteoId, ANA), conteoId);
    const liga = (await bases.journal.db.mutations.toArray()).find((m) => m.name === 'conteo.liga/1');
    expect(JSON.parse(liga!.args).factor).toBeNull();
    await desconocida(CAJA);
    const conteo = await leeConteo(conteoId, ANA);
    await llega(`conteo:${conteoId}`, { conteos: [{ ...conteo, estado: 'cerrado' }] });
    expect(await vistos()).toEqual([]);
  });

  test('a GS1 label counts what it says: the pieces inside, or its weight', async () => {
    await desconocida(`02${PIEZA.padStart(14, '0')}3724`);
    await desconocida('01075010313113163103001250');
    await llega('catalogo', { productos: PRODUCTOS, codigos_barras: CODIGOS });
    expect((await vistos()).map(([, codigo, factor]) => [codigo, factor])).toEqual([
      ['AC-1', '24'],
      ['ES-1', '1.25'],
    ]);
  });
});

test('"Sin contar" of 3,000 products leaves the kit out, lists its parts, and never a service', async () => {
  const muchos = Array.from({ length: 3_000 }, (_, n) => producto(id(10_000 + n), `P-${n}`));
  const juego = producto(id(50), 'JGO', {
    esJuego: true,
    partes: [
      { productoId: ACEITE, cantidad: '4' },
      { productoId: ESTOPA, cantidad: '0.5' },
    ],
  });
  const servicio = producto(id(51), 'SERV', { esServicio: true });
  await llega('catalogo', { productos: [...PRODUCTOS, ...muchos, juego, servicio] });
  const conteo = { ...(await leeConteo(conteoId, ANA)), alcance: 'lista' };
  const pedidos = [juego, servicio, ...muchos].map(({ id: productoId }) => ({ conteoId, productoId }));
  await llega(`conteo:${conteoId}`, { conteos: [conteo], conteo_productos: pedidos });
  const faltan = async () => (await leeSinContar(conteoId, ANA)).map((p) => p.codigo);
  const primero = await faltan();
  expect(primero).toHaveLength(3_002);
  expect(primero.slice(0, 3)).toEqual(['AC-1', 'ES-1', 'P-0']);
  await contar({
    conteoId,
    intento: 1,
    ubicacionId: null,
    codigoCrudo: 'JGO',
    simbologia: null,
    fuente: 'pistola',
    productoId: juego.id,
    cantidad: '1',
    factor: '1',
  });
  // The scan of a kit counted its parts.
  expect((await faltan()).slice(0, 1)).toEqual(['P-0']);
});
