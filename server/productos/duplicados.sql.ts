import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

/** Blocks of more products than this share only a common beginning: comparing all of them says nothing. */
const BLOQUE_MAXIMO = 40;
/** Most candidate pairs that are looked at in one reading. */
const PARES_MAXIMOS = 4_000;

export interface ParRow {
  a: string;
  b: string;
}

/**
 * Pairs of products in use that may be one: they share a GTIN, their codes fold to the same, or their names have the same
 * key (unit, first letters, figures) or the same words in another order. Names are compared afterwards. Pairs that somebody told apart are left out.
 */
export async function selectCandidatos(tx: Tx): Promise<ParRow[]> {
  const { rows } = await sql<ParRow>`
    with vigentes as (
      select p.id, inventario.pliega_codigo(p.codigo) as plano, inventario.clave_parecido(p.nombre, p.unidad) as clave,
             (select string_agg(t, ' ' order by t collate "C") from regexp_split_to_table(inventario.pliega(p.nombre), '[^a-z0-9]+') t
               where t <> '' and t not in ('de', 'del', 'la', 'el', 'los', 'las', 'para', 'con', 'y', 'p', 'c')) as palabras
        from inventario.productos p where p.is_active and p.fusionado_en is null
    ), gtin as (
      select b.clave_gtin as k, b.producto_id as id from inventario.codigos_barras b
       where b.is_active and b.clave_gtin is not null and b.producto_id in (select id from vigentes)
    ), llaves as (
      select 1 as orden, k, array_agg(distinct id order by id) as ids from gtin group by k having count(distinct id) between 2 and ${BLOQUE_MAXIMO}
      union all
      select 2, plano, array_agg(id order by id) from vigentes where plano <> '' group by plano having count(*) between 2 and ${BLOQUE_MAXIMO}
      union all
      select 3, palabras, array_agg(id order by id) from vigentes where palabras <> '' group by palabras having count(*) between 2 and ${BLOQUE_MAXIMO}
      union all
      select 4, clave, array_agg(id order by id) from vigentes group by clave having count(*) between 2 and ${BLOQUE_MAXIMO}
    )
    select x.a, x.b from (
      select l.orden, u.id as a, v.id as b from llaves l, unnest(l.ids) u(id), unnest(l.ids) v(id) where u.id < v.id
       order by l.orden limit ${PARES_MAXIMOS}) x
     where not exists (select from inventario.productos_distintos d where d.a = x.a and d.b = x.b)
     group by x.a, x.b`.execute(tx);
  return rows;
}

export interface ParecidoRow {
  id: string;
  codigo: string;
  nombre: string;
  marca: string | null;
  unidad: string;
  precio: string;
  imagenUrl: string | null;
  gtins: string[];
  movimientos: number;
}

export async function selectParecidos(tx: Tx, ids: readonly string[]): Promise<ParecidoRow[]> {
  const { rows } = await sql<ParecidoRow>`
    select p.id, p.codigo, p.nombre, p.marca, p.unidad, p.precio, p.imagen_url as "imagenUrl",
           array(select b.clave_gtin::text from inventario.codigos_barras b
                  where b.producto_id = p.id and b.is_active and b.clave_gtin is not null) as gtins,
           0 as movimientos
      from inventario.productos p where p.id = any(${[...ids]}::uuid[])`.execute(tx);
  return rows;
}

/** How many movements each has: the one with more history is the one to keep. */
export async function countMovimientos(tx: Tx, ids: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; n: number }>`
    select m.producto_id as id, count(*)::int as n from inventario.transacciones m
     where m.producto_id = any(${[...ids]}::uuid[]) group by 1`.execute(tx);
  return new Map(rows.map((r) => [r.id, r.n]));
}

export async function insertDistintos(tx: Tx, a: string, b: string, por: string, en: Date): Promise<boolean> {
  const { rows } = await sql`
    insert into inventario.productos_distintos (a, b, por, en)
    values (least(${a}::uuid, ${b}::uuid), greatest(${a}::uuid, ${b}::uuid), ${por}, ${en})
    on conflict do nothing returning 1`.execute(tx);
  return rows.length > 0;
}
