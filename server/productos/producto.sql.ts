import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface Parte {
  productoId: string;
  cantidad: string;
}

export async function updatePartes(tx: Tx, id: string, partes: readonly Parte[] | null): Promise<void> {
  await sql`update inventario.productos set partes = ${partes === null ? null : JSON.stringify(partes)}::jsonb
             where id = ${id}`.execute(tx);
}

/** The parts that may not be parts: unknown, joined, out of use, a kit themselves, or the kit. */
export async function findPartesMalas(tx: Tx, kit: string, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select x.id from unnest(${[...ids]}::uuid[]) x(id)
     where x.id = ${kit}::uuid
        or not exists (select from inventario.productos p
                        where p.id = x.id and p.is_active and p.fusionado_en is null and not p.es_juego and not p.es_servicio)`.execute(
    tx,
  );
  return rows.map((r) => r.id);
}

export async function updateImagen(tx: Tx, id: string, url: string | null): Promise<void> {
  await sql`update inventario.productos set imagen_url = ${url} where id = ${id}`.execute(tx);
}

export async function existsArchivo(tx: Tx, sha256: string): Promise<boolean> {
  const { rows } = await sql`select 1 from inventario.archivos where sha256 = ${sha256}`.execute(tx);
  return rows.length > 0;
}

export interface EstadoProducto {
  codigo: string;
  isActive: boolean;
  fusionadoEn: string | null;
  fusionadoCodigo: string | null;
  imagenUrl: string | null;
}

export async function lockEstado(tx: Tx, id: string): Promise<EstadoProducto | undefined> {
  const { rows } = await sql<EstadoProducto>`
    select p.codigo, p.is_active as "isActive", p.fusionado_en as "fusionadoEn", p.imagen_url as "imagenUrl",
           (select f.codigo from inventario.productos f where f.id = p.fusionado_en) as "fusionadoCodigo"
      from inventario.productos p where p.id = ${id}::uuid for update of p`.execute(tx);
  return rows[0];
}

export interface CodigoPuesto {
  id: string;
  productoId: string;
  codigo: string;
  claveGtin: string | null;
  factor: string;
  tipo: string;
  nombre: string | null;
}

export interface CodigoHabido {
  id: string;
  factor: string;
  isActive: boolean;
}

export async function findCodigo(
  tx: Tx,
  productoId: string,
  codigo: string,
): Promise<CodigoHabido | undefined> {
  const { rows } = await sql<CodigoHabido>`
    select id, trim_scale(factor)::text as factor, is_active as "isActive" from inventario.codigos_barras
     where producto_id = ${productoId}::uuid and codigo = ${codigo} for update`.execute(tx);
  return rows[0];
}

/** Adds a code, or brings back one that was taken away. */
export async function upsertCodigo(tx: Tx, c: CodigoPuesto): Promise<void> {
  await sql`
    insert into inventario.codigos_barras (id, codigo, clave_gtin, producto_id, factor, tipo, nombre)
    values (${c.id}, ${c.codigo}, ${c.claveGtin}, ${c.productoId}, ${c.factor}::numeric, ${c.tipo}, ${c.nombre})
    on conflict (codigo, producto_id) do update
      set factor = excluded.factor, tipo = excluded.tipo, nombre = excluded.nombre, is_active = true`.execute(
    tx,
  );
}

/** Takes a code out of use. The code itself, to tell; undefined when it was not in use. */
export async function deactivateCodigo(
  tx: Tx,
  productoId: string,
  codigo: string,
): Promise<{ factor: string } | undefined> {
  const { rows } = await sql<{ factor: string }>`
    update inventario.codigos_barras set is_active = false
     where producto_id = ${productoId}::uuid and codigo = ${codigo} and is_active
    returning trim_scale(factor)::text as factor`.execute(tx);
  return rows[0];
}

/** Other products in use with the same code, as written or by GTIN. */
export async function findMismoCodigo(
  tx: Tx,
  productoId: string,
  codigo: string,
  claveGtin: string | null,
): Promise<{ codigo: string; nombre: string }[]> {
  const { rows } = await sql<{ codigo: string; nombre: string }>`
    select distinct p.codigo, p.nombre
      from inventario.codigos_barras b join inventario.productos p on p.id = b.producto_id
     where b.is_active and p.is_active and p.fusionado_en is null and p.id <> ${productoId}::uuid
       and (b.codigo = ${codigo} or b.clave_gtin = ${claveGtin})
     limit 5`.execute(tx);
  return rows;
}

/** The shop of a bin in use. */
export async function findTiendaDeUbicacion(
  tx: Tx,
  ubicacionId: string,
): Promise<{ tiendaId: string; codigo: string } | undefined> {
  const { rows } = await sql<{ tiendaId: string; codigo: string }>`
    select a.tienda_id as "tiendaId", u.codigo from inventario.ubicaciones u join inventario.almacenes a on a.id = u.almacen_id
     where u.id = ${ubicacionId}::uuid`.execute(tx);
  return rows[0];
}

/** False when it lay there, or did not, already. */
export async function setUbicacion(
  tx: Tx,
  productoId: string,
  ubicacionId: string,
  esta: boolean,
): Promise<boolean> {
  const { rows } = esta
    ? await sql`insert into inventario.producto_ubicaciones (producto_id, ubicacion_id)
                values (${productoId}, ${ubicacionId}) on conflict do nothing returning 1`.execute(tx)
    : await sql`delete from inventario.producto_ubicaciones
                 where producto_id = ${productoId} and ubicacion_id = ${ubicacionId} returning 1`.execute(tx);
  return rows.length > 0;
}

export interface ProveedorPuesto {
  productoId: string;
  proveedorId: string;
  codigoProveedor: string | null;
  costo: string | null;
  minimoCompra: string | null;
  empaque: string | null;
  preferido: boolean;
}

/** One preferred supplier a product: the new one takes the place. */
export async function upsertProveedor(tx: Tx, p: ProveedorPuesto): Promise<void> {
  if (p.preferido) {
    await sql`update inventario.producto_proveedores set preferido = false
               where producto_id = ${p.productoId} and preferido and proveedor_id <> ${p.proveedorId}`.execute(
      tx,
    );
  }
  await sql`
    insert into inventario.producto_proveedores (producto_id, proveedor_id, codigo_proveedor, costo, minimo_compra, empaque, preferido)
    values (${p.productoId}, ${p.proveedorId}, ${p.codigoProveedor}, ${p.costo}::numeric, ${p.minimoCompra}::numeric,
            ${p.empaque}::numeric, ${p.preferido})
    on conflict (producto_id, proveedor_id) do update
      set codigo_proveedor = excluded.codigo_proveedor, costo = excluded.costo, minimo_compra = excluded.minimo_compra,
          empaque = excluded.empaque, preferido = excluded.preferido`.execute(tx);
}

export async function deleteProveedor(tx: Tx, productoId: string, proveedorId: string): Promise<boolean> {
  const { rows } = await sql`delete from inventario.producto_proveedores
    where producto_id = ${productoId} and proveedor_id = ${proveedorId} returning 1`.execute(tx);
  return rows.length > 0;
}

export async function updateFactor(tx: Tx, codigoId: string, factor: string): Promise<void> {
  await sql`update inventario.codigos_barras set factor = ${factor}::numeric, is_active = true where id = ${codigoId}`.execute(
    tx,
  );
}
