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
  limite: number;
}

/** Stock now, with everything that is known; under row-level security: a role that may not see it gets nothing. */
export async function findExistencias(tx: Tx, f: FiltroExistencias): Promise<ExistenciaRow[]> {
  const { rows } = await sql<ExistenciaRow>`
    select e.producto_id, p.codigo, p.nombre, a.codigo as almacen, a.id as almacen_id, e.cantidad, e.tiene_base
      from inventario.existencias e
      join inventario.productos p on p.id = e.producto_id
      join inventario.almacenes a on a.id = e.almacen_id
     where (${f.claves === null} or e.producto_id in (${productosDe(f.claves ?? [])}))
       and (${f.almacen}::text is null or a.codigo = ${f.almacen})
     order by p.codigo, a.codigo
     limit ${f.limite}`.execute(tx);
  return rows;
}
