import { Dexie } from 'dexie';
import type { FilaConteo, FilaProducto, FilaUbicacion } from '#shared/contracts/filas.ts';
import type { ArgsDe } from '#shared/contracts/mutadores.ts';
import { cantidadTexto, decimalesDeUnidad } from '#shared/domain/cantidad.ts';
import { lineasVivas } from '#shared/domain/conteo.ts';
import { elCache, elJournal } from './bases.ts';
import { filasVivas } from './filas-vivas.ts';
import { argsDe, type MisLineas, misLineasVivas, sumables } from './lineas.ts';
import type { ConteoDetalle, ConteoVista, EstadoLinea, LineaVista, RenglonContado } from './modelo.ts';
import { comparaCodigo, faltanDe, leeProductos } from './sin-contar.ts';

export { comparaCodigo, leeProductos };

/** Queries of the counting screens. Each reads both databases; hooks.ts runs them again after every change. */

const ABIERTOS: readonly FilaConteo['estado'][] = ['abierto', 'planeado', 'en_revision'];

/** A conteo that only this phone knows, as the server will make it. */
function conteoLibre(args: ArgsDe<'conteo.libre/1'>, usuarioId: string, tiendaId: string): FilaConteo {
  return {
    id: args.id,
    folio: null,
    nombre: args.nombre,
    tiendaId,
    almacenId: args.almacenId,
    alcance: 'libre',
    ciego: args.ciego,
    reparto: 'ninguno',
    estado: 'abierto',
    vence: null,
    creadoPor: usuarioId,
    proposito: 'conteo',
    corrigeA: null,
    complementaA: null,
    abiertoEn: args.abiertoEn,
    cerradoEn: null,
  };
}

type Nombres = { almacenes: Map<string, { nombre: string; tiendaId: string }>; tiendas: Map<string, string> };

async function nombres(): Promise<Nombres> {
  const { db } = elCache();
  const [almacenes, tiendas] = await db.transaction('r', [db.almacenes, db.tiendas], () =>
    Promise.all([db.almacenes.toArray(), db.tiendas.toArray()]),
  );
  return {
    almacenes: new Map(almacenes.map((row) => [row.id, row])),
    tiendas: new Map(tiendas.map((row) => [row.id, row.nombre])),
  };
}

/** Rows of the server ∪ ad-hoc conteos of this phone's journal, by id. */
async function todos(
  usuarioId: string,
  names: Nombres,
): Promise<Map<string, { fila: FilaConteo; soloAqui: boolean }>> {
  const found = new Map<string, { fila: FilaConteo; soloAqui: boolean }>();
  for (const fila of await elCache().db.conteos.toArray()) found.set(fila.id, { fila, soloAqui: false });
  const entries = await elJournal()
    .db.mutations.where('name')
    .equals('conteo.libre/1')
    .and((entry) => entry.usuario === usuarioId)
    .toArray();
  for (const entry of entries) {
    const args = argsDe<ArgsDe<'conteo.libre/1'>>(entry);
    if (found.has(args.id)) continue;
    const tiendaId = names.almacenes.get(args.almacenId)?.tiendaId ?? '';
    found.set(args.id, { fila: conteoLibre(args, usuarioId, tiendaId), soloAqui: true });
  }
  return found;
}

const SIN_LINEAS: MisLineas = { lineas: [], ligas: [], sinEnviar: 0 };

async function vista(
  fila: FilaConteo,
  soloAqui: boolean,
  usuarioId: string,
  names: Nombres,
  mias: MisLineas,
): Promise<ConteoVista> {
  const { db } = elCache();
  const tablas = [db.conteo_contadores, db.conteo_intento_contadores];
  const [contadores, recuentos] = await db.transaction('r', tablas, () =>
    Promise.all([
      db.conteo_contadores.where('conteoId').equals(fila.id).toArray(),
      db.conteo_intento_contadores.where('conteoId').equals(fila.id).toArray(),
    ]),
  );
  const intento = recuentos
    .filter((row) => row.usuarioId === usuarioId)
    .reduce((newest, row) => Math.max(newest, row.intento), 1);
  const vivas = lineasVivas(sumables(mias.lineas), mias.ligas).filter((linea) => linea.intento === intento);
  return {
    ...fila,
    almacenNombre: names.almacenes.get(fila.almacenId)?.nombre ?? '',
    tiendaNombre: names.tiendas.get(fila.tiendaId) ?? '',
    soloAqui,
    cuento:
      soloAqui ||
      contadores.some((row) => row.usuarioId === usuarioId) ||
      recuentos.some((row) => row.usuarioId === usuarioId),
    intento,
    misLineas: vivas.length,
    misProductos: new Set(vivas.map((linea) => linea.productoId ?? linea.codigoCrudo)).size,
    sinEnviar: mias.sinEnviar,
    ...(await miParte(fila.id, intento, usuarioId)),
  };
}

/**
 * Newest "I finished" of mine for the intento, from the server or from this phone. A part that was given back after it
 * is open again until it is sent anew.
 */
async function miParte(
  conteoId: string,
  intento: number,
  usuarioId: string,
): Promise<Pick<ConteoVista, 'parteTerminadaEn' | 'devuelta'>> {
  const row = await elCache().db.conteo_partes.get(`${conteoId}:${intento}:${usuarioId}`);
  const entries = await elJournal().db.mutations.where('name').equals('conteo.parte/1').toArray();
  let newest = row?.terminadaEn ?? null;
  for (const entry of entries) {
    if (entry.conteo !== conteoId || entry.usuario !== usuarioId || entry.state === 'rechazada') continue;
    const args = argsDe<ArgsDe<'conteo.parte/1'>>(entry);
    if (args.intento !== intento) continue;
    // Instants of two clocks: what waits here was surely said after what the server already knows.
    const reciente = newest === null || Date.parse(args.terminadaEn) > Date.parse(newest);
    if (reciente) newest = args.terminadaEn;
    if (entry.state === 'pendiente') return { parteTerminadaEn: args.terminadaEn, devuelta: null };
  }
  const devueltaEn = row?.devueltaEn ?? null;
  if (newest === null || devueltaEn === null || Date.parse(devueltaEn) <= Date.parse(newest)) {
    return { parteTerminadaEn: newest, devuelta: null };
  }
  return { parteTerminadaEn: null, devuelta: row?.notaDevolucion?.trim() ?? '' };
}

/** Open ones first, then the newest. */
export async function leeConteos(usuarioId: string): Promise<ConteoVista[]> {
  const names = await nombres();
  const vistas: ConteoVista[] = [];
  for (const { fila, soloAqui } of (await todos(usuarioId, names)).values()) {
    // A phone keeps old conteos with thousands of lines: the lines of a decided one are not read for a list.
    const mias = ABIERTOS.includes(fila.estado)
      ? await misLineasVivas(elJournal(), elCache(), fila.id, usuarioId)
      : SIN_LINEAS;
    vistas.push(await vista(fila, soloAqui, usuarioId, names, mias));
  }
  const peso = (conteo: ConteoVista) => (ABIERTOS.includes(conteo.estado) ? 0 : 1);
  return vistas.sort((a, b) => peso(a) - peso(b) || Date.parse(b.abiertoEn) - Date.parse(a.abiertoEn));
}

/**
 * Open conteos that somebody asked me to count, without their lines: cheap enough to be asked for at any time. One that I
 * opened by myself is nobody's order.
 */
export async function leeAsignados(usuarioId: string): Promise<ConteoVista[]> {
  const names = await nombres();
  const asignados: ConteoVista[] = [];
  for (const { fila, soloAqui } of (await todos(usuarioId, names)).values()) {
    const mio = fila.alcance === 'libre' && fila.creadoPor === usuarioId;
    if (soloAqui || mio || !ABIERTOS.includes(fila.estado)) continue;
    asignados.push(await vista(fila, soloAqui, usuarioId, names, SIN_LINEAS));
  }
  return asignados;
}

type Cargado = { detalle: ConteoDetalle; mias: MisLineas };

/** Commits of any tab so far. */
let commits = 0;
Dexie.on('storagemutated', () => {
  commits += 1;
});
let ultima: { commits: number; bases: unknown[]; key: string; carga: Promise<Cargado | null> } | null = null;

/** The counting screen asks for its conteo in three ways after each commit: one reading serves them. */
function carga(conteoId: string, usuarioId: string): Promise<Cargado | null> {
  const key = `${conteoId}:${usuarioId}`;
  const bases = [elJournal().db, elCache().db];
  const sirve =
    ultima !== null &&
    ultima.key === key &&
    ultima.commits === commits &&
    ultima.bases.every((base, i) => base === bases[i]);
  if (ultima && sirve) return ultima.carga;
  const mine = { commits, bases, key, carga: cargaDeNuevo(conteoId, usuarioId) };
  ultima = mine;
  mine.carga.catch(() => {
    if (ultima === mine) ultima = null;
  });
  return mine.carga;
}

async function cargaDeNuevo(conteoId: string, usuarioId: string): Promise<Cargado | null> {
  const { db } = elCache();
  const names = await nombres();
  const found = (await todos(usuarioId, names)).get(conteoId);
  if (!found) return null;
  const mias = await misLineasVivas(elJournal(), elCache(), conteoId, usuarioId);
  const conteo = await vista(found.fila, found.soloAqui, usuarioId, names, mias);
  const detalle: ConteoDetalle = {
    ...conteo,
    contadores: await db.conteo_contadores.where('conteoId').equals(conteoId).toArray(),
    ubicaciones: await ubicacionesDe(found.fila),
    productoIds: await alcanceDe(found.fila, conteo.intento),
    lineas: mias.lineas,
  };
  return { detalle, mias };
}

/** null: this phone does not know it. */
export async function leeConteo(conteoId: string, usuarioId: string): Promise<ConteoDetalle | null> {
  return (await carga(conteoId, usuarioId))?.detalle ?? null;
}

async function ubicacionesDe(fila: FilaConteo): Promise<FilaUbicacion[]> {
  const { db } = elCache();
  const propias = await db.conteo_ubicaciones.where('conteoId').equals(fila.id).toArray();
  const rows =
    propias.length > 0
      ? (await db.ubicaciones.bulkGet(propias.map((row) => row.ubicacionId))).flatMap((row) => row ?? [])
      : await db.ubicaciones.where('almacenId').equals(fila.almacenId).toArray();
  return rows.filter((row) => row.isActive).sort((a, b) => comparaCodigo(a.codigo, b.codigo));
}

/** Ids that the intento asks for; null when the scope is free. */
async function alcanceDe(fila: FilaConteo, intento: number): Promise<string[] | null> {
  const { db } = elCache();
  if (intento > 1) {
    const rows = await filasVivas(db.conteo_intento_productos, 'conteoId').lee(fila.id);
    return rows.filter((row) => row.intento === intento).map((row) => row.productoId);
  }
  if (fila.alcance === 'libre') return null;
  // A whole almacén asks for thousands: after a scan only what changed of them is read.
  const rows = await filasVivas(db.conteo_productos, 'conteoId').lee(fila.id);
  return rows.map((row) => row.productoId);
}

/** What the scope asks for and I have not counted, by code: a kit's parts in its place, services never. */
export async function leeSinContar(conteoId: string, usuarioId: string): Promise<FilaProducto[]> {
  const cargado = await carga(conteoId, usuarioId);
  const alcance = cargado?.detalle.productoIds;
  if (!cargado || !alcance) return [];
  const { detalle, mias } = cargado;
  const lineas = sumables(mias.lineas).filter((linea) => linea.intento === detalle.intento);
  return faltanDe(`${conteoId}:${detalle.intento}`, alcance, lineas, mias.ligas);
}

const PEOR: readonly EstadoLinea[] = ['enviado', 'tardia', 'en_espera', 'guardado', 'rechazada'];

/** `Contado`: my living lines of my intento by product (or raw code), bin and condition; last touched first. */
export async function leeContado(conteoId: string, usuarioId: string): Promise<RenglonContado[]> {
  const cargado = await carga(conteoId, usuarioId);
  if (!cargado) return [];
  const { detalle, mias } = cargado;
  const delIntento = mias.lineas.filter((linea) => linea.intento === detalle.intento);
  const productos = await leeProductos(
    delIntento.flatMap((linea) => [linea.productoId ?? [], linea.liga?.productoId ?? []].flat()),
  );
  const bins = new Map(detalle.ubicaciones.map((row) => [row.id, row.codigo]));
  for (const linea of delIntento) {
    if (linea.ubicacionId === null || bins.has(linea.ubicacionId)) continue;
    const row = await elCache().db.ubicaciones.get(linea.ubicacionId);
    bins.set(linea.ubicacionId, row?.codigo ?? '');
  }
  return agrupa(delIntento, mias, productos, bins);
}

/** Groups lines into rows of `Contado`. Lines that the server refused are shown and not summed. */
export function agrupa(
  delIntento: readonly LineaVista[],
  mias: Pick<MisLineas, 'ligas'>,
  productos: ReadonlyMap<string, FilaProducto>,
  bins: ReadonlyMap<string, string>,
): RenglonContado[] {
  const vivas = lineasVivas(sumables(delIntento), mias.ligas);
  const unidades = new Map(vivas.map((linea) => [linea.id, linea]));
  const rows = new Map<string, { row: RenglonContado; total: bigint; touched: number }>();
  for (const linea of delIntento) {
    const viva = unidades.get(linea.id);
    if (!viva && (linea.estado !== 'rechazada' || linea.tipo === 'anula')) continue;
    const productoId = viva ? viva.productoId : linea.productoId;
    const clave = [productoId ?? `?${linea.codigoCrudo}`, linea.ubicacionId ?? '', linea.condicion].join('|');
    let entry = rows.get(clave);
    if (!entry) {
      entry = { row: renglon(clave, productoId, linea, productos, bins), total: 0n, touched: 0 };
      rows.set(clave, entry);
    }
    entry.total += viva?.unidades ?? 0n;
    entry.touched = Math.max(entry.touched, linea.instante);
    entry.row.lineas.unshift(linea);
    if (PEOR.indexOf(linea.estado) > PEOR.indexOf(entry.row.estado)) entry.row.estado = linea.estado;
  }
  return [...rows.values()]
    .sort((a, b) => b.touched - a.touched)
    .map(({ row, total }) => ({ ...row, unidades: cantidadTexto(total) }));
}

function renglon(
  clave: string,
  productoId: string | null,
  linea: LineaVista,
  productos: ReadonlyMap<string, FilaProducto>,
  bins: ReadonlyMap<string, string>,
): RenglonContado {
  const producto = productoId === null ? undefined : productos.get(productoId);
  return {
    clave,
    productoId,
    codigo: producto?.codigo ?? linea.codigoCrudo ?? '',
    nombre: producto?.nombre ?? null,
    unidad: producto?.unidad ?? null,
    decimales: producto ? Math.max(producto.decimales, decimalesDeUnidad(producto.unidad)) : 3,
    pideLote: producto?.pideLote ?? false,
    pideCaducidad: producto?.pideCaducidad ?? false,
    ubicacionId: linea.ubicacionId,
    ubicacion: linea.ubicacionId === null ? null : (bins.get(linea.ubicacionId) ?? ''),
    condicion: linea.condicion,
    unidades: '0',
    estado: 'enviado',
    lineas: [],
  };
}
