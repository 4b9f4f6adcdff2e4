import * as z from 'zod/mini';
import { Instante, Uuid } from './basicos.ts';

/** Every kind of event, as the triggers of `inventario.eventos` write them, and how a screen says it. More may come. */
export const TIPOS_EVENTO = {
  'conteo.creado': 'Conteo creado',
  'conteo.abierto': 'Conteo abierto',
  'conteo.en_revision': 'Conteo en revisión',
  'conteo.reabierto': 'Conteo abierto otra vez',
  'conteo.cerrado': 'Conteo cerrado',
  'conteo.cancelado': 'Conteo cancelado',
  'ajuste.aprobado': 'Ajuste aprobado',
  'ajuste.rechazado': 'Ajuste rechazado',
  'existencia.negativa': 'Existencia negativa',
  'importacion.terminada': 'Importación terminada',
  'importacion.fallida': 'Importación fallida',
  'importacion.deshecha': 'Importación deshecha',
  'firma.pedida': 'Firma pedida',
  'periodo.cerrado': 'Periodo cerrado',
  'periodo.abierto': 'Periodo abierto otra vez',
  'producto.baja': 'Producto dado de baja',
  'producto.reactivado': 'Producto activo otra vez',
  'producto.fusionado': 'Producto fusionado',
  'dispositivo.baja': 'Dispositivo dado de baja',
  'usuario.baja': 'Usuario desactivado',
  'usuario.reactivado': 'Usuario activo otra vez',
  'webhook.desactivado': 'Webhook desactivado',
} as const;
export type TipoEvento = keyof typeof TIPOS_EVENTO;
export const ListaTiposEvento = Object.keys(TIPOS_EVENTO) as TipoEvento[];

/** `conteo.cerrado`, or `conteo.*` for all of its kind. */
export const PatronEvento = z.string().check(z.regex(/^[a-z_]{1,40}\.([a-z_]{1,40}|\*)$/));

/** Something that happened in the business. `datos` is small, and without secrets or costs. */
export const EventoNegocio = z.object({
  id: Uuid,
  /** In the order in which they were kept; without holes for who sees all of them. */
  pos: z.int(),
  tipo: z.string(),
  en: Instante,
  /** Null: of the whole company. */
  tiendaId: z.nullable(Uuid),
  conteoId: z.nullable(Uuid),
  datos: z.record(z.string(), z.unknown()),
});
export type EventoNegocio = z.infer<typeof EventoNegocio>;

export const ConsultaEventos = z.object({
  /** `ahora`, `inicio` (everything that is kept) or the `despues` of an earlier answer, as it was given. */
  desde: z.optional(z.string().check(z.maxLength(80))),
  /** Kinds, separated by commas: `conteo.cerrado,ajuste.*`. */
  tipos: z.optional(z.string().check(z.maxLength(2000))),
  limite: z.optional(z.coerce.number().check(z.int(), z.gte(1), z.lte(1000))),
});
export const PaginaEventos = z.object({
  eventos: z.array(EventoNegocio),
  /** Where to go on: there is always one, also when nothing is new. */
  despues: z.string(),
  /** True: something between the cursor and these events was forgotten, or the server was restored; look at the tables. */
  perdido: z.boolean(),
});
export type PaginaEventos = z.infer<typeof PaginaEventos>;

export const RetencionEventos = z.object({ dias: z.int().check(z.gte(7), z.lte(730)) });
export const RETENCION_EVENTOS_DIAS = 90;

/** Does any of these patterns name the kind? None: every kind is. */
export function tocaTipo(patrones: readonly string[], tipo: string): boolean {
  return (
    patrones.length === 0 ||
    patrones.some((p) => p === tipo || (p.endsWith('.*') && tipo.startsWith(p.slice(0, -1))))
  );
}
