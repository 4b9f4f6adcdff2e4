import { sql } from 'kysely';
import { preparaSumas } from '#server/estadisticas/alcance.sql.ts';
import { conMedidas } from '#server/estadisticas/medidas.sql.ts';
import type { Tx } from '#server/platform/db/db.ts';

export interface AjustesRow {
  almacen_id: string;
  almacen: string;
  tienda_id: string;
  zona_horaria: string;
  conteo_del_dia: boolean;
  minutos: number;
  hora: number;
  contadores: string[];
  dias_a: number;
  dias_b: number;
  dias_c: number;
  abc_por: 'ventas' | 'existencia';
  umbral_a: number;
  umbral_b: number;
  por: string | null;
}

/** How active almacenes are planned, with the defaults where nobody changed anything; one, or all. */
export async function findAjustes(tx: Tx, almacenId: string | null): Promise<AjustesRow[]> {
  const { rows } = await sql<AjustesRow>`
    select a.id as almacen_id, a.nombre as almacen, a.tienda_id, s.zona_horaria, coalesce(p.conteo_del_dia, false) as conteo_del_dia,
           coalesce(p.minutos, 20) as minutos, coalesce(p.hora, 8) as hora, coalesce(p.contadores, '{}') as contadores,
           coalesce(p.dias_a, 30) as dias_a, coalesce(p.dias_b, 90) as dias_b, coalesce(p.dias_c, 180) as dias_c,
           coalesce(p.abc_por, 'ventas') as abc_por, coalesce(p.umbral_a, 80) as umbral_a, coalesce(p.umbral_b, 95) as umbral_b, p.por
      from inventario.almacenes a join inventario.tiendas s on s.id = a.tienda_id
      left join inventario.planeacion_almacenes p on p.almacen_id = a.id
     where a.is_active and (${almacenId}::uuid is null or a.id = ${almacenId}::uuid)
     order by a.id`.execute(tx);
  return rows;
}

export async function upsertAjustes(
  tx: Tx,
  a: Omit<AjustesRow, 'almacen' | 'tienda_id' | 'zona_horaria'>,
): Promise<void> {
  await sql`
    insert into inventario.planeacion_almacenes as p
      (almacen_id, conteo_del_dia, minutos, hora, contadores, dias_a, dias_b, dias_c, abc_por, umbral_a, umbral_b, por, updated_at)
    values (${a.almacen_id}, ${a.conteo_del_dia}, ${a.minutos}, ${a.hora}, ${a.contadores}::uuid[], ${a.dias_a}, ${a.dias_b}, ${a.dias_c},
            ${a.abc_por}, ${a.umbral_a}, ${a.umbral_b}, ${a.por}, now())
    on conflict (almacen_id) do update
       set conteo_del_dia = excluded.conteo_del_dia, minutos = excluded.minutos, hora = excluded.hora, contadores = excluded.contadores,
           dias_a = excluded.dias_a, dias_b = excluded.dias_b, dias_c = excluded.dias_c, abc_por = excluded.abc_por,
           umbral_a = excluded.umbral_a, umbral_b = excluded.umbral_b, por = excluded.por, updated_at = excluded.updated_at`.execute(
    tx,
  );
}

export interface CandidatoRow {
  producto_id: string;
  codigo: string;
  nombre: string;
  unidad: string;
  clase: 'A' | 'B' | 'C' | null;
  existencia: number;
  costo: number | null;
  venta_diaria: number;
  conteos: number;
  conteos_mal: number;
  dias_sin_conteo: number | null;
  minimo: number | null;
  se_vacio: boolean;
  bins: string[];
}

/**
 * What may be counted in an almacén: with movements, no kit, and in no conteo that is still going on there. Numbers as doubles:
 * they are weighed, not posted.
 */
export async function findCandidatos(tx: Tx, almacenId: string, ahora: Date): Promise<CandidatoRow[]> {
  await preparaSumas(tx);
  const { rows } = await sql<CandidatoRow>`
    ${conMedidas({ tiendaIds: [], almacenId, categoriaId: null }, ahora)}, abiertos as (
      select cp.producto_id from inventario.conteos k join inventario.conteo_productos cp on cp.conteo_id = k.id
       where k.almacen_id = ${almacenId}::uuid and k.proposito = 'conteo' and k.estado in ('planeado', 'abierto', 'en_revision')
    ), lugares as (
      select pu.producto_id, array_agg(u.codigo order by u.codigo) as bins
        from inventario.ubicaciones u join inventario.producto_ubicaciones pu on pu.ubicacion_id = u.id
       where u.almacen_id = ${almacenId}::uuid and u.is_active group by 1
    )
    select m.producto_id, m.codigo, m.nombre, m.unidad, m.clase, m.existencia::double precision as existencia, m.costo::double precision as costo,
           m.venta_diaria::double precision as venta_diaria, coalesce(x.conteos, 0) as conteos, coalesce(x.conteos_mal, 0) as conteos_mal,
           m.dias_sin_conteo, pa.minimo::double precision as minimo, m.existencia <= 0 and x.ultima_venta is not null and (m.ultimo_conteo is null or x.ultima_venta >= m.ultimo_conteo::date) as se_vacio, coalesce(l.bins, '{}') as bins
      from medidas m
      join inventario.productos p on p.id = m.producto_id and p.is_active and not p.es_juego
      left join inventario.producto_medidas x on x.producto_id = m.producto_id and x.almacen_id = m.almacen_id
      left join inventario.producto_almacenes pa on pa.producto_id = m.producto_id and pa.almacen_id = m.almacen_id
      left join lugares l on l.producto_id = m.producto_id
     where not exists (select from abiertos o where o.producto_id = m.producto_id)`.execute(tx);
  return rows;
}

/** Counters of the almacén's shop: those named, or every almacenista. */
export async function findContadores(
  tx: Tx,
  tiendaId: string,
  elegidos: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select u.id from inventario.usuarios u join inventario.usuario_tiendas t on t.usuario_id = u.id and t.tienda_id = ${tiendaId}::uuid
     where u.is_active and u.rol = 'almacenista'
       and (${elegidos.length === 0} or u.id = any(${elegidos as string[]}::uuid[]))
     order by u.id limit 50`.execute(tx);
  return rows.map(({ id }) => id);
}
