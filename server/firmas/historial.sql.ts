import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface DecididaRow {
  /** Of the proposal, or of the contra-ajuste. */
  id: string;
  tipo: 'manual' | 'contra_ajuste';
  decision: 'firmado' | 'rechazado';
  producto_id: string;
  codigo: string;
  nombre: string;
  unidad: string;
  almacen_nombre: string;
  tienda: string;
  zona_horaria: string;
  cantidad: string;
  motivo: string | null;
  /** Why it was rejected. */
  razon: string | null;
  propuso: string | null;
  propuesto_en: Date;
  decidio: string;
  decidido_en: Date;
  folio: string | null;
  transaccion_id: string | null;
  /** Where it posted; null when it was rejected. */
  asiento: Date | null;
}

/** What was signed and rejected in these shops (null: in all), newest first, after `despues` by (decidido_en, id). */
export async function findDecididas(
  tx: Tx,
  tiendas: readonly string[] | null,
  despues: { en: Date; id: string } | null,
  limite: number,
): Promise<DecididaRow[]> {
  const { rows } = await sql<DecididaRow>`
    select x.id, x.tipo, x.decision, x.producto_id, p.codigo, p.nombre, p.unidad, a.nombre as almacen_nombre,
           t.nombre as tienda, t.zona_horaria, x.cantidad, x.motivo, x.razon, n.nombre as propuso, x.propuesto_en,
           d.nombre as decidio, x.decidido_en, x.folio, x.transaccion_id, m.ocurrida_en as asiento
      from (
        select h.id, 'manual' as tipo, case h.estado when 'firmado' then 'firmado' else 'rechazado' end as decision,
               h.producto_id, h.almacen_id, h.cantidad, h.motivo, h.motivo_rechazo as razon, h.propuesto_por as autor_id,
               h.propuesto_en, h.decidido_por as por, h.decidido_en, null::text as folio, h.transaccion_id
          from inventario.ajustes_propuestos h where h.estado <> 'propuesto'
        union all
        select k.id, 'contra_ajuste', case k.decision when 'firmado' then 'firmado' else 'rechazado' end,
               k.producto_id, v.almacen_id, -v.efecto, null, k.motivo, v.user_id, v.created_at, k.por, k.en, c.folio,
               k.transaccion_id
          from inventario.contra_ajustes k
          join inventario.transacciones v on v.id = k.movimiento_id
          join inventario.conteos c on c.id = k.conteo_id) x
      join inventario.productos p on p.id = x.producto_id
      join inventario.almacenes a on a.id = x.almacen_id
      join inventario.tiendas t on t.id = a.tienda_id
      join inventario.usuarios d on d.id = x.por
      left join inventario.usuarios n on n.id = x.autor_id
      left join inventario.transacciones m on m.id = x.transaccion_id
     where (${tiendas === null} or a.tienda_id = any(${(tiendas ?? []) as string[]}::uuid[]))
       and (${despues?.id ?? null}::uuid is null
            or (x.decidido_en, x.id) < (${despues?.en ?? null}::timestamptz, ${despues?.id ?? null}::uuid))
     order by x.decidido_en desc, x.id desc limit ${limite}`.execute(tx);
  return rows;
}
