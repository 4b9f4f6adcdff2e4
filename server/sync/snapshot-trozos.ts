import { createHash } from 'node:crypto';
import type { Db, Tx } from '#server/platform/db/db.ts';
import { FORMATO_TROZO } from '#shared/contracts/snapshot.ts';
import { aColumnas, type FilaCruda, type TablaColumnar } from '#shared/domain/columnas.ts';
import { selectFilas } from './filas.sql.ts';
import type { Fila } from './filas.ts';
import { COLUMNAS } from './filas-columnas.ts';
import {
  type LlaveCodigo,
  selectCategoriaIds,
  selectCodigoIds,
  selectProductoIds,
  selectUltimoProducto,
} from './snapshot.sql.ts';

/** The tables of the catalogue, in the order of a chunk. */
export const TABLAS_CATALOGO = ['categorias', 'productos', 'codigos_barras'] as const;
export type TablaCatalogo = (typeof TABLAS_CATALOGO)[number];

/** How large chunks are. */
export interface Tamano {
  /** Rows, all tables together, unless a single producto has more codes than that. */
  readonly filas: number;
  /** Productos of a new chunk, and the most that one whose bounds are kept may grow to. */
  readonly productos: number;
  readonly productosMax: number;
  /** A chunk that shrank below this takes in the next one. */
  readonly productosMin: number;
}
export const TAMANO: Tamano = { filas: 5_000, productos: 2_000, productosMax: 3_000, productosMin: 400 };
/** No statement asks for more: PGlite answers nobody else meanwhile. */
const FILAS_SENTENCIA = 2_000;

/** Fields of each table as a chunk has them, in order: what the sum of `verify` can cover. */
export const CAMPOS: Readonly<Record<TablaCatalogo, readonly string[]>> = {
  categorias: Object.keys(COLUMNAS.categorias.columnas),
  productos: Object.keys(COLUMNAS.productos.columnas),
  codigos_barras: Object.keys(COLUMNAS.codigos_barras.columnas),
};

/** Of the coding and the columns: a manifest of another is not this version's. */
export const HUELLA_COLUMNAS = createHash('sha256')
  .update(JSON.stringify([FORMATO_TROZO, ...TABLAS_CATALOGO.map((tabla) => COLUMNAS[tabla])]))
  .digest('hex');

/** Rows of a chunk by table; `hasta`: the last producto, null: there was none left. */
export interface Pieza {
  readonly hasta: string | null;
  readonly filas: Readonly<Partial<Record<TablaCatalogo, readonly Fila[]>>>;
}

async function lee(tx: Tx, tabla: TablaCatalogo, ids: readonly string[]): Promise<Fila[]> {
  const filas: Fila[] = [];
  for (let i = 0; i < ids.length; i += FILAS_SENTENCIA) {
    const parte = ids.slice(i, i + FILAS_SENTENCIA);
    const leidas = await selectFilas(tx, tabla, parte, '');
    for (const id of parte) {
      const fila = leidas.get(id);
      if (fila !== undefined) filas.push(fila);
    }
  }
  return filas;
}

async function productosHasta(
  tx: Tx,
  tras: string | null,
  corte: string | null,
  cuantos: number,
): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < cuantos) {
    const pide = Math.min(FILAS_SENTENCIA, cuantos - ids.length);
    const parte = await selectProductoIds(tx, ids.at(-1) ?? tras, corte, pide);
    ids.push(...parte);
    if (parte.length < pide) break;
  }
  return ids;
}

/** Codes of these productos, in their order; `corta`: no more than this many, and only whole productos but the first. */
async function codigosDe(tx: Tx, productoIds: readonly string[], corta: number): Promise<LlaveCodigo[]> {
  const codigos: LlaveCodigo[] = [];
  for (;;) {
    const parte = await selectCodigoIds(tx, productoIds, codigos.at(-1) ?? null, FILAS_SENTENCIA);
    codigos.push(...parte);
    if (parte.length < FILAS_SENTENCIA) return codigos;
    if (codigos.length > corta && codigos[0]!.productoId !== codigos.at(-1)!.productoId) return codigos;
  }
}

const enFoto = <T>(db: Db, fn: (tx: Tx) => Promise<T>): Promise<T> =>
  db.asService(fn, { isolation: 'repeatable read', readOnly: true });

/**
 * The catalogue piece by piece: first the categorías, then productos in the order of their id, each with its codes. Every
 * piece is read in a transaction of its own, so that nobody waits for the whole. `cortes`: bounds of an earlier
 * snapshot, kept so that what did not change makes the same chunk again. Productos beyond the last one of the beginning
 * are newer than whatever head was read before, so it ends however fast others add.
 */
export async function* piezasDelCatalogo(
  db: Db,
  cortes: readonly string[],
  tamano: Tamano = TAMANO,
): AsyncGenerator<Pieza, void> {
  const categorias: Fila[] = [];
  for (let tras: string | null = null; ; ) {
    const ids: string[] = await enFoto(db, async (tx) => {
      const encontrados = await selectCategoriaIds(tx, tras, FILAS_SENTENCIA);
      categorias.push(...(await lee(tx, 'categorias', encontrados)));
      return encontrados;
    });
    tras = ids.at(-1) ?? null;
    if (ids.length < FILAS_SENTENCIA) break;
  }
  const fin = await enFoto(db, selectUltimoProducto);
  let primera: Pieza['filas'] = categorias.length > 0 ? { categorias } : {};
  for (let tras: string | null = null; ; ) {
    const pieza: Pieza = await enFoto(db, (tx) => piezaTras(tx, tras, fin, cortes, tamano));
    if (pieza.hasta === null) {
      if (Object.keys(primera).length > 0) yield { hasta: null, filas: primera };
      return;
    }
    yield { hasta: pieza.hasta, filas: { ...primera, ...pieza.filas } };
    primera = {};
    tras = pieza.hasta;
  }
}

async function piezaTras(
  tx: Tx,
  tras: string | null,
  fin: string | null,
  cortes: readonly string[],
  tamano: Tamano,
): Promise<Pieza> {
  const limite = cortes.find((id) => tras === null || id > tras) ?? null;
  const corte = limite !== null && fin !== null && limite < fin ? limite : null;
  let ids = corte === null ? [] : await productosHasta(tx, tras, corte, tamano.productosMax);
  if (ids.length < tamano.productosMin) ids = await productosHasta(tx, tras, fin, tamano.productos);
  if (fin === null || ids.length === 0) return { hasta: null, filas: {} };
  const tope = Math.max(1, tamano.filas - ids.length);
  let codigos = await codigosDe(tx, ids, tope);
  if (codigos.length > tope) {
    // The productos whose codes are surely all here and fit; at least one.
    const ultimo = codigos[tope]!.productoId;
    const caben = ids.filter((id) => id < ultimo);
    ids = caben.length > 0 ? caben : ids.slice(0, 1);
    const ultima = ids.at(-1)!;
    codigos = codigos.filter(({ productoId }) => productoId <= ultima);
  }
  return {
    hasta: ids.at(-1)!,
    filas: {
      productos: await lee(tx, 'productos', ids),
      codigos_barras: await lee(
        tx,
        'codigos_barras',
        codigos.map(({ id }) => id),
      ),
    },
  };
}

/** A chunk as the phone reads it: JSON of `{formato, tablas}`. */
export function textoDe({ filas }: Pieza): string {
  const tablas: TablaColumnar[] = [];
  for (const tabla of TABLAS_CATALOGO) {
    const suyas = filas[tabla];
    if (suyas === undefined || suyas.length === 0) continue;
    tablas.push(aColumnas(tabla, suyas as FilaCruda[], tabla === 'codigos_barras' ? pistasDe(filas) : {}));
  }
  return JSON.stringify({ formato: FORMATO_TROZO, tablas });
}

function pistasDe({ productos = [] }: Pieza['filas']) {
  return {
    refiere: { productoId: { tabla: 'productos', ids: productos.map((fila) => String(fila.id)) } },
    deriva: { claveGtin: 'codigo' },
  };
}
