import type { RestPlugin } from '#server/http.ts';
import { pintaPdf } from '#server/platform/pdf/pinta.ts';
import { requireUser } from '#server/trpc/rest-user.ts';
import { PideEtiquetas } from '#shared/contracts/etiquetas.ts';
import { IMPRIME_ETIQUETAS } from '#shared/roles.ts';
import type { DatosEtiquetas } from './dibuja-etiquetas.ts';
import { listEtiquetas } from './etiquetas.ts';

const DIBUJO = new URL('./dibuja-etiquetas.ts', import.meta.url);

/** `POST /api/etiquetas`: a PDF with the labels of products or bins, in the layout of the paper or roll at hand. */
export const etiquetasRest: RestPlugin = async (app, deps) => {
  app.post('/api/etiquetas', async (request, reply) => {
    const { claims } = await requireUser(deps, request, IMPRIME_ETIQUETAS);
    const pide = PideEtiquetas.parse(request.body);
    const etiquetas = await deps.db.withUser(claims, (tx) => listEtiquetas(tx, pide), { readOnly: true });
    const datos: DatosEtiquetas = {
      etiquetas,
      formato: pide.formato,
      copias: pide.copias,
      desde: pide.desde,
    };
    const pdf = await pintaPdf(DIBUJO, datos, { titulo: 'Etiquetas', creado: deps.clock.now() });
    return reply
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="etiquetas-${pide.tipo}.pdf"`)
      .header('x-etiquetas', String(etiquetas.length * pide.copias))
      .type('application/pdf')
      .send(Buffer.from(pdf));
  });
};
