import type { RestPlugin } from '#server/http.ts';
import { aCsv } from '#server/platform/csv.ts';
import { armaLibro } from '#server/platform/excel/arma.ts';
import { requireUser } from '#server/trpc/rest-user.ts';
import { ConsultaExistencias } from '#shared/contracts/existencias.ts';
import { lookupKeys } from '#shared/domain/codigos.ts';
import { AppError } from '#shared/errores.ts';
import { VE_EXISTENCIAS } from '#shared/roles.ts';
import { findExistencias } from './existencias.sql.ts';
import { COLUMNAS, filaDeTotal, filasDeExistencias } from './filas-archivo.ts';
import { valueExistencias } from './valuadas.ts';

const LIMITE = 500;
const LIMITE_MAXIMO = 5000;
/** Of a date: an inventory is asked for whole. */
const LIMITE_VALUADO = 100_000;
const XLSX = new URL('./xlsx-existencias.ts', import.meta.url);
const MIME = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/**
 * `GET /api/existencias?codigo=&almacen=&categoria=&al=&formato=&limite=`: stock by product and almacén; never for an
 * almacenista. With `al`, as it was then, valued, with totals; `formato` gives it as a file.
 */
export const existenciasRest: RestPlugin = async (app, deps) => {
  app.get('/api/existencias', async (request, reply) => {
    const { claims } = await requireUser(deps, request, VE_EXISTENCIAS);
    const consulta = ConsultaExistencias.parse(request.query);
    const claves = consulta.codigo?.trim() ? lookupKeys(consulta.codigo) : null;
    const almacen = consulta.almacen?.trim() || null;
    const categoria = consulta.categoria?.trim() || null;
    const pedidas = Math.max(1, Math.trunc(consulta.limite ?? LIMITE));
    void reply.header('cache-control', 'no-store');

    if (consulta.al === undefined) {
      const archivo = consulta.formato !== undefined && consulta.formato !== 'json';
      const soloConFecha = archivo ? 'formato' : categoria === null ? null : 'categoria';
      if (soloConFecha !== null)
        throw new AppError('ENTRADA_INVALIDA', { detalle: `${soloConFecha} se pide junto con al` });
      const filtro = { claves, almacen, limite: Math.min(pedidas, LIMITE_MAXIMO) };
      const rows = await deps.db.withUser(claims, (tx) => findExistencias(tx, filtro), { readOnly: true });
      return reply.send({
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
    }

    const { formato = 'json' } = consulta;
    const al = consulta.al.includes('T') ? new Date(consulta.al) : consulta.al;
    const filtro = { claves, almacen, categoria, al, ceros: formato === 'json' };
    const valuadas = await valueExistencias(deps.db, claims, filtro);
    if (formato !== 'json') {
      const bytes =
        formato === 'xlsx'
          ? Buffer.from(await armaLibro(XLSX, valuadas))
          : aCsv([COLUMNAS, ...filasDeExistencias(valuadas), ...valuadas.almacenes.map(filaDeTotal)]);
      return reply
        .header(
          'content-disposition',
          `attachment; filename="existencias-${consulta.al.slice(0, 10)}.${formato}"`,
        )
        .type(MIME[formato])
        .send(bytes);
    }
    const codigoDe = new Map(valuadas.almacenes.map((a) => [a.id, a.codigo]));
    return reply.send({
      existencias: valuadas.filas.slice(0, Math.min(pedidas, LIMITE_VALUADO)).map((fila) => ({
        productoId: fila.productoId,
        codigo: fila.codigo,
        nombre: fila.nombre,
        almacen: codigoDe.get(fila.almacenId) ?? '',
        almacenId: fila.almacenId,
        cantidad: fila.cantidad,
        tieneBase: fila.tieneBase,
        costoUnitario: fila.costo,
        costoFuente: fila.fuente,
        valor: fila.valor,
      })),
      // Of everything that was asked for, however many rows of it were sent.
      total: valuadas.filas.length,
      almacenes: valuadas.almacenes,
    });
  });
};
