import type { TRPC_ERROR_CODE_KEY } from '@trpc/server';
import { config } from 'zod/mini';
import { $ZodError } from 'zod/v4/core';
import es from 'zod/v4/locales/es.js';
import type { Codigo } from '#shared/codes.ts';
// Every sentence of `mensajeDe`: by itself it has those of the floor.
import '#shared/codes.ts';
import { AppError, type ErrorData, isAppError, mensajeDe } from '#shared/errores.ts';
import { sqlState } from './db/retry.ts';

config(es());

/** HTTP status of the codes that mean something to HTTP; every other code is a conflict with the state of things: 409. */
const STATUS: Readonly<Partial<Record<Codigo, number>>> = {
  ALCANCE_AJENO: 403,
  ALCANCE_FALTA: 403,
  ARCHIVO_ALTERADO: 400,
  ARCHIVO_GRANDE: 413,
  ARCHIVO_TIPO: 415,
  CAMBIO_ENTRETANTO: 412,
  CREDENCIALES_MALAS: 401,
  CUERPO_MUY_GRANDE: 413,
  DEMASIADAS_PETICIONES: 429,
  DOCUMENTO_MUY_GRANDE: 413,
  DOCUMENTO_TARDADO: 503,
  DOCUMENTOS_OCUPADOS: 503,
  ENTRADA_INVALIDA: 400,
  EQUIPO_REVOCADO: 403,
  // Not 401: phones renew the session on a 401, and this is not about the session.
  EQUIPO_SECRETO: 403,
  ERROR_INTERNO: 500,
  ETIQUETAS_DEMASIADAS: 413,
  ETIQUETAS_DESDE: 400,
  ETIQUETAS_MALAS: 400,
  ETIQUETAS_NINGUNA: 400,
  IMPORTACION_GRANDE: 413,
  METODO_NO_PERMITIDO: 405,
  NO_ENCONTRADO: 404,
  PROHIBIDO: 403,
  RESPUESTA_NO_ACEPTABLE: 406,
  SERVIDOR_LLENO: 429,
  SERVIDOR_OCUPADO: 503,
  TABLA_GRANDE: 413,
  TABLA_NO_LEIDA: 415,
  SESION_VENCIDA: 401,
  TIPO_NO_ADMITIDO: 415,
  TOKEN_MALO: 401,
  TOKEN_NO_BASTA: 403,
  USUARIO_DESACTIVADO: 403,
  USUARIO_SIN_ALTA: 403,
  VERSION_VIEJA: 426,
  WEBHOOK_RED_PRIVADA: 400,
  WEBHOOK_SIN_HTTPS: 400,
  WEBHOOK_URL_MALA: 400,
};

const TRPC_CODE: Readonly<Record<number, TRPC_ERROR_CODE_KEY>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_SUPPORTED',
  409: 'CONFLICT',
  412: 'PRECONDITION_FAILED',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  426: 'PRECONDITION_FAILED',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR',
  503: 'SERVICE_UNAVAILABLE',
};

/** SQLSTATE classes that say "not now": connection, resources, operator, and what the retries could not settle. */
const BUSY_STATE = /^(08|53|57P)|^(40001|40P01|55P03)$/;
const BUSY_NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND', 'EPIPE']);
const FORBIDDEN_STATE = '42501';
/** Raised by the ledger's own trigger for a movement before the shop's first open instant. */
export const CLOSED_PERIOD_STATE = 'DC001';
/** Raised for a base of a product that was joined; its detail is the code of the one that stayed. */
const JOINED_PRODUCT_STATE = 'DC002';
/** U+0000, which JSON can carry and Postgres cannot store: 22021 as text, 22P05 inside jsonb. */
const UNSTORABLE_TEXT = new Set(['22021', '22P05']);

export function httpStatusOf(error: AppError): number {
  return STATUS[error.code] ?? 409;
}

export function trpcCodeOf(error: AppError): TRPC_ERROR_CODE_KEY {
  return TRPC_CODE[httpStatusOf(error)] ?? 'CONFLICT';
}

function zodDetail(error: $ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => {
      // zod would print the regular expression itself.
      const dice =
        issue.code === 'invalid_format' && issue.format === 'regex'
          ? 'no tiene la forma esperada'
          : issue.message;
      return issue.path.length === 0 ? dice : `${issue.path.join('.')}: ${dice}`;
    })
    .join('; ');
}

function isNetworkFailure(error: unknown): boolean {
  return error instanceof Error && BUSY_NETWORK.has(String((error as Error & { code?: unknown }).code));
}

/**
 * What any thrown value is to the person: our own errors as they are; wrong input, row-level security and an
 * overloaded or absent database by their nature; anything else is ERROR_INTERNO with the value as its cause.
 */
export function toAppError(error: unknown): AppError {
  for (let at: unknown = error; at !== undefined && at !== null; at = (at as { cause?: unknown }).cause) {
    if (isAppError(at)) return at;
    if (at instanceof $ZodError) return new AppError('ENTRADA_INVALIDA', { detalle: zodDetail(at) }, error);
    if (typeof at !== 'object') break;
  }
  const state = sqlState(error);
  if (state === FORBIDDEN_STATE) return new AppError('PROHIBIDO', {}, error);
  if (state === CLOSED_PERIOD_STATE) return new AppError('PERIODO_CERRADO', {}, error);
  if (state === JOINED_PRODUCT_STATE) {
    const { detail } = error as { detail?: unknown };
    return new AppError('PRODUCTO_FUSIONADO', { codigo: String(detail ?? '') }, error);
  }
  if (state !== undefined && UNSTORABLE_TEXT.has(state)) {
    return new AppError(
      'ENTRADA_INVALIDA',
      { detalle: 'un texto lleva un carácter que no se puede guardar' },
      error,
    );
  }
  if ((state !== undefined && BUSY_STATE.test(state)) || isNetworkFailure(error)) {
    return new AppError('SERVIDOR_OCUPADO', {}, error);
  }
  return new AppError('ERROR_INTERNO', {}, error);
}

/** What clients receive of an error, in tRPC under `error.data.app`. Never the cause. */
export interface WireError {
  readonly code: Codigo;
  readonly data: ErrorData;
  readonly mensaje: string;
}

export function wireError(error: AppError): WireError {
  return { code: error.code, data: error.data, mensaje: mensajeDe(error.code, error.data) };
}

/** RFC 9457 body of a REST error. */
export function problemOf(error: AppError): Record<string, unknown> {
  const { code, data, mensaje } = wireError(error);
  return { type: 'about:blank', title: mensaje, status: httpStatusOf(error), code, data };
}
