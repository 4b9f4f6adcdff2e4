import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import { abreFin, conAlcance, esDelAlcance, filasMovidas, preparaSumas } from './alcance.sql.ts';
import { type Cifras, type FiltroCifras, TASA } from './cifras.sql.ts';

export interface GrupoRow extends Cifras {
  clave: string;
  nombre: string;
}
export type Grupo = 'tienda' | 'almacen' | 'categoria' | 'tipo' | 'mes' | 'semana' | 'dia';

/** Days and weeks are read from the ledger: the sums know months only. More than this would be no chart anyway. */
const DIAS_MAXIMOS = 400;

/**
 * By what rows are added first (`k`), and what of it is told. A date is added as it is and named afterwards: to write half a
 * million dates costs more than to add them.
 */
const GRUPOS: Record<
  Grupo,
  { k: RawBuilder<unknown>; clave: RawBuilder<string>; nombre: RawBuilder<string> }
> = {
  tienda: {
    k: sql`a.tienda_id`,
    clave: sql`k::text`,
    nombre: sql`(select s.nombre from inventario.tiendas s where s.id = k)`,
  },
  almacen: {
    k: sql`a.id`,
    clave: sql`k::text`,
    nombre: sql`(select s.nombre from inventario.almacenes s where s.id = k)`,
  },
  categoria: {
    k: sql`p.categoria_id`,
    clave: sql`coalesce(k::text, '')`,
    nombre: sql`coalesce((select c.nombre from inventario.categorias c where c.id = k), 'Sin categoría')`,
  },
  tipo: { k: sql`f.tipo`, clave: sql`k`, nombre: sql`k` },
  mes: { k: sql`f.cuando`, clave: sql`to_char(k, 'YYYY-MM-01')`, nombre: sql`to_char(k, 'YYYY-MM-01')` },
  dia: { k: sql`f.cuando`, clave: sql`to_char(k, 'YYYY-MM-DD')`, nombre: sql`to_char(k, 'YYYY-MM-DD')` },
  semana: {
    k: sql`f.cuando`,
    clave: sql`to_char(date_trunc('week', k::timestamp), 'YYYY-MM-DD')`,
    nombre: sql`to_char(date_trunc('week', k::timestamp), 'YYYY-MM-DD')`,
  },
};

/**
 * The figures by group, under row-level security; by time the earliest first, else the most pesos first. The same rules as
 * `conCifras`, in one pass over the rows and without a place for each product: most of the arithmetic is for rows that lack
 * something, and those are few. By kind each kind is in its own units and pesos.
 */
export async function findGrupos(tx: Tx, filtro: FiltroCifras, por: Grupo): Promise<GrupoRow[]> {
  const f = por === 'semana' || por === 'dia' ? await enDiasSueltos(tx, filtro) : await abreFin(tx, filtro);
  if (f !== null && f.productoId == null) await preparaSumas(tx);
  if (f === null) return [];
  const { k, clave, nombre } = GRUPOS[por];
  const cadaTipo = por === 'tipo' || f.tipo !== null;
  const signo = cadaTipo
    ? sql`1`
    : sql`case when tipo = 'venta' then 1 when tipo = 'devolucion' and subtipo = 'de_cliente' then -1 else 0 end`;
  const entra = cadaTipo
    ? sql`1`
    : sql`case when tipo = 'venta' or (tipo = 'devolucion' and subtipo = 'a_proveedor') then -1 when tipo = 'inventario' then 0 else 1 end`;
  const { rows } = await sql<GrupoRow>`
    ${conAlcance(f)}, filas as (${filasMovidas(f)}
    ), sumas as (
      select ${k} as k, f.tipo, f.subtipo, sum(f.movimientos) as movimientos, sum(f.unidades) as unidades, sum(f.importe) as importe,
             sum(f.impuesto) as impuesto, sum(f.costo) as costo,
             sum(case when f.sin_impuesto <> 0 then f.sin_impuesto - f.sin_impuesto / t.tasa end) as dentro,
             sum(case when f.sin_precio <> 0 then f.sin_precio * p.precio end) as supuesto,
             sum(case when f.sin_precio <> 0 then f.sin_precio * p.precio / t.tasa end) as supuesto_neto,
             sum(case when f.con_costo <> f.unidades then (f.unidades - f.con_costo) * m.costo_unitario end) as vigente,
             sum(case when m.costo_unitario is null then f.unidades - f.con_costo end) as sin_costo,
             sum(case when m.costo_unitario is null and f.unidades <> 0
                      then (f.importe - f.impuesto - f.sin_impuesto + (f.sin_impuesto + f.sin_precio * p.precio) / t.tasa) * (1 - f.con_costo / f.unidades) end) as neto_sin_costo
        from filas f
        join alm a on a.id = f.almacen_id
        join inventario.productos p on p.id = f.producto_id
        left join inventario.producto_medidas m on m.producto_id = f.producto_id and m.almacen_id = f.almacen_id
       cross join lateral (select ${TASA} as tasa) t
       where ${esDelAlcance(f)}
       group by 1, 2, 3
    ), signadas as (
      select ${clave} as clave, ${nombre} as nombre, movimientos, unidades * ${entra} as unidades, v.se_vende, s.signo * (importe + case when v.se_vende then coalesce(supuesto, 0) else 0 end) as importe,
             s.signo * (importe - impuesto - coalesce(dentro, 0) + case when v.se_vende then coalesce(supuesto_neto, 0) else 0 end) as neto,
             s.signo * (costo + coalesce(vigente, 0)) as costo, s.signo * coalesce(neto_sin_costo, 0) as neto_sin_costo,
             s.signo * coalesce(sin_costo, 0) as sin_costo, s.signo * unidades as vendidas
        from sumas
       cross join lateral (select ${signo} as signo) s
       cross join lateral (select (tipo = 'venta' or (tipo = 'devolucion' and subtipo = 'de_cliente')) and s.signo <> 0 and ${f.tipo === null || f.tipo === 'venta'} as se_vende) v
    ), por as (
      select clave, max(nombre) as nombre, sum(movimientos)::integer as movimientos, sum(unidades) as unidades, round(sum(importe), 2) as importe,
             round(sum(neto), 2) as neto,
             case when coalesce(sum(vendidas) filter (where se_vende), 0) <> coalesce(sum(sin_costo) filter (where se_vende), 0)
                  then round(sum(costo) filter (where se_vende), 2) end as costo,
             round(coalesce(sum(neto - neto_sin_costo) filter (where se_vende), 0), 2) as neto_con_costo,
             coalesce(sum(sin_costo) filter (where se_vende), 0) as sin_costo
        from signadas group by clave
    )
    select clave, nombre, movimientos, unidades::numeric(18,5)::text as unidades, importe::text as importe, neto::text as neto, costo::text as costo,
           (neto_con_costo - costo)::text as margen, neto_con_costo::text as neto_con_costo, sin_costo::numeric(18,5)::text as sin_costo
      from por order by ${por === 'mes' || por === 'semana' || por === 'dia' ? sql`clave` : sql`por.importe desc, nombre`}`.execute(
    tx,
  );
  return rows;
}

/** The range cut to what a chart holds, ending where the ledger does; null when nothing moved. */
async function enDiasSueltos(tx: Tx, f: FiltroCifras): Promise<FiltroCifras | null> {
  const { rows } = await sql<{ hasta: string; desde: string }>`
    select x.hasta::text as hasta, greatest(${f.desde}::date, x.hasta - ${DIAS_MAXIMOS}::integer)::text as desde
      from (select least(${f.hasta}::date, max(ultima)) as hasta from inventario.movimientos_mes) x
     where x.hasta is not null`.execute(tx);
  return rows[0] === undefined ? null : { ...f, ...rows[0], sueltos: true };
}
