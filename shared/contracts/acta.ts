import * as z from 'zod/mini';
import { Instante, Sha256, Uuid } from './basicos.ts';

/** `conteos.acta({conteoId})`: what the screen of an acta shows; the whole of it is `GET /api/conteos/:id/acta.json`. */
export const ResumenActa = z.object({
  conteoId: Uuid,
  folio: z.nullable(z.string()),
  nombre: z.string(),
  tienda: z.string(),
  almacen: z.string(),
  zonaHoraria: z.string(),
  alcance: z.string(),
  estado: z.string(),
  proposito: z.enum(['conteo', 'prueba']),
  abiertoEn: z.string(),
  terminadoEn: z.nullable(z.string()),
  cancelacion: z.nullable(z.object({ por: z.string(), motivo: z.string() })),
  /** What a conteo that is not over still lacks, in sentences; null when it is over. */
  faltas: z.nullable(z.array(z.string())),
  totales: z.object({
    faltante: z.string(),
    sobrante: z.string(),
    neto: z.string(),
    bruto: z.string(),
    productos: z.int(),
    exactos: z.int(),
    conDiferencia: z.int(),
    sinCosto: z.int(),
    sinBase: z.int(),
    incompletos: z.int(),
    porDecidir: z.int(),
    sinContar: z.int(),
  }),
  /** Who signs, and what each did, in words. */
  personas: z.array(z.object({ nombre: z.string(), papel: z.string() })),
  tardias: z.int(),
  huella: z.object({ valor: Sha256, lineas: z.int(), corte: z.string() }),
  /** Name of the files, without extension. */
  archivo: z.string(),
});

/**
 * `conteos.verificaActa`: is `hash` still the huella of the lines? `lineas` and `corte` come from the printed acta's
 * link; without `corte` the end of the conteo, else the present, is taken.
 */
export const VerificaActa = z.object({
  conteoId: Uuid,
  hash: Sha256,
  lineas: z.optional(z.int().check(z.gte(0))),
  corte: z.optional(Instante),
});
export const ActaVerificada = z.object({
  coincide: z.boolean(),
  /** Of the lines received by `corte`, as they are now. */
  huella: Sha256,
  lineas: z.int(),
  /** What the printed acta said; null when it didn't. */
  lineasEntonces: z.nullable(z.int()),
  corte: z.string(),
  /** Lines received after `corte`: they change nothing of the acta. */
  despues: z.int(),
});

export type ResumenActa = z.infer<typeof ResumenActa>;
export type ActaVerificada = z.infer<typeof ActaVerificada>;
