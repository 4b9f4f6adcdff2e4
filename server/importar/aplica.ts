import { setTimeout as sleep } from 'node:timers/promises';
import { audita } from '#server/auditoria/auditoria.sql.ts';
import type { Tx } from '#server/platform/db/db.ts';
import type { FilaMovimiento, FilaProducto, OpcionesImportacion } from '#shared/contracts/importar.ts';
import { deshechaId } from '#shared/domain/ajuste-id.ts';
import { AppError } from '#shared/errores.ts';
import { bloqueaLote, refrescaEstadisticas } from './bloquea-lote.sql.ts';
import { cargaContexto, comunDe } from './contexto.ts';
import { insertAsientos, insertReversas } from './libro.sql.ts';
import { findCuentas, updatePlan } from './lotes.sql.ts';
import type { Marcha } from './marcha.ts';
import { planeaMovimientos } from './plan-movimientos.ts';
import { aplicaProductos } from './plan-productos.ts';
import { insertProductosNuevos } from './productos-nuevos.sql.ts';
import type { Contexto } from './puesta.ts';
import type { Taller } from './taller.ts';
import { findUpload, type UploadRow, updateFin, upsertMapa } from './uploads.sql.ts';

/** Between two lots: this part of what the last one took is left to others, at most so long. */
const RESPIRO = 0.5;
const RESPIRO_MS = 300;

/** Lots after which the tables have grown several times. */
const PLANEA_TRAS: ReadonlySet<number> = new Set([1, 4, 16, 64]);

/** Writes one lot of movements and its mark, all or nothing. */
async function aplicaMovimientos(
  tx: Tx,
  c: Contexto,
  u: UploadRow,
  n: number,
  filas: FilaMovimiento[],
  at: Date,
) {
  const hecho = await planeaMovimientos(tx, { ...c, ahora: at }, n, filas);
  // Somebody brought the same days in since the dry run: that was not asked about, so nothing is written.
  if (c.decision === undefined && c.traslapes.pregunta) throw new AppError('IMPORTACION_CAMBIO');
  const ids = await insertProductosNuevos(tx, u.id, hecho.productos);
  const deDerivado = new Map(hecho.productos.map((p) => [p.id, ids.get(p.codigo) ?? p.id]));
  const autor = { uploadId: u.id, userId: u.user_id, at };
  await insertReversas(tx, new Map(hecho.revierte.map((id) => [id, deshechaId(id)])), autor);
  await insertAsientos(
    tx,
    hecho.inserta.map((a) => ({ ...a, producto_id: deDerivado.get(a.producto_id) ?? a.producto_id })),
    autor,
  );
  return hecho.plan;
}

/** What is remembered of a source: how to read it, never of which shop or day it is. */
function recordable({
  tipo,
  columnas,
  decimal,
  formatoFecha,
  momento,
}: OpcionesImportacion): OpcionesImportacion {
  return {
    ...(tipo === undefined ? {} : { tipo }),
    ...(columnas === undefined ? {} : { columnas }),
    ...(decimal === undefined ? {} : { decimal }),
    ...(formatoFecha === undefined ? {} : { formatoFecha }),
    ...(momento === undefined ? {} : { momento }),
  };
}

/**
 * Writes a file into the books, lot by lot: each is one transaction with its mark, so a run that is killed goes on after the
 * last whole lot, and ids that come from natural keys make a repeated one write nothing. Between lots others are served.
 */
export async function aplica(deps: Taller, uploadId: string, marcha: Marcha): Promise<void> {
  const u = await deps.db.asService((tx) => findUpload(tx, uploadId), { readOnly: true });
  if (u === undefined || u.status !== 'applying') return;
  const { contexto, lotes } = await cargaContexto(deps.db, deps.clock, u, () => marcha.exige());
  const { tipo, almacenId } = comunDe(u);
  const cuentas = await deps.db.asService((tx) => findCuentas(tx, u.id), { readOnly: true });
  const total = cuentas.reduce((t, c) => t + c.filas, 0);
  marcha.etapa('aplicando', total);
  let hechas = 0;
  for (let n = 1; n <= lotes; n++) {
    marcha.exige();
    const desde = performance.now();
    hechas += await deps.db.asService(async (tx) => {
      const lote = await bloqueaLote(tx, u.id, n);
      if (lote === undefined) return 0;
      if (lote.aplicado_en !== null) return lote.filas.length;
      const at = deps.clock.now();
      const plan =
        tipo === 'productos'
          ? await aplicaProductos(tx, deps.clock, u.id, lote.filas as FilaProducto[], almacenId)
          : await aplicaMovimientos(tx, contexto, u, n, lote.filas as FilaMovimiento[], at);
      await updatePlan(tx, u.id, n, plan, at);
      return lote.filas.length;
    });
    marcha.avanza(Math.min(hechas, total), total);
    if (n === lotes) break;
    // The database's processors are everybody's.
    await sleep(Math.min(RESPIRO_MS, (performance.now() - desde) * RESPIRO));
    if (PLANEA_TRAS.has(n)) await deps.db.asService((tx) => refrescaEstadisticas(tx));
  }
  marcha.exige();
  await deps.db.asService(async (tx) => {
    const sigue = await findUpload(tx, u.id, true);
    if (sigue?.status !== 'applying' || sigue.cancelar) return;
    const at = deps.clock.now();
    const hecho = (await findCuentas(tx, u.id)).reduce(
      (t, c) => ({
        nuevos: t.nuevos + c.nuevos,
        cambiados: t.cambiados + c.cambiados,
        iguales: t.iguales + c.iguales,
      }),
      { nuevos: 0, cambiados: 0, iguales: 0 },
    );
    await updateFin(tx, u.id, 'completed', { at, procesadas: hecho.nuevos + hecho.cambiados });
    if (u.firma !== null)
      await upsertMapa(tx, { firma: u.firma, opciones: recordable(u.opciones), por: u.user_id, at });
    await audita(tx, {
      id: deps.clock.newId(),
      en: at,
      usuarioId: u.user_id,
      accion: 'importacion.aplicada',
      entidad: 'upload',
      entidadId: u.id,
      tiendaId: u.tienda_id,
      datos: { archivo: u.filename, tipo, ...hecho },
    });
    await deps.events.publish(tx, { tipo: 'importacion.terminada', datos: { id: u.id } });
  });
}
