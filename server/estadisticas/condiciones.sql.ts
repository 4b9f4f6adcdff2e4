import { type RawBuilder, sql } from 'kysely';

/** Which rows of `medidas` each measure lists, and what it says of all of them (`lista`), as jsonb. */

/** Something is, or is missing. */
export const HAY = sql`existencia <> 0`;

/** Is there, or sells. */
export const HAY_O_SE_VENDE = sql`(existencia > 0 or venta_diaria > 0)`;
export const hastaCobertura = (hasta: number | null): RawBuilder<unknown> =>
  sql`(${hasta}::integer is null or cobertura <= ${hasta}::integer)`;

export const TOTAL_DE_COBERTURA = sql`select jsonb_build_object('productos', count(*)::integer,
  'agotados', (count(*) filter (where existencia <= 0 and venta_diaria > 0))::integer,
  'semana', (count(*) filter (where existencia > 0 and cobertura <= 7))::integer,
  'medioAnio', (count(*) filter (where cobertura > 182))::integer,
  'sinVenta', (count(*) filter (where existencia > 0 and venta_diaria = 0))::integer) from lista`;

const claseDe = (por: 'ventas' | 'existencia') => (por === 'ventas' ? sql`abc_ventas` : sql`abc_existencia`);
export const dondeAbc = (por: 'ventas' | 'existencia'): RawBuilder<unknown> =>
  sql`${claseDe(por)} is not null`;
export const deClase = (
  por: 'ventas' | 'existencia',
  clase: string | null,
  xyz: string | null,
): RawBuilder<unknown> =>
  sql`(${clase}::text is null or ${claseDe(por)} = ${clase}) and (${xyz}::text is null or xyz = ${xyz})`;

/** The matrix of classes with the value that made them; what a person fixed is counted, not moved. */
export function totalDeAbc(por: 'ventas' | 'existencia'): RawBuilder<unknown> {
  const [de, valor] =
    por === 'ventas'
      ? [sql`abc_ventas`, sql`greatest(venta_neta, 0)`]
      : [sql`abc_existencia`, sql`case when existencia > 0 then coalesce(valor, 0) else 0 end`];
  return sql`select jsonb_build_object(
    'matriz', coalesce((select jsonb_agg(jsonb_build_object('clase', c, 'xyz', x, 'productos', n, 'valor', v::numeric(18,2)::text) order by c, x)
      from (select ${de} as c, coalesce(xyz, '') as x, count(*)::integer as n, sum(${valor}) as v from lista group by 1, 2) q), '[]'),
    'productos', count(*)::integer, 'valor', coalesce(sum(${valor}), 0)::numeric(18,2)::text,
    'fijadas', (count(*) filter (where fijada))::integer) from lista`;
}

/** Stock that did not sell in so many days; what came in since then is too new to be dead. */
export const dondeSinVenta = (dias: number): RawBuilder<unknown> =>
  sql`existencia > 0 and hoy - coalesce(ultima_venta, primer_movimiento) >= ${dias}::integer`;

/** Counted nothing in so many days, or never. */
export const dondeSinConteo = (dias: number): RawBuilder<unknown> =>
  sql`(dias_sin_conteo is null or dias_sin_conteo >= ${dias}::integer)`;

export const TOTAL_SIN_CONTEO = sql`select jsonb_build_object('productos', count(*)::integer,
  'nunca', (count(*) filter (where dias_sin_conteo is null))::integer,
  'vencidos', (count(*) filter (where coalesce(dias_sin_conteo, 100000) > dias_de_clase))::integer,
  'mediana', (percentile_disc(0.5) within group (order by dias_sin_conteo))::integer) from lista`;
