import * as z from 'zod/mini';
import { versionPedida } from '#server/api/monta.ts';
import { ruta } from '#server/api/operacion.ts';
import { createCallerFactory } from '#server/trpc/init.ts';
import { webhooksRouter } from '#server/webhooks/router.ts';
import {
  CambiaWebhook,
  CreaWebhook,
  Intento,
  PaginaEntregas,
  Webhook,
  WebhookCreado,
} from '#shared/contracts/api-webhooks.ts';
import { Uuid } from '#shared/contracts/basicos.ts';
import { AppError } from '#shared/errores.ts';

const llama = createCallerFactory(webhooksRouter);
const acceso = { alcance: 'webhooks:administrar', roles: ['admin'] } as const;
const Id = z.object({ id: Uuid });
const EJEMPLO = { parametros: { id: '01981f0e-3b1a-7c55-9d0e-6a1f0c2b4d11' } };
const comun = { grupo: 'Eventos', acceso } as const;

const lista = ruta({
  ...comun,
  id: 'webhooks',
  metodo: 'GET',
  ruta: '/api/webhooks',
  resumen: 'Las direcciones a las que se avisa',
  respuestas: { 200: { descripcion: 'Todas', esquema: z.object({ data: z.array(Webhook) }) } },
  conEtag: true,
  maneja: async ({ ctx }) => ({ cuerpo: { data: await llama(ctx).lista() } }),
});

const crea = ruta({
  ...comun,
  id: 'creaWebhook',
  metodo: 'POST',
  ruta: '/api/webhooks',
  resumen: 'Una dirección nueva; `secreto` se dice solo esta vez',
  descripcion:
    'Cada evento llega como un POST firmado según Standard Webhooks (`webhook-id`, `webhook-timestamp`, `webhook-signature`). Contesta 2xx en menos de 10 segundos. Si no, se repite con el mismo `webhook-id` hasta ocho veces a lo largo de un día. `tipos` y `tiendaIds` vacíos son todos. La dirección es pública y con https.',
  cuerpo: CreaWebhook,
  respuestas: { 201: { descripcion: 'Hecho', esquema: WebhookCreado } },
  rechazos: [409],
  ejemplo: {
    cuerpo: {
      nombre: 'Contabilidad',
      url: 'https://example.com/avisos',
      tipos: ['conteo.cerrado', 'ajuste.*'],
    },
  },
  maneja: async ({ ctx, body }) => ({ status: 201, cuerpo: await llama(ctx).crea(body) }),
});

const uno = ruta({
  ...comun,
  id: 'webhook',
  metodo: 'GET',
  ruta: '/api/webhooks/:id',
  resumen: 'Una de ellas',
  parametros: Id,
  respuestas: { 200: { descripcion: 'El webhook', esquema: Webhook } },
  rechazos: [404],
  conEtag: true,
  ejemplo: EJEMPLO,
  async maneja({ ctx, params }) {
    const webhook = (await llama(ctx).lista()).find(({ id }) => id === params.id);
    if (webhook === undefined) throw new AppError('NO_ENCONTRADO');
    return { cuerpo: webhook, etag: `v${webhook.version}` };
  },
});

const cambia = ruta({
  ...comun,
  id: 'cambiaWebhook',
  metodo: 'PATCH',
  ruta: '/api/webhooks/:id',
  resumen: 'Cambia nombre, dirección, tipos o tiendas, o lo activa y desactiva',
  parametros: Id,
  cuerpo: CambiaWebhook,
  respuestas: { 200: { descripcion: 'Como quedó', esquema: Webhook } },
  rechazos: [404],
  conIfMatch: true,
  ejemplo: { ...EJEMPLO, cuerpo: { activo: false } },
  async maneja({ ctx, request, params, body }) {
    const webhook = await llama(ctx).cambia({ ...body, id: params.id, version: versionPedida(request) });
    return { cuerpo: webhook, encabezados: { etag: `"v${webhook.version}"` } };
  },
});

const quita = ruta({
  ...comun,
  id: 'quitaWebhook',
  metodo: 'DELETE',
  ruta: '/api/webhooks/:id',
  resumen: 'La quita, con sus entregas',
  parametros: Id,
  respuestas: { 204: { descripcion: 'Quitada' } },
  rechazos: [404],
  ejemplo: EJEMPLO,
  async maneja({ ctx, params }) {
    await llama(ctx).quita({ id: params.id });
    return { status: 204 };
  },
});

const prueba = ruta({
  ...comun,
  id: 'pruebaWebhook',
  metodo: 'POST',
  ruta: '/api/webhooks/:id/prueba',
  resumen: 'Manda ahora un aviso de prueba y dice qué contestó',
  parametros: Id,
  respuestas: { 200: { descripcion: 'Qué pasó; también si no llegó', esquema: Intento } },
  rechazos: [404],
  ejemplo: EJEMPLO,
  maneja: async ({ ctx, params }) => ({ cuerpo: await llama(ctx).prueba({ id: params.id }) }),
});

const entregas = ruta({
  ...comun,
  id: 'entregasDeWebhook',
  metodo: 'GET',
  ruta: '/api/webhooks/:id/entregas',
  resumen: 'Sus entregas con cada intento, de la más nueva a la más vieja',
  parametros: Id,
  consulta: z.object({
    limite: z.optional(z.coerce.number().check(z.int(), z.gte(1), z.lte(200))),
    despues: z.optional(z.string().check(z.maxLength(100))),
  }),
  respuestas: { 200: { descripcion: 'Una página', esquema: PaginaEntregas } },
  rechazos: [404],
  ejemplo: EJEMPLO,
  async maneja({ ctx, params, query }) {
    const pagina = await llama(ctx).entregas({
      id: params.id,
      limite: query.limite ?? 50,
      despues: query.despues ?? null,
    });
    return { cuerpo: pagina, despues: pagina.despues };
  },
});

const reenvia = ruta({
  ...comun,
  id: 'reenviaEntrega',
  metodo: 'POST',
  ruta: '/api/webhooks/entregas/:id/reenvia',
  resumen: 'Vuelve a mandar una entrega, con el mismo `webhook-id`',
  parametros: Id,
  respuestas: { 202: { descripcion: 'En camino' } },
  rechazos: [404, 409],
  ejemplo: EJEMPLO,
  async maneja({ ctx, params }) {
    await llama(ctx).reenvia({ entregaId: params.id });
    return { status: 202 };
  },
});

export const operacionesWebhooks = [lista, crea, uno, cambia, quita, prueba, entregas, reenvia];
