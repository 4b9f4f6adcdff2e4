import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

/**
 * The greater number of lines stands: a phone that sends its part again after more lines, or two phones of one person.
 * A part that the gerente had closed becomes its owner's own; one that was given back is finished again.
 */
export async function upsertParte(
  tx: Tx,
  p: {
    conteoId: string;
    intento: number;
    usuarioId: string;
    deviceId: string;
    lineas: number;
    terminadaEn: Date;
    recibidoEn: Date;
  },
): Promise<void> {
  await sql`
    insert into inventario.conteo_partes as p (conteo_id, intento, usuario_id, device_id, lineas, terminada_en, recibido_en)
    values (${p.conteoId}, ${p.intento}, ${p.usuarioId}, ${p.deviceId}, ${p.lineas}, ${p.terminadaEn}, ${p.recibidoEn})
    on conflict (conteo_id, intento, usuario_id) do update
       set lineas = excluded.lineas, device_id = excluded.device_id, terminada_en = excluded.terminada_en,
           recibido_en = excluded.recibido_en, cerrada_por = null, motivo = null, devuelta_en = null,
           devuelta_por = null, nota_devolucion = null
     where excluded.lineas > p.lineas or p.cerrada_por is not null or p.devuelta_en is not null`.execute(tx);
}

/**
 * Sends an open conteo to review when every contador of its current intento has sent their part and none is given
 * back. A recount without contadores of its own is done by those of the conteo. True when it changed.
 */
export async function pasaARevision(tx: Tx, conteoId: string, at: Date): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    with actual as (
      select coalesce(max(intento), 1)::smallint as intento from inventario.conteo_intentos where conteo_id = ${conteoId}
    ), del_intento as (
      select k.usuario_id from inventario.conteo_intento_contadores k, actual
       where k.conteo_id = ${conteoId} and k.intento = actual.intento
    ), esperados as (
      select usuario_id from del_intento
      union
      select usuario_id from inventario.conteo_contadores
       where conteo_id = ${conteoId} and not exists (select from del_intento)
    )
    update inventario.conteos c
       set estado = 'en_revision', en_revision_en = ${at}
     where c.id = ${conteoId} and c.estado = 'abierto'
       and not exists (select from inventario.conteo_partes where conteo_id = ${conteoId} and devuelta_en is not null)
       and not exists (
             select from esperados e, actual
              where not exists (select from inventario.conteo_partes p
                                 where p.conteo_id = ${conteoId} and p.intento = actual.intento
                                   and p.usuario_id = e.usuario_id))
    returning c.id`.execute(tx);
  return rows.length === 1;
}
