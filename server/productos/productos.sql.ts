import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

/** `campos` holds only the fields that came: an absent one keeps what is stored. */
export interface FilaProductoNueva {
  id: string;
  codigo: string;
  campos: Record<string, unknown>;
}

/** Changes the products that exist. `metadata` is merged, so another system's keys survive. Returns their codes. */
export async function updateProductos(tx: Tx, filas: readonly FilaProductoNueva[]): Promise<string[]> {
  const { rows } = await sql<{ codigo: string }>`
    update inventario.productos p set
      nombre = coalesce(x.campos ->> 'nombre', p.nombre),
      unidad = coalesce(x.campos ->> 'unidad', p.unidad),
      decimales = coalesce((x.campos ->> 'decimales')::smallint, p.decimales),
      precio = coalesce((x.campos ->> 'precio')::numeric, p.precio),
      costo = case when x.campos ? 'costo' then (x.campos ->> 'costo')::numeric else p.costo end,
      marca = case when x.campos ? 'marca' then x.campos ->> 'marca' else p.marca end,
      modelo = case when x.campos ? 'modelo' then x.campos ->> 'modelo' else p.modelo end,
      categoria_id = case when x.campos ? 'categoria'
                          then (select c.id from inventario.categorias c where c.nombre = x.campos ->> 'categoria')
                          else p.categoria_id end,
      iva_tasa = coalesce(x.campos ->> 'ivaTasa', p.iva_tasa),
      is_active = coalesce((x.campos ->> 'isActive')::boolean, p.is_active),
      metadata = p.metadata || coalesce(x.campos -> 'metadata', '{}'::jsonb)
      from jsonb_to_recordset(${JSON.stringify(filas)}::jsonb) as x(id uuid, codigo text, campos jsonb)
     where p.codigo = x.codigo
    returning p.codigo`.execute(tx);
  return rows.map((row) => row.codigo);
}

/** Adds products. Returns the codes of the new ones: another request may just have added some. */
export async function insertProductos(tx: Tx, filas: readonly FilaProductoNueva[]): Promise<string[]> {
  if (filas.length === 0) return [];
  const { rows } = await sql<{ codigo: string }>`
    insert into inventario.productos (id, codigo, nombre, unidad, decimales, precio, costo, marca, modelo, categoria_id,
                                      iva_tasa, is_active, metadata)
    select x.id, x.codigo, coalesce(x.campos ->> 'nombre', x.codigo), coalesce(x.campos ->> 'unidad', 'PZA'),
           coalesce((x.campos ->> 'decimales')::smallint, 0), coalesce((x.campos ->> 'precio')::numeric, 0),
           (x.campos ->> 'costo')::numeric, x.campos ->> 'marca', x.campos ->> 'modelo',
           (select c.id from inventario.categorias c where c.nombre = x.campos ->> 'categoria'),
           coalesce(x.campos ->> 'ivaTasa', '16'), coalesce((x.campos ->> 'isActive')::boolean, true),
           coalesce(x.campos -> 'metadata', '{}'::jsonb)
      from jsonb_to_recordset(${JSON.stringify(filas)}::jsonb) as x(id uuid, codigo text, campos jsonb)
    on conflict (codigo) do nothing
    returning codigo`.execute(tx);
  return rows.map((row) => row.codigo);
}

/** Adds the categories that are missing, at the top of the tree. */
export async function insertCategorias(
  tx: Tx,
  categorias: readonly { id: string; nombre: string }[],
): Promise<void> {
  if (categorias.length === 0) return;
  await sql`
    insert into inventario.categorias (id, nombre)
    select x.id, x.nombre from jsonb_to_recordset(${JSON.stringify(categorias)}::jsonb) as x(id uuid, nombre text)
    on conflict (nombre) do nothing`.execute(tx);
}

export interface CodigoNuevo {
  id: string;
  codigo: string;
  clave_gtin: string | null;
  producto: string;
  factor: string;
  tipo: string;
  nombre: string | null;
}

/** Codes of products (named by their own code): a known pair (code, product) takes the new factor and type. */
export async function upsertCodigos(tx: Tx, codigos: readonly CodigoNuevo[]): Promise<void> {
  if (codigos.length === 0) return;
  await sql`
    insert into inventario.codigos_barras (id, codigo, clave_gtin, producto_id, factor, tipo, nombre)
    select x.id, x.codigo, x.clave_gtin, p.id, x.factor, x.tipo, x.nombre
      from jsonb_to_recordset(${JSON.stringify(codigos)}::jsonb)
        as x(id uuid, codigo text, clave_gtin text, producto text, factor numeric, tipo text, nombre text)
      join inventario.productos p on p.codigo = x.producto
    on conflict (codigo, producto_id) do update
      set clave_gtin = excluded.clave_gtin, factor = excluded.factor, tipo = excluded.tipo,
          nombre = coalesce(excluded.nombre, inventario.codigos_barras.nombre), is_active = true
      where (inventario.codigos_barras.factor, inventario.codigos_barras.tipo, inventario.codigos_barras.is_active)
            is distinct from (excluded.factor, excluded.tipo, true)
         or excluded.nombre is distinct from inventario.codigos_barras.nombre`.execute(tx);
}

export interface UbicacionNueva {
  id: string;
  almacen: string;
  codigo: string;
  zona: string;
  producto: string;
}

/** Where products lie; a bin that does not exist yet is made. Returns the almacén codes that are unknown. */
export async function upsertProductoUbicaciones(tx: Tx, filas: readonly UbicacionNueva[]): Promise<string[]> {
  if (filas.length === 0) return [];
  const json = JSON.stringify(filas);
  const { rows: desconocidos } = await sql<{ almacen: string }>`
    select distinct x.almacen from jsonb_to_recordset(${json}::jsonb) as x(almacen text)
     where not exists (select from inventario.almacenes a where a.codigo = x.almacen)`.execute(tx);
  if (desconocidos.length > 0) return desconocidos.map((row) => row.almacen);
  await sql`
    insert into inventario.ubicaciones (id, almacen_id, codigo, zona)
    select distinct on (a.id, x.codigo) x.id, a.id, x.codigo, x.zona
      from jsonb_to_recordset(${json}::jsonb) as x(id uuid, almacen text, codigo text, zona text)
      join inventario.almacenes a on a.codigo = x.almacen
    on conflict (almacen_id, codigo) do nothing`.execute(tx);
  await sql`
    insert into inventario.producto_ubicaciones (producto_id, ubicacion_id)
    select p.id, u.id
      from jsonb_to_recordset(${json}::jsonb) as x(almacen text, codigo text, producto text)
      join inventario.almacenes a on a.codigo = x.almacen
      join inventario.ubicaciones u on u.almacen_id = a.id and u.codigo = x.codigo
      join inventario.productos p on p.codigo = x.producto
    on conflict do nothing`.execute(tx);
  return [];
}
