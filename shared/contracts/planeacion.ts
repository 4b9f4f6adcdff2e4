import * as z from 'zod/mini';
import { Uuid } from './basicos.ts';

/** Why a product is proposed. For who plans: never in anything that a counter receives. */
export const RAZONES = [
  'valor',
  'velocidad',
  'errores',
  'sin_conteo',
  'por_comprar',
  'vacio',
  'periodo',
] as const;

/** `planeacion.propone`: what to count in so many minutes. */
export const PidePropuesta = z.object({
  almacenId: Uuid,
  minutos: z.int().check(z.gte(5), z.lte(240)),
});
export const RenglonPropuesto = z.object({
  productoId: Uuid,
  codigo: z.string(),
  nombre: z.string(),
  unidad: z.string(),
  /** Bins, in walking order; empty: it has none. */
  ubicaciones: z.array(z.string()),
  claseAbc: z.nullable(z.enum(['A', 'B', 'C'])),
  /** 0 to 1000. */
  puntos: z.int(),
  /** The book says that none is left: it is counted to confirm a zero. */
  cero: z.boolean(),
  razon: z.enum(RAZONES),
  /** One sentence. */
  porque: z.string(),
});
export const Propuesta = z.object({
  frase: z.string(),
  /** Of this shop, as measured; `medido` false: nobody counted enough yet, the usual pace is taken. */
  lineasPorHora: z.int(),
  medido: z.boolean(),
  /** How many fit into the minutes: the first so many of `renglones`; the rest is to choose from. */
  caben: z.int(),
  /** Past the days of their class. */
  vencidos: z.int(),
  renglones: z.array(RenglonPropuesto),
  /** Neutral: says nothing of why. */
  nombre: z.string(),
});

/** `planeacion.ajustes` and `planeacion.guarda`: how an almacén is planned. */
const dias = z.int().check(z.gte(1), z.lte(730));
export const AjustesPlaneacion = z.object({
  almacenId: Uuid,
  /** A count is made by itself every morning. Off until somebody turns it on. */
  conteoDelDia: z.boolean(),
  minutos: z.int().check(z.gte(5), z.lte(240)),
  /** Hour of the shop, 0 to 23. */
  hora: z.int().check(z.gte(0), z.lte(23)),
  /** Who counts it; empty: every almacenista of the shop. */
  contadores: z.array(Uuid).check(z.maxLength(50)),
  /** Each class is counted at least every so many days. */
  dias: z.object({ A: dias, B: dias, C: dias }),
  abcPor: z.enum(['ventas', 'existencia']),
  /** Share of the value, in percent, up to which a product is A, and B. */
  umbralA: z.int().check(z.gte(1), z.lte(99)),
  umbralB: z.int().check(z.gte(1), z.lte(100)),
});
export type PidePropuesta = z.infer<typeof PidePropuesta>;
export type Propuesta = z.infer<typeof Propuesta>;
export type RenglonPropuesto = z.infer<typeof RenglonPropuesto>;
export type AjustesPlaneacion = z.infer<typeof AjustesPlaneacion>;
export type Razon = (typeof RAZONES)[number];
