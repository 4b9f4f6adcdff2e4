import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import type { ProductoHoja, UbicacionHoja } from '#shared/domain/hoja-conteo.ts';
import type { Proposito } from '#shared/roles.ts';

/** Everything here runs under row-level security and reads no stock, no ledger and nobody's count. */

export interface ConteoHoja {
  folio: string | null;
  nombre: string;
  alcance: string;
  proposito: Proposito;
  almacenId: string;
  almacen: string | null;
  tienda: string | null;
  /** The person counts in the first intento. */
  asignado: boolean;
  /** Newest intento that names the person, and newest of all; 1 without a recount. */
  intentoPropio: number;
  intento: number;
}

export async function findConteoHoja(
  tx: Tx,
  conteoId: string,
  usuarioId: string,
): Promise<ConteoHoja | undefined> {
  const { rows } = await sql<ConteoHoja>`
    select c.folio, c.nombre, c.alcance, c.proposito, c.almacen_id as "almacenId", a.nombre as almacen, t.nombre as tienda,
           exists (select from inventario.conteo_contadores x
                    where x.conteo_id = c.id and x.usuario_id = ${usuarioId}) as asignado,
           coalesce((select max(x.intento) from inventario.conteo_intento_contadores x
                      where x.conteo_id = c.id and x.usuario_id = ${usuarioId}), 1)::int as "intentoPropio",
           coalesce((select max(x.intento) from inventario.conteo_intento_contadores x
                      where x.conteo_id = c.id), 1)::int as intento
      from inventario.conteos c
      left join inventario.almacenes a on a.id = c.almacen_id
      left join inventario.tiendas t on t.id = c.tienda_id
     where c.id = ${conteoId}`.execute(tx);
  return rows[0];
}

export interface ProductoImpreso extends ProductoHoja {
  nombre: string;
  unidad: string;
  /** Pieces of its smallest pack, decimal text; null without one. */
  factor: string | null;
}

export async function findProductosHoja(
  tx: Tx,
  conteoId: string,
  intento: number,
): Promise<ProductoImpreso[]> {
  const pedidos =
    intento === 1
      ? sql`select producto_id from inventario.conteo_productos where conteo_id = ${conteoId}`
      : sql`select producto_id from inventario.conteo_intento_productos
             where conteo_id = ${conteoId} and intento = ${intento}`;
  const { rows } = await sql<ProductoImpreso>`
    select p.id, p.codigo, p.nombre, p.unidad,
           (select trim_scale(min(b.factor))::text from inventario.codigos_barras b
             where b.producto_id = p.id and b.is_active and b.factor > 1) as factor
      from inventario.productos p
     where p.id in (${pedidos})`.execute(tx);
  return rows;
}

/** Bins of the scope; of the whole almacén where the scope names none. */
export async function findUbicacionesHoja(
  tx: Tx,
  conteoId: string,
  almacenId: string,
): Promise<UbicacionHoja[]> {
  const { rows } = await sql<UbicacionHoja>`
    select u.id, u.codigo, u.zona
      from inventario.ubicaciones u
     where u.is_active
       and case when exists (select from inventario.conteo_ubicaciones x where x.conteo_id = ${conteoId})
                then u.id in (select x.ubicacion_id from inventario.conteo_ubicaciones x where x.conteo_id = ${conteoId})
                else u.almacen_id = ${almacenId} end`.execute(tx);
  return rows;
}

export async function findLugaresHoja(
  tx: Tx,
  ubicacionIds: readonly string[],
  productoIds: readonly string[],
): Promise<{ productoId: string; ubicacionId: string }[]> {
  const { rows } = await sql<{ productoId: string; ubicacionId: string }>`
    select producto_id as "productoId", ubicacion_id as "ubicacionId"
      from inventario.producto_ubicaciones
     where ubicacion_id = any(${ubicacionIds as string[]}::uuid[])
       and producto_id = any(${productoIds as string[]}::uuid[])`.execute(tx);
  return rows;
}
