import * as z from 'zod/mini';
import type { RestPlugin } from '#server/http.ts';
import { requireUser } from '#server/trpc/rest-user.ts';
import { Uuid } from '#shared/contracts/basicos.ts';
import { ConsultaTransacciones, TransaccionNueva } from '#shared/contracts/existencias.ts';
import { lookupKeys } from '#shared/domain/codigos.ts';
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

const DESPUES = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})(\d{0,3})Z\|([0-9a-f-]{36})$/;

/** Microseconds stay text: a Date would cut them, and the rows of that millisecond would be skipped. */
function despuesDe(texto: string | undefined): { ocurridaEn: string; id: string } | null {
  if (texto === undefined) return null;
  const [, milis = '', micros = '', id = ''] = DESPUES.exec(texto) ?? [];
  const instante = new Date(`${milis}Z`);
  const vale = !Number.isNaN(instante.getTime()) && instante.toISOString() === `${milis}Z`;
  if (!vale || !Uuid.safeParse(id).success) {
    throw new AppError('ENTRADA_INVALIDA', { detalle: '«despues» no es un valor que hayamos dado' });
  }
  return { ocurridaEn: `${milis}${micros}Z`, id };
}

/** `GET` and `POST /api/transacciones`. */
export const transaccionesRest: RestPlugin = async (app, deps) => {
  app.get('/api/transacciones', async (request, reply) => {
    const { claims } = await requireUser(deps, request, VE_EXISTENCIAS);
    const q = ConsultaTransacciones.parse(request.query);
    const limite = Math.min(Math.max(1, Math.trunc(q.limite ?? LIMITE)), LIMITE_MAXIMO);
    const rows = await deps.db.withUser(claims, (tx) =>
      findTransacciones(tx, {
        claves: q.codigo?.trim() ? lookupKeys(q.codigo) : null,
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
      despues: ultima === undefined ? null : `${ultima.ocurrida_en_micros}|${ultima.id}`,
    });
  });

  app.post('/api/transacciones', async (request, reply) => {
    const { user } = await requireUser(deps, request, REGISTRA_MOVIMIENTOS);
    const cuerpo = Cuerpo.parse(request.body);
    const hecho = await registerTransacciones(
      deps.db,
      deps.clock,
      user.id,
      Array.isArray(cuerpo) ? cuerpo : [cuerpo],
    );
    return reply.code(hecho.insertadas.length > 0 ? 201 : 200).send(hecho);
  });
};
