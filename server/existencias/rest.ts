import type { RestPlugin } from '#server/http.ts';
import { requireUser } from '#server/trpc/rest-user.ts';
import { ConsultaExistencias } from '#shared/contracts/existencias.ts';
import { lookupKeys } from '#shared/domain/codigos.ts';
import { VE_EXISTENCIAS } from '#shared/roles.ts';
import { findExistencias } from './existencias.sql.ts';

const LIMITE = 500;
const LIMITE_MAXIMO = 5000;

/** `GET /api/existencias?codigo=&almacen=&al=&limite=`: stock by product and almacén; never for an almacenista. */
export const existenciasRest: RestPlugin = async (app, deps) => {
  app.get('/api/existencias', async (request, reply) => {
    const { claims } = await requireUser(deps, request, VE_EXISTENCIAS);
    const consulta = ConsultaExistencias.parse(request.query);
    const filtro = {
      claves: consulta.codigo?.trim() ? lookupKeys(consulta.codigo) : null,
      almacen: consulta.almacen?.trim() || null,
      al: consulta.al === undefined ? null : new Date(consulta.al),
      limite: Math.min(Math.max(1, Math.trunc(consulta.limite ?? LIMITE)), LIMITE_MAXIMO),
    };
    const rows = await deps.db.withUser(claims, (tx) => findExistencias(tx, filtro), { readOnly: true });
    return reply.header('cache-control', 'no-store').send({
      existencias: rows.map((row) => ({
        productoId: row.producto_id,
        codigo: row.codigo,
        nombre: row.nombre,
        almacen: row.almacen,
        almacenId: row.almacen_id,
        cantidad: row.cantidad,
        tieneBase: row.tiene_base,
      })),
    });
  });
};
