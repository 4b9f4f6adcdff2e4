import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RestPlugin } from '#server/http.ts';
import { terminaReparto } from '#server/webhooks/trabajos.ts';
import { documentoDe } from './documento.ts';
import { coincide, montaOperaciones } from './monta.ts';
import { OPERACIONES } from './operaciones.ts';
import { paginaDe } from './pagina/pagina.ts';
import { cierraCorriente, corrienteDe } from './rutas/eventos.ts';

const DIR = path.join(import.meta.dirname, 'pagina');

/** Text that only changes with the program; asked for anew each time, with an ETag. */
function fijo(texto: string, tipo: string) {
  const etag = `W/"${createHash('sha256').update(texto).digest('base64url').slice(0, 22)}"`;
  return (request: FastifyRequest, reply: FastifyReply) => {
    void reply.header('etag', etag).header('cache-control', 'no-cache').type(tipo);
    return coincide(request.headers['if-none-match'], etag) ? reply.code(304).send() : reply.send(texto);
  };
}

/** The open API: what the registry mounts, its document and its page. */
export const apiRest: RestPlugin = async (app, deps) => {
  await corrienteDe(deps);
  app.addHook('onClose', async () => {
    await terminaReparto(deps.db);
    await cierraCorriente(deps.db);
  });
  await montaOperaciones(OPERACIONES)(app, deps);

  app.get(
    '/api/openapi.json',
    fijo(JSON.stringify(documentoDe(OPERACIONES)), 'application/json; charset=utf-8'),
  );
  const estilo = readFileSync(path.join(DIR, 'estilo.css'), 'utf8');
  const busca = readFileSync(path.join(DIR, 'busca.js'), 'utf8');
  app.get('/api/docs/estilo.css', fijo(estilo, 'text/css; charset=utf-8'));
  app.get('/api/docs/busca.js', fijo(busca, 'text/javascript; charset=utf-8'));
  app.get('/api/docs', (request, reply) => {
    const origen = `${request.protocol}://${request.host}`;
    return fijo(paginaDe(OPERACIONES, origen), 'text/html; charset=utf-8')(request, reply);
  });
};
