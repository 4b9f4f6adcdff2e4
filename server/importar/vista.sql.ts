import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

/** Names of products and of almacenes, for what a page shows. */
export async function findNombres(
  tx: Tx,
  productos: readonly string[],
): Promise<Map<string, { nombre: string; unidad: string }>> {
  const { rows } = await sql<{ id: string; nombre: string; unidad: string }>`
    select id, nombre, unidad from inventario.productos where id = any (${productos as string[]}::uuid[])`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** What the books say there is now, by `producto almacén`. */
export async function findHay(
  tx: Tx,
  pares: readonly { producto: string; almacen: string }[],
): Promise<Map<string, string | null>> {
  const { rows } = await sql<{ clave: string; cantidad: string | null }>`
    select e.producto_id || ' ' || e.almacen_id as clave, e.cantidad
      from unnest(${pares.map((p) => p.producto)}::uuid[], ${pares.map((p) => p.almacen)}::uuid[]) as x(producto, almacen)
      join inventario.existencias e on e.producto_id = x.producto and e.almacen_id = x.almacen`.execute(tx);
  return new Map(rows.map((row) => [row.clave, row.cantidad]));
}

/** Names of the almacenes that this person sees. */
export async function findAlmacenes(tx: Tx): Promise<Map<string, string>> {
  const { rows } = await sql<{
    id: string;
    nombre: string;
  }>`select id, nombre from inventario.almacenes`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.nombre]));
}
