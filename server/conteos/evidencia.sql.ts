import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

/** Packs (factor other than 1) of the products, for the "pack taken as piece" cause. */
export async function findFactores(tx: Tx, ids: readonly string[]) {
  const { rows } = await sql<{ producto_id: string; factor: string; nombre: string | null }>`
    select producto_id, factor, nombre from inventario.codigos_barras
     where producto_id = any(${ids as string[]}::uuid[]) and factor <> 1 and is_active`.execute(tx);
  return rows;
}

export interface CodigoLeidoRow {
  codigo_barras: string;
  clave_gtin: string | null;
  producto_id: string;
  factor: string;
  /** Of the product. */
  codigo: string;
  nombre: string;
}

/** Whose the codes that were read are today, by their text or by the key of their item. */
export async function findCodigosLeidos(tx: Tx, crudos: readonly string[], claves: readonly string[]) {
  const { rows } = await sql<CodigoLeidoRow>`
    select c.codigo as codigo_barras, c.clave_gtin, c.producto_id, c.factor, p.codigo, p.nombre
      from inventario.codigos_barras c
      join inventario.productos p on p.id = c.producto_id
     where c.is_active and p.is_active
       and (c.codigo = any(${crudos as string[]}::text[]) or c.clave_gtin = any(${claves as string[]}::text[]))
     order by c.codigo, p.codigo`.execute(tx);
  return rows;
}

/** Pieces sent to this almacén and not received yet, per product. */
export async function findEnTransito(tx: Tx, almacenId: string, ids: readonly string[]) {
  const { rows } = await sql<{ producto_id: string; cantidad: string }>`
    select s.producto_id, sum(-s.cantidad) as cantidad
      from inventario.transacciones s
     where s.tipo = 'transferencia' and s.subtipo = 'salida' and s.producto_id = any(${ids as string[]}::uuid[])
       and s.metadata ->> 'destino' = ${almacenId}
       and not exists (select from inventario.transacciones e
                        where e.traspaso_id = s.traspaso_id and e.producto_id = s.producto_id and e.subtipo = 'entrada')
     group by s.producto_id`.execute(tx);
  return new Map(rows.map((row) => [row.producto_id, row.cantidad]));
}
