import type { ReactNode } from 'react';
import type { TableColumn } from '#client/ui/data-table.tsx';
import type { MedidaArchivo } from '#shared/contracts/estadisticas.ts';
import { CANTIDAD_ESCALA, DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { cantidadNatural, cantidadVista, pesos } from '#shared/formato.ts';
import type { Donde } from './donde.ts';
import type { Busqueda } from './use-busqueda.ts';

/** Filters that a list of rows understands, besides the shop. */
export type Filtro = 'dias' | 'desde' | 'clase';

export interface Pagina {
  frase: string;
  /** Of all that the filters hold; null: more than were sent, and nobody counted how many. */
  total: number | null;
  /** Rows of one kind, already drawn as cells. */
  filas: readonly FilaDicha[];
}
export interface FilaDicha {
  clave: string;
  celdas: Readonly<Record<string, ReactNode>>;
  tono?: 'warn' | undefined;
}
export interface Detalle {
  titulo: string;
  filtros: readonly Filtro[];
  columnas: readonly TableColumn<FilaDicha>[];
  /** What this list is as a file; none: it has none. */
  archivo?: { medida: MedidaArchivo; pide: (b: Busqueda, donde: Donde) => object };
  lee: (b: Busqueda, donde: Donde, limite: number) => Promise<Pagina>;
}

export const dinero = (texto: string | null) =>
  texto === null ? 'sin costo' : pesos(toDecimal(texto, DINERO_ESCALA), { centavos: true });
export const conSigno = (texto: string | null) =>
  texto === null ? 'sin costo' : pesos(toDecimal(texto, DINERO_ESCALA), { centavos: true, signo: true });
export const unidades = (texto: string) => cantidadVista(toDecimal(texto, CANTIDAD_ESCALA));
export const natural = (texto: string, unidad: string) =>
  cantidadNatural(toDecimal(texto, CANTIDAD_ESCALA), unidad);

export function columna(
  key: string,
  header: string,
  opciones: Partial<TableColumn<FilaDicha>> = {},
): TableColumn<FilaDicha> {
  return { key, header, cell: ({ celdas }) => celdas[key], ...opciones };
}
export const PRODUCTO = columna('producto', 'Producto', { card: 'title' });
export const numero = (key: string, header: string, card: 'hero' | 'line' = 'line') =>
  columna(key, header, { align: 'end', card });

export const rango = ({ desde, hasta }: Busqueda) => ({ desde: desde || null, hasta: hasta || null });
