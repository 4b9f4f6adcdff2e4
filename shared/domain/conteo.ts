import { CANTIDAD_ESCALA, type Cantidad, multiplica } from './decimal.ts';
import { expandeJuego, type PartesDe } from './juegos.ts';

export type Condicion = 'vendible' | 'por_entregar' | 'danado' | 'garantia' | 'ajeno';
export type TipoLinea = 'suma' | 'cero' | 'anula';
export type Reparto = 'repartido' | 'doble' | 'ninguno';

/** One scan or entry, insert-only. Times in ms on the server's clock (`corrigeInstante`). */
export interface Linea {
  id: string;
  conteoId: string;
  intento: number;
  ubicacionId: string | null;
  codigoCrudo: string | null;
  productoId: string | null;
  cantidad: Cantidad;
  /** Units that one of `cantidad` stands for, as a Cantidad: a carton of 12 is `1_200_000n`. */
  factor: Cantidad;
  tipo: TipoLinea;
  /** Id of the line that a void names. */
  anula: string | null;
  condicion: Condicion;
  usuarioId: string;
  instante: number;
  /** When the server got it; null while it is on the phone. */
  recibidoEn: number | null;
}

/** What an unknown code turned out to be. Insert-only too; `en` in ms. */
export interface Liga {
  id: string;
  lineaId: string;
  estado: 'propuesta' | 'ligada' | 'ajena' | 'pendiente';
  productoId: string | null;
  /** null keeps the line's own factor. */
  factor: Cantidad | null;
  en: number;
}

/** A line that counts: not voided, with its link applied. */
export interface LineaViva extends Linea {
  /** cantidad × factor. */
  unidades: Cantidad;
  /** Link in force, if any. */
  liga: Liga | null;
}

/** cantidad × factor, rounded half to even at 1e-5. */
export function unidadesDe(linea: Pick<Linea, 'cantidad' | 'factor'>): Cantidad {
  return multiplica(linea.cantidad, CANTIDAD_ESCALA, linea.factor, CANTIDAD_ESCALA, CANTIDAD_ESCALA);
}

/** Link in force per line: the last decision of a manager wins; a counter's proposal only while there is none. */
export function ligasVigentes(ligas: readonly Liga[]): Map<string, Liga> {
  const vigentes = new Map<string, Liga>();
  for (const liga of ligas) {
    const actual = vigentes.get(liga.lineaId);
    if (actual === undefined || comparaLigas(actual, liga) < 0) vigentes.set(liga.lineaId, liga);
  }
  return vigentes;
}

function comparaLigas(a: Liga, b: Liga): number {
  const peso = (liga: Liga) => (liga.estado === 'propuesta' ? 0 : 1);
  return peso(a) - peso(b) || a.en - b.en || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/**
 * Lines that count, in (instante, id) order. A repeated id is one line. A void hides the `suma` or `cero` of the same
 * person that it names, whenever it arrives; nobody voids another's line, and a void cannot be voided. A confirmed link
 * supplies product and factor; a code that is `ajena` or only proposed has no product.
 */
export function lineasVivas(lineas: Iterable<Linea>, ligas: readonly Liga[] = []): LineaViva[] {
  const porId = new Map<string, Linea>();
  for (const linea of lineas) porId.set(linea.id, linea);
  const anuladas = new Set<string>();
  for (const { tipo, anula, usuarioId } of porId.values()) {
    if (tipo === 'anula' && anula !== null && porId.get(anula)?.usuarioId === usuarioId) anuladas.add(anula);
  }
  const vigentes = ligasVigentes(ligas);
  const vivas: LineaViva[] = [];
  for (const linea of porId.values()) {
    if (linea.tipo === 'anula' || anuladas.has(linea.id)) continue;
    vivas.push(aplicaLiga(linea, vigentes.get(linea.id) ?? null));
  }
  return vivas.sort((a, b) => a.instante - b.instante || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

function aplicaLiga(linea: Linea, liga: Liga | null): LineaViva {
  let { productoId, factor } = linea;
  if (liga?.estado === 'ligada') {
    productoId = liga.productoId;
    factor = liga.factor ?? factor;
  } else if (liga?.estado === 'ajena') {
    productoId = null;
  }
  return { ...linea, productoId, factor, unidades: unidadesDe({ cantidad: linea.cantidad, factor }), liga };
}

/** Counted product, of its latest intento. */
export interface ContadoProducto {
  productoId: string;
  intento: number;
  /** Units that the book is compared with. */
  contado: Cantidad;
  /** All units by condition, also those that the book is not compared with. */
  porCondicion: Partial<Record<Condicion, Cantidad>>;
  lineas: LineaViva[];
  /** Window of the scans, ms; `instante` is the last one: the teórico is taken there. */
  desde: number;
  instante: number;
}

/**
 * What the book of an almacén still holds: sellable, damaged and warranty goods until their transfer is posted. Goods of
 * others never; sold goods that wait for their customer only where the shop discharges them on delivery.
 */
export function cuentaParaLibro(condicion: Condicion, porEntregarEnLibro = false): boolean {
  if (condicion === 'ajeno') return false;
  return condicion === 'por_entregar' ? porEntregarEnLibro : true;
}

/** Counted units per product and intento, earliest intento first. Voids act across intentos. */
export function contadosPorIntento(
  lineas: Iterable<Linea>,
  ligas: readonly Liga[] = [],
  opciones: { porEntregarEnLibro?: boolean; partesDe?: PartesDe } = {},
): Map<string, ContadoProducto[]> {
  const contados = new Map<string, ContadoProducto[]>();
  const { partesDe = () => null } = opciones;
  for (const linea of lineasVivas(lineas, ligas).flatMap((viva) => expandeJuego(viva, partesDe))) {
    if (linea.productoId === null) continue;
    let intentos = contados.get(linea.productoId);
    if (intentos === undefined) {
      intentos = [];
      contados.set(linea.productoId, intentos);
    }
    let actual = intentos.find(({ intento }) => intento === linea.intento);
    if (actual === undefined) {
      actual = {
        productoId: linea.productoId,
        intento: linea.intento,
        contado: 0n,
        porCondicion: {},
        lineas: [],
        desde: linea.instante,
        instante: linea.instante,
      };
      intentos.push(actual);
    }
    actual.lineas.push(linea);
    actual.instante = linea.instante;
    actual.porCondicion[linea.condicion] = (actual.porCondicion[linea.condicion] ?? 0n) + linea.unidades;
    if (cuentaParaLibro(linea.condicion, opciones.porEntregarEnLibro)) actual.contado += linea.unidades;
  }
  for (const intentos of contados.values()) intentos.sort((a, b) => a.intento - b.intento);
  return contados;
}

/**
 * Counted units per product: Σ of the living lines of its latest intento. Commutative, idempotent, free of order, for
 * any number of phones. A product that only has voided lines is absent; one with a `cero` is there with 0.
 */
export function contadoPorProducto(
  lineas: Iterable<Linea>,
  ligas: readonly Liga[] = [],
  opciones: { porEntregarEnLibro?: boolean; partesDe?: PartesDe } = {},
): Map<string, ContadoProducto> {
  const porIntento = contadosPorIntento(lineas, ligas, opciones);
  return new Map([...porIntento].map(([productoId, intentos]) => [productoId, intentos.at(-1)!]));
}

/** Which lines a total looks at; what is absent does not filter. `ubicacionId: null` means "without a bin". */
export interface FiltroLineas {
  usuarioId?: string;
  ubicacionId?: string | null;
  intento?: number;
}

function vivasDe(
  lineas: Iterable<Linea>,
  productoId: string,
  filtro: FiltroLineas,
  ligas: readonly Liga[],
): LineaViva[] {
  return lineasVivas(lineas, ligas).filter(
    (linea) =>
      linea.productoId === productoId &&
      (filtro.usuarioId === undefined || linea.usuarioId === filtro.usuarioId) &&
      (filtro.ubicacionId === undefined || linea.ubicacionId === filtro.ubicacionId) &&
      (filtro.intento === undefined || linea.intento === filtro.intento),
  );
}

/** Σ units of a product's living lines, whatever their condition. */
export function totalDe(
  lineas: Iterable<Linea>,
  productoId: string,
  filtro: FiltroLineas = {},
  ligas: readonly Liga[] = [],
): Cantidad {
  return vivasDe(lineas, productoId, filtro, ligas).reduce((suma, linea) => suma + linea.unidades, 0n);
}

export interface Lugar {
  usuarioId: string;
  productoId: string;
  ubicacionId: string | null;
  intento: number;
}

export interface PlanCorregir {
  /** Ids of my lines to void, in order. */
  anular: string[];
  /** The one line that stays, in units (factor 1). */
  entrada: { tipo: 'suma' | 'cero'; cantidad: Cantidad };
  /** My units here before the correction. */
  antes: Cantidad;
}

/** `Corregir a…`: voids my lines of this product in this bin and intento, and enters one with the right units. */
export function planCorregir(
  lineas: Iterable<Linea>,
  lugar: Lugar,
  nueva: Cantidad,
  ligas: readonly Liga[] = [],
): PlanCorregir {
  const mias = vivasDe(lineas, lugar.productoId, lugar, ligas);
  return {
    anular: mias.map((linea) => linea.id),
    entrada: { tipo: nueva === 0n ? 'cero' : 'suma', cantidad: nueva },
    antes: mias.reduce((suma, linea) => suma + linea.unidades, 0n),
  };
}

/**
 * May `Cero` be written at once? Not after pieces: `unidades` is what I already have here, and the screen asks "Ya
 * llevas 26 aquí. ¿Anular y poner 0?" before voiding `anular`.
 */
export function puedeCero(
  lineas: Iterable<Linea>,
  lugar: Lugar,
  ligas: readonly Liga[] = [],
): { directo: boolean; unidades: Cantidad; anular: string[] } {
  const { antes, anular } = planCorregir(lineas, lugar, 0n, ligas);
  return { directo: antes === 0n, unidades: antes, anular: antes === 0n ? [] : anular };
}

/**
 * Products of the scope without a living line, in the scope's order: a kit's parts in its place, services never. Not
 * counted is never zero by itself.
 */
export function sinContar(
  alcance: Iterable<string>,
  lineas: Iterable<Linea>,
  ligas: readonly Liga[] = [],
  partesDe: PartesDe = () => null,
): string[] {
  const vivas = lineasVivas(lineas, ligas).flatMap((viva) => expandeJuego(viva, partesDe));
  const contados = new Set(vivas.map((linea) => linea.productoId));
  const pedidos = [...alcance].flatMap(
    (productoId) => partesDe(productoId)?.map((parte) => parte.productoId) ?? productoId,
  );
  return [...new Set(pedidos)].filter((productoId) => !contados.has(productoId));
}

/** Living lines whose code has no product and no decision: they hold back every approval of the conteo. */
export function lineasSinLigar(lineas: Iterable<Linea>, ligas: readonly Liga[] = []): LineaViva[] {
  return lineasVivas(lineas, ligas).filter(
    (linea) => linea.productoId === null && (linea.liga === null || linea.liga.estado === 'propuesta'),
  );
}

/** A line that came after its product was approved: kept, shown, never summed into the result. */
export function esTardia(linea: Pick<Linea, 'recibidoEn'>, aprobadoEn: number | null): boolean {
  return aprobadoEn !== null && linea.recibidoEn !== null && linea.recibidoEn > aprobadoEn;
}

/** Window of a product's scans in its latest intento: `t` is the corrected instant of its last line. */
export function instanteDeProducto(
  lineas: Iterable<Linea>,
  productoId: string,
  ligas: readonly Liga[] = [],
): { desde: number; t: number } | null {
  const contado = contadoPorProducto(lineas, ligas).get(productoId);
  return contado ? { desde: contado.desde, t: contado.instante } : null;
}
