import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import { productosDe } from '#server/productos/busca.sql.ts';

export interface ProductoFila {
  readonly id: string;
  readonly codigo: string;
  readonly nombre: string;
  readonly descripcion: string | null;
  readonly categoria: { readonly id: string; readonly nombre: string } | null;
  readonly precio: string;
  readonly costo: string | null;
  readonly unidad: string;
  readonly decimales: number;
  readonly marca: string | null;
  readonly modelo: string | null;
  readonly iva_tasa: '16' | '8' | '0' | 'exento';
  readonly is_active: boolean;
  readonly fusionado_en: string | null;
  readonly updated_at: Date;
}

const COLUMNAS = sql`
  p.id, p.codigo, p.nombre, p.descripcion,
  case when c.id is not null then jsonb_build_object('id', c.id, 'nombre', c.nombre) end as categoria,
  p.precio, trim_scale(k.costo)::text as costo, p.unidad, p.decimales, p.marca, p.modelo, p.iva_tasa, p.is_active, p.fusionado_en,
  p.updated_at`;
/** producto_costos shows nothing to who may not see costs. */
const DE = sql`
  inventario.productos p
  left join inventario.categorias c on c.id = p.categoria_id
  left join inventario.producto_costos k on k.id = p.id`;

export interface FiltroProductos {
  readonly busca: string | null;
  /** What the text may be as a code (`lookupKeys`). */
  readonly claves: readonly string[];
  readonly categoriaId: string | null;
  readonly soloActivos: boolean;
}

function donde({ busca, claves, categoriaId, soloActivos }: FiltroProductos) {
  const texto =
    busca === null
      ? sql`true`
      : sql`(inventario.pliega(p.nombre) like '%' || replace(replace(inventario.pliega(${busca}), '%', '\\%'), '_', '\\_') || '%'
             or (inventario.pliega_codigo(${busca}) <> ''
                 and inventario.pliega_codigo(p.codigo) like '%' || inventario.pliega_codigo(${busca}) || '%')
             or p.id in (${productosDe(claves)}))`;
  const categoria =
    categoriaId === null
      ? sql`true`
      : sql`p.categoria_id in (
          with recursive rama as (
            select x.id from inventario.categorias x where x.id = ${categoriaId}::uuid
            union
            select x.id from inventario.categorias x join rama r on x.parent_id = r.id
          ) select id from rama)`;
  return sql`${texto} and ${categoria} and (not ${soloActivos}::boolean or p.is_active)`;
}

/** In the order of `codigo`. */
export async function findProductos(
  tx: Tx,
  filtro: FiltroProductos & { readonly tras: string | null; readonly salta: number; readonly limite: number },
): Promise<ProductoFila[]> {
  const { rows } = await sql<ProductoFila>`
    select ${COLUMNAS} from ${DE}
     where ${donde(filtro)} and (${filtro.tras}::text is null or p.codigo > ${filtro.tras})
     order by p.codigo limit ${filtro.limite} offset ${filtro.salta}`.execute(tx);
  return rows;
}

export async function countProductos(tx: Tx, filtro: FiltroProductos): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from inventario.productos p where ${donde(filtro)}`.execute(tx);
  return rows[0]?.n ?? 0;
}

export async function findProducto(tx: Tx, id: string): Promise<ProductoFila | undefined> {
  const { rows } = await sql<ProductoFila>`select ${COLUMNAS} from ${DE} where p.id = ${id}`.execute(tx);
  return rows[0];
}

export interface ExistenciaFila {
  readonly producto_id: string;
  readonly almacen_id: string;
  readonly almacen: string;
  readonly tienda_id: string;
  readonly cantidad: string | null;
  readonly tiene_base: boolean;
}

/** Under row-level security; of one shop or of all that the person sees. */
export async function findExistenciasDe(
  tx: Tx,
  productoIds: readonly string[],
  tiendaId: string | null,
): Promise<ExistenciaFila[]> {
  const { rows } = await sql<ExistenciaFila>`
    select e.producto_id, e.almacen_id, a.codigo as almacen, a.tienda_id, e.cantidad, e.tiene_base
      from inventario.existencias e join inventario.almacenes a on a.id = e.almacen_id
     where e.producto_id = any (${[...productoIds]}::uuid[]) and (${tiendaId}::uuid is null or a.tienda_id = ${tiendaId}::uuid)
     order by a.codigo`.execute(tx);
  return rows;
}

export async function findCodigosDe(tx: Tx, productoId: string) {
  const { rows } = await sql<{ codigo: string; factor: string; tipo: string; nombre: string | null }>`
    select codigo, factor, tipo, nombre from inventario.codigos_barras
     where producto_id = ${productoId} and is_active order by codigo`.execute(tx);
  return rows;
}

export interface MovimientoFila {
  readonly id: string;
  readonly tipo: string;
  readonly subtipo: string | null;
  readonly cantidad: string;
  readonly efecto: string;
  readonly fecha: string;
  readonly ocurrida_en: Date;
  readonly almacen: string;
  readonly tienda: { readonly id: string; readonly codigo: string; readonly nombre: string };
  readonly referencia: string | null;
}

export async function findMovimientosDe(
  tx: Tx,
  productoId: string,
  limite: number,
): Promise<MovimientoFila[]> {
  const { rows } = await sql<MovimientoFila>`
    select t.id, t.tipo, t.subtipo, t.cantidad, t.efecto, t.fecha, t.ocurrida_en, a.codigo as almacen,
           jsonb_build_object('id', s.id, 'codigo', s.codigo, 'nombre', s.nombre) as tienda, t.referencia
      from inventario.transacciones t
      join inventario.almacenes a on a.id = t.almacen_id
      join inventario.tiendas s on s.id = t.tienda_id
     where t.producto_id = ${productoId}
     order by t.ocurrida_en desc, t.id desc limit ${limite}`.execute(tx);
  return rows;
}

export interface TiendaFila {
  readonly id: string;
  readonly codigo: string;
  readonly nombre: string;
  readonly direccion: string | null;
  readonly ciudad: string | null;
  readonly estado: string | null;
  readonly codigo_postal: string | null;
  readonly telefono: string | null;
  readonly zona_horaria: string;
  readonly is_active: boolean;
  readonly updated_at: Date;
}

export async function findTiendas(tx: Tx, soloActivas: boolean): Promise<TiendaFila[]> {
  const { rows } = await sql<TiendaFila>`
    select id, codigo, nombre, direccion, ciudad, estado, codigo_postal, telefono, zona_horaria, is_active, updated_at
      from inventario.tiendas where not ${soloActivas}::boolean or is_active order by codigo`.execute(tx);
  return rows;
}

export interface AlmacenFila {
  readonly id: string;
  readonly codigo: string;
  readonly nombre: string;
  readonly tipo: string;
  readonly tienda: { readonly id: string; readonly codigo: string; readonly nombre: string };
  readonly is_active: boolean;
}

export async function findAlmacenes(tx: Tx, soloActivos: boolean): Promise<AlmacenFila[]> {
  const { rows } = await sql<AlmacenFila>`
    select a.id, a.codigo, a.nombre, a.tipo, a.is_active,
           jsonb_build_object('id', t.id, 'codigo', t.codigo, 'nombre', t.nombre) as tienda
      from inventario.almacenes a join inventario.tiendas t on t.id = a.tienda_id
     where not ${soloActivos}::boolean or a.is_active order by a.codigo`.execute(tx);
  return rows;
}

export interface CategoriaFila {
  readonly id: string;
  readonly nombre: string;
  readonly descripcion: string | null;
  readonly parent_id: string | null;
  readonly is_active: boolean;
  /** Active products in it, without what is under it. */
  readonly productos: number;
}

export async function findCategorias(tx: Tx, soloActivas: boolean): Promise<CategoriaFila[]> {
  const { rows } = await sql<CategoriaFila>`
    select c.id, c.nombre, c.descripcion, c.parent_id, c.is_active, coalesce(n.n, 0)::int as productos
      from inventario.categorias c
      left join (select categoria_id, count(*) as n from inventario.productos where is_active group by categoria_id) n
        on n.categoria_id = c.id
     where not ${soloActivas}::boolean or c.is_active
     order by inventario.pliega(c.nombre), c.id`.execute(tx);
  return rows;
}

export async function hayCategoria(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`select from inventario.categorias where id = ${id}`.execute(tx);
  return rows.length > 0;
}
