import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RestPlugin } from '#server/http.ts';
import { createContext } from '#server/trpc/context.ts';
import { AppError } from '#shared/errores.ts';
import type { Rol } from '#shared/roles.ts';
import { esArchivo, type Operacion, type Peticion, type Resultado } from './operacion.ts';

const JSON_MIME = 'application/json';

/** Does an Accept header take this type? An absent one takes everything (RFC 9110 §12.5.1). */
export function acepta(accept: string | undefined, tipo: string): boolean {
  if (accept === undefined || accept.trim() === '') return true;
  const [clase] = tipo.split('/');
  return accept.split(',').some((parte) => {
    const [rango = '', ...opciones] = parte.split(';').map((p) => p.trim().toLowerCase());
    const q = opciones.find((opcion) => opcion.startsWith('q='));
    if (q !== undefined && Number(q.slice(2)) === 0) return false;
    return rango === '*/*' || rango === `${clase}/*` || rango === tipo;
  });
}

/** What a route may answer with. */
function tiposDe(operacion: Operacion): string[] {
  const tipos = Object.entries(operacion.respuestas)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([, { esquema, tipos = [] }]) => [...(esquema === undefined ? [] : [JSON_MIME]), ...tipos]);
  return [...new Set(tipos)];
}

/** Before the body is read: what cannot be answered or understood is said at once. */
function negocia(operacion: Operacion, request: FastifyRequest): void {
  const tipos = tiposDe(operacion);
  if (tipos.length > 0 && !tipos.some((tipo) => acepta(request.headers.accept, tipo))) {
    throw new AppError('RESPUESTA_NO_ACEPTABLE', { tipos: tipos.join(', ') });
  }
  if (operacion.cuerpo === undefined || esArchivo(operacion.cuerpo)) return;
  const tipo = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (tipo !== JSON_MIME) throw new AppError('TIPO_NO_ADMITIDO', { tipos: JSON_MIME });
}

/** `If-None-Match` as RFC 9110 §13.1.2 compares it: weakly. */
export function coincide(encabezado: string | undefined, etag: string): boolean {
  if (encabezado === undefined) return false;
  const opaco = etag.replace(/^W\//, '');
  return encabezado.split(',').some((uno) => {
    const texto = uno.trim();
    return texto === '*' || texto.replace(/^W\//, '') === opaco;
  });
}

/** The address of the next page: this one with its own `despues`. */
function siguiente(request: FastifyRequest, despues: string): string {
  const url = new URL(request.url, 'http://x');
  url.searchParams.delete('page');
  url.searchParams.set('despues', despues);
  return `<${url.pathname}${url.search}>; rel="next"`;
}

function contesta(operacion: Operacion, { request, reply }: Peticion, resultado: Resultado): FastifyReply {
  const { status = 200, cuerpo, etag, despues, encabezados = {} } = resultado;
  void reply.code(status).headers(encabezados);
  if (despues !== undefined && despues !== null) void reply.header('link', siguiente(request, despues));
  if (cuerpo === undefined) return reply.send();
  const texto = JSON.stringify(cuerpo);
  void reply.type('application/json; charset=utf-8');
  if (operacion.conEtag !== true || status !== 200) {
    return reply.header('cache-control', 'no-store').send(texto);
  }
  // Weak when it is of the bytes: a proxy may compress them otherwise.
  const marca =
    etag === undefined
      ? `W/"${createHash('sha256').update(texto).digest('base64url').slice(0, 22)}"`
      : `"${etag}"`;
  void reply
    .header('etag', marca)
    .header('cache-control', 'private, no-cache')
    .header('vary', 'authorization, accept');
  if (coincide(request.headers['if-none-match'], marca)) return reply.code(304).send();
  return reply.send(texto);
}

/** Mounts the routes of the registry that have a handler. Refusals become problem+json where all others do. */
export function montaOperaciones(operaciones: readonly Operacion[]): RestPlugin {
  return async (app, deps) => {
    for (const operacion of operaciones) {
      const { maneja, acceso } = operacion;
      if (maneja === undefined) continue;
      const roles: readonly Rol[] | null = typeof acceso === 'string' ? null : acceso.roles;
      app.route({
        method: operacion.metodo,
        url: operacion.ruta,
        // The answer to HEAD is that of GET without its body; a stream has none.
        exposeHeadRoute: operacion.metodo === 'GET' && !tiposDe(operacion).includes('text/event-stream'),
        onRequest: async (request) => negocia(operacion, request),
        handler: async (request, reply) => {
          const ctx = await createContext(deps, request);
          if (roles !== null) {
            if (ctx.user === null || ctx.claims === null)
              throw ctx.authError ?? new AppError('SESION_VENCIDA');
            if (!roles.includes(ctx.user.rol)) throw new AppError('PROHIBIDO');
          }
          const params = operacion.parametros?.parse(request.params);
          const query = operacion.consulta?.parse(request.query ?? {});
          const body =
            operacion.cuerpo === undefined || esArchivo(operacion.cuerpo)
              ? undefined
              : operacion.cuerpo.parse(request.body);
          const peticion = {
            request,
            reply,
            ctx,
            user: ctx.user,
            claims: ctx.claims,
            params,
            query,
            body,
          } as unknown as Peticion;
          const resultado = await maneja(peticion);
          return resultado === null ? reply : contesta(operacion, peticion, resultado);
        },
      });
    }
  };
}

/** The version that `If-Match` names, or null when it is absent. Throws CAMBIO_ENTRETANTO for what is no version of ours. */
export function versionPedida(request: FastifyRequest): number | null {
  const texto = request.headers['if-match'];
  if (texto === undefined || texto.trim() === '*') return null;
  const [, version] = /^"v(\d{1,9})"$/.exec(texto.trim()) ?? [];
  if (version === undefined) throw new AppError('CAMBIO_ENTRETANTO');
  return Number(version);
}
