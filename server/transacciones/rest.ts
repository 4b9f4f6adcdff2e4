import * as z from 'zod/mini';
import type { RestPlugin } from '#server/http.ts';
import { requireUser } from '#server/trpc/rest-user.ts';
import { ConsultaTransacciones, TransaccionNueva } from '#shared/contracts/existencias.ts';
import { AppError } from '#shared/errores.ts';
import { REGISTRA_MOVIMIENTOS, VE_EXISTENCIAS } from '#shared/roles.ts';
import { registerTransacciones } from './registra.ts';
import { findTransacciones, type TransaccionRow } from './transacciones.sql.ts';

const LIMITE = 100;
const LIMITE_MAXIMO = 1000;
const Cuerpo = z.union([
  TransaccionNueva,
  z.array(TransaccionNueva).check(z.minLength(1), z.maxLength(1000)),
]);

/** Wire form of a movement. */
export function aTransaccion(row: TransaccionRow) {
  return {
    id: row.id,
    codigo: row.codigo,
    nombre: row.nombre,
    almacen: row.almacen,
    tipo: row.tipo,
    subtipo: row.subtipo,
    cantidad: row.cantidad,
    efecto: row.efecto,
    precio: row.precio,
    costoUnitario: row.costo_unitario,
    costoFuente: row.costo_fuente,
    fecha: row.fecha,
    ocurridaEn: row.ocurrida_en.toISOString(),
    precision: row.precision,
    referencia: row.referencia,
    notas: row.notas,
    conteoId: row.conteo_id,
    origen: row.origen,
    origenId: row.origen_id,
    registradaEn: row.created_at.toISOString(),
  };
}

function despuesDe(texto: string | undefined): { ocurridaEn: Date; id: string } | null {
  if (texto === undefined) return null;
  const [instante, id] = texto.split('|');
  const ocurridaEn = new Date(instante ?? '');
  if (Number.isNaN(ocurridaEn.getTime()) || !/^[0-9a-f-]{36}$/.test(id ?? '')) {
    throw new AppError('ENTRADA_INVALIDA', { detalle: '«despues» no es un valor que hayamos dado' });
  }
  return { ocurridaEn, id: id! };
}

/** `GET` and `POST /api/transacciones`. */
export const transaccionesRest: RestPlugin = async (app, deps) => {
  app.get('/api/transacciones', async (request, reply) => {
    const { claims } = await requireUser(deps, request, VE_EXISTENCIAS);
    const q = ConsultaTransacciones.parse(request.query);
    const limite = Math.min(Math.max(1, Math.trunc(q.limite ?? LIMITE)), LIMITE_MAXIMO);
    const rows = await deps.db.withUser(claims, (tx) =>
      findTransacciones(tx, {
        codigo: q.codigo?.trim() || null,
        productoId: null,
        almacen: q.almacen?.trim() || null,
        tipo: q.tipo ?? null,
        conteo: q.conteo ?? null,
        desde: q.desde === undefined ? null : new Date(q.desde),
        hasta: q.hasta === undefined ? null : new Date(q.hasta),
        despues: despuesDe(q.despues),
        limite: limite + 1,
      }),
    );
    const ultima = rows.length > limite ? rows[limite - 1] : undefined;
    return reply.header('cache-control', 'no-store').send({
      transacciones: rows.slice(0, limite).map(aTransaccion),
      despues: ultima === undefined ? null : `${ultima.ocurrida_en.toISOString()}|${ultima.id}`,
    });
  });

  app.post('/api/transacciones', async (request, reply) => {
    const { user, claims } = await requireUser(deps, request, REGISTRA_MOVIMIENTOS);
    const cuerpo = Cuerpo.parse(request.body);
    const hecho = await registerTransacciones(
      deps.db,
      deps.clock,
      { id: user.id, claims },
      Array.isArray(cuerpo) ? cuerpo : [cuerpo],
    );
    return reply.code(hecho.insertadas.length > 0 ? 201 : 200).send(hecho);
  });
};
