import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface ResumenRow {
  id: string;
  folio: string | null;
  nombre: string;
  /** null: of another shop, whose conteo the reader was asked to sign. */
  almacen: string | null;
  almacen_id: string;
  proposito: 'conteo' | 'prueba';
  estado: string;
  ciego: boolean;
  contadores: string[];
  partes: number;
  partes_total: number;
  abierto_en: Date;
  vence: Date | null;
  cerrado_en: Date | null;
  productos_contados: number | null;
  aprobados: number | null;
}

/**
 * Conteos that the caller may see, newest first. Runs under row-level security; the figures of the review are read only
 * for reviewers, since a counter's own rows would make a wrong total.
 */
export async function findHistorial(
  tx: Tx,
  filtro: {
    estados: readonly string[] | null;
    antesDe: Date | null;
    almacenId: string | null;
    proposito: 'conteo' | 'prueba' | null;
    limite: number;
    revisor: boolean;
  },
): Promise<ResumenRow[]> {
  const { rows } = await sql<ResumenRow>`
    select c.id, c.folio, c.nombre, a.nombre as almacen, c.almacen_id, c.proposito, c.estado, c.ciego, c.abierto_en, c.vence, c.cerrado_en,
           coalesce((select array_agg(k.nombre order by k.nombre) from inventario.conteo_contadores k
                      where k.conteo_id = c.id), '{}') as contadores,
           (select count(*)::int from inventario.conteo_partes p
             where p.conteo_id = c.id and p.devuelta_en is null) as partes,
           (select count(*)::int from inventario.conteo_contadores k where k.conteo_id = c.id)
             + (select count(*)::int from inventario.conteo_intento_contadores k where k.conteo_id = c.id) as partes_total,
           case when ${filtro.revisor} then (
             select count(distinct coalesce(l.producto_id, g.producto_id))::int
               from inventario.conteo_lineas l
               left join lateral (select d.producto_id from inventario.conteo_linea_ligas d
                                   where l.producto_id is null and d.linea_id = l.id and d.estado <> 'propuesta'
                                   order by d.en desc, d.id desc limit 1) g on true
              where l.conteo_id = c.id and l.tipo <> 'anula'
                and not exists (select from inventario.conteo_lineas v
                                 where v.anula = l.id and v.usuario_id = l.usuario_id)) end as productos_contados,
           case when ${filtro.revisor} then (select count(*)::int from inventario.conteo_resultados r
                                             where r.conteo_id = c.id) end as aprobados
      from inventario.conteos c
      left join inventario.almacenes a on a.id = c.almacen_id
     where (${filtro.estados as string[] | null}::text[] is null or c.estado = any(${filtro.estados as string[] | null}::text[]))
       and (${filtro.antesDe}::timestamptz is null or c.abierto_en < ${filtro.antesDe}::timestamptz)
       and (${filtro.proposito}::text is null or c.proposito = ${filtro.proposito})
       and (${filtro.almacenId}::uuid is null or c.almacen_id = ${filtro.almacenId}::uuid)
     order by c.abierto_en desc, c.id desc
     limit ${filtro.limite}`.execute(tx);
  return rows;
}

/** Names of the almacenes of these conteos, for who sees the conteo and not its shop. Runs as the service. */
export async function findAlmacenesDe(tx: Tx, conteoIds: readonly string[]) {
  const { rows } = await sql<{ id: string; almacen: string }>`
    select c.id, a.nombre as almacen from inventario.conteos c
      join inventario.almacenes a on a.id = c.almacen_id
     where c.id = any(${conteoIds as string[]}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.almacen]));
}
