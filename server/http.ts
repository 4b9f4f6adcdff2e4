import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from '@trpc/server/adapters/fastify';
import fastify, { type FastifyInstance, type FastifyServerFactory } from 'fastify';
import { AppError } from '#shared/errores.ts';
import { OPERACIONES } from './api/operaciones.ts';
import { puertaApi } from './api/puerta.ts';
import { admitByLane } from './platform/admission/admit.ts';
import { createLanes } from './platform/admission/lanes.ts';
import type { Deps } from './platform/deps.ts';
import { PERMISSIONS_POLICY, securityHeaders } from './platform/http/csp.ts';
import { checkHealth } from './platform/http/health.ts';
import { replyError } from './platform/http/reply-error.ts';
import { staticFiles } from './platform/http/static-files.ts';
import type { AppRouter } from './trpc/app-router.ts';
import { createContext } from './trpc/context.ts';

/** A capability's REST routes. Rejections become problem+json in one place: throw an AppError. */
export type RestPlugin = (app: FastifyInstance, deps: Deps) => Promise<void>;

export interface HttpOptions {
  readonly deps: Deps;
  readonly router: AppRouter;
  readonly rest: readonly RestPlugin[];
  /** The built client; without it only the API is served. */
  readonly clientDir?: string | undefined;
  /** A server that already listens, to be given the app's handler. */
  readonly serverFactory?: FastifyServerFactory<Server> | undefined;
}

/** JSON bodies: 1,000 productos of a bulk upsert are about 700 kB. Routes for files set their own. */
export const BODY_LIMIT = 2 * 1024 * 1024;

/** Calls that are cheap, or that a probe repeats for ever. */
const UNLIMITED = /^\/(api\/health$|assets\/)/;
/** What phones repeat by themselves, some calls for each scan; a shop's phones come from one address. */
const OF_PHONES = /^\/api\/(trpc\/sync\.(hello|push|pull|verify)$|sync\/snapshot\/|eventos$)/;
/** How many times the limit of an address its phones have together, in a count of their own. Their lanes hold them. */
const PHONES_TIMES = 10;

function isOfPhones(url: string): boolean {
  return OF_PHONES.test(url.split('?')[0] ?? '');
}

/** The whole HTTP side: security headers, limits, REST, tRPC under /api/trpc, the client. Not yet listening. */
export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const { deps, router, rest, clientDir, serverFactory } = options;
  const app: FastifyInstance = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    trustProxy: [...deps.env.trustProxy],
    routerOptions: { maxParamLength: 2_000 },
    // An address that the router itself refuses: too long for any of ours, or not even one.
    frameworkErrors: (error, request, reply) => {
      const mala = error.code === 'FST_ERR_BAD_URL';
      const app = mala
        ? new AppError('ENTRADA_INVALIDA', { detalle: 'la dirección está mal escrita' }, error)
        : new AppError('NO_ENCONTRADO', {}, error);
      void replyError(deps.logger, app, request, reply);
    },
    // A restart must not wait for the event streams of open screens.
    forceCloseConnections: true,
    ...(serverFactory === undefined ? {} : { serverFactory }),
  });

  const lanes = createLanes(
    deps.db.pool.options.max,
    { waitMs: deps.env.laneWaitMs, sizes: deps.env.lanes },
    { mono: () => performance.now(), random: Math.random },
  );
  admitByLane(app, lanes, deps.logger);
  app.setErrorHandler((error, request, reply) => replyError(deps.logger, error, request, reply));
  tolerateEmptyJson(app);

  await app.register(helmet, securityHeaders(deps.env.supabase?.url));
  app.addHook('onSend', async (_request, reply) => {
    void reply.header('permissions-policy', PERMISSIONS_POLICY);
  });
  await app.register(compress, {
    encodings: ['br', 'gzip'],
    threshold: 1024,
    // A page of 5,000 catalogue rows, 1.4 MB: quality 4 makes 85 kB in 8 ms, 5 makes 77 kB in 13 ms, 9 no less in 30.
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } },
  });
  await app.register(rateLimit, {
    max: (request) => deps.env.ratePerMinute * (isOfPhones(request.url) ? PHONES_TIMES : 1),
    keyGenerator: (request) => (isOfPhones(request.url) ? `phones:${request.ip}` : request.ip),
    timeWindow: '1 minute',
    allowList: (request) => UNLIMITED.test(request.url.split('?')[0] ?? ''),
    errorResponseBuilder: (_request, { ttl }) =>
      new AppError('DEMASIADAS_PETICIONES', { segundos: Math.max(1, Math.ceil(ttl / 1000)) }),
  });

  puertaApi(app, deps, OPERACIONES);
  app.get('/api/health', async (_request, reply) => {
    const health = await checkHealth(deps);
    return reply
      .code(health.status === 'ok' ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(health);
  });
  for (const plugin of rest) await app.register(async (scope) => plugin(scope, deps));
  await app.register(fastifyTRPCPlugin, {
    prefix: '/api/trpc',
    trpcOptions: {
      router,
      createContext: ({ req, info }) => createContext(deps, req, info.connectionParams?.token),
    },
  } satisfies FastifyTRPCPluginOptions<AppRouter>);

  if (clientDir !== undefined && existsSync(clientDir)) {
    await staticFiles(app, clientDir);
  } else {
    app.setNotFoundHandler(async () => {
      throw new AppError('NO_ENCONTRADO');
    });
  }
  return app;
}

/** supabase-js posts an empty body with a JSON content type when it signs out. */
function tolerateEmptyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) {
      done(null, undefined);
      return;
    }
    parse(request, body as string, done);
  });
}
