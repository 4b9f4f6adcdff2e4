import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface BaseNueva {
  id: string;
  producto_id: string;
  almacen_id: string;
  tipo: string;
  ocurrida_en: string;
}

/**
 * Codes of the products whose new base would move what a conteo approved: it is dated before a result that rests on the
 * books (one that set a base itself rests on nothing older), with no other base in between. A movement that late is
 * answered with a counter-ajuste; a base has no effect of its own to take back, so it is not let in. Runs as the service.
 */
export async function findBasesAntesDeAprobado(tx: Tx, filas: readonly BaseNueva[]): Promise<string[]> {
  const bases = filas.filter(({ tipo }) => tipo === 'inventario');
  if (bases.length === 0) return [];
  const { rows } = await sql<{ codigo: string }>`
    select distinct p.codigo
      from jsonb_to_recordset(${JSON.stringify(bases)}::jsonb)
           as x(id uuid, producto_id uuid, almacen_id uuid, ocurrida_en timestamptz)
      join inventario.productos p on p.id = x.producto_id
     cross join lateral (
       select r.decision, r.instante
         from inventario.conteo_resultados r
         join inventario.conteos c on c.id = r.conteo_id
        where r.producto_id = x.producto_id and c.almacen_id = x.almacen_id and r.decision <> 'prueba'
          and r.instante >= x.ocurrida_en
        order by r.instante, r.aprobado_en limit 1) r
     where r.decision <> 'base'
       and not exists (
         select from inventario.transacciones b
          where b.producto_id = x.producto_id and b.almacen_id = x.almacen_id and b.tipo = 'inventario' and b.id <> x.id
            and b.ocurrida_en > x.ocurrida_en and b.ocurrida_en <= r.instante)
     order by p.codigo`.execute(tx);
  return rows.map((row) => row.codigo);
}
