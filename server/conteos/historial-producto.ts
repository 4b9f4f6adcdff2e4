import type { Db } from '#server/platform/db/db.ts';
import type { VezContada } from '#shared/contracts/conteos.ts';
import { CANTIDAD_ESCALA, formatDecimal, toDecimal } from '#shared/domain/decimal.ts';
import type { Quien } from './acceso-conteo.ts';
import { findVecesContado } from './historial-producto.sql.ts';
import { findConteoParaRevisar } from './revision.ts';

/** Times looked back at: enough to see a habit, few enough to read. */
const VECES = 12;

const limpia = (cantidad: string) => formatDecimal(toDecimal(cantidad, CANTIDAD_ESCALA), CANTIDAD_ESCALA);

/**
 * How a product of a reviewed conteo came out the last times it was counted in the same almacén, newest first. For who
 * may review that conteo. Throws NO_ENCONTRADO, PROHIBIDO, REVISION_CONTASTE_CIEGO.
 */
export async function listVecesContado(
  db: Db,
  quien: Quien,
  { conteoId, productoId }: { conteoId: string; productoId: string },
): Promise<VezContada[]> {
  return db.asService(
    async (tx) => {
      const conteo = await findConteoParaRevisar(tx, quien, conteoId);
      const rows = await findVecesContado(tx, {
        conteoId,
        almacenId: conteo.almacen_id,
        productoId,
        limite: VECES,
      });
      return rows.map((row) => ({
        conteoId: row.conteo_id,
        folio: row.folio,
        instante: row.instante.toISOString(),
        contado: limpia(row.contado),
        teorico: row.teorico === null ? null : limpia(row.teorico),
        variacion: row.decision === 'base' ? null : limpia(row.variacion),
        valor: row.valor,
        intento: row.intento,
        contaron: row.contaron,
        aprobadoPor: row.aprobado_por,
      }));
    },
    { isolation: 'repeatable read', readOnly: true },
  );
}
