import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import type { Deps } from '#server/platform/deps.ts';
import { createContext } from '#server/trpc/context.ts';
import { Sha256, Uuid } from '#shared/contracts/basicos.ts';
import { AppError } from '#shared/errores.ts';
import { manifiesto, type Pide, trozo } from './snapshot.ts';
import { iniciaObrero } from './snapshot-obrero.ts';

const descomprime = promisify(brotliDecompress);

const Scope = z.object({ scope: z.string().check(z.maxLength(120)) });
const Trozo = z.extend(Scope, { sha256: Sha256 });
const Consulta = z.object({ schema: z.coerce.number().check(z.int(), z.gte(0)) });
const Encabezados = z.object({
  'x-device-id': Uuid,
  'x-device-secret': z.string().check(z.minLength(32), z.maxLength(128)),
});

/** A person on a device, as `sync.pull`: the bearer token and the device's id and secret as headers. */
async function quienPide(deps: Deps, request: FastifyRequest, scope: string): Promise<Pide> {
  const { user, authError } = await createContext(deps, request);
  if (user === null) throw authError ?? new AppError('SESION_VENCIDA');
  const headers = Encabezados.safeParse(request.headers);
  if (!headers.success) throw new AppError('EQUIPO_SECRETO');
  return {
    usuarioId: user.id,
    scope,
    deviceId: headers.data['x-device-id'],
    secret: headers.data['x-device-secret'],
  };
}

/** `GET /api/sync/snapshot/:scope/manifest` and `/:sha256`; and what builds them ahead. */
export async function snapshotRest(app: FastifyInstance, deps: Deps): Promise<void> {
  const detiene = await iniciaObrero(deps);
  app.addHook('onClose', () => detiene());

  app.get('/api/sync/snapshot/:scope/manifest', async (request, reply) => {
    const { scope } = Scope.parse(request.params);
    const { schema } = Consulta.parse(request.query);
    const salida = await manifiesto(deps.db, { ...(await quienPide(deps, request, scope)), schema });
    return reply.header('cache-control', 'no-store').send(salida);
  });

  app.get('/api/sync/snapshot/:scope/:sha256', async (request, reply) => {
    const { scope, sha256 } = Trozo.parse(request.params);
    const contenido = await trozo(deps.db, { ...(await quienPide(deps, request, scope)), sha256 });
    const brotli = /\bbr\b/.test(String(request.headers['accept-encoding'] ?? ''));
    if (brotli) reply.header('content-encoding', 'br');
    return reply
      .header('cache-control', 'private, max-age=31536000, immutable')
      .header('vary', 'accept-encoding')
      .type('application/json; charset=utf-8')
      .send(brotli ? contenido : await descomprime(contenido));
  });
}
