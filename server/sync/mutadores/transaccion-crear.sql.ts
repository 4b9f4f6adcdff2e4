import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface MovimientoNuevo {
  readonly id: string;
  readonly productoId: string;
  readonly almacenId: string;
  readonly tipo: string;
  readonly subtipo: string | null;
  readonly cantidad: string;
  readonly precio: string | null;
  readonly costoUnitario: string | null;
  readonly total: string | null;
  readonly ocurridaEn: string;
  readonly referencia: string | null;
  readonly notas: string | null;
  readonly userId: string;
  readonly createdAt: Date;
}

export interface HechosMovimiento {
  /** null: no movement with this id; true: the same one. */
  readonly igual: boolean | null;
  readonly tiendaId: string | null;
  readonly productoExiste: boolean;
  /** Code of the product that it was joined with; null when it stands by itself. */
  readonly fusionadoCodigo: string | null;
}

export async function selectHechosMovimiento(tx: Tx, m: MovimientoNuevo): Promise<HechosMovimiento> {
  const { rows } = await sql<HechosMovimiento>`
    select (select t.origen = 'manual'
                   and (t.producto_id, t.almacen_id, t.tipo, t.subtipo, t.cantidad, t.ocurrida_en) is not distinct from
                       (${m.productoId}::uuid, ${m.almacenId}::uuid, ${m.tipo}, ${m.subtipo}, ${m.cantidad}::numeric,
                        ${m.ocurridaEn}::timestamptz)
              from inventario.transacciones t where t.id = ${m.id}) as igual,
           (select a.tienda_id from inventario.almacenes a where a.id = ${m.almacenId}) as "tiendaId",
           exists (select from inventario.productos where id = ${m.productoId}) as "productoExiste",
           (select f.codigo from inventario.productos p join inventario.productos f on f.id = p.fusionado_en
             where p.id = ${m.productoId}) as "fusionadoCodigo"`.execute(tx);
  return rows[0]!;
}

/** Shop and local date are set by the trigger. */
export async function insertMovimiento(tx: Tx, m: MovimientoNuevo): Promise<void> {
  await sql`
    insert into inventario.transacciones (
      id, producto_id, tienda_id, almacen_id, tipo, subtipo, cantidad, precio, costo_unitario, costo_fuente, total,
      fecha, ocurrida_en, referencia, notas, origen, origen_id, user_id, created_at)
    select ${m.id}::uuid, ${m.productoId}::uuid, a.tienda_id, a.id, ${m.tipo}, ${m.subtipo}, ${m.cantidad}::numeric,
           ${m.precio}::numeric, ${m.costoUnitario}::numeric, null, ${m.total}::numeric,
           (${m.ocurridaEn}::timestamptz at time zone 'UTC')::date, ${m.ocurridaEn}::timestamptz, ${m.referencia},
           ${m.notas}, 'manual', ${m.id}, ${m.userId}::uuid, ${m.createdAt}::timestamptz
      from inventario.almacenes a
     where a.id = ${m.almacenId}`.execute(tx);
}
