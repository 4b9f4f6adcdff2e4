import * as z from 'zod/mini';
import { CLAVES_FORMATO, ETIQUETAS_MAXIMO } from '../domain/etiqueta.ts';
import { Uuid } from './basicos.ts';

/**
 * `POST /api/etiquetas`. What is named by `ids` and `codigos` is printed in that order; without them, everything of
 * `almacenId` (of its `zonas`, when there are some): its bins, or the products that lie in them.
 */
export const PideEtiquetas = z.object({
  tipo: z.enum(['producto', 'ubicacion']),
  ids: z._default(z.array(Uuid).check(z.maxLength(ETIQUETAS_MAXIMO)), []),
  /** Product codes or barcodes as they are read (a carton's code gives the carton's label), or codes of bins. */
  codigos: z._default(
    z.array(z.string().check(z.minLength(1), z.maxLength(200))).check(z.maxLength(ETIQUETAS_MAXIMO)),
    [],
  ),
  almacenId: z._default(z.nullable(Uuid), null),
  zonas: z._default(z.array(z.string().check(z.maxLength(50))).check(z.maxLength(500)), []),
  formato: z.enum(CLAVES_FORMATO),
  copias: z._default(z.int().check(z.gte(1), z.lte(500)), 1),
  /** First free label of a sheet that was begun, from 1, row by row. */
  desde: z._default(z.int().check(z.gte(1), z.lte(100)), 1),
  /** Prices are printed only when asked for. */
  precio: z._default(z.boolean(), false),
});
export type PideEtiquetas = z.infer<typeof PideEtiquetas>;
export type CuerpoEtiquetas = z.input<typeof PideEtiquetas>;
