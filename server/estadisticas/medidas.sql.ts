import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import { type Alcance, conAlcance, esDelAlcance, preparaSumas } from './alcance.sql.ts';
import type { Cursor } from './cursor.ts';

export interface MedidaRow {
  producto_id: string;
  codigo: string;
  nombre: string;
  unidad: string;
  categoria: string | null;
  almacen_id: string;
  almacen: string;
  existencia: string;
  tiene_base: boolean;
  costo: string | null;
  fuente: 'promedio' | 'ultimo' | 'catalogo' | 'sin_costo';
  valor: string | null;
  venta_diaria: string;
  cobertura: string | null;
  venta_neta: string;
  clase: 'A' | 'B' | 'C' | null;
  fijada: boolean;
  abc_ventas: 'A' | 'B' | 'C' | null;
  abc_existencia: 'A' | 'B' | 'C' | null;
  xyz: 'X' | 'Y' | 'Z' | null;
  variabilidad: string | null;
  ultima_venta: string | null;
  dias_sin_venta: number | null;
  ultimo_conteo: string | null;
  dias_sin_conteo: number | null;
  clave: string;
}

/** Half to even, as the valued stock rounds: PostgreSQL's own `round` goes away from zero. */
const centavos = (x: RawBuilder<unknown>) => sql`(case when abs(${x}) * 100 - trunc(abs(${x}) * 100) = 0.5
  then sign(${x}) * (trunc(abs(${x}) * 100) + mod(trunc(abs(${x}) * 100), 2)) / 100 else round(${x}, 2) end)`;

/**
 * `medidas`: every product and almacén of the question with movements, with the stock of now and what was measured last. What
 * is too new to have been measured gets its cost on the spot, by the same rule. `ahora` tells the shops' today.
 */
export function conMedidas(f: Alcance, ahora: Date): RawBuilder<unknown> {
  return sql`${conAlcance(f)}, nuevos as materialized (
      select e.producto_id, e.almacen_id from alm a join inventario.existencias e on e.almacen_id = a.id
       where not exists (select from inventario.producto_medidas m where m.producto_id = e.producto_id and m.almacen_id = e.almacen_id)
    ), costos as materialized (
      select c.producto_id, c.almacen_id, c.costo_unitario, c.fuente
        from (select coalesce(array_agg(producto_id), '{}') as p, coalesce(array_agg(almacen_id), '{}') as a from nuevos) x
       cross join lateral inventario.costos_vigentes(x.p, x.a, array_fill(${ahora}::timestamptz, array[cardinality(x.p)])) c
    ), medidas as (
      select p.id as producto_id, p.codigo, p.nombre, p.unidad, p.categoria_id, a.id as almacen_id, a.nombre as almacen, a.tienda_id, a.tienda,
             coalesce(e.cantidad, 0) as existencia, e.tiene_base, coalesce(m.costo_unitario, k.costo_unitario) as costo,
             coalesce(m.costo_fuente, k.fuente, 'sin_costo') as fuente,
             case when coalesce(e.cantidad, 0) = 0 then 0 else ${centavos(sql`(e.cantidad * coalesce(m.costo_unitario, k.costo_unitario))`)} end as valor,
             coalesce(m.venta_diaria, 0) as venta_diaria, coalesce(m.venta_neta, 0) as venta_neta,
             case when m.venta_diaria > 0 then round(greatest(coalesce(e.cantidad, 0), 0) / m.venta_diaria, 1) end as cobertura,
             pa.clase_abc as clase, coalesce(pa.clase_fijada, false) as fijada, m.abc_ventas, m.abc_existencia, m.xyz,
             round(m.variabilidad, 2) as variabilidad, m.ultima_venta, m.primer_movimiento, h.hoy - m.ultima_venta as dias_sin_venta,
             m.ultimo_conteo, h.hoy - (m.ultimo_conteo at time zone a.zona_horaria)::date as dias_sin_conteo, h.hoy,
             case pa.clase_abc when 'A' then coalesce(pl.dias_a, 30) when 'B' then coalesce(pl.dias_b, 90) else coalesce(pl.dias_c, 180) end as dias_de_clase
        from alm a
       cross join lateral (select (${ahora}::timestamptz at time zone a.zona_horaria)::date as hoy) h
        join inventario.existencias e on e.almacen_id = a.id
        join inventario.productos p on p.id = e.producto_id
        left join inventario.producto_medidas m on m.producto_id = e.producto_id and m.almacen_id = e.almacen_id
        left join costos k on k.producto_id = e.producto_id and k.almacen_id = e.almacen_id
        left join inventario.producto_almacenes pa on pa.producto_id = e.producto_id and pa.almacen_id = e.almacen_id
        left join inventario.planeacion_almacenes pl on pl.almacen_id = a.id
       where ${esDelAlcance(f)} and p.fusionado_en is null and not p.es_servicio
    )`;
}

/** What a page is ordered by; what has no value goes last, whichever way. */
const CLAVES = {
  valor: 'valor',
  existencia: 'existencia',
  cobertura: 'cobertura',
  ventaNeta: 'venta_neta',
  variabilidad: 'variabilidad',
  diasSinVenta: 'dias_sin_venta',
  diasSinConteo: 'dias_sin_conteo',
  codigo: 'codigo',
} as const;
export type OrdenMedida = keyof typeof CLAVES;

const NADA = '1e20';

/** The sort key of a row, never null: `nulos` is worth more, or less, than anything. */
function claveDe(orden: OrdenMedida, dir: 'asc' | 'desc') {
  if (orden === 'codigo') return sql`codigo`;
  const sinNada = dir === 'asc' ? sql.raw(NADA) : sql.raw(`-${NADA}`);
  return sql`coalesce(${sql.raw(CLAVES[orden])}::numeric, ${sinNada})`;
}

export interface PaginaDeMedidas {
  alcance: Alcance;
  ahora: Date;
  /** Which rows of `medidas` are listed and counted. */
  donde: RawBuilder<unknown>;
  /** Which of them are on the pages only: the totals stay those of all. */
  tambien?: RawBuilder<unknown>;
  /** What is told of all of them: one jsonb object, money as text. */
  total: RawBuilder<unknown>;
  orden: OrdenMedida;
  dir: 'asc' | 'desc';
  cursor: Cursor | null;
  limite: number;
}

/** One page and the totals of everything listed, under row-level security. */
export async function findMedidas<Total>(
  tx: Tx,
  de: PaginaDeMedidas,
): Promise<{ medido_en: Date | null; total: Total; filas: MedidaRow[] }> {
  const clave = claveDe(de.orden, de.dir);
  const tipo = sql.raw(de.orden === 'codigo' ? 'text' : 'numeric');
  const signo = sql.raw(de.dir === 'desc' ? '<' : '>');
  const sentido = sql.raw(de.dir);
  const desde =
    de.cursor === null
      ? sql`true`
      : sql`(${clave}, producto_id::text || almacen_id::text) ${signo} (${de.cursor.clave}::${tipo}, ${de.cursor.id})`;
  await preparaSumas(tx);
  const { rows } = await sql<{ medido_en: Date | null; total: Total; filas: MedidaRow[] }>`
    ${conMedidas(de.alcance, de.ahora)}, lista as materialized (select * from medidas where ${de.donde}
    ), primeros as (
      select l.*, ${clave} as clave, producto_id::text || almacen_id::text as desempate
        from lista l where ${desde} and ${de.tambien ?? sql`true`}
       order by ${clave} ${sentido}, producto_id::text || almacen_id::text ${sentido} limit ${de.limite + 1}
    ), pagina as (
      -- Numbered once there are few: to number all of them is to sort all of them.
      select p.*, row_number() over (order by p.clave ${sentido}, p.desempate ${sentido}) as n from primeros p
    )
    select (select max(m.medida_en) from inventario.producto_medidas m where m.almacen_id in (select id from alm)) as medido_en,
           (${de.total}) as total,
           (select coalesce(jsonb_agg(jsonb_build_object(
                'producto_id', g.producto_id, 'codigo', g.codigo, 'nombre', g.nombre, 'unidad', g.unidad, 'categoria', g.categoria,
                'almacen_id', g.almacen_id, 'almacen', g.almacen, 'existencia', g.existencia::text, 'tiene_base', g.tiene_base,
                'costo', g.costo::text, 'fuente', g.fuente, 'valor', g.valor::numeric(18,2)::text, 'venta_diaria', g.venta_diaria::text,
                'cobertura', g.cobertura::text, 'venta_neta', g.venta_neta::text, 'clase', g.clase, 'fijada', g.fijada,
                'abc_ventas', g.abc_ventas, 'abc_existencia', g.abc_existencia, 'xyz', g.xyz, 'variabilidad', g.variabilidad::text,
                'ultima_venta', g.ultima_venta, 'dias_sin_venta', g.dias_sin_venta, 'ultimo_conteo', g.ultimo_conteo,
                'dias_sin_conteo', g.dias_sin_conteo, 'clave', g.clave::text) order by g.n), '[]')
              from (select c.nombre as categoria, x.* from pagina x
                      left join inventario.categorias c on c.id = x.categoria_id) g) as filas`.execute(tx);
  return rows[0]!;
}

/** Value of the listed rows as the valued stock sums it: negatives apart, what has no cost in no sum. */
export const TOTAL_DE_VALOR = sql`select jsonb_build_object(
  'productos', (count(*) filter (where existencia <> 0))::integer,
  'valor', coalesce(sum(valor) filter (where existencia > 0), 0)::numeric(18,2)::text,
  'negativos', (count(*) filter (where existencia < 0))::integer,
  'valorNegativos', coalesce(sum(valor) filter (where existencia < 0), 0)::numeric(18,2)::text,
  'sinCosto', (count(*) filter (where existencia <> 0 and costo is null))::integer) from lista`;

export interface GrupoDeValor {
  clave: string;
  nombre: string;
  productos: number;
  valor: string;
  negativos: number;
  valorNegativos: string;
  sinCosto: number;
}

export async function findValorPorGrupo(
  tx: Tx,
  alcance: Alcance,
  ahora: Date,
  por: 'tienda' | 'almacen' | 'categoria' | 'clase',
): Promise<{ medido_en: Date | null; filas: GrupoDeValor[] }> {
  const [clave, nombre] = {
    tienda: [sql`tienda_id::text`, sql`max(tienda)`],
    almacen: [sql`almacen_id::text`, sql`max(almacen)`],
    categoria: [sql`coalesce(categoria_id::text, '')`, sql`coalesce(max(c.nombre), 'Sin categoría')`],
    clase: [sql`coalesce(clase, '')`, sql`coalesce('Clase ' || max(clase), 'Sin clase')`],
  }[por] as [RawBuilder<string>, RawBuilder<string>];
  await preparaSumas(tx);
  const { rows } = await sql<{ medido_en: Date | null; filas: GrupoDeValor[] }>`
    ${conMedidas(alcance, ahora)}, grupos as (
      select ${clave} as clave, ${nombre} as nombre, (count(*) filter (where existencia <> 0))::integer as productos,
             coalesce(sum(valor) filter (where existencia > 0), 0)::numeric(18,2) as valor,
             (count(*) filter (where existencia < 0))::integer as negativos,
             coalesce(sum(valor) filter (where existencia < 0), 0)::numeric(18,2) as valor_negativos,
             (count(*) filter (where existencia <> 0 and costo is null))::integer as sin_costo
        from medidas left join inventario.categorias c on c.id = categoria_id
       where existencia <> 0
       group by 1)
    select (select max(m.medida_en) from inventario.producto_medidas m where m.almacen_id in (select id from alm)) as medido_en,
           (select coalesce(jsonb_agg(jsonb_build_object('clave', clave, 'nombre', nombre, 'productos', productos, 'valor', valor::text,
                'negativos', negativos, 'valorNegativos', valor_negativos::text, 'sinCosto', sin_costo)
                order by ${por === 'clase' ? sql`clave = '', clave` : sql`valor desc, nombre`}), '[]') from grupos) as filas`.execute(
    tx,
  );
  return rows[0]!;
}
