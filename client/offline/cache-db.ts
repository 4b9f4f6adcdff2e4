import Dexie, { type Table } from 'dexie';
import type {
  FilaAlmacen,
  FilaCategoria,
  FilaConteo,
  FilaConteoContador,
  FilaConteoIntentoContador,
  FilaConteoIntentoProducto,
  FilaConteoLinea,
  FilaConteoLineaLiga,
  FilaConteoParte,
  FilaConteoProducto,
  FilaConteoUbicacion,
  FilaExistencia,
  FilaProductoCosto,
  FilaProductoUbicacion,
  FilaRechazo,
  FilaTienda,
  FilaUbicacion,
  FilaUsuario,
} from '#shared/contracts/filas.ts';
import { ESQUEMA_PULL } from '#shared/contracts/sync.ts';
import type { Bloque, Ficha } from './catalogo-bloques.ts';

/** Version of the tables below; raise it with any change to them. */
const DISENO = 3;
/**
 * Named by the schema of the rows and by its own: another version starts a new database, so no upgrade is ever blocked
 * by a second tab.
 */
export const CACHE_NAME = `cache-${ESQUEMA_PULL}-${DISENO}`;
export const ES_CACHE = /^cache-\d+(-\d+)?$/;

/** `_s` = scope that brought the row; `_pk` = joined key of a composite primary key. */
export type Guardada<T> = T & { _s: string; _pk: string };
export type Lado = 'a' | 'b';

/** The catalogue lies in one of two sides; a reset fills the idle one and flips at the head. */
export type CatalogoMeta = {
  k: 'catalogo';
  activa: Lado;
  llenando: Lado | null;
  recibidos: number;
  completo: boolean;
  /**
   * `serie` changes when blocks are rewritten, `siguiente` numbers the next block, `productos` are the living ones, `indice`
   * is the first block that the index does not cover (catalogo-indice.ts).
   */
  lados: Record<Lado, { serie: string; siguiente: number; productos: number; indice?: number }>;
};
/** Whose rows are here. `serie` changes with the person: what was asked for the one before is not stored any more. */
export type DuenoRow = { k: 'dueno'; usuarioId: string | null; serie: string };
/** A snapshot of the catalogue under way: `hechos` are the chunks that are in, `cursor` that of the oldest manifest. */
export type FotoRow = {
  k: 'foto';
  serie: string;
  epoch: string;
  creadoEn: string;
  cursor: string;
  hechos: string[];
};
/** The daily comparison of the catalogue with the server, phone's time; `reparadoEn`: when it last had to come again. */
export type VerificadoRow = { k: 'verificado'; en: string; igual: boolean | null; reparadoEn: string | null };
/** When each other scope was last compared, or first held, phone's time; `distinto`: the last one that had to come again. */
export type CotejosRow = {
  k: 'cotejos';
  en: Record<string, string>;
  distinto: { scope: string; en: string } | null;
};
export type MetaRow =
  | CatalogoMeta
  | DuenoRow
  | FotoRow
  | VerificadoRow
  | CotejosRow
  | { k: 'lastMid'; device: string; mid: number };
export type CursorRow = { scope: string; cursor: string; head: boolean };

/** What the server said. Disposable: everything here can be pulled again. */
export class CacheDb extends Dexie {
  declare bloques_a: Table<Bloque, number>;
  declare bloques_b: Table<Bloque, number>;
  declare fichas_a: Table<Ficha, number>;
  declare fichas_b: Table<Ficha, number>;
  declare categorias_a: Table<FilaCategoria, string>;
  declare categorias_b: Table<FilaCategoria, string>;
  declare tiendas: Table<Guardada<FilaTienda>, string>;
  declare almacenes: Table<Guardada<FilaAlmacen>, string>;
  declare ubicaciones: Table<Guardada<FilaUbicacion>, string>;
  declare producto_ubicaciones: Table<Guardada<FilaProductoUbicacion>, string>;
  declare existencias: Table<Guardada<FilaExistencia>, string>;
  declare producto_costos: Table<Guardada<FilaProductoCosto>, string>;
  declare conteos: Table<Guardada<FilaConteo>, string>;
  declare conteo_contadores: Table<Guardada<FilaConteoContador>, string>;
  declare conteo_ubicaciones: Table<Guardada<FilaConteoUbicacion>, string>;
  declare conteo_productos: Table<Guardada<FilaConteoProducto>, string>;
  declare conteo_intento_productos: Table<Guardada<FilaConteoIntentoProducto>, string>;
  declare conteo_intento_contadores: Table<Guardada<FilaConteoIntentoContador>, string>;
  declare conteo_partes: Table<Guardada<FilaConteoParte>, string>;
  declare conteo_lineas: Table<Guardada<FilaConteoLinea>, string>;
  declare conteo_linea_ligas: Table<Guardada<FilaConteoLineaLiga>, string>;
  declare rechazos: Table<Guardada<FilaRechazo>, string>;
  declare usuarios: Table<Guardada<FilaUsuario>, string>;
  declare cursores: Table<CursorRow, string>;
  declare meta: Table<MetaRow, string>;

  constructor(name = CACHE_NAME) {
    super(name, { chromeTransactionDurability: 'relaxed' });
    this.version(1).stores({
      bloques_a: 'n',
      bloques_b: 'n',
      fichas_a: 'n',
      fichas_b: 'n',
      categorias_a: 'id',
      categorias_b: 'id',
      tiendas: '_pk, _s',
      almacenes: '_pk, _s',
      ubicaciones: '_pk, _s, almacenId',
      producto_ubicaciones: '_pk, _s, productoId, ubicacionId',
      existencias: '_pk, _s, productoId',
      producto_costos: '_pk, _s',
      conteos: '_pk, _s',
      conteo_contadores: '_pk, _s, conteoId',
      conteo_ubicaciones: '_pk, _s, conteoId',
      conteo_productos: '_pk, _s, conteoId',
      conteo_intento_productos: '_pk, _s, conteoId',
      conteo_intento_contadores: '_pk, _s, conteoId',
      conteo_partes: '_pk, _s, conteoId',
      conteo_lineas: '_pk, _s, conteoId',
      conteo_linea_ligas: '_pk, _s, conteoId',
      rechazos: '_pk, _s',
      usuarios: '_pk, _s',
      cursores: 'scope',
      meta: 'k',
    });
  }
}

/** Tables of one scope's rows outside the catalogue, with the fields of their key. */
export const CLAVES = {
  tiendas: ['id'],
  almacenes: ['id'],
  ubicaciones: ['id'],
  producto_ubicaciones: ['productoId', 'ubicacionId'],
  existencias: ['productoId', 'almacenId'],
  producto_costos: ['id'],
  conteos: ['id'],
  conteo_contadores: ['conteoId', 'usuarioId'],
  conteo_ubicaciones: ['conteoId', 'ubicacionId'],
  conteo_productos: ['conteoId', 'productoId'],
  conteo_intento_productos: ['conteoId', 'intento', 'productoId'],
  conteo_intento_contadores: ['conteoId', 'intento', 'usuarioId'],
  conteo_partes: ['conteoId', 'intento', 'usuarioId'],
  conteo_lineas: ['id'],
  conteo_linea_ligas: ['id'],
  rechazos: ['id'],
  usuarios: ['id'],
} as const satisfies Record<string, readonly string[]>;

export type TablaMarcada = keyof typeof CLAVES;
export const TABLAS_MARCADAS = Object.keys(CLAVES) as TablaMarcada[];

/** The tables of one side of the catalogue: products and codes in blocks (catalogo-bloques.ts), categories as rows. */
export function ladoDe(db: CacheDb, lado: Lado) {
  return lado === 'a'
    ? { bloques: db.bloques_a, fichas: db.fichas_a, categorias: db.categorias_a }
    : { bloques: db.bloques_b, fichas: db.fichas_b, categorias: db.categorias_b };
}

const LADO_VACIO = { serie: '', siguiente: 0, productos: 0 };

export function catalogoVacio(): CatalogoMeta {
  const lados = { a: { ...LADO_VACIO }, b: { ...LADO_VACIO } };
  return { k: 'catalogo', activa: 'a', llenando: null, recibidos: 0, completo: false, lados };
}

/** Inside any transaction that covers `meta`. */
export async function catalogoMeta(db: CacheDb): Promise<CatalogoMeta> {
  const row = await db.meta.get('catalogo');
  return row?.k === 'catalogo' ? row : catalogoVacio();
}
