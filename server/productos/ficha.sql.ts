import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface FichaRow {
  id: string;
  partes: { productoId: string; cantidad: string; codigo: string; nombre: string }[] | null;
  imagenUrl: string | null;
  isActive: boolean;
  fusionadoEn: string | null;
  fusionadoCodigo: string | null;
  actualizadoEn: string;
}

/** What is no field: parts, photo, state. */
export async function selectFicha(tx: Tx, id: string): Promise<FichaRow | undefined> {
  const { rows } = await sql<FichaRow>`
    select p.id, p.imagen_url as "imagenUrl", p.is_active as "isActive", p.fusionado_en as "fusionadoEn",
           (select f.codigo from inventario.productos f where f.id = p.fusionado_en) as "fusionadoCodigo",
           to_char(p.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "actualizadoEn",
           (select jsonb_agg(jsonb_build_object('productoId', x.elem ->> 'productoId', 'cantidad', x.elem ->> 'cantidad',
                                                'codigo', q.codigo, 'nombre', q.nombre) order by x.n)
              from jsonb_array_elements(p.partes) with ordinality x(elem, n)
              join inventario.productos q on q.id = (x.elem ->> 'productoId')::uuid) as partes
      from inventario.productos p where p.id = ${id}`.execute(tx);
  return rows[0];
}

export interface CodigoRow {
  id: string;
  codigo: string;
  claveGtin: string | null;
  factor: string;
  tipo: string;
  nombre: string | null;
  /** Code of another product in use that has the same one. */
  tambien: string | null;
}

export async function selectCodigos(tx: Tx, productoId: string): Promise<CodigoRow[]> {
  const { rows } = await sql<CodigoRow>`
    select b.id, b.codigo, b.clave_gtin as "claveGtin", trim_scale(b.factor)::text as factor, b.tipo, b.nombre,
           (select o.codigo from inventario.codigos_barras x join inventario.productos o on o.id = x.producto_id
             where x.is_active and o.is_active and x.producto_id <> b.producto_id
               and (x.codigo = b.codigo or x.clave_gtin = b.clave_gtin) limit 1) as tambien
      from inventario.codigos_barras b
     where b.producto_id = ${productoId} and b.is_active order by b.factor, b.codigo`.execute(tx);
  return rows;
}

export interface LugarRow {
  ubicacionId: string;
  codigo: string;
  almacenId: string;
  almacen: string;
}

export async function selectLugares(
  tx: Tx,
  productoId: string,
  tiendaIds: readonly string[] | null,
): Promise<LugarRow[]> {
  const { rows } = await sql<LugarRow>`
    select u.id as "ubicacionId", u.codigo, a.id as "almacenId", a.nombre as almacen
      from inventario.producto_ubicaciones x
      join inventario.ubicaciones u on u.id = x.ubicacion_id
      join inventario.almacenes a on a.id = u.almacen_id
     where x.producto_id = ${productoId}
       and (${tiendaIds === null} or a.tienda_id = any(${[...(tiendaIds ?? [])]}::uuid[]))
     order by a.nombre, u.codigo`.execute(tx);
  return rows;
}

export interface ProveedorRow {
  proveedorId: string;
  codigo: string;
  nombre: string;
  codigoProveedor: string | null;
  costo: string | null;
  minimoCompra: string | null;
  empaque: string | null;
  preferido: boolean;
  isActive: boolean;
}

export async function selectProveedores(tx: Tx, productoId: string): Promise<ProveedorRow[]> {
  const { rows } = await sql<ProveedorRow>`
    select v.id as "proveedorId", v.codigo, v.nombre, x.codigo_proveedor as "codigoProveedor",
           trim_scale(x.costo)::text as costo, trim_scale(x.minimo_compra)::text as "minimoCompra",
           trim_scale(x.empaque)::text as empaque, x.preferido, v.is_active as "isActive"
      from inventario.producto_proveedores x join inventario.proveedores v on v.id = x.proveedor_id
     where x.producto_id = ${productoId} order by x.preferido desc, inventario.pliega(v.nombre)`.execute(tx);
  return rows;
}

export interface HistoriaRow {
  id: string;
  en: Date;
  quien: string | null;
  accion: string;
  datos: { campos?: Record<string, { antes: unknown; despues: unknown }> };
}

/** Who changed what, newest first. */
export async function selectHistoria(tx: Tx, entidad: string, id: string): Promise<HistoriaRow[]> {
  const { rows } = await sql<HistoriaRow>`
    select a.id, a.en, u.nombre as quien, a.accion, a.datos
      from inventario.auditoria a left join inventario.usuarios u on u.id = a.usuario_id
     where a.entidad = ${entidad} and a.entidad_id = ${id}
     order by a.en desc, a.id desc limit 30`.execute(tx);
  return rows;
}

/** Open conteos that hold the product: in their list, or with lines of it that nobody has decided. */
export async function selectConteosAbiertos(
  tx: Tx,
  productoIds: readonly string[],
): Promise<{ id: string; folio: string; lineas: number }[]> {
  const { rows } = await sql<{ id: string; folio: string; lineas: number }>`
    select c.id, coalesce(c.folio, c.nombre) as folio,
           (select count(*)::int from inventario.conteo_lineas l
             where l.conteo_id = c.id and l.producto_id = any(${[...productoIds]}::uuid[])) as lineas
      from inventario.conteos c
     where c.estado in ('planeado', 'abierto', 'en_revision')
       and (exists (select from inventario.conteo_productos x where x.conteo_id = c.id and x.producto_id = any(${[...productoIds]}::uuid[]))
         or exists (select from inventario.conteo_lineas x where x.conteo_id = c.id and x.producto_id = any(${[...productoIds]}::uuid[])))
       and not exists (select from inventario.conteo_resultados r
                        where r.conteo_id = c.id and r.producto_id = any(${[...productoIds]}::uuid[]))
     order by c.abierto_en`.execute(tx);
  return rows;
}
