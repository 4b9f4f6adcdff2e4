import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import { type Alcance, conAlcance, type Dias, esDelAlcance } from './alcance.sql.ts';
import type { Cursor } from './cursor.ts';

/** Group key and name of rows `x` (almacen_id, producto_id, fecha) with almacén `a` and product `p`. */
function grupoDe(por: string): readonly [clave: RawBuilder<string>, nombre: RawBuilder<string>] {
  const semana = sql<string>`to_char(date_trunc('week', x.fecha::timestamp), 'YYYY-MM-DD')`;
  const grupos: Record<string, readonly [RawBuilder<string>, RawBuilder<string>]> = {
    tienda: [sql`a.tienda_id::text`, sql`max(a.tienda)`],
    almacen: [sql`a.id::text`, sql`max(a.nombre)`],
    categoria: [sql`coalesce(p.categoria_id::text, '')`, sql`coalesce(max(c.nombre), 'Sin categoría')`],
    semana: [semana, sql`max(${semana})`],
    producto: [sql`p.id::text`, sql`max(p.codigo || ' · ' || p.nombre)`],
    motivo: [sql`x.motivo`, sql`max(x.motivo)`],
    zona: [sql`x.zona`, sql`max(x.zona)`],
  };
  return grupos[por]!;
}

export const enDias = (fecha: RawBuilder<unknown>, { desde, hasta }: Dias) =>
  sql`(${desde}::date is null or ${fecha} >= ${desde}::date) and (${hasta}::date is null or ${fecha} <= ${hasta}::date)`;

export interface MermaRow {
  clave: string;
  nombre: string;
  movimientos: number;
  faltante: string;
  sobrante: string;
  neto: string;
  bruto: string;
  sinCosto: number;
}

/**
 * Ajustes, and goods moved to a merma almacén as what was lost, at the cost frozen in the movement. What was reversed is left
 * out with its reversal; an ajuste inside a merma almacén would count the same goods twice.
 */
export async function findMerma(
  tx: Tx,
  f: Alcance & Dias,
  por: string,
  pagina: { cursor: Cursor | null; limite: number },
): Promise<{ total: Omit<MermaRow, 'clave' | 'nombre'>; filas: MermaRow[] }> {
  const [clave, nombre] = grupoDe(por);
  const desde =
    pagina.cursor === null
      ? sql`true`
      : sql`(g.neto, g.clave) > (${pagina.cursor.clave}::numeric, ${pagina.cursor.id})`;
  const cifras = sql`count(*)::integer as movimientos, coalesce(sum(valor) filter (where valor < 0), 0) as faltante,
    coalesce(sum(valor) filter (where valor > 0), 0) as sobrante, coalesce(sum(valor), 0) as neto, coalesce(sum(abs(valor)), 0) as bruto,
    (count(*) filter (where valor is null))::integer as sin_costo`;
  const json = sql`'movimientos', movimientos, 'faltante', faltante::numeric(18,2)::text, 'sobrante', sobrante::numeric(18,2)::text,
    'neto', neto::numeric(18,2)::text, 'bruto', bruto::numeric(18,2)::text, 'sinCosto', sin_costo`;
  const { rows } = await sql<{ total: Omit<MermaRow, 'clave' | 'nombre'>; filas: MermaRow[] }>`
    ${conAlcance(f)}, x as materialized (
      select m.almacen_id, m.producto_id, m.fecha, coalesce(m.subtipo, 'manual') as motivo, round(m.cantidad * m.costo_unitario, 2) as valor
        from alm a join inventario.transacciones m on m.almacen_id = a.id and m.tipo = 'ajuste'
       where a.tipo <> 'merma' and ${enDias(sql`m.fecha`, f)} and m.reversa_de is null
         and not exists (select from inventario.transacciones r where r.reversa_de = m.id)
      union all
      select m.almacen_id, m.producto_id, m.fecha, 'danado', round(-m.cantidad * m.costo_unitario, 2)
        from alm a join inventario.transacciones m on m.almacen_id = a.id and m.tipo = 'transferencia'
       where a.tipo = 'merma' and ${enDias(sql`m.fecha`, f)} and m.reversa_de is null
         and not exists (select from inventario.transacciones r where r.reversa_de = m.id)
    ), mias as materialized (
      select x.*, ${clave} as clave_grupo from x join alm a on a.id = x.almacen_id join inventario.productos p on p.id = x.producto_id
       where ${esDelAlcance(f)}
    ), grupos as (
      select x.clave_grupo as clave, ${nombre} as nombre, ${cifras}
        from mias x join alm a on a.id = x.almacen_id join inventario.productos p on p.id = x.producto_id
        left join inventario.categorias c on c.id = p.categoria_id
       group by 1
    ), pagina as (
      select * from grupos g where ${desde} order by g.neto, g.clave limit ${pagina.limite + 1}
    )
    select (select jsonb_build_object(${json}) from (select ${cifras} from mias) t) as total,
           (select coalesce(jsonb_agg(jsonb_build_object('clave', clave, 'nombre', nombre, ${json}) order by neto, clave), '[]') from pagina) as filas`.execute(
    tx,
  );
  return rows[0]!;
}

export interface ExactitudRow {
  clave: string;
  nombre: string;
  productos: number;
  exactos: number;
  esperado: string;
  diferencia: string;
}

/** The zone where a result was counted: of its lines, when they say only one. */
export const ZONA = sql`(
  select case count(distinct u.zona) when 0 then 'Sin zona' when 1 then coalesce(nullif(max(u.zona), ''), 'Sin zona') else 'Varias zonas' end
    from inventario.conteo_lineas l join inventario.ubicaciones u on u.id = l.ubicacion_id
   where l.conteo_id = r.conteo_id and l.producto_id = r.producto_id and l.intento = r.intento and l.tipo <> 'anula')`;

/**
 * Approved results of real counts against the book, under row-level security. Without a base there is nothing to compare; in
 * pesos only what has a cost.
 */
export async function findExactitud(tx: Tx, f: Alcance & Dias, por: string): Promise<ExactitudRow[]> {
  const [clave, nombre] = grupoDe(por);
  const { rows } = await sql<ExactitudRow>`
    ${conAlcance(f)}, x as materialized (
      select k.almacen_id, r.producto_id, (r.instante at time zone a.zona_horaria)::date as fecha, r.variacion, r.teorico, r.costo_unitario, r.valor,
             ${por === 'zona' ? ZONA : sql`null::text`} as zona
        from alm a
        join inventario.conteos k on k.almacen_id = a.id and k.proposito = 'conteo'
        join inventario.conteo_resultados r on r.conteo_id = k.id
       where r.decision <> 'prueba' and r.teorico is not null
         and ${enDias(sql`(r.instante at time zone a.zona_horaria)::date`, f)}
    )
    select ${clave} as clave, ${nombre} as nombre, count(*)::integer as productos, (count(*) filter (where x.variacion = 0))::integer as exactos,
           coalesce(round(sum(greatest(x.teorico, 0) * x.costo_unitario) filter (where x.valor is not null), 2), 0)::numeric(18,2)::text as esperado,
           coalesce(sum(abs(x.valor)), 0)::numeric(18,2)::text as diferencia
      from x join alm a on a.id = x.almacen_id join inventario.productos p on p.id = x.producto_id
      left join inventario.categorias c on c.id = p.categoria_id
     where ${esDelAlcance(f)}
     group by 1 order by 1`.execute(tx);
  return rows;
}

export interface RecuentoRow {
  clave: string;
  nombre: string;
  recontados: number;
  coinciden: number;
  /** Lines that came at most `PAUSA_S` after the one before of the same person, and those seconds. */
  lineas: number;
  segundos: number;
}

/** A longer gap is a pause, not counting. */
export const PAUSA_S = 300;

/**
 * Recounts that say what the count before said, moved by the book between both, and the pace of scanning. By shop and week:
 * names of people are not read.
 */
export async function findRecuentos(tx: Tx, f: Alcance & Dias, por: string): Promise<RecuentoRow[]> {
  const [clave, nombre] = grupoDe(por);
  const { rows } = await sql<RecuentoRow>`
    ${conAlcance(f)}, lineas as materialized (
      select l.conteo_id, k.almacen_id, l.intento, coalesce(l.producto_id, g.producto_id) as producto_id, l.unidades, l.instante, l.condicion, l.fuente, l.usuario_id
        from alm a
        join inventario.conteos k on k.almacen_id = a.id and k.proposito = 'conteo'
        join inventario.conteo_lineas l on l.conteo_id = k.id and l.tipo <> 'anula'
        left join lateral (select d.producto_id from inventario.conteo_linea_ligas d
                            where l.producto_id is null and d.linea_id = l.id and d.estado <> 'propuesta'
                            order by d.en desc, d.id desc limit 1) g on true
       where ${enDias(sql`(l.instante at time zone a.zona_horaria)::date`, f)}
         and not exists (select from inventario.conteo_lineas v where v.anula = l.id)
    ), pasadas as (
      select conteo_id, almacen_id, producto_id, intento, sum(unidades) filter (where condicion in ('vendible', 'por_entregar')) as contado, max(instante) as t
        from lineas where producto_id is not null group by 1, 2, 3, 4
    ), pares as (
      select p.*, lag(p.contado) over w as antes, lag(p.t) over w as t_antes, row_number() over (partition by conteo_id, producto_id order by intento desc) as ultima
        from pasadas p window w as (partition by conteo_id, producto_id order by intento)
    ), recuentos as (
      select r.almacen_id, r.producto_id, r.t as instante, 1 as recontado,
             case when coalesce(r.contado, 0) - coalesce(r.antes, 0) = b.movido then 1 else 0 end as coincide, 0 as linea, 0::numeric as segundos
        from pares r
       cross join lateral (
         -- Not the ajuste of this very conteo, which stands at the recount's own instant.
         select coalesce(sum(m.efecto), 0) as movido from inventario.transacciones m
          where m.producto_id = r.producto_id and m.almacen_id = r.almacen_id and m.ocurrida_en > r.t_antes and m.ocurrida_en <= r.t
            and m.conteo_id is distinct from r.conteo_id) b
       where r.ultima = 1 and r.t_antes is not null
    ), ritmo as (
      select almacen_id, null::uuid as producto_id, instante, 0 as recontado, 0 as coincide, 1 as linea, extract(epoch from instante - antes) as segundos
        from (select almacen_id, instante, lag(instante) over (partition by usuario_id order by instante) as antes
                from lineas where fuente is distinct from 'hoja') s
       where antes is not null and instante - antes <= ${PAUSA_S} * interval '1 second'
    ), x as (
      select y.*, (y.instante at time zone a.zona_horaria)::date as fecha
        from (select * from recuentos union all select * from ritmo) y join alm a on a.id = y.almacen_id
    )
    select ${clave} as clave, ${nombre} as nombre, sum(recontado)::integer as recontados, sum(coincide)::integer as coinciden,
           sum(linea)::integer as lineas, coalesce(sum(segundos), 0)::double precision as segundos
      from x join alm a on a.id = x.almacen_id left join inventario.productos p on p.id = x.producto_id
     where x.producto_id is null or ${esDelAlcance(f)}
     group by 1 order by 1`.execute(tx);
  return rows;
}
