import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface VezContadaRow {
  conteo_id: string;
  folio: string | null;
  instante: Date;
  contado: string;
  teorico: string | null;
  variacion: string;
  valor: string | null;
  decision: 'ajuste' | 'sin_ajuste' | 'base';
  intento: number;
  contaron: string[];
  aprobado_por: string;
}

/**
 * The last times that a product of this almacén was counted and signed by other conteos, newest first. Test counts
 * are no history.
 */
export async function findVecesContado(
  tx: Tx,
  filtro: { conteoId: string; almacenId: string; productoId: string; limite: number },
): Promise<VezContadaRow[]> {
  const { rows } = await sql<VezContadaRow>`
    select r.conteo_id, c.folio, r.instante, r.contado, r.teorico, r.variacion, r.valor, r.decision, r.intento,
           coalesce((select array_agg(distinct u.nombre order by u.nombre)
                       from inventario.conteo_lineas l join inventario.usuarios u on u.id = l.usuario_id
                      where l.conteo_id = r.conteo_id and l.intento = r.intento and l.tipo <> 'anula'
                        and coalesce(l.producto_id,
                                     (select g.producto_id from inventario.conteo_linea_ligas g
                                       where g.linea_id = l.id and g.estado <> 'propuesta'
                                       order by g.en desc, g.id desc limit 1)) = r.producto_id), '{}') as contaron,
           p.nombre as aprobado_por
      from inventario.conteo_resultados r
      join inventario.conteos c on c.id = r.conteo_id
      join inventario.usuarios p on p.id = r.aprobado_por
     where r.producto_id = ${filtro.productoId} and c.almacen_id = ${filtro.almacenId} and c.proposito = 'conteo'
       and r.conteo_id <> ${filtro.conteoId}
     order by r.instante desc, r.conteo_id
     limit ${filtro.limite}`.execute(tx);
  return rows;
}
