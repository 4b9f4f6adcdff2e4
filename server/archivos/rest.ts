import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import type { Deps } from '#server/platform/deps.ts';
import { autenticaEquipo } from '#server/sync/equipo.ts';
import { bearerOf, createContext } from '#server/trpc/context.ts';
import { Sha256, Uuid } from '#shared/contracts/basicos.ts';
import { AppError } from '#shared/errores.ts';
import { insertArchivo, isPhotoOfMine, selectArchivo } from './archivos.sql.ts';
import { EXTENSION, type ImagenMime, imagenMime, MAX_BYTES } from './imagen.ts';

const Params = z.object({ sha256: Sha256 });
const Equipo = z.object({
  'x-device-id': Uuid,
  'x-device-secret': z.string().check(z.minLength(32), z.maxLength(128)),
});

/**
 * Who sends a photo: the person of the bearer token, else the device by its secret (photos wait for signal longer
 * than an access token lives). A revoked device's photos are taken too: they are evidence of its quarantined lines.
 */
async function uploader(deps: Deps, request: FastifyRequest): Promise<string | null> {
  if (request.headers['x-device-secret'] !== undefined) {
    const headers = Equipo.safeParse(request.headers);
    if (!headers.success) throw new AppError('EQUIPO_SECRETO');
    const equipo = { deviceId: headers.data['x-device-id'], secret: headers.data['x-device-secret'] };
    return (await deps.db.asService((tx) => autenticaEquipo(tx, equipo), { readOnly: true })).usuarioId;
  }
  const { user } = await createContext(deps, request);
  if (user === null) throw new AppError('SESION_VENCIDA');
  return user.id;
}

/** `PUT` and `GET /api/archivos/:sha256`: photos, addressed by their content. */
export async function archivosRest(app: FastifyInstance, deps: Deps): Promise<void> {
  app.decorateRequest('subidoPor', null);
  // Whatever the content type says, the bytes are looked at.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BYTES }, (_request, body, done) =>
    done(null, body),
  );
  app.setErrorHandler((error) => {
    const tooLarge = (error as { code?: unknown }).code === 'FST_ERR_CTP_BODY_TOO_LARGE';
    // Rethrown to the server's own handler, which knows no better word than "will be sent in parts".
    throw tooLarge ? new AppError('ARCHIVO_GRANDE', {}, error) : error;
  });

  app.put(
    '/api/archivos/:sha256',
    {
      bodyLimit: MAX_BYTES,
      // Before the body is read: strangers make the server hold nothing.
      onRequest: async (request) => {
        request.subidoPor = await uploader(deps, request);
      },
    },
    async (request, reply) => {
      const { sha256 } = Params.parse(request.params);
      const bytes = request.body;
      if (!Buffer.isBuffer(bytes)) throw new AppError('ARCHIVO_TIPO');
      if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new AppError('ARCHIVO_ALTERADO');
      const mime = imagenMime(bytes);
      if (mime === undefined) throw new AppError('ARCHIVO_TIPO');
      const at = deps.clock.now();
      const { subidoPor } = request;
      const made = await deps.db.asService((tx) => insertArchivo(tx, { sha256, mime, bytes, subidoPor, at }));
      return reply.code(made ? 201 : 200).send({ sha256 });
    },
  );

  app.get('/api/archivos/:sha256', async (request, reply) => {
    const { sha256 } = Params.parse(request.params);
    if (bearerOf(request) === undefined) throw new AppError('SESION_VENCIDA');
    const { user, claims } = await createContext(deps, request);
    if (user === null || claims === null) throw new AppError('SESION_VENCIDA');
    const found = await deps.db.asService((tx) => selectArchivo(tx, sha256), { readOnly: true });
    const may =
      found !== undefined &&
      (found.subidoPor === user.id ||
        (await deps.db.withUser(claims, (tx) => isPhotoOfMine(tx, sha256), { readOnly: true })));
    // The same answer for "not there" and "not yours".
    if (found === undefined || !may) throw new AppError('NO_ENCONTRADO');
    const extension = EXTENSION[found.mime as ImagenMime];
    return reply
      .type(found.mime)
      .header('x-content-type-options', 'nosniff')
      .header('content-disposition', `inline; filename="${sha256.slice(0, 12)}.${extension}"`)
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('cache-control', 'private, max-age=31536000, immutable')
      .send(found.bytes);
  });
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sends the photo, as far as the server knows. */
    subidoPor: string | null;
  }
}
