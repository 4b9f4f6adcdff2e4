import { createHash } from 'node:crypto';
import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import type { RestPlugin } from '#server/http.ts';
import { aCsv } from '#server/platform/csv.ts';
import { armaLibro } from '#server/platform/excel/arma.ts';
import { requireUser } from '#server/trpc/rest-user.ts';
import { Uuid } from '#shared/contracts/basicos.ts';
import { OpcionesImportacion } from '#shared/contracts/importar.ts';
import { AppError } from '#shared/errores.ts';
import { IMPORTA_ARCHIVOS, VE_EXISTENCIAS } from '#shared/roles.ts';
import { COLUMNAS, filasDeInforme } from './informe.ts';
import { MAXIMO_BYTES, recibe } from './recibe.ts';
import { findBytes, findUpload } from './uploads.sql.ts';

const MB = 1024 * 1024;
/** Boundaries, headers and options around the file. */
const ENVOLTURA = MB;
const XLSX_INFORME = new URL('./xlsx-informe.ts', import.meta.url);
const MIME = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

const Una = z.object({ id: Uuid });
const Informe = z.object({ id: Uuid, formato: z.enum(['csv', 'xlsx']) });
const Consulta = z.object({ otra: z.optional(z.enum(['0', '1'])) });

function grande(bytes: number): AppError {
  return new AppError('IMPORTACION_GRANDE', {
    mb: String(Math.ceil(bytes / MB)),
    maximo: String(MAXIMO_BYTES / MB),
  });
}

/** The bytes of the one file of a form, counted and hashed while they come. */
async function leeArchivo(request: FastifyRequest) {
  const parte = await request.file();
  if (parte === undefined) throw new AppError('IMPORTACION_SIN_ARCHIVO');
  const trozos: Buffer[] = [];
  const huella = createHash('sha256');
  let tamano = 0;
  for await (const trozo of parte.file as AsyncIterable<Buffer>) {
    tamano += trozo.length;
    if (tamano > MAXIMO_BYTES) throw grande(Number(request.headers['content-length'] ?? tamano));
    huella.update(trozo);
    trozos.push(trozo);
  }
  if (tamano === 0) throw new AppError('IMPORTACION_VACIA');
  const campo = parte.fields.opciones;
  const texto = campo !== undefined && 'value' in campo ? String(campo.value) : '{}';
  return { filename: parte.filename, bytes: Buffer.concat(trozos), sha256: huella.digest('hex'), texto };
}

function opcionesDe(texto: string): OpcionesImportacion {
  try {
    return OpcionesImportacion.parse(JSON.parse(texto));
  } catch (error) {
    throw new AppError('ENTRADA_INVALIDA', { detalle: 'las opciones del archivo no se entienden' }, error);
  }
}

/**
 * `POST /api/uploads`: one file of a multipart form, with `opciones` (JSON) before it; answers at once, reading goes on by itself.
 * `GET /api/uploads/:id/archivo`: as it came. `GET /api/uploads/:id/informe.(csv|xlsx)`: every problem and repair.
 */
export const importarRest: RestPlugin = async (app, deps) => {
  await app.register(multipart, {
    limits: { files: 1, fields: 4, fieldSize: 64 * 1024, fileSize: MAXIMO_BYTES + 1 },
  });

  app.post(
    '/api/uploads',
    {
      bodyLimit: MAXIMO_BYTES + ENVOLTURA,
      // Before the body is read: strangers and what is too large make the server hold nothing.
      onRequest: async (request) => {
        await requireUser(deps, request, IMPORTA_ARCHIVOS);
        const dicho = Number(request.headers['content-length'] ?? 0);
        if (dicho > MAXIMO_BYTES + ENVOLTURA) throw grande(dicho);
      },
    },
    async (request, reply) => {
      const { user } = await requireUser(deps, request, IMPORTA_ARCHIVOS);
      if (!request.isMultipart()) throw new AppError('IMPORTACION_SIN_ARCHIVO');
      const { otra } = Consulta.parse(request.query);
      const { texto, ...archivo } = await leeArchivo(request);
      const hecho = await recibe(deps, user, { ...archivo, opciones: opcionesDe(texto), otra: otra === '1' });
      return reply
        .code(hecho.repetida ? 200 : 201)
        .header('cache-control', 'no-store')
        .send(hecho);
    },
  );

  app.get('/api/uploads/:id/archivo', async (request, reply) => {
    const { claims } = await requireUser(deps, request, VE_EXISTENCIAS);
    const { id } = Una.parse(request.params);
    const u = await deps.db.withUser(claims, (tx) => findUpload(tx, id), { readOnly: true });
    if (u?.sha256 == null) throw new AppError('NO_ENCONTRADO');
    const bytes = await deps.db.asService((tx) => findBytes(tx, u.sha256), { readOnly: true });
    return reply
      .header('cache-control', 'no-store')
      .header('x-content-type-options', 'nosniff')
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(u.filename)}`)
      .type('application/octet-stream')
      .send(bytes);
  });

  app.get('/api/uploads/:id/informe.:formato', async (request, reply) => {
    const { claims } = await requireUser(deps, request, VE_EXISTENCIAS);
    const { id, formato } = Informe.parse(request.params);
    const { nombre, filas } = await filasDeInforme(deps.db, claims, id);
    const bytes =
      formato === 'csv' ? aCsv([COLUMNAS, ...filas]) : Buffer.from(await armaLibro(XLSX_INFORME, { filas }));
    return reply
      .header('cache-control', 'no-store')
      .header(
        'content-disposition',
        `attachment; filename*=UTF-8''${encodeURIComponent(`informe ${nombre}.${formato}`)}`,
      )
      .type(MIME[formato])
      .send(bytes);
  });
};
