import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import { productosDe } from '#server/productos/busca.sql.ts';

export interface ValuadaRow {
  producto_id: string;
  codigo: string;
  nombre: string;
  unidad: string;
  almacen_id: string;
  cantidad: string;
  tiene_base: boolean;
  costo_unitario: string | null;
  fuente: 'promedio' | 'ultimo' | 'catalogo' | 'sin_costo';
}

export interface AlmacenRow {
  id: string;
  codigo: string;
  nombre: string;
  tipo: string;
  tienda: string;
  zona_horaria: string;
  /** The instant that was asked for: of a date, the last one of that day in the shop. */
  al: Date;
}

export interface FiltroValuadas {
  /** What a code may be written as (`lookupKeys`); null: every product. */
  claves: readonly string[] | null;
  /** Code or id of one almacén; null: all that this person sees. */
  almacen: string | null;
  /** A category, by name or id, and everything under it. */
  categoria: string | null;
  /** An instant, or a date (`YYYY-MM-DD`): the end of that day in each shop's own calendar. */
  al: Date | string;
  /** Also the products whose stock is 0. */
  ceros: boolean;
}

/** A date ends one microsecond before the next one begins, in the zone of the shop. */
function instanteEn(al: Date | string) {
  return typeof al === 'string'
    ? sql`(((${al}::date + 1)::timestamp at time zone s.zona_horaria) - interval '1 microsecond')`
    : sql`${al}::timestamptz`;
}

export async function findAlmacenes(
  tx: Tx,
  f: Pick<FiltroValuadas, 'almacen' | 'al'>,
): Promise<AlmacenRow[]> {
  const { rows } = await sql<AlmacenRow>`
    select a.id, a.codigo, a.nombre, a.tipo, s.nombre as tienda, s.zona_horaria, ${instanteEn(f.al)} as al
      from inventario.almacenes a join inventario.tiendas s on s.id = a.tienda_id
     where (${f.almacen}::text is null or a.codigo = ${f.almacen} or a.id::text = ${f.almacen})
     order by lower(extensions.unaccent(s.nombre)), (a.tipo <> 'general'), lower(extensions.unaccent(a.nombre)), a.codigo`.execute(
    tx,
  );
  return rows;
}

/**
 * Stock of every product at an instant, by the ledger, with the unit cost in force then and where it comes from. One
 * statement under row-level security. Most questions are about a date not long ago: where no base came after it, the stock
 * of now less what moved since is the same sum from its short end (`teorico` reads all of the long one). Costs come from
 * one call for all pairs, because asking pair by pair starts a function 20,000 times. Measured by bench/valuadas.bench.ts.
 */
export async function findValuadas(tx: Tx, f: FiltroValuadas): Promise<ValuadaRow[]> {
  const { rows } = await sql<ValuadaRow>`
    with recursive categoria as (
      select id from inventario.categorias where nombre = ${f.categoria} or id::text = ${f.categoria}
      union select h.id from inventario.categorias h join categoria c on h.parent_id = c.id
    ), cortes as materialized (
      select a.id as almacen_id, a.codigo, ${instanteEn(f.al)} as instante
        from inventario.almacenes a join inventario.tiendas s on s.id = a.tienda_id
       where ${f.almacen}::text is null or a.codigo = ${f.almacen} or a.id::text = ${f.almacen}
    ), pares as materialized (
      select e.producto_id, e.almacen_id, p.codigo, p.nombre, p.unidad, k.codigo as almacen, k.instante,
             case when b.hay then t.tiene_base else e.tiene_base end as tiene_base,
             case when b.hay then t.cantidad else coalesce(e.cantidad, 0) - d.efecto end as cantidad
        from cortes k
        join inventario.existencias e on e.almacen_id = k.almacen_id
        join inventario.productos p on p.id = e.producto_id
       cross join lateral (
         select exists (select from inventario.transacciones x
                         where x.producto_id = e.producto_id and x.almacen_id = e.almacen_id and x.tipo = 'inventario'
                           and x.ocurrida_en > k.instante) as hay) b
        left join lateral (
         select r.* from inventario.teorico(e.producto_id, e.almacen_id, k.instante) r where b.hay) t on true
       cross join lateral (
         select coalesce(sum(m.efecto), 0) as efecto from inventario.transacciones m
          where not b.hay and m.producto_id = e.producto_id and m.almacen_id = e.almacen_id
            and m.ocurrida_en > k.instante) d
       where (${f.claves === null} or e.producto_id in (${productosDe(f.claves ?? [])}))
         and (${f.categoria}::text is null or p.categoria_id in (select id from categoria))
    ), vistos as materialized (
      select *, row_number() over () as n from pares where ${f.ceros} or cantidad <> 0
    )
    select v.producto_id, v.codigo, v.nombre, v.unidad, v.almacen_id, v.cantidad, v.tiene_base, c.costo_unitario,
           coalesce(c.fuente, 'sin_costo') as fuente
      from vistos v
      left join inventario.costos_vigentes(
        (select array_agg(producto_id order by n) from vistos), (select array_agg(almacen_id order by n) from vistos),
        (select array_agg(instante order by n) from vistos)) c on c.n = v.n
     order by v.codigo, v.almacen`.execute(tx);
  return rows;
}
