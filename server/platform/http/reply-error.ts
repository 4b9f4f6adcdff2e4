import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#shared/errores.ts';
import { httpStatusOf, problemOf, toAppError, trpcCodeOf, wireError } from '../errors.ts';
import type { Logger } from '../logger.ts';

const TRPC_PREFIX = '/api/trpc/';
/** JSON-RPC's number for "the server says no"; clients look at `data`. */
const RPC_ERROR = -32000;
const BUSY_RETRY_SECONDS = '2';
/** What the reader of forms throws of a body that is none; it gives them no code. */
const BAD_FORM = /^(Multipart: |Unexpected end of (form|multipart)|Malformed (part|urlencoded|content))/i;

/** Fastify's own refusals, before any of our code ran. */
function fromFastify(error: unknown): AppError {
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE':
      return new AppError('CUERPO_MUY_GRANDE', {}, error);
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_CP_ERR_INVALID_CONTENT':
    case 'FST_CP_ERR_INVALID_CONTENT_ENCODING':
      return new AppError('ENTRADA_INVALIDA', { detalle: 'no se pudo leer lo que se envió' }, error);
    default: {
      const app = toAppError(error);
      const badForm = error instanceof Error && BAD_FORM.test(error.message);
      if (app.code === 'ERROR_INTERNO' && (statusCode === 400 || badForm)) {
        return new AppError('ENTRADA_INVALIDA', { detalle: 'no se pudo leer lo que se envió' }, error);
      }
      return app;
    }
  }
}

/**
 * The one place where an error becomes an HTTP answer: problem+json for REST, tRPC's envelope where a tRPC
 * client asked (also for what failed before tRPC saw it: too large, too many). Unexpected ones are logged.
 */
export async function replyError(
  logger: Logger,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const app = fromFastify(error);
  if (app.code === 'ERROR_INTERNO') {
    logger.error(
      { err: app.cause, method: request.method, path: request.url.split('?')[0] },
      'request failed',
    );
  }
  const status = httpStatusOf(app);
  if (status === 503 && !reply.hasHeader('retry-after')) void reply.header('retry-after', BUSY_RETRY_SECONDS);
  void reply.code(status).header('cache-control', 'no-store');
  if (request.url.startsWith(TRPC_PREFIX)) {
    const wire = wireError(app);
    await reply.type('application/json; charset=utf-8').send({
      error: {
        message: wire.mensaje,
        code: RPC_ERROR,
        data: { code: trpcCodeOf(app), httpStatus: status, app: wire },
      },
    });
    return;
  }
  await reply.type('application/problem+json; charset=utf-8').send(JSON.stringify(problemOf(app)));
}
