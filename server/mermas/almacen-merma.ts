import { audita } from '#server/auditoria/auditoria.sql.ts';
import { exigeTienda, type Quien } from '#server/conteos/acceso-conteo.ts';
import { findConteo } from '#server/conteos/revision.sql.ts';
import type { Clock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { AppError } from '#shared/errores.ts';
import { insertMermaAlmacen, lockTienda, reactivateMerma } from './almacen-merma.sql.ts';
import { findDestino } from './mermas.sql.ts';

/**
 * Gives the shop of a conteo its almacén of tipo merma, so that the damaged goods have where to go. An admin; audited.
 * Where there is one already it answers that one. Throws NO_ENCONTRADO, PROHIBIDO.
 */
export async function createAlmacenMerma(
  db: Db,
  clock: Clock,
  quien: Quien,
  conteoId: string,
): Promise<{ almacenId: string; nombre: string }> {
  return db.asService(async (tx) => {
    const conteo = await findConteo(tx, conteoId);
    if (conteo === undefined) throw new AppError('NO_ENCONTRADO');
    const tiendaId = conteo.tienda_id;
    exigeTienda(quien, tiendaId, ['admin']);
    const tienda = await lockTienda(tx, tiendaId);
    if (tienda === undefined) throw new AppError('NO_ENCONTRADO');
    const hay = await findDestino(tx, tiendaId);
    if (hay !== undefined) return { almacenId: hay.id, nombre: hay.nombre };
    if (!(await reactivateMerma(tx, tiendaId))) {
      const id = clock.newId();
      const nuevo = { id, tiendaId, nombre: `Merma ${tienda.nombre}` };
      // Somebody's own almacén may be called like that.
      for (const codigo of [`${tienda.codigo}-MERMA`, `${tienda.codigo}-MERMA-${id.slice(-4)}`])
        if (await insertMermaAlmacen(tx, { ...nuevo, codigo })) break;
    }
    const hecho = await findDestino(tx, tiendaId);
    if (hecho === undefined) throw new AppError('ERROR_INTERNO');
    await audita(tx, {
      id: clock.newId(),
      en: clock.now(),
      usuarioId: quien.id,
      accion: 'almacen.merma_creado',
      entidad: 'almacen',
      entidadId: hecho.id,
      tiendaId,
      datos: { codigo: hecho.codigo, nombre: hecho.nombre },
    });
    return { almacenId: hecho.id, nombre: hecho.nombre };
  });
}
