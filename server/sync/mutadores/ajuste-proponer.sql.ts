import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import type { ArgsDe } from '#shared/contracts/mutadores.ts';

type Args = ArgsDe<'ajuste.proponer/1'>;

export interface HechosPropuesta {
  /** null: no proposal with this id; true: the same one. */
  readonly igual: boolean | null;
  readonly tiendaId: string | null;
  readonly productoExiste: boolean;
}

export async function selectHechosPropuesta(tx: Tx, a: Args): Promise<HechosPropuesta> {
  const { rows } = await sql<HechosPropuesta>`
    select (select (p.producto_id, p.almacen_id, p.cantidad, p.ocurrida_en) is not distinct from
                   (${a.productoId}::uuid, ${a.almacenId}::uuid, ${a.cantidad}::numeric, ${a.ocurridaEn}::timestamptz)
              from inventario.ajustes_propuestos p where p.id = ${a.id}) as igual,
           (select x.tienda_id from inventario.almacenes x where x.id = ${a.almacenId}) as "tiendaId",
           exists (select from inventario.productos where id = ${a.productoId}) as "productoExiste"`.execute(
    tx,
  );
  return rows[0]!;
}

export async function insertAjustePropuesto(tx: Tx, a: Args, por: string, en: Date): Promise<void> {
  await sql`
    insert into inventario.ajustes_propuestos (id, producto_id, almacen_id, cantidad, motivo, ocurrida_en,
                                               propuesto_por, propuesto_en)
    values (${a.id}, ${a.productoId}, ${a.almacenId}, ${a.cantidad}::numeric, ${a.motivo},
            ${a.ocurridaEn}::timestamptz, ${por}, ${en})`.execute(tx);
}
