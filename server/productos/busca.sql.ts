import { type RawBuilder, sql } from 'kysely';

/**
 * Ids of the products that a code may mean: their own code first, else any of their barcodes, as written or as GTIN. The code
 * of a product that was joined means the one that stayed.
 * `claves` comes from `lookupKeys`, best first.
 */
export function productosDe(claves: readonly string[]): RawBuilder<unknown> {
  const codigo = claves[0] ?? null;
  return sql`
    select coalesce(p.fusionado_en, p.id) from inventario.productos p where p.codigo = ${codigo}
    union
    select b.producto_id from inventario.codigos_barras b
     where b.is_active and (b.codigo = any(${claves}::text[]) or b.clave_gtin = any(${claves}::text[]))
       and not exists (select from inventario.productos p where p.codigo = ${codigo})`;
}
