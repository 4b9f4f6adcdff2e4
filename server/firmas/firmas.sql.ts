import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

/** What waits for a signature: an ajuste made by hand or a contra-ajuste. `cantidad` is signed, as it would post. */
export interface PorFirmarRow {
  id: string;
  tipo: 'manual' | 'contra_ajuste';
  producto_id: string;
  codigo: string;
  nombre: string;
  unidad: string;
  almacen_id: string;
  almacen: string;
  almacen_nombre: string;
  tienda_id: string;
  tienda: string;
  cantidad: string;
  costo_unitario: string | null;
  costo_fuente: string;
  /** Instant it speaks for, and where it posts: the first open instant if that one is closed. */
  instante: Date;
  asiento: Date;
  zona_horaria: string;
  motivo: string | null;
  /** Who proposed it, or registered the movement; null for what no person entered. */
  autor_id: string | null;
  autor: string | null;
  /** Whether the person who looks counted the product, in that conteo or in one that is still open. */
  conto: boolean;
  /** Stock now, and what it becomes if this posts: a base after it leaves it as it is. null = nothing is known. */
  existencia: string | null;
  existencia_despues: string;
  conteo_id: string | null;
  folio: string | null;
  movimiento_id: string | null;
  movimiento_en: Date | null;
  movimiento_tipo: string | null;
  movimiento_subtipo: string | null;
  movimiento_cantidad: string | null;
  movimiento_referencia: string | null;
  /** Counted units that the conteo approved. */
  contado: string | null;
  registrado_en: Date;
}

/** Who looks, and whose shops: null is every shop. */
export interface Mirada {
  usuarioId: string;
  tiendas: readonly string[] | null;
}

const COLUMNAS = sql`
  x.id, x.tipo, x.producto_id, p.codigo, p.nombre, p.unidad, x.almacen_id, a.codigo as almacen, a.nombre as almacen_nombre,
  a.tienda_id, t.nombre as tienda, x.cantidad, v.costo_unitario, coalesce(v.fuente, 'sin_costo') as costo_fuente, x.instante,
  greatest(x.instante, t.cerrado_hasta) as asiento, t.zona_horaria, x.motivo, x.autor_id, u.nombre as autor, x.conteo_id,
  x.folio, x.contado, x.movimiento_id, x.movimiento_en, x.movimiento_tipo, x.movimiento_subtipo, x.movimiento_cantidad,
  x.movimiento_referencia, x.registrado_en, e.cantidad as existencia,
  coalesce(e.cantidad, 0) + case when exists (
    select from inventario.transacciones b
     where b.producto_id = x.producto_id and b.almacen_id = x.almacen_id and b.tipo = 'inventario'
       and (b.ocurrida_en, b.orden) > (greatest(x.instante, t.cerrado_hasta), 1::smallint))
    then 0 else x.cantidad end as existencia_despues`;
const UNIONES = sql`
  join inventario.productos p on p.id = x.producto_id
  join inventario.almacenes a on a.id = x.almacen_id
  join inventario.tiendas t on t.id = a.tienda_id
  left join inventario.usuarios u on u.id = x.autor_id
  left join inventario.existencias e on e.producto_id = x.producto_id and e.almacen_id = x.almacen_id
  left join lateral inventario.costo_vigente(x.producto_id, x.almacen_id, x.instante) v on true`;

/** A line of a code that was linked later counts too. */
const contoPor = (usuarioId: string) => sql`
  exists (
    select from inventario.conteo_lineas l
      join inventario.conteos c on c.id = l.conteo_id
     where l.usuario_id = ${usuarioId} and c.almacen_id = x.almacen_id
       and (c.id = x.conteo_id or x.conteo_id is null and c.estado in ('abierto', 'en_revision'))
       and (l.producto_id = x.producto_id or exists (
         select from inventario.conteo_linea_ligas g
          where g.conteo_id = l.conteo_id and g.linea_id = l.id and g.producto_id = x.producto_id and g.estado = 'ligada'))
  ) as conto`;

/** Proposals by hand of these shops (null: of every shop), oldest first; or the one of that id. */
export async function findPropuestas(
  tx: Tx,
  { usuarioId, tiendas }: Mirada,
  id: string | null = null,
): Promise<PorFirmarRow[]> {
  const { rows } = await sql<PorFirmarRow>`
    select ${COLUMNAS}, ${contoPor(usuarioId)}
      from (select id, 'manual' as tipo, producto_id, almacen_id, cantidad, ocurrida_en as instante, motivo,
                   propuesto_por as autor_id, null::uuid as conteo_id, null::text as folio, null::uuid as movimiento_id,
                   null::timestamptz as movimiento_en, null::text as movimiento_tipo, null::text as movimiento_subtipo,
                   null::numeric as movimiento_cantidad, null::text as movimiento_referencia, null::numeric as contado,
                   propuesto_en as registrado_en
              from inventario.ajustes_propuestos where estado = 'propuesto') x ${UNIONES}
     where (${id}::uuid is null or x.id = ${id}::uuid)
       and (${tiendas === null} or a.tienda_id = any(${(tiendas ?? []) as string[]}::uuid[]))
     order by x.registrado_en, x.id limit 500`.execute(tx);
  return rows;
}

/**
 * Movements learned after an approval that speaks for a later instant. Each belongs to the earliest such result; none
 * is due where that result or an earlier base absorbs it, or where a later result was approved knowing it.
 */
export async function findContraAjustes(
  tx: Tx,
  { usuarioId, tiendas }: Mirada,
  movimientoId: string | null = null,
): Promise<PorFirmarRow[]> {
  const deMisTiendas = sql`(${tiendas === null} or c.tienda_id = any(${(tiendas ?? []) as string[]}::uuid[]))`;
  const { rows } = await sql<PorFirmarRow>`
    with decididos as materialized (
      select r.producto_id, c.almacen_id, max(r.instante) as instante,
             (array_agg(r.aprobado_en order by r.instante desc, r.aprobado_en desc))[1] as aprobado_en
        from inventario.conteo_resultados r join inventario.conteos c on c.id = r.conteo_id
       where r.decision <> 'prueba' and ${deMisTiendas}
         and (${movimientoId}::uuid is null or (r.producto_id, c.almacen_id) in (
           select v.producto_id, v.almacen_id from inventario.transacciones v where v.id = ${movimientoId}::uuid))
       group by r.producto_id, c.almacen_id
    ), -- What the last result of its product did not know of: only the index transacciones_libro is read for it.
    tarde as materialized (
      select m.id
        from decididos d
       cross join lateral (
         select v.id from inventario.transacciones v
          where v.producto_id = d.producto_id and v.almacen_id = d.almacen_id and v.ocurrida_en <= d.instante
            and v.created_at > d.aprobado_en and v.efecto <> 0) m
    )
    select ${COLUMNAS}, ${contoPor(usuarioId)}
      from (select m.id, 'contra_ajuste' as tipo, m.producto_id, m.almacen_id, -m.efecto as cantidad, r.instante,
                   null::text as motivo, m.user_id as autor_id, r.conteo_id, r.folio, m.id as movimiento_id,
                   m.ocurrida_en as movimiento_en, m.tipo as movimiento_tipo, m.subtipo as movimiento_subtipo,
                   m.cantidad as movimiento_cantidad, m.referencia as movimiento_referencia, r.contado,
                   m.created_at as registrado_en
              from tarde
              join inventario.transacciones m on m.id = tarde.id
             cross join lateral (
               select r.*, c.folio from inventario.conteo_resultados r join inventario.conteos c on c.id = r.conteo_id
                where r.producto_id = m.producto_id and c.almacen_id = m.almacen_id and r.instante >= m.ocurrida_en
                  and r.decision in ('ajuste', 'sin_ajuste', 'base')
                order by r.instante, r.aprobado_en, r.conteo_id limit 1) r
             where m.tipo <> 'inventario' and m.efecto <> 0
               and coalesce(m.subtipo, '') not in ('conteo', 'contra_ajuste')
               and r.decision <> 'base' and m.created_at > r.aprobado_en
               and (${movimientoId}::uuid is null or m.id = ${movimientoId}::uuid)
               and not exists (
                 select from inventario.transacciones b
                  where b.producto_id = m.producto_id and b.almacen_id = m.almacen_id and b.tipo = 'inventario'
                    and b.ocurrida_en <= r.instante
                    and (b.ocurrida_en, b.orden, b.created_at, b.id) > (m.ocurrida_en, m.orden, m.created_at, m.id))
               and not exists (
                 select from inventario.conteo_resultados s join inventario.conteos c on c.id = s.conteo_id
                  where s.producto_id = m.producto_id and c.almacen_id = m.almacen_id and s.decision <> 'prueba'
                    and s.instante >= m.ocurrida_en and s.aprobado_en >= m.created_at)
               and not exists (
                 select from inventario.contra_ajustes k
                  where k.conteo_id = r.conteo_id and k.producto_id = m.producto_id and k.movimiento_id = m.id)) x
      ${UNIONES}
     where ${tiendas === null} or a.tienda_id = any(${(tiendas ?? []) as string[]}::uuid[])
     order by x.registrado_en, x.id limit 500`.execute(tx);
  return rows;
}

export interface PropuestaRow {
  estado: 'propuesto' | 'firmado' | 'rechazado';
  tienda_id: string;
  transaccion_id: string | null;
}

/** Holds a proposal until commit: two signatures take turns. */
export async function lockPropuesta(tx: Tx, id: string): Promise<PropuestaRow | undefined> {
  const { rows } = await sql<PropuestaRow>`
    select p.estado, a.tienda_id, p.transaccion_id
      from inventario.ajustes_propuestos p join inventario.almacenes a on a.id = p.almacen_id
     where p.id = ${id} for update of p`.execute(tx);
  return rows[0];
}

export async function findMovimiento(tx: Tx, id: string) {
  const { rows } = await sql<{ producto_id: string; almacen_id: string; tienda_id: string }>`
    select producto_id, almacen_id, tienda_id from inventario.transacciones where id = ${id}`.execute(tx);
  return rows[0];
}

export async function findDecisionDeContra(tx: Tx, movimientoId: string) {
  const { rows } = await sql<{ decision: 'firmado' | 'descartado'; transaccion_id: string | null }>`
    select decision, transaccion_id from inventario.contra_ajustes where movimiento_id = ${movimientoId}`.execute(
    tx,
  );
  return rows[0];
}

/** Posts the ajuste. A second try of the same id writes nothing. */
export async function insertAsiento(
  tx: Tx,
  fila: PorFirmarRow,
  de: { id: string; usuarioId: string; notas: string | null; metadata: Record<string, unknown>; en: Date },
): Promise<void> {
  await sql`
    insert into inventario.transacciones (id, producto_id, tienda_id, almacen_id, tipo, subtipo, cantidad, ocurrida_en,
                                          orden, fecha, costo_unitario, costo_fuente, conteo_id, referencia, notas,
                                          metadata, origen, origen_id, user_id, created_at)
    values (${de.id}, ${fila.producto_id}, ${fila.tienda_id}, ${fila.almacen_id}, 'ajuste', ${fila.tipo}, ${fila.cantidad},
            ${fila.asiento}, 1, ${fila.asiento}, ${fila.costo_unitario}, ${fila.costo_fuente}, ${fila.conteo_id}::uuid,
            ${fila.folio}, ${de.notas}, ${JSON.stringify(de.metadata)}::jsonb, 'firma', ${de.id}, ${de.usuarioId}, ${de.en})
    on conflict (id) do nothing`.execute(tx);
}

export async function decidePropuesta(
  tx: Tx,
  d: {
    id: string;
    estado: 'firmado' | 'rechazado';
    por: string;
    en: Date;
    motivo: string | null;
    transaccionId: string | null;
  },
): Promise<void> {
  await sql`
    update inventario.ajustes_propuestos
       set estado = ${d.estado}, decidido_por = ${d.por}, decidido_en = ${d.en}, motivo_rechazo = ${d.motivo},
           transaccion_id = ${d.transaccionId}::uuid
     where id = ${d.id}`.execute(tx);
}

export async function insertContra(
  tx: Tx,
  fila: PorFirmarRow,
  d: { id: string; decision: 'firmado' | 'descartado'; por: string; en: Date; motivo: string | null },
): Promise<void> {
  await sql`
    insert into inventario.contra_ajustes (id, conteo_id, producto_id, movimiento_id, decision, transaccion_id, motivo, por, en)
    values (${d.id}, ${fila.conteo_id}, ${fila.producto_id}, ${fila.movimiento_id}, ${d.decision},
            ${d.decision === 'firmado' ? d.id : null}::uuid, ${d.motivo}, ${d.por}, ${d.en})`.execute(tx);
}
