import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface ProductoRow {
  id: string;
  codigo: string;
  nombre: string;
  categoria: string | null;
  marca: string | null;
  unidad: string;
  precio: string;
  costo: string | null;
  ivaTasa: string;
  claveProdServ: string | null;
  claveUnidad: string | null;
  activo: string;
}

/** Products by id or, where a row has none, by their own code. Booleans as 'sí' and 'no'. */
export async function findProductosDe(
  tx: Tx,
  de: { ids: readonly string[]; codigos: readonly string[] },
): Promise<ProductoRow[]> {
  const { rows } = await sql<ProductoRow>`
    select p.id, p.codigo, p.nombre, c.nombre as categoria, p.marca, p.unidad, p.precio::text, p.costo::text,
           p.iva_tasa as "ivaTasa", p.clave_prod_serv as "claveProdServ", p.clave_unidad as "claveUnidad",
           case when p.is_active then 'sí' else 'no' end as activo
      from inventario.productos p left join inventario.categorias c on c.id = p.categoria_id
     where p.id = any (${de.ids as string[]}::uuid[]) or p.codigo = any (${de.codigos as string[]}::text[])`.execute(
    tx,
  );
  return rows;
}

export interface CodigoRow {
  id: string;
  producto_id: string;
  codigo: string;
  factor: string;
  is_active: boolean;
}

export async function findCodigosDe(tx: Tx, ids: readonly string[]): Promise<CodigoRow[]> {
  const { rows } = await sql<CodigoRow>`
    select id, producto_id, codigo, factor::text, is_active from inventario.codigos_barras
     where producto_id = any (${ids as string[]}::uuid[])`.execute(tx);
  return rows;
}

export interface BinRow {
  producto_id: string;
  almacen_id: string;
  ubicacion_id: string;
  codigo: string;
}

export async function findBinsDe(tx: Tx, ids: readonly string[]): Promise<BinRow[]> {
  const { rows } = await sql<BinRow>`
    select x.producto_id, u.almacen_id, u.id as ubicacion_id, u.codigo
      from inventario.producto_ubicaciones x join inventario.ubicaciones u on u.id = x.ubicacion_id
     where x.producto_id = any (${ids as string[]}::uuid[])`.execute(tx);
  return rows;
}

export interface CamposDe {
  readonly id: string;
  readonly campos: Readonly<Record<string, string | null>>;
}

export async function insertCatalogo(
  tx: Tx,
  uploadId: string,
  filas: readonly { id: string; codigo: string; nombre: string }[],
): Promise<void> {
  await sql`
    insert into inventario.productos (id, codigo, nombre, metadata)
    select x.id, x.codigo, x.nombre, ${JSON.stringify({ importacion: uploadId })}::jsonb
      from jsonb_to_recordset(${JSON.stringify(filas)}::jsonb) as x(id uuid, codigo text, nombre text)
     order by x.codigo
    on conflict do nothing`.execute(tx);
}

/** Sets the fields that come, also to nothing where a column may be empty. */
export async function updateCampos(tx: Tx, filas: readonly CamposDe[]): Promise<void> {
  if (filas.length === 0) return;
  await sql`
    update inventario.productos p set
      nombre = coalesce(x.campos ->> 'nombre', p.nombre),
      unidad = coalesce(x.campos ->> 'unidad', p.unidad),
      precio = coalesce((x.campos ->> 'precio')::numeric, p.precio),
      costo = case when x.campos ? 'costo' then (x.campos ->> 'costo')::numeric else p.costo end,
      marca = case when x.campos ? 'marca' then x.campos ->> 'marca' else p.marca end,
      categoria_id = case when x.campos ? 'categoria'
                          then (select c.id from inventario.categorias c where c.nombre = x.campos ->> 'categoria')
                          else p.categoria_id end,
      iva_tasa = coalesce(x.campos ->> 'ivaTasa', p.iva_tasa),
      clave_prod_serv = case when x.campos ? 'claveProdServ' then x.campos ->> 'claveProdServ' else p.clave_prod_serv end,
      clave_unidad = case when x.campos ? 'claveUnidad' then x.campos ->> 'claveUnidad' else p.clave_unidad end,
      is_active = coalesce(x.campos ->> 'activo' = 'sí', p.is_active)
      from jsonb_to_recordset(${JSON.stringify(filas)}::jsonb) as x(id uuid, campos jsonb)
     where p.id = x.id`.execute(tx);
}

export interface CodigoPuesto {
  readonly id: string;
  readonly codigo: string;
  readonly clave_gtin: string | null;
  readonly producto_id: string;
  readonly factor: string;
}

/** Codes of products: a known pair takes the new factor. A pack is of type `caja`. */
export async function upsertCodigosDe(tx: Tx, codigos: readonly CodigoPuesto[]): Promise<void> {
  if (codigos.length === 0) return;
  await sql`
    insert into inventario.codigos_barras (id, codigo, clave_gtin, producto_id, factor, tipo)
    select distinct on (x.codigo, x.producto_id) x.id, x.codigo, x.clave_gtin, x.producto_id, x.factor,
           case when x.factor = 1 then 'barras' else 'caja' end
      from jsonb_to_recordset(${JSON.stringify(codigos)}::jsonb)
        as x(id uuid, codigo text, clave_gtin text, producto_id uuid, factor numeric)
     order by x.codigo, x.producto_id
    on conflict (codigo, producto_id) do update set factor = excluded.factor, is_active = true`.execute(tx);
}

/** Codes as they were: by id, where nobody changed them since. Null factor: the import added it, and it is put away. */
export async function restauraCodigos(
  tx: Tx,
  codigos: readonly { id: string; factor: string | null; activo: boolean | null; puesto: string }[],
): Promise<void> {
  if (codigos.length === 0) return;
  await sql`
    update inventario.codigos_barras c
       set factor = coalesce(x.factor, c.factor), is_active = coalesce(x.activo, false)
      from jsonb_to_recordset(${JSON.stringify(codigos)}::jsonb) as x(id uuid, factor numeric, activo boolean, puesto numeric)
     where c.id = x.id and c.factor = x.puesto`.execute(tx);
}

export interface BinNuevo {
  readonly id: string;
  readonly almacen_id: string;
  readonly codigo: string;
  readonly zona: string;
  readonly producto_id: string;
}

/** Where products lie; a bin that does not exist is made. Returns what was added. */
export async function insertBins(
  tx: Tx,
  bins: readonly BinNuevo[],
): Promise<{ producto_id: string; ubicacion_id: string }[]> {
  if (bins.length === 0) return [];
  const json = JSON.stringify(bins);
  await sql`
    insert into inventario.ubicaciones (id, almacen_id, codigo, zona)
    select distinct on (x.almacen_id, x.codigo) x.id, x.almacen_id, x.codigo, x.zona
      from jsonb_to_recordset(${json}::jsonb) as x(id uuid, almacen_id uuid, codigo text, zona text)
     order by x.almacen_id, x.codigo
    on conflict (almacen_id, codigo) do nothing`.execute(tx);
  const { rows } = await sql<{ producto_id: string; ubicacion_id: string }>`
    insert into inventario.producto_ubicaciones (producto_id, ubicacion_id)
    select distinct x.producto_id, u.id
      from jsonb_to_recordset(${json}::jsonb) as x(almacen_id uuid, codigo text, producto_id uuid)
      join inventario.ubicaciones u on u.almacen_id = x.almacen_id and u.codigo = x.codigo
    on conflict do nothing returning producto_id, ubicacion_id`.execute(tx);
  return rows;
}

export async function deleteBins(
  tx: Tx,
  bins: readonly { producto_id: string; ubicacion_id: string }[],
): Promise<void> {
  if (bins.length === 0) return;
  await sql`
    delete from inventario.producto_ubicaciones p
     using jsonb_to_recordset(${JSON.stringify(bins)}::jsonb) as x(producto_id uuid, ubicacion_id uuid)
     where p.producto_id = x.producto_id and p.ubicacion_id = x.ubicacion_id`.execute(tx);
}

/** Products that an import added and that something uses by now: they are not put away. */
export async function findUsados(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select p.id from inventario.productos p
     where p.id = any (${ids as string[]}::uuid[])
       and (exists (select from inventario.transacciones t where t.producto_id = p.id)
         or exists (select from inventario.conteo_lineas l where l.producto_id = p.id))`.execute(tx);
  return new Set(rows.map((row) => row.id));
}
