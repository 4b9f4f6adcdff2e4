import { type RawBuilder, sql } from 'kysely';
import type * as z from 'zod/mini';
import type { Tx } from '#server/platform/db/db.ts';
import type { ConsultaProductos } from '#shared/contracts/catalogo.ts';
import { pliega, pliegaCodigo } from '#shared/domain/busqueda.ts';
import { gtinKey } from '#shared/domain/codigos.ts';

export type Consulta = z.infer<typeof ConsultaProductos>;

/** A count goes no further: beyond it a list says «más de 10,000». */
export const CUENTA_MAXIMA = 10_000;

export interface RenglonProducto {
  id: string;
  codigo: string;
  nombre: string;
  marca: string | null;
  unidad: string;
  categoriaId: string | null;
  precio: string;
  costo: string | null;
  ivaTasa: string;
  imagenUrl: string | null;
  isActive: boolean;
  fusionadoEn: string | null;
  codigos: number;
  /** Place in the order, for the next page. */
  llave: string;
}

/** `%` and `_` of what a person typed are themselves. */
function literal(texto: string): string {
  return texto.replace(/[\\%_]/g, '\\$&');
}

/** Up to so many hits of a text are taken by their ids; of more, the list is walked in its order and each row asked. */
const HALLADOS_MAXIMOS = 2_000;

interface Buscado {
  /** Every word in the name, or in name and brand. The longest one alone is looked up by index. */
  larga: string;
  otras: readonly string[];
  /** Beginning of a code in any writing; null where the text has none. */
  prefijo: string | null;
  gtin: string | null;
}

function buscado(texto: string): Buscado {
  const codigo = pliegaCodigo(texto);
  const [larga = '', ...otras] = pliega(texto)
    .split(/\s+/)
    .filter((p) => p !== '')
    .sort((a, b) => b.length - a.length)
    .map((p) => `%${literal(p)}%`);
  return { larga, otras, prefijo: codigo === '' ? null : `${codigo}%`, gtin: gtinKey(texto.trim()) };
}

function conPalabras({ larga, otras }: Buscado): RawBuilder<unknown> {
  return sql.join(
    [
      sql`inventario.pliega(p.nombre) like ${larga}`,
      ...otras.map((o) => sql`inventario.pliega(p.nombre || ' ' || coalesce(p.marca, '')) like ${o}`),
    ],
    sql` and `,
  );
}

/**
 * Ids of what a text may mean: any code by its beginning, in any writing, or every word in name or brand. Each branch has an
 * index of its own and stops at the limit. null: there are more, and the list has to be walked.
 */
export async function findHallados(tx: Tx, texto: string): Promise<string[] | null> {
  const b = buscado(texto);
  const limite = HALLADOS_MAXIMOS + 1;
  const partes = [sql`(select p.id from inventario.productos p where ${conPalabras(b)} limit ${limite})`];
  if (b.prefijo !== null) {
    partes.push(
      sql`(select p.id from inventario.productos p where inventario.pliega_codigo(p.codigo) like ${b.prefijo} limit ${limite})`,
      sql`(select c.producto_id from inventario.codigos_barras c
            where inventario.pliega_codigo(c.codigo) like ${b.prefijo} and c.is_active limit ${limite})`,
    );
  }
  if (b.gtin !== null) {
    partes.push(
      sql`(select c.producto_id from inventario.codigos_barras c where c.clave_gtin = ${b.gtin} and c.is_active limit ${limite})`,
    );
  }
  const { rows } = await sql<{ id: string }>`${sql.join(partes, sql` union all `)}`.execute(tx);
  const ids = [...new Set(rows.map((r) => r.id))];
  return ids.length > HALLADOS_MAXIMOS ? null : ids;
}

/** The same, asked of one row: for a text that means thousands of products. */
function significa(texto: string): RawBuilder<unknown> {
  const b = buscado(texto);
  const partes = [sql`(${conPalabras(b)})`];
  if (b.prefijo !== null) {
    partes.push(
      sql`inventario.pliega_codigo(p.codigo) like ${b.prefijo}`,
      sql`exists (select from inventario.codigos_barras c
                   where c.producto_id = p.id and c.is_active and inventario.pliega_codigo(c.codigo) like ${b.prefijo})`,
    );
  }
  return sql`(${sql.join(partes, sql` or `)})`;
}

const FALTA = {
  codigo: sql`not exists (select from inventario.codigos_barras b where b.producto_id = p.id and b.is_active)`,
  costo: sql`coalesce(p.costo, 0) = 0`,
  foto: sql`p.imagen_url is null`,
  categoria: sql`p.categoria_id is null`,
  ubicacion: sql`not exists (select from inventario.producto_ubicaciones u where u.producto_id = p.id)`,
  proveedor: sql`not exists (select from inventario.producto_proveedores v where v.producto_id = p.id)`,
} as const;

/** What a list is asked for, once its text was looked up: the ids, or null where it means thousands. */
export interface Filtro extends Consulta {
  readonly hallados?: readonly string[] | null | undefined;
}

function condiciones(c: Filtro): RawBuilder<unknown> {
  const estado = c.estado ?? 'activos';
  const partes: RawBuilder<unknown>[] = [
    estado === 'activos'
      ? sql`p.is_active and p.fusionado_en is null`
      : estado === 'baja'
        ? sql`not p.is_active and p.fusionado_en is null`
        : estado === 'unidos'
          ? sql`p.fusionado_en is not null`
          : sql`true`,
  ];
  if (c.hallados) partes.push(sql`p.id = any(${[...c.hallados]}::uuid[])`);
  if (c.categoriaId) partes.push(sql`p.categoria_id in (select inventario.rama(${c.categoriaId}::uuid))`);
  if (c.sin !== undefined) partes.push(FALTA[c.sin]);
  if (c.marca) partes.push(sql`inventario.pliega(coalesce(p.marca, '')) = ${pliega(c.marca)}`);
  if (c.proveedorId) {
    partes.push(sql`exists (select from inventario.producto_proveedores v
                             where v.producto_id = p.id and v.proveedor_id = ${c.proveedorId}::uuid)`);
  }
  // Last: it asks the most of a row.
  if (c.hallados === null) partes.push(significa(c.q ?? ''));
  return sql.join(partes, sql` and `);
}

/** One page after `despues` = [key, id] in the order asked for. */
export async function selectProductos(
  tx: Tx,
  c: Filtro,
  despues: readonly [string, string] | null,
): Promise<RenglonProducto[]> {
  const orden = c.orden ?? 'nombre';
  const llave =
    orden === 'nombre'
      ? sql`inventario.pliega(p.nombre) collate "C"`
      : orden === 'codigo'
        ? sql`p.codigo`
        : sql`p.updated_at`;
  const tipo = orden === 'reciente' ? sql`::timestamptz` : sql``;
  const corte =
    despues === null
      ? sql`true`
      : orden === 'reciente'
        ? sql`(${llave}, p.id) < (${despues[0]}${tipo}, ${despues[1]}::uuid)`
        : sql`(${llave}, p.id) > (${despues[0]}, ${despues[1]}::uuid)`;
  const sentido = orden === 'reciente' ? sql`desc` : sql`asc`;
  const { rows } = await sql<RenglonProducto>`
    select p.id, p.codigo, p.nombre, p.marca, p.unidad, p.categoria_id as "categoriaId", p.precio, p.costo,
           p.iva_tasa as "ivaTasa", p.imagen_url as "imagenUrl", p.is_active as "isActive", p.fusionado_en as "fusionadoEn",
           (select count(*)::int from inventario.codigos_barras b where b.producto_id = p.id and b.is_active) as codigos,
           (${llave})::text as llave
      from inventario.productos p
     where ${condiciones(c)} and ${corte}
     order by ${llave} ${sentido}, p.id ${sentido}
     limit ${(c.limite ?? 50) + 1}`.execute(tx);
  return rows;
}

/** How many there are, counted up to one more than `CUENTA_MAXIMA`. */
export async function countProductos(tx: Tx, c: Filtro): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (
      select 1 from inventario.productos p where ${condiciones(c)} limit ${CUENTA_MAXIMA + 1}) x`.execute(tx);
  return rows[0]?.n ?? 0;
}

/** Ids of everything that the filters let through, for an edition of all of it; one more than `maximo` says too many. */
export async function selectIds(tx: Tx, c: Filtro, maximo: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from inventario.productos p where ${condiciones(c)} order by p.id limit ${maximo + 1}`.execute(
    tx,
  );
  return rows.map((r) => r.id);
}
