import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface AlmacenPorMedir {
  id: string;
  zona_horaria: string;
  abc_por: 'ventas' | 'existencia';
  umbral_a: number;
  umbral_b: number;
}

/** Active almacenes whose goods are one's own, with how their classes are cut. */
export async function findAlmacenesPorMedir(tx: Tx, almacenId: string | null): Promise<AlmacenPorMedir[]> {
  const { rows } = await sql<AlmacenPorMedir>`
    select a.id, s.zona_horaria, coalesce(p.abc_por, 'ventas') as abc_por, coalesce(p.umbral_a, 80) as umbral_a,
           coalesce(p.umbral_b, 95) as umbral_b
      from inventario.almacenes a join inventario.tiendas s on s.id = a.tienda_id
      left join inventario.planeacion_almacenes p on p.almacen_id = a.id
     where a.is_active and a.tipo <> 'ajeno' and (${almacenId}::uuid is null or a.id = ${almacenId}::uuid)
     order by a.id`.execute(tx);
  return rows;
}

export async function findProductosPorMedir(tx: Tx, almacenId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select e.producto_id as id from inventario.existencias e join inventario.productos p on p.id = e.producto_id
     where e.almacen_id = ${almacenId} and p.fusionado_en is null and not p.es_servicio order by 1`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}

/** The past of one product in one almacén. Quantities and pesos as decimal text; the rest as it is. */
export interface PasadoRow {
  producto_id: string;
  existencia: string;
  costo_unitario: string | null;
  costo_fuente: string;
  /** Net of IVA, of 365 days, less what customers gave back. */
  venta_neta: string;
  /** Units of 90 days, the same. */
  vendidas: string;
  /** Σ and Σ² of the units of each of the last `SEMANAS_XYZ` whole weeks. */
  suma: number;
  cuadrados: number;
  primer_movimiento: string | null;
  ultima_venta: string | null;
  ultimo_conteo: Date | null;
  conteos: number;
  conteos_mal: number;
}

/**
 * Reads it for some products at once. `hoy`: today in the shop; `lunes`: the first day of this week. Costs by the rule of the
 * valued stock (`costos_vigentes`), at `ahora`.
 */
export async function findPasado(
  tx: Tx,
  de: {
    almacenId: string;
    productoIds: readonly string[];
    ahora: Date;
    hoy: string;
    lunes: string;
    semanas: number;
  },
): Promise<PasadoRow[]> {
  const ids = de.productoIds as string[];
  const { rows } = await sql<PasadoRow>`
    with ids as materialized (
      select p.id, p.precio, case when p.precio_con_iva and p.iva_tasa in ('16', '8') then 1 + p.iva_tasa::numeric / 100 else 1 end as tasa
        from inventario.productos p where p.id = any(${ids}::uuid[])
    ), dias as materialized (
      select v.producto_id, v.fecha, sum(s.signo * v.unidades) as unidades,
             sum(s.signo * (v.importe - v.impuesto - v.sin_impuesto + (v.sin_impuesto + v.sin_precio * i.precio) / i.tasa)) as neto
        from ids i
        join inventario.movimientos_medidos v on v.producto_id = i.id and v.almacen_id = ${de.almacenId}::uuid
       cross join lateral (
         select case when v.tipo = 'venta' then 1 when v.tipo = 'devolucion' and v.subtipo = 'de_cliente' then -1 end as signo) s
       where s.signo is not null and v.fecha > ${de.hoy}::date - 365 and v.fecha <= ${de.hoy}::date
       group by v.producto_id, v.fecha
    ), anio as (
      select producto_id, sum(neto) as neto, sum(unidades) filter (where fecha > ${de.hoy}::date - 90) as vendidas
        from dias group by producto_id
    ), semanas as (
      select producto_id, sum(u)::double precision as suma, sum(u * u)::double precision as cuadrados
        from (select producto_id, (${de.lunes}::date - 1 - fecha) / 7 as n, sum(unidades) as u from dias
               where fecha < ${de.lunes}::date and fecha >= ${de.lunes}::date - 7 * ${de.semanas}::integer group by 1, 2) w
       group by producto_id
    ), costos as (
      select c.producto_id, c.costo_unitario, c.fuente
        from (select array_agg(id) as a from ids) x
       cross join lateral inventario.costos_vigentes(x.a, array_fill(${de.almacenId}::uuid, array[cardinality(x.a)]), array_fill(${de.ahora}::timestamptz, array[cardinality(x.a)])) c
    )
    select i.id as producto_id, coalesce(e.cantidad, 0)::text as existencia, c.costo_unitario::text as costo_unitario, c.fuente as costo_fuente,
           round(coalesce(a.neto, 0), 2)::text as venta_neta, coalesce(a.vendidas, 0)::numeric(18,5)::text as vendidas,
           coalesce(w.suma, 0) as suma, coalesce(w.cuadrados, 0) as cuadrados, p.fecha::text as primer_movimiento,
           u.fecha::text as ultima_venta, greatest(b.ocurrida_en, r.instante) as ultimo_conteo,
           coalesce(r.conteos, 0) as conteos, coalesce(r.mal, 0) as conteos_mal
      from ids i
      join costos c on c.producto_id = i.id
      left join inventario.existencias e on e.producto_id = i.id and e.almacen_id = ${de.almacenId}::uuid
      left join anio a on a.producto_id = i.id
      left join semanas w on w.producto_id = i.id
      left join lateral (
        select m.fecha from inventario.transacciones m where m.producto_id = i.id and m.almacen_id = ${de.almacenId}::uuid
         order by m.ocurrida_en, m.orden, m.created_at, m.id limit 1) p on true
      left join lateral (
        select m.fecha from inventario.transacciones m
         where m.producto_id = i.id and m.almacen_id = ${de.almacenId}::uuid and m.tipo = 'venta' and m.reversa_de is null
           and not exists (select from inventario.transacciones x where x.reversa_de = m.id)
         order by m.ocurrida_en desc, m.orden desc, m.created_at desc, m.id desc limit 1) u on true
      left join lateral (
        select m.ocurrida_en from inventario.transacciones m
         where m.producto_id = i.id and m.almacen_id = ${de.almacenId}::uuid and m.tipo = 'inventario'
         order by m.ocurrida_en desc limit 1) b on true
      left join lateral (
        select max(x.instante) as instante, count(*)::integer as conteos, (count(*) filter (where x.variacion <> 0))::integer as mal
          from (select q.instante, q.variacion from inventario.conteo_resultados q join inventario.conteos k on k.id = q.conteo_id
                 where q.producto_id = i.id and k.almacen_id = ${de.almacenId}::uuid and q.decision <> 'prueba'
                 order by q.instante desc limit 5) x) r on true`.execute(tx);
  return rows;
}

export interface MedidaNueva {
  producto_id: string;
  costo_unitario: string | null;
  costo_fuente: string;
  venta_neta: string;
  venta_diaria: string;
  semanas: number;
  variabilidad: number | null;
  abc_ventas: string;
  abc_existencia: string;
  xyz: string | null;
  primer_movimiento: string | null;
  ultima_venta: string | null;
  ultimo_conteo: Date | null;
  conteos: number;
  conteos_mal: number;
  /** The class that holds unless a person fixed another. */
  clase_abc: string;
}

const CAMPOS = sql.raw(
  'producto_id uuid, costo_unitario numeric, costo_fuente text, venta_neta numeric, venta_diaria numeric, semanas smallint, variabilidad numeric, abc_ventas text, abc_existencia text, xyz text, primer_movimiento date, ultima_venta date, ultimo_conteo timestamptz, conteos smallint, conteos_mal smallint, clase_abc text',
);

/** Writes what was measured; of the classes only those that change and nobody fixed. */
export async function upsertMedidas(
  tx: Tx,
  almacenId: string,
  en: Date,
  filas: readonly MedidaNueva[],
): Promise<void> {
  const json = JSON.stringify(filas);
  await sql`
    insert into inventario.producto_medidas as m (producto_id, almacen_id, costo_unitario, costo_fuente, venta_neta, venta_diaria, semanas,
      variabilidad, abc_ventas, abc_existencia, xyz, primer_movimiento, ultima_venta, ultimo_conteo, conteos, conteos_mal, medida_en)
    select producto_id, ${almacenId}::uuid, costo_unitario, costo_fuente, venta_neta, venta_diaria, semanas, variabilidad, abc_ventas, abc_existencia,
           xyz, primer_movimiento, ultima_venta, ultimo_conteo, conteos, conteos_mal, ${en}::timestamptz
      from jsonb_to_recordset(${json}::jsonb) as x(${CAMPOS})
     order by producto_id
    on conflict (producto_id, almacen_id) do update
       set costo_unitario = excluded.costo_unitario, costo_fuente = excluded.costo_fuente, venta_neta = excluded.venta_neta,
           venta_diaria = excluded.venta_diaria, semanas = excluded.semanas, variabilidad = excluded.variabilidad,
           abc_ventas = excluded.abc_ventas, abc_existencia = excluded.abc_existencia, xyz = excluded.xyz,
           primer_movimiento = excluded.primer_movimiento, ultima_venta = excluded.ultima_venta, ultimo_conteo = excluded.ultimo_conteo,
           conteos = excluded.conteos, conteos_mal = excluded.conteos_mal, medida_en = excluded.medida_en
     where m.medida_en <= excluded.medida_en`.execute(tx);
  await sql`
    insert into inventario.producto_almacenes as p (producto_id, almacen_id, clase_abc)
    select producto_id, ${almacenId}::uuid, clase_abc from jsonb_to_recordset(${json}::jsonb) as x(${CAMPOS}) order by producto_id
    on conflict (producto_id, almacen_id) do update set clase_abc = excluded.clase_abc
     where not p.clase_fijada and p.clase_abc is distinct from excluded.clase_abc`.execute(tx);
}

/** Forgets what was not measured this time: merged products, services. */
export async function deleteMedidasViejas(tx: Tx, almacenId: string, en: Date): Promise<void> {
  await sql`delete from inventario.producto_medidas where almacen_id = ${almacenId}::uuid and medida_en < ${en}::timestamptz`.execute(
    tx,
  );
}

/** There are movements, and nothing was ever measured: a new company, the demo, or a ledger that was just loaded. */
export async function isSinMedir(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ si: boolean }>`
    select exists (select from inventario.transacciones) and not exists (select from inventario.producto_medidas) as si`.execute(
    tx,
  );
  return rows[0]?.si === true;
}
