import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

/** Adds products that a file of movements names. Returns the id of each code, also of one that somebody added meanwhile. */
export async function insertProductosNuevos(
  tx: Tx,
  uploadId: string,
  nuevos: readonly { id: string; codigo: string; nombre: string; decimales: number }[],
): Promise<Map<string, string>> {
  if (nuevos.length === 0) return new Map();
  await sql`
    insert into inventario.productos (id, codigo, nombre, decimales, unidad, metadata)
    select x.id, x.codigo, x.nombre, x.decimales, 'PZA', ${JSON.stringify({ importacion: uploadId })}::jsonb
      from jsonb_to_recordset(${JSON.stringify(nuevos)}::jsonb) as x(id uuid, codigo text, nombre text, decimales smallint)
     order by x.codigo
    on conflict (codigo) do update set is_active = true where not inventario.productos.is_active
      and inventario.productos.metadata ? 'importacion'`.execute(tx);
  const { rows } = await sql<{ codigo: string; id: string }>`
    select codigo, coalesce(fusionado_en, id) as id from inventario.productos
     where codigo = any (${nuevos.map((n) => n.codigo)}::text[])`.execute(tx);
  return new Map(rows.map((row) => [row.codigo, row.id]));
}

/** Products that an undone import added and that nothing else uses are put away. */
export async function retiraProductosNuevos(tx: Tx, uploadId: string): Promise<void> {
  await sql`
    update inventario.productos p set is_active = false
     where p.metadata ->> 'importacion' = ${uploadId} and p.is_active
       and not exists (select from inventario.transacciones t
                        where t.producto_id = p.id and t.upload_id is distinct from ${uploadId}::uuid)
       and not exists (select from inventario.conteo_lineas l where l.producto_id = p.id)`.execute(tx);
}
