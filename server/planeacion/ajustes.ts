import { audita } from '#server/auditoria/auditoria.sql.ts';
import { exigeTienda, type Quien } from '#server/conteos/acceso-conteo.ts';
import type { Clock } from '#server/platform/clock.ts';
import type { Claims, Db } from '#server/platform/db/db.ts';
import type { AjustesPlaneacion } from '#shared/contracts/planeacion.ts';
import { AppError } from '#shared/errores.ts';
import { PLANEA_CONTEOS } from '#shared/roles.ts';
import { type AjustesRow, findAjustes, upsertAjustes } from './planeacion.sql.ts';

function aAjustes(a: AjustesRow): AjustesPlaneacion {
  return {
    almacenId: a.almacen_id,
    conteoDelDia: a.conteo_del_dia,
    minutos: a.minutos,
    hora: a.hora,
    contadores: a.contadores,
    dias: { A: a.dias_a, B: a.dias_b, C: a.dias_c },
    abcPor: a.abc_por,
    umbralA: a.umbral_a,
    umbralB: a.umbral_b,
  };
}

/** How an almacén that the person sees is planned. Throws NO_ENCONTRADO. */
export async function readAjustes(db: Db, claims: Claims, almacenId: string): Promise<AjustesPlaneacion> {
  const [ajustes] = await db.withUser(claims, (tx) => findAjustes(tx, almacenId), { readOnly: true });
  if (ajustes === undefined) throw new AppError('NO_ENCONTRADO');
  return aAjustes(ajustes);
}

/** Saves it, audited with what it was. Throws NO_ENCONTRADO, PROHIBIDO, ENTRADA_INVALIDA. */
export async function saveAjustes(
  db: Db,
  clock: Clock,
  quien: Quien,
  nuevos: AjustesPlaneacion,
): Promise<AjustesPlaneacion> {
  if (nuevos.umbralB <= nuevos.umbralA)
    throw new AppError('ENTRADA_INVALIDA', { detalle: 'el límite de B va arriba del de A' });
  return db.asService(async (tx) => {
    const [antes] = await findAjustes(tx, nuevos.almacenId);
    if (antes === undefined) throw new AppError('NO_ENCONTRADO');
    exigeTienda(quien, antes.tienda_id, PLANEA_CONTEOS);
    await upsertAjustes(tx, {
      almacen_id: nuevos.almacenId,
      conteo_del_dia: nuevos.conteoDelDia,
      minutos: nuevos.minutos,
      hora: nuevos.hora,
      contadores: nuevos.contadores,
      dias_a: nuevos.dias.A,
      dias_b: nuevos.dias.B,
      dias_c: nuevos.dias.C,
      abc_por: nuevos.abcPor,
      umbral_a: nuevos.umbralA,
      umbral_b: nuevos.umbralB,
      por: quien.id,
    });
    await audita(tx, {
      id: clock.newId(),
      en: clock.now(),
      usuarioId: quien.id,
      accion: 'planeacion.guardada',
      entidad: 'almacen',
      entidadId: nuevos.almacenId,
      tiendaId: antes.tienda_id,
      datos: { antes: aAjustes(antes), despues: nuevos },
    });
    return nuevos;
  });
}
