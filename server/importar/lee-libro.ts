import type { FilaHoja, Union } from '#shared/domain/importar/celda.ts';

export type Formato = 'xlsx' | 'xls' | 'csv' | 'html' | 'xml' | 'ods';

export interface HojaLibro {
  readonly nombre: string;
  readonly oculta: boolean;
  /** Holds pictures or charts, which explains a sheet without cells. */
  readonly dibujos: boolean;
  /** Rows that are written down; counted when `mide` is called, else 0. */
  readonly filas: number;
  readonly uniones: readonly Union[];
  /** Rows with a cell that is not empty, in order, in lots. Can be walked several times; a walk may be left at any row. */
  lee(): AsyncIterable<readonly FilaHoja[]>;
  /** Goes once over the whole sheet without reading its cells: counts the rows, gathers joined cells, and proves that it is whole. */
  mide(): Promise<void>;
}

/** An opened file. Nothing of it was executed, resolved or fetched. */
export interface Libro {
  readonly formato: Formato;
  readonly hojas: readonly HojaLibro[];
  /** Days to add to a serial that stands in a cell without a date's format: 1,462 in a book of the 1904 system. */
  readonly diasDeMas: number;
  /** How the text was read, where a person may want to know: «Windows-1252, separado por punto y coma». */
  readonly nota: string | null;
}

/** 50 MB, checked before anything is parsed. */
export const PESO_MAXIMO = 50 * 1024 * 1024;
export const FILAS_POR_LOTE = 500;
