import 'fake-indexeddb/auto';
import { beforeEach, expect, test } from 'vitest';
import type { Condicion } from '#shared/domain/conteo.ts';
import { type TelefonoNuevo, telefonoNuevo } from '#tests/offline/telefono-nuevo.ts';
import { agregarNota, cero, contar, corregirA, crearConteoLibre, terminarParte } from './acciones.ts';
import { leeContado, leeConteo } from './vista-conteos.ts';

const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const ANA = id(1);
const TIENDA = id(10);
const ALMACEN = id(11);
const BALATA = id(20);
let bases: TelefonoNuevo;
let conteoId = '';

beforeEach(async () => {
  bases = await telefonoNuevo({ usuarioId: ANA, tiendaId: TIENDA });
  conteoId = await crearConteoLibre({ almacenId: ALMACEN });
});

const suma = (cantidad: string, condicion?: Condicion) =>
  contar({
    conteoId,
    intento: 1,
    ubicacionId: null,
    codigoCrudo: null,
    simbologia: null,
    fuente: 'manual',
    productoId: BALATA,
    cantidad,
    factor: '1',
    condicion,
  });

const porCondicion = async () =>
  Object.fromEntries((await leeContado(conteoId, ANA)).map((row) => [row.condicion, row.unidades]));

const lugar = (condicion?: Condicion) => ({
  conteoId,
  intento: 1,
  ubicacionId: null,
  productoId: BALATA,
  condicion,
});

test('condicion: Contado has a row for each of the five, and Corregir a changes only its own', async () => {
  for (const cual of ['vendible', 'por_entregar', 'danado', 'garantia', 'ajeno'] as const)
    await suma('2', cual);
  expect(await porCondicion()).toEqual({
    vendible: '2',
    por_entregar: '2',
    danado: '2',
    garantia: '2',
    ajeno: '2',
  });
  await corregirA(lugar('danado'), '5');
  expect(await porCondicion()).toMatchObject({ vendible: '2', danado: '5', ajeno: '2' });
  await corregirA(lugar(), '9');
  expect(await porCondicion()).toMatchObject({ vendible: '9', danado: '5' });
});

test('condicion: Cero asks only about the pieces of its own condition, and voids only those', async () => {
  await suma('4');
  expect(await cero(lugar('garantia'))).toMatchObject({ guardado: true });
  await suma('3', 'danado');
  expect(await cero(lugar('danado'))).toEqual({ guardado: false, unidades: '3' });
  await cero(lugar('danado'), { anular: true });
  expect(await porCondicion()).toEqual({ vendible: '4', garantia: '0', danado: '0' });
});

test('a note on any line of Contado is kept without signal, joins the others in order, and is never empty', async () => {
  const { id: lineaId } = await suma('1');
  await expect(agregarNota(lineaId, conteoId, '   ')).rejects.toMatchObject({ code: 'ENTRADA_INVALIDA' });
  await agregarNota(lineaId, conteoId, ' caja rota ');
  await agregarNota(lineaId, conteoId, 'al fondo');
  const [row] = await leeContado(conteoId, ANA);
  expect(row?.lineas[0]?.nota).toBe('caja rota · al fondo');
});

test('a part given back is open again with its note, and sending it again closes it', async () => {
  await suma('1');
  const estado = async () => {
    const leido = await leeConteo(conteoId, ANA);
    return leido && { terminada: leido.parteTerminadaEn !== null, devuelta: leido.devuelta };
  };
  expect(await estado()).toEqual({ terminada: false, devuelta: null });
  await terminarParte(conteoId, 1);
  expect(await estado()).toEqual({ terminada: true, devuelta: null });
  await bases.journal.db.mutations.where('name').equals('conteo.parte/1').modify({ state: 'enviada' });
  const terminadaEn = new Date(Date.now() - 1_000).toISOString();
  await bases.cache.db.conteo_partes.put({
    _pk: `${conteoId}:1:${ANA}`,
    _s: `lineas:${conteoId}:${ANA}`,
    conteoId,
    intento: 1,
    usuarioId: ANA,
    lineas: 1,
    terminadaEn,
    devueltaEn: new Date(Date.now() + 60_000).toISOString(),
    notaDevolucion: 'Falta el pasillo 3',
  });
  expect(await estado()).toEqual({ terminada: false, devuelta: 'Falta el pasillo 3' });
  // The manager's clock is a minute ahead of this phone's: the new send closes it all the same.
  await terminarParte(conteoId, 1);
  expect(await estado()).toEqual({ terminada: true, devuelta: null });
});
