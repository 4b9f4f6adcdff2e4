import { sql } from 'kysely';
import { conAlcance } from '#server/estadisticas/alcance.sql.ts';
import type { Tx } from '#server/platform/db/db.ts';

/** What is drawn of the curve: the first ones one by one, then every so many. */
const PRIMEROS = 12;
const PUNTOS = 60;

/**
 * Accumulated net sales of a year, of the class A first and in each class from the product that sold most: what
 * `estadisticas.abc` sums by class. Under row-level security.
 */
export async function findCurva(tx: Tx, tiendaIds: readonly string[]) {
  const { rows } = await sql<{ n: number; valor: string }>`
    ${conAlcance({ tiendaIds, almacenId: null, categoriaId: null })}, x as (
      select row_number() over w as n, sum(greatest(m.venta_neta, 0)) over w as valor, count(*) over () as total
        from alm a join inventario.producto_medidas m on m.almacen_id = a.id
       where m.abc_ventas is not null
      window w as (order by m.abc_ventas, m.venta_neta desc, m.producto_id, m.almacen_id rows unbounded preceding)
    )
    select n::integer as n, valor::numeric(18,2)::text as valor from x
     where n <= ${PRIMEROS} or n = total or n % greatest(total / ${PUNTOS}, 1) = 0
     order by n`.execute(tx);
  return rows;
}
