import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import type { CatalogoImportacion } from './analiza.ts';

export interface AlmacenRow {
  id: string;
  codigo: string;
  nombre: string;
  tipo: string;
  tienda_id: string;
  tienda_codigo: string;
  tienda: string;
  zona_horaria: string;
  cerrado_hasta: Date | null;
  movimientos_hasta: Date | null;
}

/** Almacenes into which a person may import: of their shops, or all of them for an admin. */
export async function findAlmacenesDe(tx: Tx, usuarioId: string): Promise<AlmacenRow[]> {
  const { rows } = await sql<AlmacenRow>`
    select a.id, a.codigo, a.nombre, a.tipo, t.id as tienda_id, t.codigo as tienda_codigo, t.nombre as tienda,
           t.zona_horaria, t.cerrado_hasta, a.movimientos_hasta
      from inventario.almacenes a join inventario.tiendas t on t.id = a.tienda_id
     where a.is_active and t.is_active and t.id = any (inventario.tiendas_de(${usuarioId}))
       and a.tipo not in ('transito', 'ajeno')
     order by t.codigo, a.tipo <> 'general', a.codigo`.execute(tx);
  return rows;
}

/** Products that can be imported, and every code that leads to one; a merged product's codes lead to the one it became. */
export async function findCatalogo(tx: Tx, almacenes: readonly AlmacenRow[]): Promise<CatalogoImportacion> {
  const { rows: productos } = await sql<{ id: string; codigo: string; nombre: string; decimales: number }>`
    select id, codigo, nombre, decimales from inventario.productos
     where fusionado_en is null and not es_servicio order by codigo`.execute(tx);
  const lugar = new Map(productos.map((p, i) => [p.id, i]));
  const { rows: codigos } = await sql<{
    codigo: string;
    clave_gtin: string | null;
    producto_id: string;
    factor: string;
  }>`
    select c.codigo, c.clave_gtin, coalesce(p.fusionado_en, p.id) as producto_id, c.factor
      from inventario.codigos_barras c join inventario.productos p on p.id = c.producto_id where c.is_active
    union all
    select p.codigo, null, p.fusionado_en, '1' from inventario.productos p where p.fusionado_en is not null`.execute(
    tx,
  );
  const vivos = codigos.filter((c) => lugar.has(c.producto_id));
  const { rows: categorias } = await sql<{ nombre: string }>`
    select nombre from inventario.categorias where is_active order by nombre`.execute(tx);
  return {
    productos: {
      id: productos.map((p) => p.id),
      codigo: productos.map((p) => p.codigo),
      nombre: productos.map((p) => p.nombre),
      decimales: productos.map((p) => p.decimales),
    },
    codigos: {
      codigo: vivos.map((c) => c.codigo),
      claveGtin: vivos.map((c) => c.clave_gtin),
      producto: vivos.map((c) => lugar.get(c.producto_id)!),
      factor: vivos.map((c) => c.factor),
    },
    almacenes: almacenes.map((a) => ({
      id: a.id,
      codigo: a.codigo,
      nombre: a.nombre,
      tienda: { id: a.tienda_id, codigo: a.tienda_codigo, nombre: a.tienda },
      esGeneral: a.tipo === 'general',
    })),
    categorias: categorias.map((c) => c.nombre),
  };
}
