import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface Nombres {
  tiendas: string | null;
  almacen: string | null;
  categoria: string | null;
  producto: string | null;
}

/** Names of what a filter is about, as far as the person sees them. */
export async function findNombres(
  tx: Tx,
  de: {
    tiendaIds: readonly string[];
    almacenId: string | null;
    categoriaId: string | null;
    productoId: string | null;
  },
): Promise<Nombres> {
  const { rows } = await sql<Nombres>`
    select (select string_agg(nombre, ', ' order by nombre) from inventario.tiendas where id = any(${de.tiendaIds as string[]}::uuid[])) as tiendas,
           (select nombre from inventario.almacenes where id = ${de.almacenId}::uuid) as almacen,
           (select nombre from inventario.categorias where id = ${de.categoriaId}::uuid) as categoria,
           (select codigo || ' · ' || nombre from inventario.productos where id = ${de.productoId}::uuid) as producto`.execute(
    tx,
  );
  return rows[0]!;
}
