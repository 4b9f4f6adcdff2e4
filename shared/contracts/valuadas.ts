import * as z from 'zod/mini';
import { Instante, Uuid } from './basicos.ts';

/** An instant, or a date: the end of that day in each shop's own calendar. */
export const Corte = z.union([z.iso.date(), Instante]);

export const PideValuadas = z.object({
  al: Corte,
  almacenId: z.nullable(Uuid),
  /** With everything under it. */
  categoriaId: z.nullable(Uuid),
});

export const TotalesValuados = z.object({
  /** With stock, negative ones included. */
  productos: z.int(),
  /** Pesos at cost of the quantities above 0. */
  valor: z.string(),
  /** "Falta registrar una entrada": in no other total. */
  negativos: z.int(),
  valorNegativos: z.string(),
  sinCosto: z.int(),
  sinBase: z.int(),
});

export const FilaValuada = z.object({
  productoId: Uuid,
  codigo: z.string(),
  nombre: z.string(),
  unidad: z.string(),
  almacenId: Uuid,
  cantidad: z.string(),
  /** False: no inventory at or before that instant, so the quantity is of movements alone. */
  tieneBase: z.boolean(),
  /** Pesos a unit, net of IVA; null = sin costo. */
  costo: z.nullable(z.string()),
  fuente: z.enum(['promedio', 'ultimo', 'catalogo', 'sin_costo']),
  valor: z.nullable(z.string()),
});

export const ExistenciasValuadas = z.object({
  almacenes: z.array(
    z.object({
      id: Uuid,
      codigo: z.string(),
      nombre: z.string(),
      tipo: z.string(),
      tienda: z.string(),
      zonaHoraria: z.string(),
      /** The instant of the question in this shop. */
      al: z.string(),
      totales: TotalesValuados,
    }),
  ),
  filas: z.array(FilaValuada),
});

export type ExistenciasValuadas = z.infer<typeof ExistenciasValuadas>;
export type FilaValuada = z.infer<typeof FilaValuada>;
export type AlmacenValuado = ExistenciasValuadas['almacenes'][number];
