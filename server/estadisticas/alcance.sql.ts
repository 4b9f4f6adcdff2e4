import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

/** Which stock a question is about; ids, empty or null: all that the person sees. */
export interface Alcance {
  readonly tiendaIds: readonly string[];
  readonly almacenId: string | null;
  readonly categoriaId: string | null;
  readonly productoId?: string | null | undefined;
}

/** Days, both included; null: no end. */
export interface Dias {
  readonly desde: string | null;
  readonly hasta: string | null;
  /** Every day by itself, read from the ledger: a month's sum cannot be taken apart. */
  readonly sueltos?: boolean;
}

/**
 * `with recursive rama (id), alm (id, tienda_id, codigo, nombre, tipo, tienda, zona_horaria)`: the categories under the one of
 * the question, itself included, and the almacenes, under row-level security. Goods of others count in no figure.
 */
export function conAlcance(f: Alcance): RawBuilder<unknown> {
  return sql`with recursive rama as (
      select id from inventario.categorias where id = ${f.categoriaId}::uuid
      union select h.id from inventario.categorias h join rama c on h.parent_id = c.id
    ), alm as materialized (
      select a.id, a.tienda_id, a.codigo, a.nombre, a.tipo, s.nombre as tienda, s.zona_horaria
        from inventario.almacenes a join inventario.tiendas s on s.id = a.tienda_id
       where a.tipo <> 'ajeno'
         and (${f.tiendaIds.length === 0} or a.tienda_id = any(${f.tiendaIds as string[]}::uuid[]))
         and (${f.almacenId}::uuid is null or a.id = ${f.almacenId}::uuid)
    )`;
}

/**
 * Days without an end where nothing is later than it: then the month that is going on is read from its sum, and not a movement
 * at a time.
 */
export async function abreFin<F extends Dias>(tx: Tx, f: F): Promise<F> {
  if (f.hasta === null) return f;
  const { rows } = await sql<{ hay: boolean }>`
    select exists (select from inventario.transacciones where fecha > ${f.hasta}::date) as hay`.execute(tx);
  return rows[0]!.hay ? f : { ...f, hasta: null };
}

/** Is product `p` one of the question's? A merged product speaks for the one that it became. */
export function esDelAlcance(f: Alcance): RawBuilder<boolean> {
  const categoria = f.categoriaId === null ? sql`true` : sql`p.categoria_id in (select id from rama)`;
  return f.productoId == null
    ? sql`(${categoria})`
    : sql`(${categoria} and ${f.productoId}::uuid in (p.id, p.fusionado_en))`;
}

/** Days that no movement is outside of. */
const SIEMPRE: readonly [string, string] = ['0001-01-01', '9999-01-01'];

const dia = (fecha: string, mas: number): string => {
  const d = new Date(`${fecha}T00:00:00Z`);
  d.setUTCDate(d.getUTCDate() + mas);
  return d.toISOString().slice(0, 10);
};
const primeroDelMes = (fecha: string): string => `${fecha.slice(0, 7)}-01`;
const mesSiguiente = (fecha: string): string => primeroDelMes(dia(primeroDelMes(fecha), 31));

/**
 * A range of days as whole months, read from the sums, and the loose days before and after, read from the ledger. All of
 * them half open: `[desde, hasta)`.
 */
export function parteEnMeses({ desde, hasta, sueltos: todos = false }: Dias): {
  meses: readonly [string, string];
  sueltos: readonly (readonly [string, string])[];
} {
  const inicio = desde ?? SIEMPRE[0];
  const fin = hasta === null ? SIEMPRE[1] : dia(hasta, 1);
  if (fin <= inicio) return { meses: [inicio, inicio], sueltos: [] };
  if (todos) return { meses: [inicio, inicio], sueltos: [[inicio, fin]] };
  const primero = primeroDelMes(inicio) === inicio ? inicio : mesSiguiente(inicio);
  const ultimo = primeroDelMes(fin);
  if (ultimo <= primero)
    return primero === inicio && ultimo === fin
      ? { meses: [primero, ultimo], sueltos: [] }
      : { meses: [inicio, inicio], sueltos: [[inicio, fin]] };
  const sueltos = [
    [inicio, primero],
    [ultimo, fin],
  ] as const;
  return { meses: [primero, ultimo], sueltos: sueltos.filter(([a, b]) => a < b) };
}

/**
 * `filas`: what moved in those days, a row a month, or a movement of a loose day. Only the columns of
 * `inventario.movimientos_mes`; `cuando` is the month, or the day.
 */
export function filasMovidas(f: Alcance & Dias & { tipo: string | null }): RawBuilder<unknown> {
  const { meses, sueltos } = parteEnMeses(f);
  const columnas = sql`tipo, subtipo, movimientos, unidades, importe, impuesto, sin_impuesto, sin_precio, costo, con_costo`;
  // Only where the question names something: a condition on every row is not for nothing.
  const donde = sql.join(
    [
      f.tipo === null ? undefined : sql`tipo = ${f.tipo}`,
      f.almacenId === null && f.tiendaIds.length === 0 ? undefined : sql`almacen_id in (select id from alm)`,
      f.productoId == null
        ? undefined
        : sql`producto_id in (select id from inventario.productos where id = ${f.productoId}::uuid or fusionado_en = ${f.productoId}::uuid)`,
      sql`true`,
    ].filter((parte) => parte !== undefined),
    sql` and `,
  );
  const partes = [
    sql`select producto_id, almacen_id, mes as cuando, ${columnas}, primera, ultima from inventario.movimientos_mes
         where mes >= ${meses[0]}::date and mes < ${meses[1]}::date and ${donde}`,
    ...sueltos.map(
      ([desde, hasta]) => sql`
        select producto_id, almacen_id, fecha as cuando, ${columnas}, fecha as primera, fecha as ultima from inventario.movimientos_medidos
         where fecha >= ${desde}::date and fecha < ${hasta}::date and ${donde}`,
    ),
  ];
  return sql.join(partes, sql` union all `);
}

/**
 * Σ of a column of `filas`, as rows of a kind count in the pesos. Of all kinds together: sales less what customers gave back.
 * No arithmetic a row where none is needed: over half a million rows it is what takes the time.
 */
export function sumaDeVenta(columna: string, tipo: string | null): RawBuilder<unknown> {
  const c = sql.raw(columna);
  if (tipo !== null) return sql`sum(${c})`;
  return sql`coalesce(sum(case when tipo = 'venta' then ${c} when tipo = 'devolucion' and subtipo = 'de_cliente' then -${c} end), 0)`;
}

/** Σ of the units: of one kind as written, of all together what the stock changed by. */
export function sumaDeUnidades(tipo: string | null): RawBuilder<unknown> {
  if (tipo !== null) return sql`sum(unidades)`;
  return sql`coalesce(sum(case when tipo = 'venta' or (tipo = 'devolucion' and subtipo = 'a_proveedor') then -unidades when tipo <> 'inventario' then unidades end), 0)`;
}

/**
 * For the rest of the transaction. Groups of half a million rows belong in memory, and the planner takes the groups for few: it
 * would look up each product by itself, or merge by almacén alone, which is a product of two lists.
 */
export async function preparaSumas(tx: Tx): Promise<void> {
  await sql`select set_config('work_mem', '64MB', true), set_config('enable_nestloop', 'off', true), set_config('enable_mergejoin', 'off', true), set_config('jit', 'off', true)`.execute(
    tx,
  );
}
