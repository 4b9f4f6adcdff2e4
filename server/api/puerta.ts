import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Deps } from '#server/platform/deps.ts';
import { touchToken } from '#server/tokens/tokens.sql.ts';
import { pareceToken, verificaToken } from '#server/tokens/tokens.ts';
import { bearerOf } from '#server/trpc/context.ts';
import { admiteToken } from '#server/trpc/token-admitido.ts';
import { AppError } from '#shared/errores.ts';
import type { Operacion } from './operacion.ts';
import { createRitmo } from './ritmo.ts';

/** Addresses that are not REST: tRPC answers for itself, and so does everything outside /api. */
const REST = /^\/api(?!\/trpc(\/|$))(\/|$)/;

export interface Montada {
  readonly metodo: string;
  readonly ruta: string;
}

const montadas = new WeakMap<FastifyInstance, Montada[]>();

/** Every REST route of a server, HEAD of a GET left out. */
export function rutasMontadas(app: FastifyInstance): readonly Montada[] {
  return montadas.get(app) ?? [];
}

function caminoDe(request: FastifyRequest): string {
  return request.url.split('?')[0] ?? '';
}

/** `/api/inventario/:id` as the addresses that it stands for. */
function patron(ruta: string): RegExp {
  const fuente = ruta.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:[A-Za-z]\w*/g, '[^/]+');
  return new RegExp(`^${fuente}/?$`);
}

/**
 * What stands before every REST route: a personal token opens only what is declared with a scope that it carries, an address
 * that exists says 405 with its methods, and OPTIONS tells them.
 */
export function puertaApi(app: FastifyInstance, deps: Deps, operaciones: readonly Operacion[]): void {
  const lista: Montada[] = [];
  montadas.set(app, lista);
  const patrones = new Map<string, RegExp>();
  app.addHook('onRoute', ({ method, url }) => {
    if (!REST.test(url)) return;
    patrones.set(url, patron(url));
    for (const metodo of [method].flat()) lista.push({ metodo, ruta: url });
  });

  const alcances = new Map(operaciones.map((o) => [`${o.metodo} ${o.ruta}`, o.acceso]));
  const ritmo = createRitmo(deps.env.tokenPerMinute, () => performance.now());

  async function admite(request: FastifyRequest, bearer: string): Promise<void> {
    const metodo = request.method === 'HEAD' ? 'GET' : request.method;
    const acceso = alcances.get(`${metodo} ${request.routeOptions.url}`);
    if (acceso === 'publico') return;
    const token = await verificaToken(deps, bearer);
    if (token === null) throw new AppError('TOKEN_MALO');
    if (acceso === undefined || acceso === 'equipo' || acceso.alcance === null) {
      throw new AppError('TOKEN_NO_BASTA');
    }
    if (!token.alcances.includes(acceso.alcance)) {
      throw new AppError('ALCANCE_FALTA', { alcance: acceso.alcance });
    }
    const espera = ritmo.toma(token.id);
    if (espera > 0) throw new AppError('DEMASIADAS_PETICIONES', { segundos: espera });
    admiteToken(request, { tokenId: token.id, usuarioId: token.usuarioId, expiraEn: token.expiraEn });
    await touchToken(deps.db, token.id, deps.clock.now());
  }

  app.addHook('onRequest', async (request, reply) => {
    const camino = caminoDe(request);
    const url = request.routeOptions.url;
    if (!REST.test(camino)) {
      // Neither tRPC nor the log-in takes a personal token; they answer as to any that they don't know.
      return;
    }
    if (url === undefined || !REST.test(url)) {
      const permitidos = [
        ...new Set(lista.filter(({ ruta }) => patrones.get(ruta)?.test(camino)).map(({ metodo }) => metodo)),
      ];
      if (permitidos.length === 0) return;
      const allow = [...permitidos, 'OPTIONS'].join(', ');
      void reply.header('allow', allow);
      if (request.method === 'OPTIONS') return reply.code(204).send();
      throw new AppError('METODO_NO_PERMITIDO', { metodo: request.method, permitidos: allow });
    }
    const bearer = bearerOf(request);
    if (bearer === undefined || !pareceToken(bearer)) return;
    try {
      await admite(request, bearer);
    } catch (error) {
      if (error instanceof AppError && error.code === 'DEMASIADAS_PETICIONES') {
        void reply.header('retry-after', String(error.data.segundos));
      }
      throw error;
    }
  });
}
