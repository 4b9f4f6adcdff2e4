import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface ExistenciaRow {
  producto_id: string;
  codigo: string;
  nombre: string;
  almacen: string;
  almacen_id: string;
  cantidad: string | null;
  tiene_base: boolean;
}

/** Products that a code may mean: their own code first, else any of their barcodes (raw or as GTIN). */
const productosDe = (codigo: string, clave: string | null) => sql`
  select p.id from inventario.productos p where p.codigo = ${codigo}
  union
  select b.producto_id from inventario.codigos_barras b
   where b.is_active and (b.codigo = ${codigo} or b.clave_gtin = ${clave})
     and not exists (select from inventario.productos p where p.codigo = ${codigo})`;

/** Stock now, under row-level security: a role that may not see it gets nothing. */
export async function findExistencias(
  tx: Tx,
  filtro: { codigo: string | null; claveGtin: string | null; almacen: string | null; limite: number },
): Promise<ExistenciaRow[]> {
  const { rows } = await sql<ExistenciaRow>`
    select e.producto_id, p.codigo, p.nombre, a.codigo as almacen, a.id as almacen_id, e.cantidad, e.tiene_base
      from inventario.existencias e
      join inventario.productos p on p.id = e.producto_id
      join inventario.almacenes a on a.id = e.almacen_id
     where (${filtro.codigo}::text is null or p.id in (${productosDe(filtro.codigo ?? '', filtro.claveGtin)}))
       and (${filtro.almacen}::text is null or a.codigo = ${filtro.almacen})
     order by p.codigo, a.codigo
     limit ${filtro.limite}`.execute(tx);
  return rows;
}

/** Stock at an instant, by the ledger. */
export async function findExistenciasAl(
  tx: Tx,
  filtro: {
    codigo: string | null;
    claveGtin: string | null;
    almacen: string | null;
    al: Date;
    limite: number;
  },
): Promise<ExistenciaRow[]> {
  const { rows } = await sql<ExistenciaRow>`
    select e.producto_id, p.codigo, p.nombre, a.codigo as almacen, a.id as almacen_id, t.cantidad, t.tiene_base
      from inventario.existencias e
      join inventario.productos p on p.id = e.producto_id
      join inventario.almacenes a on a.id = e.almacen_id
      cross join lateral inventario.teorico(e.producto_id, e.almacen_id, ${filtro.al}::timestamptz) t
     where (${filtro.codigo}::text is null or p.id in (${productosDe(filtro.codigo ?? '', filtro.claveGtin)}))
       and (${filtro.almacen}::text is null or a.codigo = ${filtro.almacen})
     order by p.codigo, a.codigo
     limit ${filtro.limite}`.execute(tx);
  return rows;
}
