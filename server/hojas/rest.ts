import * as z from 'zod/mini';
import type { RestPlugin } from '#server/http.ts';
import { pintaPdf } from '#server/platform/pdf/pinta.ts';
import { requireUser } from '#server/trpc/rest-user.ts';
import { Uuid } from '#shared/contracts/basicos.ts';
import { PAGINAS_LIBRES_MAXIMO } from '#shared/domain/hoja-conteo.ts';
import { AppError } from '#shared/errores.ts';
import { makeHoja } from './hoja.ts';
import { LIBRO_MAXIMO_BYTES, leeLibro } from './lee-libro.ts';

const DIBUJO = new URL('./dibuja-hoja.ts', import.meta.url);

const Parametros = z.object({ id: Uuid });
/** Pages with empty rows, of a free conteo only. */
const Consulta = z.object({
  paginas: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(PAGINAS_LIBRES_MAXIMO)), 2),
});

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * `GET /api/conteos/:id/hoja.pdf`: the blind sheet to count on paper. `POST /api/hojas/tabla`: the rows of an .xlsx with a count
 * made on paper, as text; nothing of it is kept.
 */
export const hojasRest: RestPlugin = async (app, deps) => {
  app.get('/api/conteos/:id/hoja.pdf', async (request, reply) => {
    const { user, claims } = await requireUser(deps, request);
    const { id } = Parametros.parse(request.params);
    const { paginas } = Consulta.parse(request.query);
    const hoja = await deps.db.withUser(claims, (tx) => makeHoja(tx, user, id, paginas), { readOnly: true });
    const pdf = await pintaPdf(DIBUJO, hoja, {
      titulo: `Hoja de conteo ${hoja.folio}`.trim(),
      creado: deps.clock.now(),
    });
    const nombre = `hoja-${(hoja.folio || id.slice(-8)).replace(/[^\w-]/g, '')}.pdf`;
    return reply
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="${nombre}"`)
      .type('application/pdf')
      .send(Buffer.from(pdf));
  });

  app.addContentTypeParser(
    XLSX,
    { parseAs: 'buffer', bodyLimit: LIBRO_MAXIMO_BYTES },
    (_request, body, done) => done(null, body),
  );
  app.post(
    '/api/hojas/tabla',
    {
      bodyLimit: LIBRO_MAXIMO_BYTES,
      // Before the body is read: strangers make the server hold nothing.
      onRequest: async (request) => void (await requireUser(deps, request)),
    },
    async (request, reply) => {
      if (!Buffer.isBuffer(request.body)) throw new AppError('TABLA_NO_LEIDA');
      const filas = await leeLibro(request.body);
      return reply.header('cache-control', 'no-store').send({ filas });
    },
  );
};
