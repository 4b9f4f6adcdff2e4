import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '#shared/errores.ts';

const YEAR_SECONDS = 31_536_000;
/** Paths that are never pages of the app. */
const NOT_PAGES = /^\/(api|auth|assets|\.well-known)(\/|$)/;
/** Vite writes `name-HASH.ext` here; other files keep their names and change their content. */
const HASHED = `${path.sep}assets${path.sep}`;

/** A browser going to an address of the app: scripts, styles, images and fetches don't ask for text/html. */
function isNavigation(request: FastifyRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  if (NOT_PAGES.test(request.url.split('?')[0] ?? '')) return false;
  return (request.headers.accept ?? '').includes('text/html');
}

/**
 * The built client. Hashed assets are immutable; everything else (index.html, sw.js, the manifest) is asked
 * for anew each time. Addresses of the app answer index.html, but only to navigations: a missing script must
 * be a 404, not a page that the browser tries to run.
 */
export async function staticFiles(app: FastifyInstance, clientDir: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: clientDir,
    cacheControl: false,
    setHeaders: (reply, file) => {
      void reply.header(
        'cache-control',
        file.includes(HASHED) ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache',
      );
      if (file.endsWith('.webmanifest')) void reply.header('content-type', 'application/manifest+json');
    },
  });
  app.setNotFoundHandler(async (request, reply) => {
    if (!isNavigation(request)) throw new AppError('NO_ENCONTRADO');
    if (!existsSync(path.join(clientDir, 'index.html'))) throw new AppError('SERVIDOR_OCUPADO');
    return reply.sendFile('index.html');
  });
}
