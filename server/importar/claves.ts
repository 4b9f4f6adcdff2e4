import type { FilaMovimiento, OpcionesImportacion, TipoImportacion } from '#shared/contracts/importar.ts';
import { productoImportadoId } from '#shared/domain/ajuste-id.ts';
import { CANTIDAD_ESCALA, formatDecimal, toDecimal } from '#shared/domain/decimal.ts';

/** What all rows of a file have in common. */
export interface Comun {
  readonly tipo: Exclude<TipoImportacion, 'productos'>;
  readonly almacenId: string | null;
  readonly fecha: string | null;
  readonly momento: OpcionesImportacion['momento'];
}

/** Where and when a row stands, with what the options say where it does not. Null: the options still have to say it. */
export interface Situada {
  readonly almacenId: string;
  readonly desde: string;
  readonly hasta: string;
}

export function situa(fila: FilaMovimiento, comun: Comun): Situada | null {
  const almacenId = fila.almacenId ?? comun.almacenId;
  const hasta = fila.fechaHasta ?? fila.fecha ?? fila.fechaDesde ?? comun.fecha;
  if (almacenId === null || hasta === null) return null;
  return { almacenId, desde: fila.fechaDesde ?? fila.fecha ?? hasta, hasta };
}

/**
 * What makes a row the same one in every file it comes in, before rows that say the same are numbered. With a folio the document
 * and its line (tills that number anew each day are told apart by the day); without one, what was moved, where and when.
 */
export function claveBase(fila: FilaMovimiento, { tipo, momento }: Comun, s: Situada): string {
  const producto = fila.productoId ?? productoImportadoId(fila.codigo);
  if (tipo === 'inventario') return ['inventario', s.almacenId, producto, s.hasta, momento ?? ''].join('|');
  const clase = `${tipo}${fila.devolucion ? '-dev' : ''}`;
  const dias = s.desde === s.hasta ? s.hasta : `${s.desde}..${s.hasta}`;
  if (fila.folio === null) return [clase, s.almacenId, producto, dias, fila.hora ?? ''].join('|');
  const linea = fila.partida === null ? `a:${producto}` : `p:${fila.partida}`;
  return [clase, s.almacenId, 'f', fila.folio, dias, linea].join('|');
}

/** Orders rows of one base key by what they say, so that the order in the file changes nothing. */
function contenido(f: FilaMovimiento): string {
  return [
    f.cantidad.padStart(20),
    f.hora ?? '',
    f.importe ?? '',
    f.precio ?? '',
    f.costo ?? '',
    f.descuento ?? '',
  ].join('|');
}

/** Which of the rows of one key a row is, and for an inventory the units of all of them. */
export interface Lugar {
  /** From 0. */
  readonly ocurrencia: number;
  /** Of an inventory, where bins add up: on the first row of its key; null on the others, which go with it. */
  readonly total: string | null;
}

interface Repetida {
  readonly donde: string;
  readonly orden: string;
  readonly cantidad: string;
}

/**
 * Which rows of a file share their key with others, by `lote:fila`; everything else stands alone. Filled in two passes, all keys
 * first and then the rows of the repeated ones, so that a file of 100,000 rows costs its keys and no more.
 */
export class Grupos {
  readonly #repetidas = new Map<string, Repetida[]>();
  readonly #lugares = new Map<string, Lugar>();
  /** Every key of the file; with the numbers of repeated ones when it is closed. */
  readonly claves = new Set<string>();

  ve(clave: string): void {
    if (!this.claves.has(clave)) this.claves.add(clave);
    else if (!this.#repetidas.has(clave)) this.#repetidas.set(clave, []);
  }

  get hayRepetidas(): boolean {
    return this.#repetidas.size > 0;
  }

  /** In the second pass. */
  agrega(clave: string, donde: string, fila: FilaMovimiento): void {
    this.#repetidas.get(clave)?.push({ donde, orden: contenido(fila), cantidad: fila.cantidad });
  }

  /** When all rows were added. */
  cierra(tipo: Comun['tipo']): void {
    for (const [clave, filas] of this.#repetidas) {
      if (tipo === 'inventario') {
        const suma = filas.reduce((t, f) => t + toDecimal(f.cantidad, CANTIDAD_ESCALA), 0n);
        const total = formatDecimal(suma, CANTIDAD_ESCALA);
        for (const [i, f] of filas.entries())
          this.#lugares.set(f.donde, { ocurrencia: 0, total: i === 0 ? total : null });
      } else {
        filas.sort((a, b) => (a.orden < b.orden ? -1 : a.orden > b.orden ? 1 : 0));
        for (const [i, f] of filas.entries()) {
          this.#lugares.set(f.donde, { ocurrencia: i, total: null });
          if (i > 0) this.claves.add(claveDe(clave, i));
        }
      }
    }
    this.#repetidas.clear();
  }

  lugar(donde: string): Lugar | undefined {
    return this.#lugares.get(donde);
  }
}

/** The second row that says the same is `…|2`. */
export function claveDe(base: string, ocurrencia: number): string {
  return ocurrencia === 0 ? base : `${base}|${ocurrencia + 1}`;
}

/** Versions of one key: what was changed or undone is there again under `#2`, `#3`… */
export function conVersion(clave: string, version: number): string {
  return version === 1 ? clave : `${clave}#${version}`;
}

export function sinVersion(origenId: string): { clave: string; version: number } {
  const m = /^(.*)#(\d+)$/s.exec(origenId);
  return m === null ? { clave: origenId, version: 1 } : { clave: m[1]!, version: Number(m[2]) };
}
