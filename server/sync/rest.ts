import type { FastifyInstance } from 'fastify';
import { decodeJwt } from 'jose';
import { endTurn, refuseFor } from '#server/platform/admission/admit.ts';
import type { Deps } from '#server/platform/deps.ts';
import { bearerOf, createContext } from '#server/trpc/context.ts';
import { AppError } from '#shared/errores.ts';
import { createEventos } from './eventos.ts';
import { syncPort } from './port.ts';
import { aplicaEnEspera } from './rechazos.ts';
import { iniciaRetencion } from './retencion.ts';
import { snapshotRest } from './snapshot-rest.ts';

/** A stream that its reader does not drain is cut at this many waiting bytes. */
const MAX_ATRASO_BYTES = 64 * 1024;
/** Without a stream a phone asks every minute by itself: it need not hurry back. At least this long, at most twice. */
const ESPERA_SIN_LUGAR_S = 30;

/**
 * `GET /api/eventos` with a bearer token: Server-Sent Events that say "pull now" (see `createEventos`). Read it with
 * fetch, because EventSource sends no headers. Ends with the token.
 */
export async function syncRest(app: FastifyInstance, deps: Deps): Promise<void> {
  const eventos = await createEventos(deps);
  app.addHook('onClose', () => eventos.close());
  await snapshotRest(app, deps);
  // While servers are replaced, an older one may still keep for later what this one understands.
  const terminaRetencion = iniciaRetencion(deps, { cadaVez: () => aplicaEnEspera(syncPort(deps)) });
  app.addHook('onClose', () => terminaRetencion());

  app.get('/api/eventos', async (request, reply) => {
    const { user, authError } = await createContext(deps, request);
    if (user === null) throw authError ?? new AppError('SESION_VENCIDA');
    if (eventos.abiertas >= deps.env.hintsMax) {
      throw refuseFor(reply, ESPERA_SIN_LUGAR_S);
    }
    const { exp } = decodeJwt(bearerOf(request)!);
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    const salida = {
      write(text: string) {
        if (raw.destroyed || raw.writableEnded) return;
        raw.write(text);
        if (raw.writableLength > MAX_ATRASO_BYTES) raw.destroy();
      },
      end: () => raw.end(),
    };
    try {
      const cierra = await eventos.abre({
        usuarioId: user.id,
        expiraEn: new Date((exp ?? 0) * 1000),
        salida,
      });
      raw.on('close', cierra);
      if (raw.destroyed) cierra();
    } catch (error) {
      // The headers are out: all that is left to say is that it ended.
      deps.logger.warn({ err: error }, 'a stream of hints could not be opened');
      raw.destroy();
    } finally {
      endTurn(request);
    }
  });
}
