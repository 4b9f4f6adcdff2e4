import { initTRPC, TRPCError } from '@trpc/server';
import { toAppError, trpcCodeOf, wireError } from '#server/platform/errors.ts';
import { AppError } from '#shared/errores.ts';
import type { Rol } from '#shared/roles.ts';
import type { Context } from './context.ts';

const t = initTRPC.context<Context>().create({
  // Stack traces never leave the server, whatever NODE_ENV says.
  isDev: false,
  sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
  errorFormatter: ({ shape, error }) => {
    const app = wireError(fromTrpc(error));
    return { ...shape, message: app.mensaje, data: { ...shape.data, app } };
  },
});

/** tRPC's own refusals (no such procedure, unreadable body) have codes too. */
function fromTrpc(error: TRPCError): AppError {
  const app = toAppError(error);
  if (app.code !== 'ERROR_INTERNO') return app;
  switch (error.code) {
    case 'NOT_FOUND':
    case 'METHOD_NOT_SUPPORTED':
      return new AppError('NO_ENCONTRADO', {}, error);
    case 'PARSE_ERROR':
    case 'BAD_REQUEST':
    case 'UNSUPPORTED_MEDIA_TYPE':
      return new AppError('ENTRADA_INVALIDA', { detalle: 'no se pudo leer' }, error);
    case 'PAYLOAD_TOO_LARGE':
      return new AppError('CUERPO_MUY_GRANDE', {}, error);
    default:
      return app;
  }
}

/** Gives an error its HTTP status, and the log every failure that is not the caller's doing. */
const errors = t.middleware(async ({ next, ctx, path }) => {
  const result = await next();
  if (result.ok) return result;
  const app = fromTrpc(result.error);
  if (app.code === 'ERROR_INTERNO')
    ctx.logger.error({ err: app.cause, path, ...ctx.device }, 'procedure failed');
  throw new TRPCError({ code: trpcCodeOf(app), message: app.code, cause: app });
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Anybody, also without a session. */
export const publicProcedure = t.procedure.use(errors);

/** An active person; `ctx.user` and `ctx.claims` are never null. Else SESION_VENCIDA. */
export const userProcedure = publicProcedure.use(({ ctx, next }) => {
  if (ctx.user === null || ctx.claims === null) throw ctx.authError ?? new AppError('SESION_VENCIDA');
  return next({ ctx: { ...ctx, user: ctx.user, claims: ctx.claims } });
});

/** An active person with one of the roles. Else PROHIBIDO. */
export function rolProcedure(...roles: readonly Rol[]) {
  return userProcedure.use(({ ctx, next }) => {
    if (!roles.includes(ctx.user.rol)) throw new AppError('PROHIBIDO');
    return next({ ctx });
  });
}
