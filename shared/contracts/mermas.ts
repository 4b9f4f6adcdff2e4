import * as z from 'zod/mini';
import { CantidadTexto, TextoCorto, Uuid } from './basicos.ts';

/** The damaged goods of an approved product of a conteo. */
export const MermaDe = z.object({ conteoId: Uuid, productoId: Uuid });

const Razon = z.object({ code: z.string(), mensaje: z.string() });

export const Merma = z.object({
  /** Units counted as damaged inside the approved figure. */
  danado: z.string(),
  /** At cost in pesos; null = sin costo. */
  valor: z.nullable(z.string()),
  /** Names of the almacén counted and of the shop's merma; null = the shop has none. */
  origen: z.string(),
  destino: z.nullable(z.string()),
  decidida: z.nullable(
    z.object({
      decision: z.enum(['traspasado', 'descartado']),
      cantidad: z.string(),
      motivo: z.nullable(z.string()),
      por: z.string(),
      en: z.string(),
    }),
  ),
  /** Why this person may not decide; and why nothing can be moved, though it can be left. */
  bloqueos: z.array(Razon),
  bloqueosTraspaso: z.array(Razon),
});

/** `cantidad`: the damaged units that the person saw; another figure is refused. */
export const DecideMerma = z.discriminatedUnion('decision', [
  z.object({
    decision: z.literal('traspasa'),
    conteoId: Uuid,
    productoId: Uuid,
    cantidad: CantidadTexto,
  }),
  z.object({
    decision: z.literal('deja'),
    conteoId: Uuid,
    productoId: Uuid,
    cantidad: CantidadTexto,
    motivo: TextoCorto,
  }),
]);

export const MermaDecidida = z.object({ traspasoId: z.nullable(Uuid) });

export type Merma = z.infer<typeof Merma>;
export type DecideMerma = z.infer<typeof DecideMerma>;
