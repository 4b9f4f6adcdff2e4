import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import { abreFin, preparaSumas } from './alcance.sql.ts';
import { type Cifras, conCifras, type FiltroCifras, SUMA_CIFRAS, TEXTO_CIFRAS } from './cifras.sql.ts';
import type { Cursor } from './cursor.ts';

export interface ProductoRow extends Cifras {
  producto_id: string;
  codigo: string;
  nombre: string;
  unidad: string;
  precio: string;
  categoria: string | null;
  tiendas: number;
  primera: string | null;
  ultima: string | null;
  clave: string;
}

export interface PaginaProductos {
  total: Cifras & { productos: number };
  filas: ProductoRow[];
}

/** What a page is ordered by, as something that never is null. */
const CLAVES = {
  importe: sql`f.importe`,
  neto: sql`f.neto`,
  margen: sql`coalesce(f.margen, -1e20)`,
  unidades: sql`f.unidades`,
  movimientos: sql`f.movimientos::numeric`,
  codigo: sql`p.codigo`,
};

/** One page of the products that moved, with the totals of all of them. Under row-level security. */
export async function findProductos(
  tx: Tx,
  filtro: FiltroCifras,
  pagina: { orden: keyof typeof CLAVES; dir: 'asc' | 'desc'; cursor: Cursor | null; limite: number },
): Promise<PaginaProductos> {
  const baja = pagina.dir === 'desc';
  const clave = CLAVES[pagina.orden];
  const { cursor } = pagina;
  const desde =
    cursor === null
      ? sql`true`
      : sql`(${clave}, p.id) ${sql.raw(baja ? '<' : '>')} (${sql`${cursor.clave}::${sql.raw(pagina.orden === 'codigo' ? 'text' : 'numeric')}`}, ${cursor.id}::uuid)`;
  const sentido = sql.raw(baja ? 'desc' : 'asc');
  const f = await abreFin(tx, filtro);
  if (f.productoId == null) await preparaSumas(tx);
  const { rows } = await sql<{ total: PaginaProductos['total']; filas: ProductoRow[] }>`
    ${conCifras(f)}, por as materialized (
      select producto_id, count(distinct tienda_id)::integer as tiendas, min(primera) as primera, max(ultima) as ultima, ${SUMA_CIFRAS}
        from cifras group by producto_id
    ), primeros as (
      select f.producto_id, p.codigo, p.nombre, p.unidad, p.precio::text as precio, c.nombre as categoria, f.tiendas, f.primera::text as primera,
             f.ultima::text as ultima, ${TEXTO_CIFRAS}, ${clave} as k
        from por f join inventario.productos p on p.id = f.producto_id left join inventario.categorias c on c.id = p.categoria_id
       where ${desde}
       order by ${clave} ${sentido}, p.id ${sentido} limit ${pagina.limite + 1}
    ), pagina as (
      -- Numbered once there are few: to number all of them is to sort all of them.
      select x.*, x.k::text as clave, row_number() over (order by x.k ${sentido}, x.producto_id ${sentido}) as n from primeros x
    )
    select (select jsonb_build_object('productos', count(*)::integer, 'movimientos', coalesce(sum(movimientos), 0)::integer,
                    'unidades', coalesce(sum(unidades), 0)::numeric(18,5)::text, 'importe', coalesce(sum(importe), 0)::text,
                    'neto', coalesce(sum(neto), 0)::text, 'costo', sum(costo)::text, 'margen', sum(margen)::text,
                    'neto_con_costo', coalesce(sum(neto_con_costo), 0)::text, 'sin_costo', coalesce(sum(sin_costo), 0)::numeric(18,5)::text)
              from por) as total,
           (select coalesce(jsonb_agg(to_jsonb(g) order by g.n), '[]') from pagina g) as filas`.execute(tx);
  return rows[0]!;
}
