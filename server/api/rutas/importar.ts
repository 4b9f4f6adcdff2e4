import * as z from 'zod/mini';
import { documenta, ruta } from '#server/api/operacion.ts';
import { importarRouter } from '#server/importar/router.ts';
import { createCallerFactory } from '#server/trpc/init.ts';
import { Uuid } from '#shared/contracts/basicos.ts';
import { Importacion } from '#shared/contracts/importar.ts';
import { IMPORTA_ARCHIVOS, VE_EXISTENCIAS } from '#shared/roles.ts';

const llama = createCallerFactory(importarRouter);
const lee = { alcance: 'importar', roles: VE_EXISTENCIAS } as const;
const importa = { alcance: 'importar', roles: IMPORTA_ARCHIVOS } as const;
const Id = z.object({ id: Uuid });
const EJEMPLO = { parametros: { id: '01981f0e-3b1a-7c55-9d0e-6a1f0c2b4d11' } };
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const Una = z.extend(Importacion, {
  /** Which dry run this is: `aplica` names it. */
  generacion: z.int(),
});
const Corta = z.omit(Una, { analisis: true, opciones: true });

const sube = documenta({
  id: 'subeArchivo',
  metodo: 'POST',
  ruta: '/api/uploads',
  grupo: 'Importación',
  resumen: 'Sube un archivo de Excel, CSV o de tu ERP; se lee solo y nada cambia hasta aplicarlo',
  descripcion:
    'Un formulario con el archivo y, antes de él, `opciones` (JSON) si quieres fijar algo. Los mismos bytes otra vez contestan con la importación que ya está; `?otra=1` hace una nueva. Pregunta por `GET /api/uploads/:id` hasta que `status` sea `ready`, y aplica.',
  acceso: importa,
  consulta: z.object({ otra: z.optional(z.enum(['0', '1'])) }),
  cuerpo: { tipos: ['multipart/form-data'] },
  respuestas: {
    200: { descripcion: 'Ya estaba', esquema: z.object({ id: Uuid, repetida: z.boolean() }) },
    201: { descripcion: 'Recibido', esquema: z.object({ id: Uuid, repetida: z.boolean() }) },
  },
  rechazos: [409, 413, 415],
});

const lista = ruta({
  id: 'importaciones',
  metodo: 'GET',
  ruta: '/api/uploads',
  grupo: 'Importación',
  resumen: 'Archivos subidos, del más nuevo al más viejo',
  acceso: lee,
  consulta: z.object({
    limite: z.optional(z.coerce.number().check(z.int(), z.gte(1), z.lte(100))),
    despues: z.optional(Uuid),
  }),
  respuestas: {
    200: {
      descripcion: 'Una página',
      esquema: z.object({ importaciones: z.array(Corta), despues: z.nullable(Uuid) }),
    },
  },
  conEtag: true,
  async maneja({ ctx, query }) {
    const { importaciones, tras } = await llama(ctx).lista({
      tras: query.despues ?? null,
      limite: query.limite ?? 50,
    });
    return { cuerpo: { importaciones, despues: tras }, despues: tras };
  },
});

const una = ruta({
  id: 'importacion',
  metodo: 'GET',
  ruta: '/api/uploads/:id',
  grupo: 'Importación',
  resumen: 'Un archivo subido: cómo va, qué se entendió y qué haría aplicarlo',
  acceso: lee,
  parametros: Id,
  respuestas: { 200: { descripcion: 'La importación', esquema: Una } },
  rechazos: [404],
  conEtag: true,
  ejemplo: EJEMPLO,
  maneja: async ({ ctx, params }) => ({ cuerpo: await llama(ctx).una({ id: params.id }) }),
});

const aplica = ruta({
  id: 'aplicaImportacion',
  metodo: 'POST',
  ruta: '/api/uploads/:id/aplica',
  grupo: 'Importación',
  resumen: 'Aplica lo que mostró el ensayo; sigue solo, y repetirlo no duplica nada',
  acceso: importa,
  parametros: Id,
  cuerpo: z.object({ generacion: z.int() }),
  respuestas: { 202: { descripcion: 'Se está aplicando' } },
  rechazos: [404, 409],
  ejemplo: { ...EJEMPLO, cuerpo: { generacion: 1 } },
  async maneja({ ctx, params, body }) {
    await llama(ctx).aplica({ id: params.id, generacion: body.generacion });
    return { status: 202 };
  },
});

const deshace = ruta({
  id: 'deshaceImportacion',
  metodo: 'POST',
  ruta: '/api/uploads/:id/deshace',
  grupo: 'Importación',
  resumen: 'Deshace una importación con movimientos contrarios, mientras nada dependa de ella',
  acceso: importa,
  parametros: Id,
  respuestas: { 202: { descripcion: 'Se está deshaciendo' } },
  rechazos: [404, 409],
  ejemplo: EJEMPLO,
  async maneja({ ctx, params }) {
    await llama(ctx).deshace({ id: params.id });
    return { status: 202 };
  },
});

const archivo = documenta({
  id: 'archivoSubido',
  metodo: 'GET',
  ruta: '/api/uploads/:id/archivo',
  grupo: 'Importación',
  resumen: 'El archivo, tal como llegó',
  acceso: lee,
  parametros: Id,
  respuestas: { 200: { descripcion: 'Sus bytes', tipos: ['application/octet-stream'] } },
  rechazos: [404],
  ejemplo: EJEMPLO,
});

const informe = documenta({
  id: 'informeDeImportacion',
  metodo: 'GET',
  ruta: '/api/uploads/:id/informe.:formato',
  grupo: 'Importación',
  resumen: 'Cada problema y cada reparación, como archivo',
  acceso: lee,
  parametros: z.object({ id: Uuid, formato: z.enum(['csv', 'xlsx']) }),
  respuestas: { 200: { descripcion: 'El informe', tipos: ['text/csv', XLSX] } },
  rechazos: [404, 413],
  ejemplo: { parametros: { ...EJEMPLO.parametros, formato: 'csv' } },
});

export const operacionesImportar = [sube, lista, una, aplica, deshace, archivo, informe];
