import type { FilaConteoLinea, FilaConteoLineaLiga } from '#shared/contracts/filas.ts';
import type { ArgsDe } from '#shared/contracts/mutadores.ts';
import { toCantidad } from '#shared/domain/cantidad.ts';
import { type Condicion, type Liga, type Linea, ligasVigentes } from '#shared/domain/conteo.ts';
import type { Cache } from './cache.ts';
import { filasVivas } from './filas-vivas.ts';
import type { Journal } from './journal.ts';
import type { EstadoMutacion, MutationRow } from './journal-db.ts';
import type { EstadoLinea, LineaVista } from './modelo.ts';

/**
 * My lines of a conteo: server rows ∪ journal entries, united by line id. A line is shown once, whatever the order in
 * which the push's answer and the pull's rows arrive.
 */

const ESTADO_DE: Record<EstadoMutacion, EstadoLinea> = {
  pendiente: 'guardado',
  enviada: 'enviado',
  tardia: 'tardia',
  en_espera: 'en_espera',
  cuarentena: 'en_espera',
  rechazada: 'rechazada',
  apartada: 'rechazada',
};

/** Parsed arguments by hash: JSON text never changes, and a count of two thousand lines is read again at each scan. */
const parsed = new Map<string, unknown>();
const PARSED_MAX = 20_000;

export function argsDe<T>(row: Pick<MutationRow, 'hash' | 'args'>): T {
  const known = parsed.get(row.hash);
  if (known !== undefined) return known as T;
  if (parsed.size >= PARSED_MAX) parsed.clear();
  const value = JSON.parse(row.args) as T;
  parsed.set(row.hash, value);
  return value;
}

export type MisLineas = {
  /** Oldest first, voids included. */
  lineas: LineaVista[];
  ligas: Liga[];
  /** Lines of mine that are only on this phone. */
  sinEnviar: number;
};

/** Reads both databases: for what decides. */
export async function misLineas(
  journal: Journal,
  cache: Cache,
  conteoId: string,
  usuarioId: string,
): Promise<MisLineas> {
  const rows = await cache.db.conteo_lineas.where('conteoId').equals(conteoId).toArray();
  const ligaRows = await cache.db.conteo_linea_ligas.where('conteoId').equals(conteoId).toArray();
  const entries = await journal.db.mutations.where('conteo').equals(conteoId).toArray();
  const blobs = await journal.db.blobs.toCollection().primaryKeys();
  return mias(usuarioId, rows, ligaRows, entries, blobs);
}

/** The same for the screens: after a scan only what changed is read. */
export async function misLineasVivas(
  journal: Journal,
  cache: Cache,
  conteoId: string,
  usuarioId: string,
): Promise<MisLineas> {
  const rows = await filasVivas(cache.db.conteo_lineas, 'conteoId').lee(conteoId);
  const ligaRows = await filasVivas(cache.db.conteo_linea_ligas, 'conteoId').lee(conteoId);
  const entries = await filasVivas(journal.db.mutations, 'conteo').lee(conteoId);
  const blobs = await journal.db.blobs.toCollection().primaryKeys();
  return mias(usuarioId, rows, ligaRows, entries, blobs);
}

function mias(
  usuarioId: string,
  rows: readonly FilaConteoLinea[],
  ligaRows: readonly FilaConteoLineaLiga[],
  entries: readonly MutationRow[],
  blobs: readonly string[],
): MisLineas {
  return une(
    rows.filter((row) => row.usuarioId === usuarioId),
    ligaRows,
    entries.filter((entry) => entry.usuario === usuarioId),
    blobs,
  );
}

/** The union itself. `blobIds` are `lineaId:sha256`. */
export function une(
  rows: readonly FilaConteoLinea[],
  ligaRows: readonly FilaConteoLineaLiga[],
  entries: readonly MutationRow[],
  blobIds: readonly string[],
): MisLineas {
  const lineas = new Map<string, LineaVista>();
  const ligas = new Map<string, Liga>();
  const notas: ArgsDe<'conteo.nota/1'>[] = [];
  for (const row of rows) lineas.set(row.id, deFila(row));
  for (const row of ligaRows) ligas.set(row.id, ligaDe(row));
  let sinEnviar = 0;
  for (const entry of entries) {
    if (entry.name === 'conteo.linea/1') {
      const args = argsDe<ArgsDe<'conteo.linea/1'>>(entry);
      const there = lineas.get(args.id);
      if (there) {
        if (entry.state === 'tardia') there.estado = 'tardia';
      } else {
        lineas.set(args.id, deEntrada(args, entry));
        if (entry.state === 'pendiente' || entry.state === 'apartada') sinEnviar += 1;
      }
    } else if (entry.name === 'conteo.liga/1' && entry.state !== 'rechazada') {
      const args = argsDe<ArgsDe<'conteo.liga/1'>>(entry);
      if (!ligas.has(args.id)) ligas.set(args.id, ligaDe(args));
    } else if (entry.name === 'conteo.nota/1' && entry.state !== 'rechazada') {
      notas.push(argsDe<ArgsDe<'conteo.nota/1'>>(entry));
    }
  }
  decorate(lineas, [...ligas.values()], blobIds);
  anotaNotas(lineas, notas);
  const ordered = [...lineas.values()].sort((a, b) => a.instante - b.instante || (a.id < b.id ? -1 : 1));
  return { lineas: ordered, ligas: [...ligas.values()], sinEnviar };
}

function decorate(lineas: Map<string, LineaVista>, ligas: readonly Liga[], blobIds: readonly string[]): void {
  for (const linea of lineas.values()) {
    if (linea.tipo !== 'anula' || linea.anula === null || linea.estado === 'rechazada') continue;
    const target = lineas.get(linea.anula);
    // As `lineasVivas` has it: nobody voids another's line.
    if (target?.usuarioId === linea.usuarioId) target.anulada = true;
  }
  for (const [lineaId, liga] of ligasVigentes(ligas)) {
    const linea = lineas.get(lineaId);
    if (linea) linea.liga = { estado: liga.estado, productoId: liga.productoId };
  }
  for (const id of blobIds) {
    const linea = lineas.get(id.slice(0, 36));
    if (linea) linea.fotos += 1;
  }
}

function anotaNotas(lineas: Map<string, LineaVista>, notas: readonly ArgsDe<'conteo.nota/1'>[]): void {
  for (const { lineaId, nota } of [...notas].sort((a, b) => Date.parse(a.en) - Date.parse(b.en))) {
    const linea = lineas.get(lineaId);
    if (linea) linea.nota = linea.nota === null ? nota : `${linea.nota} · ${nota}`;
  }
}

/** Lines that add up: what the server refused stays visible but is in no total. */
export function sumables(lineas: readonly LineaVista[]): LineaVista[] {
  return lineas.filter((linea) => linea.estado !== 'rechazada');
}

function deFila(row: FilaConteoLinea): LineaVista {
  return {
    id: row.id,
    conteoId: row.conteoId,
    intento: row.intento,
    ubicacionId: row.ubicacionId,
    codigoCrudo: row.codigoCrudo,
    productoId: row.productoId,
    cantidad: toCantidad(row.cantidad),
    factor: toCantidad(row.factor),
    tipo: row.tipo,
    anula: row.anula,
    condicion: row.condicion as Condicion,
    usuarioId: row.usuarioId,
    instante: Date.parse(row.instante),
    recibidoEn: Date.parse(row.recibidoEn),
    estado: 'enviado',
    anulada: false,
    nota: row.nota,
    lote: row.lote,
    caduca: row.caduca,
    dot: row.dot,
    simbologia: row.simbologia,
    fuente: row.fuente,
    mensaje: null,
    fotos: 0,
    liga: null,
  };
}

function deEntrada(args: ArgsDe<'conteo.linea/1'>, entry: MutationRow): LineaVista {
  const linea: Linea = {
    id: args.id,
    conteoId: args.conteoId,
    intento: args.intento,
    ubicacionId: args.ubicacionId,
    codigoCrudo: args.codigoCrudo,
    productoId: args.productoId,
    cantidad: toCantidad(args.cantidad),
    factor: toCantidad(args.factor),
    tipo: args.tipo,
    anula: args.anula,
    condicion: args.condicion,
    usuarioId: entry.usuario,
    instante: Date.parse(args.contadoEn) + (args.desfaseGuardarMs ?? 0),
    recibidoEn: null,
  };
  const estado = ESTADO_DE[entry.state];
  return {
    ...linea,
    estado,
    anulada: false,
    nota: args.nota,
    lote: args.lote,
    caduca: args.caduca,
    dot: args.dot,
    simbologia: args.simbologia,
    fuente: args.fuente,
    mensaje: estado === 'guardado' || estado === 'enviado' ? null : entry.last_error,
    fotos: 0,
    liga: null,
  };
}

function ligaDe(row: {
  id: string;
  lineaId: string;
  estado: Liga['estado'];
  productoId: string | null;
  factor: string | null;
  en: string;
}): Liga {
  return {
    id: row.id,
    lineaId: row.lineaId,
    estado: row.estado,
    productoId: row.productoId,
    factor: row.factor === null ? null : toCantidad(row.factor),
    en: Date.parse(row.en),
  };
}
