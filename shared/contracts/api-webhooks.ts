import * as z from 'zod/mini';
import { PatronEvento } from './api-eventos.ts';
import { Instante, Uuid } from './basicos.ts';

const Nombre = z.string().check(z.trim(), z.minLength(1), z.maxLength(100));
const Url = z.string().check(z.trim(), z.minLength(1), z.maxLength(2000));
/** None: all kinds. `ajuste.*` is all of a kind. */
const Tipos = z.array(PatronEvento).check(z.maxLength(50));
/** None: all shops, and what is of the whole company. */
const TiendaIds = z.array(Uuid).check(z.maxLength(200));

export const CreaWebhook = z.object({
  nombre: Nombre,
  url: Url,
  tipos: z._default(Tipos, []),
  tiendaIds: z._default(TiendaIds, []),
});
/** What is left out stays. `activo: true` after it was switched off begins anew. */
export const CambiaWebhook = z.object({
  nombre: z.optional(Nombre),
  url: z.optional(Url),
  tipos: z.optional(Tipos),
  tiendaIds: z.optional(TiendaIds),
  activo: z.optional(z.boolean()),
});

export const Webhook = z.object({
  id: Uuid,
  nombre: z.string(),
  url: z.string(),
  tipos: z.array(z.string()),
  tiendaIds: z.array(Uuid),
  activo: z.boolean(),
  /** Nothing was delivered since; null: the last one was, or none was sent. */
  fallandoDesde: z.nullable(Instante),
  desactivadoEn: z.nullable(Instante),
  /** Why it was switched off. */
  motivo: z.nullable(z.string()),
  version: z.int(),
  creadoEn: Instante,
});
export type Webhook = z.infer<typeof Webhook>;
/** `secreto` is told this once: with it the receiver checks the signature. */
export const WebhookCreado = z.object({ secreto: z.string(), webhook: Webhook });

export const Intento = z.object({
  en: Instante,
  /** HTTP status; null: no answer came. */
  status: z.nullable(z.int()),
  ms: z.int(),
  /** What failed, for who runs the receiver; null: it was delivered. */
  error: z.nullable(z.string()),
});
export const Entrega = z.object({
  id: Uuid,
  /** `webhook-id` of the request: the same at every try. */
  mensajeId: z.string(),
  tipo: z.string(),
  estado: z.enum(['pendiente', 'entregada', 'fallida']),
  intentos: z.int(),
  /** The newest last. */
  bitacora: z.array(Intento),
  siguienteEn: z.nullable(Instante),
  entregadaEn: z.nullable(Instante),
  creadaEn: Instante,
});
export type Entrega = z.infer<typeof Entrega>;
export const PaginaEntregas = z.object({ entregas: z.array(Entrega), despues: z.nullable(z.string()) });
