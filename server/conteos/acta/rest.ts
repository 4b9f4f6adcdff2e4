import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import type { RestPlugin } from '#server/http.ts';
import { armaLibro } from '#server/platform/excel/arma.ts';
import { pintaPdf } from '#server/platform/pdf/pinta.ts';
import { requireUser } from '#server/trpc/rest-user.ts';
import { Uuid } from '#shared/contracts/basicos.ts';
import { REVISA_CONTEOS } from '#shared/roles.ts';
import { composeActa } from './compone.ts';
import { csvDelActa, TABLAS } from './csv-acta.ts';
import type { Acta } from './forma.ts';
import { archivoDelActa, nombreDelActa } from './palabras.ts';
import type { EntradaPdfActa } from './pdf-acta.ts';

const Params = z.object({ id: Uuid });
const ConsultaCsv = z.object({ tabla: z.optional(z.enum(TABLAS)) });

const PDF = new URL('./pdf-acta.ts', import.meta.url);
const XLSX = new URL('./xlsx-acta.ts', import.meta.url);
/** 20,000 products, the most that a conteo lists, are 1,000 pages: 17 s and more than 256 MB on a busy machine. */
const LIMITES = { plazoMs: 120_000, memoriaMb: 768 };
const MIME_XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The screen that says whether these lines are still the same ones. */
export function enlaceDelActa(origen: string, { conteo, huella }: Pick<Acta, 'conteo' | 'huella'>): string {
  const t = Date.parse(huella.corte);
  return `${origen}/conteos/${conteo.id}/acta?h=${huella.valor}&n=${huella.lineas}&t=${t}`;
}

/** `GET /api/conteos/:id/acta.{pdf,csv,xlsx,json}`: the acta of a conteo, for who may review it. */
export const actaRest: RestPlugin = async (app, deps) => {
  async function acta(request: FastifyRequest): Promise<Acta> {
    const { user } = await requireUser(deps, request, REVISA_CONTEOS);
    return composeActa(deps.db, deps.clock, user, Params.parse(request.params).id);
  }

  function archivo(reply: FastifyReply, suya: Acta, extension: string, mime: string): FastifyReply {
    return reply
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="${archivoDelActa(suya)}.${extension}"`)
      .type(mime);
  }

  app.get('/api/conteos/:id/acta.pdf', async (request, reply) => {
    const { lineas: _, ...suya } = await acta(request);
    const entrada: EntradaPdfActa = {
      acta: suya,
      enlace: enlaceDelActa(`${request.protocol}://${request.host}`, suya),
    };
    const bytes = await pintaPdf(PDF, entrada, {
      ...LIMITES,
      titulo: `Acta de conteo ${nombreDelActa(suya)}`,
      creado: new Date(suya.generadaEn),
    });
    return archivo(reply, { ...suya, lineas: [] }, 'pdf', 'application/pdf').send(Buffer.from(bytes));
  });

  app.get('/api/conteos/:id/acta.xlsx', async (request, reply) => {
    const suya = await acta(request);
    const bytes = await armaLibro(XLSX, suya, LIMITES);
    return archivo(reply, suya, 'xlsx', MIME_XLSX).send(Buffer.from(bytes));
  });

  app.get('/api/conteos/:id/acta.csv', async (request, reply) => {
    const { tabla = 'productos' } = ConsultaCsv.parse(request.query);
    const suya = await acta(request);
    return archivo(reply, suya, 'csv', 'text/csv; charset=utf-8').send(csvDelActa(suya, tabla));
  });

  app.get('/api/conteos/:id/acta.json', async (request, reply) => {
    const suya = await acta(request);
    return archivo(reply, suya, 'json', 'application/json; charset=utf-8').send(JSON.stringify(suya));
  });
};
