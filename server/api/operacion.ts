import type { FastifyReply, FastifyRequest } from 'fastify';
import type * as z from 'zod/mini';
import type { Context } from '#server/trpc/context.ts';
import type { Usuario } from '#server/trpc/usuario.sql.ts';
import type { Alcance } from '#shared/contracts/api.ts';
import type { Rol } from '#shared/roles.ts';

export type Metodo = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Groups of the document, in its order. */
export const GRUPOS = {
  Acceso: 'Cómo entra un programa: token de sesión con contraseña, o token personal con alcances.',
  Inventario: 'Productos con su existencia, y los movimientos que la hacen.',
  Catálogo: 'Productos, categorías, tiendas y almacenes.',
  Estadísticas: 'Sumas por producto, tienda y fecha; también como archivo.',
  Conteos: 'Conteos, sus actas y sus hojas.',
  Importación: 'Archivos subidos y su resultado.',
  Eventos: 'Lo que pasa en el negocio, en vivo o por partes, y los webhooks que lo avisan.',
  Teléfonos: 'Lo que usan los teléfonos; se lista para que nada quede sin decir.',
  Servidor: 'Si atiende, y este documento.',
} as const;
export type Grupo = keyof typeof GRUPOS;

/**
 * Who may: `publico` needs nothing, `equipo` a phone's secret or its session, else a person with one of the roles; `alcance` is
 * what a personal token must carry, null: no token does.
 */
export type Acceso =
  | 'publico'
  | 'equipo'
  | { readonly alcance: Alcance | null; readonly roles: readonly Rol[] };

export interface Respuesta {
  readonly descripcion: string;
  /** Of a JSON body. */
  readonly esquema?: z.ZodMiniType | undefined;
  /** Of a body that is no JSON. */
  readonly tipos?: readonly string[] | undefined;
}

export interface Ejemplo {
  /** Values for the path. */
  readonly parametros?: Readonly<Record<string, string>>;
  /** Values for the query. */
  readonly consulta?: Readonly<Record<string, string>>;
  readonly cuerpo?: unknown;
  readonly respuesta?: unknown;
}

/** Files and their MIME type, for bodies that are no JSON. */
export interface CuerpoArchivo {
  readonly tipos: readonly string[];
}

/** One method of one address: mounted, guarded and documented from this alone. */
export interface Operacion {
  readonly id: string;
  readonly metodo: Metodo;
  /** As Fastify writes it: `/api/inventario/:id`. */
  readonly ruta: string;
  readonly grupo: Grupo;
  readonly resumen: string;
  readonly descripcion?: string | undefined;
  readonly acceso: Acceso;
  readonly parametros?: z.ZodMiniObject | undefined;
  readonly consulta?: z.ZodMiniObject | undefined;
  readonly cuerpo?: z.ZodMiniType | CuerpoArchivo | undefined;
  readonly respuestas: Readonly<Record<number, Respuesta>>;
  /** Statuses of refusals besides those that follow from the rest. */
  readonly rechazos?: readonly number[] | undefined;
  readonly ejemplo?: Ejemplo | undefined;
  /** Its answers carry an ETag, and If-None-Match gets 304. */
  readonly conEtag?: boolean | undefined;
  /** If-Match is asked for. */
  readonly conIfMatch?: boolean | undefined;
  /** Absent: the capability mounts it itself, as before there was a registry. */
  readonly maneja?: ((peticion: Peticion) => Promise<Resultado | null>) | undefined;
}

export interface Peticion {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly ctx: Context;
  /** The person; with `publico`, whoever it is. */
  readonly user: Usuario;
  readonly claims: NonNullable<Context['claims']>;
  readonly params: Readonly<Record<string, never>>;
  readonly query: Readonly<Record<string, never>>;
  readonly body: never;
}

/** What a handler answers; null: it has sent the answer itself. */
export interface Resultado {
  readonly status?: number;
  readonly cuerpo?: unknown;
  /** Strong, without quotes: the version of an item. Without it one is made from the bytes. */
  readonly etag?: string;
  /** `despues` of the next page, for the Link header; null: this is the last one. */
  readonly despues?: string | null;
  readonly encabezados?: Readonly<Record<string, string>>;
}

type Salida<T> = T extends z.ZodMiniType ? z.infer<T> : undefined;

/** Declares a route that this registry mounts: the handler receives what the schemas made of the input. */
export function ruta<
  P extends z.ZodMiniObject | undefined = undefined,
  Q extends z.ZodMiniObject | undefined = undefined,
  B extends z.ZodMiniType | undefined = undefined,
>(
  o: Omit<Operacion, 'parametros' | 'consulta' | 'cuerpo' | 'maneja'> & {
    readonly parametros?: P;
    readonly consulta?: Q;
    readonly cuerpo?: B;
    readonly maneja: (
      peticion: Omit<Peticion, 'params' | 'query' | 'body'> & {
        readonly params: Salida<P>;
        readonly query: Salida<Q>;
        readonly body: Salida<B>;
      },
    ) => Promise<Resultado | null>;
  },
): Operacion {
  return o as unknown as Operacion;
}

/** Declares a route that its capability mounts. */
export function documenta(o: Omit<Operacion, 'maneja' | 'conEtag' | 'conIfMatch'>): Operacion {
  return o;
}

export function esArchivo(cuerpo: Operacion['cuerpo']): cuerpo is CuerpoArchivo {
  return cuerpo !== undefined && 'tipos' in cuerpo;
}
