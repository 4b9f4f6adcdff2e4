import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import { productosDe } from '#server/productos/busca.sql.ts';

export interface ExistenciaRow {
  producto_id: string;
  codigo: string;
  nombre: string;
  almacen: string;
  almacen_id: string;
  cantidad: string | null;
  tiene_base: boolean;
}

export interface FiltroExistencias {
  /** What a code may be written as (`lookupKeys`). */
  claves: readonly string[] | null;
  almacen: string | null;
  /** null: now, with everything that is known. */
  al: Date | null;
  limite: number;
}

/** Stock now or, by the ledger, at an instant; under row-level security: a role that may not see it gets nothing. */
export async function findExistencias(tx: Tx, f: FiltroExistencias): Promise<ExistenciaRow[]> {
  const libro =
    f.al === null
      ? sql``
      : sql`cross join lateral inventario.teorico(e.producto_id, e.almacen_id, ${f.al}::timestamptz) t`;
  const valores = f.al === null ? sql`e.cantidad, e.tiene_base` : sql`t.cantidad, t.tiene_base`;
  const { rows } = await sql<ExistenciaRow>`
    select e.producto_id, p.codigo, p.nombre, a.codigo as almacen, a.id as almacen_id, ${valores}
      from inventario.existencias e
      join inventario.productos p on p.id = e.producto_id
      join inventario.almacenes a on a.id = e.almacen_id
      ${libro}
     where (${f.claves === null} or e.producto_id in (${productosDe(f.claves ?? [])}))
       and (${f.almacen}::text is null or a.codigo = ${f.almacen})
     order by p.codigo, a.codigo
     limit ${f.limite}`.execute(tx);
  return rows;
}
