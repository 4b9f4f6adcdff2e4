import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

/**
 * Holds the stock of the products until commit. Whoever posts a movement of them takes the same rows in the same order,
 * so no movement slips in between the reading of the teórico and the ajuste, and two conteos of one product take turns.
 */
export async function lockExistencias(
  tx: Tx,
  almacenId: string,
  productoIds: readonly string[],
): Promise<void> {
  await sql`
    insert into inventario.existencias (producto_id, almacen_id, cantidad, tiene_base)
    select id, ${almacenId}::uuid, null, false from unnest(${productoIds as string[]}::uuid[]) as p(id) order by id
    on conflict (producto_id, almacen_id) do nothing`.execute(tx);
  await sql`
    select 1 from inventario.existencias
     where almacen_id = ${almacenId} and producto_id = any(${productoIds as string[]}::uuid[])
     order by producto_id, almacen_id for update`.execute(tx);
}

export interface AsientoDeConteo {
  id: string;
  producto_id: string;
  tipo: 'ajuste' | 'inventario';
  cantidad: string;
  ocurrida_en: string;
  costo_unitario: string | null;
  costo_fuente: string;
}

/**
 * Posts the ajustes (or, without base, the bases) of a conteo. A second try of the same rows writes nothing. What was
 * counted in a period that is closed by now posts at the first open instant and names the true one; a base then also
 * carries what moved in between, which it would otherwise swallow.
 */
export async function insertAjustes(
  tx: Tx,
  de: { conteoId: string; almacenId: string; tiendaId: string; folio: string | null; usuarioId: string },
  filas: readonly AsientoDeConteo[],
): Promise<void> {
  if (filas.length === 0) return;
  await sql`
    insert into inventario.transacciones (id, producto_id, tienda_id, almacen_id, tipo, subtipo, cantidad, ocurrida_en,
                                          orden, fecha, costo_unitario, costo_fuente, conteo_id, referencia, origen,
                                          origen_id, user_id, notas, metadata)
    select x.id, x.producto_id, ${de.tiendaId}::uuid, ${de.almacenId}::uuid, x.tipo, 'conteo',
           x.cantidad + case when x.tipo = 'inventario' and t.cerrado_hasta > x.ocurrida_en then (
             select coalesce(sum(m.efecto), 0) from inventario.transacciones m
              where m.producto_id = x.producto_id and m.almacen_id = ${de.almacenId}::uuid
                and m.ocurrida_en > x.ocurrida_en and m.ocurrida_en <= t.cerrado_hasta) else 0 end,
           greatest(x.ocurrida_en, t.cerrado_hasta), 1, x.ocurrida_en::date, x.costo_unitario, x.costo_fuente, ${de.conteoId}::uuid, ${de.folio}, 'conteo', x.id::text,
           ${de.usuarioId}::uuid,
           case when t.cerrado_hasta > x.ocurrida_en then
             'Contado el ' || to_char(x.ocurrida_en at time zone t.zona_horaria, 'YYYY-MM-DD HH24:MI')
             || ', en un periodo que ya estaba cerrado.' end,
           case when t.cerrado_hasta > x.ocurrida_en
             then jsonb_build_object('instante_real', x.ocurrida_en) else '{}'::jsonb end
      from jsonb_to_recordset(${JSON.stringify(filas)}::jsonb)
        as x(id uuid, producto_id uuid, tipo text, cantidad numeric, ocurrida_en timestamptz, costo_unitario numeric, costo_fuente text)
      join inventario.tiendas t on t.id = ${de.tiendaId}::uuid
     order by x.producto_id
    on conflict do nothing`.execute(tx);
}

export interface ResultadoNuevo {
  producto_id: string;
  intento: number;
  contado: string;
  instante: string;
  teorico: string | null;
  lo: string | null;
  hi: string | null;
  variacion: string;
  decision: 'ajuste' | 'sin_ajuste' | 'base' | 'prueba';
  ajuste_id: string | null;
  costo_unitario: string | null;
  costo_fuente: string;
  valor: string | null;
}

export async function insertResultados(
  tx: Tx,
  de: { conteoId: string; usuarioId: string; motivo: string | null; en: Date },
  filas: readonly ResultadoNuevo[],
): Promise<void> {
  await sql`
    insert into inventario.conteo_resultados (conteo_id, producto_id, intento, contado, instante, teorico, lo, hi,
                                              variacion, decision, ajuste_id, costo_unitario, costo_fuente, valor, motivo,
                                              aprobado_por, aprobado_en)
    select ${de.conteoId}::uuid, x.producto_id, x.intento, x.contado, x.instante, x.teorico, x.lo, x.hi, x.variacion,
           x.decision, x.ajuste_id, x.costo_unitario, x.costo_fuente, x.valor, ${de.motivo}, ${de.usuarioId}::uuid, ${de.en}
      from jsonb_to_recordset(${JSON.stringify(filas)}::jsonb)
        as x(producto_id uuid, intento smallint, contado numeric, instante timestamptz, teorico numeric, lo numeric,
             hi numeric, variacion numeric, decision text, ajuste_id uuid, costo_unitario numeric, costo_fuente text,
             valor numeric)`.execute(tx);
}

/** Closes a conteo under review. */
export async function closeConteo(tx: Tx, conteoId: string, en: Date): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update inventario.conteos set estado = 'cerrado', cerrado_en = ${en}
     where id = ${conteoId} and estado = 'en_revision' returning id`.execute(tx);
  return rows.length === 1;
}
