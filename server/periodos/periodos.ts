import { audita } from '#server/auditoria/auditoria.sql.ts';
import { exigeTienda, type Quien } from '#server/conteos/acceso-conteo.ts';
import type { Clock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { fechaLocal, inicioDelDia, masDias } from '#shared/domain/instante.ts';
import { AppError } from '#shared/errores.ts';
import { lockPeriodo, updateCierre } from './periodos.sql.ts';

/** `hasta`: the last closed day, of the shop's calendar. For an opening, null opens everything. */
export interface Cambio {
  tiendaId: string;
  hasta: string | null;
  motivo: string;
}

/**
 * Moves the first open instant of a shop, forward or back: an admin, with a reason. Audited.
 * Returns that instant. Throws NO_ENCONTRADO, PROHIBIDO, CIERRE_FUTURO, CIERRE_ATRAS, PERIODO_ABIERTO.
 */
export async function changePeriodo(
  db: Db,
  clock: Clock,
  quien: Quien,
  accion: 'cierra' | 'abre',
  { tiendaId, hasta, motivo }: Cambio,
): Promise<{ cerradoHasta: string | null }> {
  return db.asService(async (tx) => {
    exigeTienda(quien, tiendaId, ['admin']);
    const periodo = await lockPeriodo(tx, tiendaId);
    if (periodo === undefined) throw new AppError('NO_ENCONTRADO');
    const en = clock.now();
    const zona = periodo.zona_horaria;
    const antes = periodo.cerrado_hasta?.getTime() ?? null;
    const nuevo = hasta === null ? null : inicioDelDia(masDias(hasta, 1), zona);
    if (accion === 'cierra') {
      if (nuevo === null || nuevo > inicioDelDia(fechaLocal(en.getTime(), zona), zona))
        throw new AppError('CIERRE_FUTURO');
      if (antes !== null && nuevo < antes) throw new AppError('CIERRE_ATRAS');
      if (nuevo === antes) return { cerradoHasta: new Date(nuevo).toISOString() };
    } else if (antes === null || (nuevo !== null && nuevo >= antes)) {
      throw new AppError('PERIODO_ABIERTO');
    }
    const fecha = nuevo === null ? null : new Date(nuevo);
    const id = clock.newId();
    await updateCierre(tx, { id, tiendaId, accion, hasta: fecha, motivo, por: quien.id, en });
    await audita(tx, {
      id: clock.newId(),
      en,
      usuarioId: quien.id,
      accion: accion === 'cierra' ? 'periodo.cerrado' : 'periodo.abierto',
      entidad: 'cierre',
      entidadId: id,
      tiendaId,
      datos: {
        antes: periodo.cerrado_hasta?.toISOString() ?? null,
        hasta: fecha?.toISOString() ?? null,
        motivo,
      },
    });
    return { cerradoHasta: fecha?.toISOString() ?? null };
  });
}
