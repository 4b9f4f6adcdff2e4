import type {
  AnalisisImportacion,
  FilaImportacion,
  OpcionesImportacion,
  ProblemaImportacion,
  ReparacionImportacion,
} from '#shared/contracts/importar.ts';

/** What of the catalogue and the company is needed to read a file; columns of equal length, to be cheap to send. */
export interface CatalogoImportacion {
  readonly productos: {
    readonly id: readonly string[];
    readonly codigo: readonly string[];
    readonly nombre: readonly string[];
    /** 0 to 3: how many decimals a quantity of it may have. */
    readonly decimales: readonly number[];
  };
  /** Codes of any kind; `producto` is a place in `productos`. */
  readonly codigos: {
    readonly codigo: readonly string[];
    readonly claveGtin: readonly (string | null)[];
    readonly producto: readonly number[];
    readonly factor: readonly string[];
  };
  readonly almacenes: readonly {
    readonly id: string;
    readonly codigo: string;
    readonly nombre: string;
    readonly tienda: { readonly id: string; readonly codigo: string; readonly nombre: string };
    readonly esGeneral: boolean;
  }[];
  readonly categorias: readonly string[];
}

/** Column maps that people confirmed before, by the signature of the source. */
export type MapasRecordados = Readonly<Record<string, OpcionesImportacion>>;

export interface EntradaAnalisis {
  readonly bytes: Uint8Array;
  readonly filename: string;
  readonly opciones: OpcionesImportacion;
  readonly catalogo: CatalogoImportacion;
  readonly mapas: MapasRecordados;
  /** Local date of the company: nothing later is believed. */
  readonly hoy: string;
}

/** Called in order; the next is sent when the promise of the former is settled, so that memory stays bounded. */
export interface OyenteAnalisis {
  /** At most 1,000 rows, none with an error. */
  filas(lote: readonly FilaImportacion[]): Promise<void>;
  problemas(lote: readonly ProblemaImportacion[]): Promise<void>;
  reparaciones(lote: readonly ReparacionImportacion[]): Promise<void>;
  avance(hechas: number, total: number | null): void;
}

/**
 * Reads a file in a process of its own, with limits of memory and time, and tells what it found: every row that can be used,
 * every problem at once, every repair. Stages: open safely → find the table → type → shop → columns → clean → match.
 * Changes nothing anywhere.
 *
 * Rejects with an AppError whose sentence says what to do when the file as a whole can't be read (IMPORTACION_*), and with
 * the signal's reason when it is aborted; the process is always ended.
 */
export type Analiza = (
  entrada: EntradaAnalisis,
  oyente: OyenteAnalisis,
  signal?: AbortSignal,
) => Promise<AnalisisImportacion>;
