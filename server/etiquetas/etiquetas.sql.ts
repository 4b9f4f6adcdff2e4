import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import { gtinKey } from '#shared/domain/codigos.ts';

export interface ProductoEtiqueta {
  id: string;
  codigo: string;
  nombre: string;
  unidad: string;
  precio: string;
  vigente: boolean;
  /** Its GTIN of one piece that no other product has; null without one. */
  barras: string | null;
}

const COLUMNAS = sql`p.id, p.codigo, p.nombre, p.unidad, p.precio::text as precio,
  p.is_active and p.fusionado_en is null as vigente,
  (select b.codigo from inventario.codigos_barras b
    where b.producto_id = p.id and b.is_active and b.factor = 1 and b.clave_gtin is not null
      and not exists (select from inventario.codigos_barras o
                       where o.clave_gtin = b.clave_gtin and o.is_active and o.producto_id <> b.producto_id)
    order by (b.tipo = 'barras') desc, b.created_at, b.id limit 1) as barras`;

/** By id, in no order; under row-level security. */
export async function findProductosPorId(tx: Tx, ids: readonly string[]): Promise<ProductoEtiqueta[]> {
  const { rows } = await sql<ProductoEtiqueta>`
    select ${COLUMNAS} from inventario.productos p where p.id = any(${ids as string[]}::uuid[])`.execute(tx);
  return rows;
}

/** Products that lie in some bin of the almacén (of the zones, when there are some), by the first of their bins. */
export async function findProductosPorZona(
  tx: Tx,
  almacenId: string,
  zonas: readonly string[],
): Promise<ProductoEtiqueta[]> {
  const { rows } = await sql<ProductoEtiqueta>`
    select ${COLUMNAS}
      from inventario.productos p
      join (select pu.producto_id, min(u.zona || ' ' || u.codigo) as donde
              from inventario.producto_ubicaciones pu
              join inventario.ubicaciones u on u.id = pu.ubicacion_id
             where u.almacen_id = ${almacenId} and u.is_active
               and (${zonas.length === 0} or u.zona = any(${zonas as string[]}::text[]))
             group by pu.producto_id) lugar on lugar.producto_id = p.id
     where p.is_active and p.fusionado_en is null and not p.es_servicio
     order by lugar.donde, p.codigo`.execute(tx);
  return rows;
}

export interface CodigoHallado {
  /** The text that was asked for. */
  pedido: string;
  productoId: string;
  /** 1 for its own code; pieces of the pack whose barcode it is. */
  factor: string;
  empaque: string | null;
  /** The barcode; null when it is the product's own code. */
  barras: string | null;
}

/**
 * What each text is the code of: the product's own code, or a barcode in use, as written or by its GTIN key. Several rows: of
 * several products.
 */
export async function findCodigos(tx: Tx, codigos: readonly string[]): Promise<CodigoHallado[]> {
  const claves = codigos.map(gtinKey);
  const { rows } = await sql<CodigoHallado>`
    select x.pedido, p.id as "productoId", '1' as factor, null as empaque, null as barras
      from unnest(${codigos as string[]}::text[]) as x(pedido)
      join inventario.productos p on p.codigo = x.pedido
    union
    select x.pedido, b.producto_id, trim_scale(b.factor)::text, b.nombre, b.codigo
      from unnest(${codigos as string[]}::text[], ${claves}::text[]) as x(pedido, clave)
      join inventario.codigos_barras b on b.is_active and (b.codigo = x.pedido or b.clave_gtin = x.clave)
     where not exists (select from inventario.productos p where p.codigo = x.pedido)`.execute(tx);
  return rows;
}

export interface UbicacionEtiqueta {
  id: string;
  codigo: string;
  zona: string;
  nombre: string | null;
  almacen: string;
  vigente: boolean;
  /** Its code is also that of a product, which is what a reading would give. */
  esProducto: boolean;
}

export interface FiltroUbicaciones {
  ids: readonly string[];
  /** In capitals. */
  codigos: readonly string[];
  almacenId: string | null;
  /** null: only what `ids` and `codigos` name. */
  zonas: readonly string[] | null;
}

/** Bins of the shops that the person may see, in no order. */
export async function findUbicaciones(tx: Tx, f: FiltroUbicaciones): Promise<UbicacionEtiqueta[]> {
  const { rows } = await sql<UbicacionEtiqueta>`
    select u.id, u.codigo, u.zona, u.nombre, a.nombre as almacen, u.is_active as vigente,
           exists (select from inventario.productos p
                    where p.is_active and (p.codigo = u.codigo or p.codigo = upper(u.codigo)))
           or exists (select from inventario.codigos_barras b
                       where b.is_active and (b.codigo = u.codigo or b.codigo = upper(u.codigo))) as "esProducto"
      from inventario.ubicaciones u
      join inventario.almacenes a on a.id = u.almacen_id
     where (${f.almacenId}::uuid is null or u.almacen_id = ${f.almacenId}::uuid)
       and (u.id = any(${f.ids as string[]}::uuid[])
            or upper(u.codigo) = any(${f.codigos as string[]}::text[])
            or (${f.zonas !== null} and u.is_active
                and (${(f.zonas ?? []).length === 0} or u.zona = any(${(f.zonas ?? []) as string[]}::text[]))))`.execute(
    tx,
  );
  return rows;
}
