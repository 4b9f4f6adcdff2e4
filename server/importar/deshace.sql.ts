import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import type { Asiento } from './movimiento.ts';

export interface EscritaRow extends Asiento {
  id: string;
  origen_id: string;
  reversa_de: string | null;
}

/** What an import wrote, by id, without what undoing it wrote. `clase`: movements, what they took back, or bases. */
export async function findEscritas(
  tx: Tx,
  uploadId: string,
  de: { clase: 'movimiento' | 'reversa' | 'base'; tras: string; limite: number },
): Promise<EscritaRow[]> {
  const clase = {
    movimiento: sql`t.reversa_de is null and t.tipo <> 'inventario'`,
    reversa: sql`t.reversa_de is not null`,
    base: sql`t.tipo = 'inventario'`,
  }[de.clase];
  const { rows } = await sql<EscritaRow>`
    select t.id, t.origen_id, t.reversa_de, t.producto_id, t.almacen_id, t.tipo, t.subtipo, t.cantidad, t.precio,
           t.costo_unitario, t.descuento, t.impuesto, t.total, t.ocurrida_en, t.precision, t.orden,
           t.fecha_desde::text, t.fecha_hasta::text, t.referencia
      from inventario.transacciones t
     where t.upload_id = ${uploadId} and t.id > ${de.tras}::uuid and not t.metadata ? 'deshace' and ${clase}
     order by t.id limit ${de.limite}`.execute(tx);
  return rows;
}

export async function countEscritas(tx: Tx, uploadId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from inventario.transacciones
     where upload_id = ${uploadId} and not metadata ? 'deshace'`.execute(tx);
  return rows[0]!.n;
}

/** A movement of another import, or of this one. */
export interface Original extends EscritaRow {
  upload_id: string;
}

/** The movements that those reversals took back, by the id of the reversal. */
export async function findOriginales(tx: Tx, reversas: readonly string[]): Promise<Map<string, Original>> {
  const { rows } = await sql<Original & { reversa: string }>`
    select r.id as reversa, t.upload_id, t.id, t.origen_id, t.reversa_de, t.producto_id, t.almacen_id, t.tipo, t.subtipo, t.cantidad,
           t.precio, t.costo_unitario, t.descuento, t.impuesto, t.total, t.ocurrida_en, t.precision, t.orden,
           t.fecha_desde::text, t.fecha_hasta::text, t.referencia
      from inventario.transacciones r join inventario.transacciones t on t.id = r.reversa_de
     where r.id = any (${reversas as string[]}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.reversa, row]));
}

/** Which of these ids are in the ledger. */
export async function findHechas(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from inventario.transacciones where id = any (${ids as string[]}::uuid[])`.execute(tx);
  return new Set(rows.map((row) => row.id));
}

/** Stock just before each base, as if the import had never been. */
export async function findAntesDeBases(
  tx: Tx,
  uploadId: string,
  ids: readonly string[],
): Promise<Map<string, { cantidad: string; tieneBase: boolean }>> {
  const { rows } = await sql<{ id: string; cantidad: string; tiene_base: boolean }>`
    select t.id, b.id is not null as tiene_base,
           coalesce(b.cantidad, 0) + coalesce((
             select sum(m.efecto) from inventario.transacciones m
              where m.producto_id = t.producto_id and m.almacen_id = t.almacen_id and m.upload_id is distinct from ${uploadId}::uuid
                and (m.ocurrida_en, m.orden, m.created_at, m.id) < (t.ocurrida_en, t.orden, t.created_at, t.id)
                and (b.id is null
                  or (m.ocurrida_en, m.orden, m.created_at, m.id) > (b.ocurrida_en, b.orden, b.created_at, b.id))), 0) as cantidad
      from inventario.transacciones t
      left join lateral (
        select x.id, x.ocurrida_en, x.orden, x.created_at, x.cantidad from inventario.transacciones x
         where x.producto_id = t.producto_id and x.almacen_id = t.almacen_id and x.tipo = 'inventario'
           and x.upload_id is distinct from ${uploadId}::uuid
           and (x.ocurrida_en, x.orden, x.created_at, x.id) < (t.ocurrida_en, t.orden, t.created_at, t.id)
         order by x.ocurrida_en desc, x.orden desc, x.created_at desc, x.id desc limit 1) b on true
     where t.id = any (${ids as string[]}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, { cantidad: row.cantidad, tieneBase: row.tiene_base }]));
}

/** The first thing that rests on what an import wrote. Null: nothing does. */
export async function findDependencia(
  tx: Tx,
  uploadId: string,
): Promise<{
  que: 'archivo' | 'conteo' | 'contra_ajuste' | 'periodo';
  nombre: string;
  cuantas: number;
} | null> {
  const { rows: archivos } = await sql<{ nombre: string; cuantas: number }>`
    select u.filename as nombre, count(*)::int as cuantas
      from (
        select d.upload_id, d.created_at from inventario.transacciones t
          join inventario.transacciones d on d.reversa_de = t.id
         where t.upload_id = ${uploadId} and not t.metadata ? 'deshace'
        union all
        select d.upload_id, d.created_at from inventario.transacciones t
          join inventario.transacciones d on d.producto_id = t.producto_id and d.almacen_id = t.almacen_id
           and d.tipo = 'inventario' and d.ocurrida_en = t.ocurrida_en and d.orden = t.orden and d.created_at > t.created_at
         where t.upload_id = ${uploadId} and t.tipo = 'inventario' and not t.metadata ? 'deshace' and d.origen = 'archivo') x
      join inventario.uploads u on u.id = x.upload_id
     where u.id <> ${uploadId} and u.status in ('applying', 'completed')
     group by u.id order by max(x.created_at) desc limit 1`.execute(tx);
  if (archivos[0] !== undefined) return { que: 'archivo', ...archivos[0] };
  const { rows: conteos } = await sql<{ nombre: string; cuantas: number }>`
    select coalesce(c.folio, c.nombre, 'conteo') as nombre, count(*)::int as cuantas
      from inventario.conteo_resultados r
      join inventario.conteos c on c.id = r.conteo_id
      join inventario.transacciones t on t.producto_id = r.producto_id and t.almacen_id = c.almacen_id
     where t.upload_id = ${uploadId} and r.decision not in ('prueba', 'base') and r.instante >= t.ocurrida_en
       and r.aprobado_en >= t.created_at and not t.metadata ? 'deshace'
       and not exists (
         select from inventario.transacciones b
          where b.producto_id = t.producto_id and b.almacen_id = t.almacen_id and b.tipo = 'inventario' and b.id <> t.id
            and (b.ocurrida_en, b.orden, b.created_at) > (t.ocurrida_en, t.orden, t.created_at) and b.ocurrida_en <= r.instante)
     group by c.id order by max(r.aprobado_en) desc limit 1`.execute(tx);
  if (conteos[0] !== undefined) return { que: 'conteo', ...conteos[0] };
  const { rows: firmados } = await sql<{ nombre: string; cuantas: number }>`
    select coalesce(c.folio, c.nombre, 'conteo') as nombre, count(*)::int as cuantas
      from inventario.contra_ajustes a
      join inventario.transacciones t on t.id = a.movimiento_id
      join inventario.conteos c on c.id = a.conteo_id
     where t.upload_id = ${uploadId} and a.decision = 'firmado' group by c.id limit 1`.execute(tx);
  if (firmados[0] !== undefined) return { que: 'contra_ajuste', ...firmados[0] };
  const { rows: cerrados } = await sql<{ nombre: string; cuantas: number }>`
    select z.nombre, count(*)::int as cuantas
      from inventario.transacciones t join inventario.tiendas z on z.id = t.tienda_id
     where t.upload_id = ${uploadId} and t.ocurrida_en < z.cerrado_hasta and not t.metadata ? 'deshace'
     group by z.id limit 1`.execute(tx);
  return cerrados[0] === undefined ? null : { que: 'periodo', ...cerrados[0] };
}
