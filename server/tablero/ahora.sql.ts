import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface ConteoRow {
  id: string;
  folio: string | null;
  nombre: string;
  /** null: of another shop. */
  tienda: string | null;
  almacen: string | null;
  proposito: 'conteo' | 'prueba';
  estado: string;
  desde: Date;
  vence: Date | null;
  total: number;
}

const COLUMNAS = sql`
  c.id, c.folio, c.nombre, t.nombre as tienda, a.nombre as almacen, c.proposito, c.estado, c.vence,
  coalesce(c.en_revision_en, c.abierto_en) as desde, count(*) over ()::int as total`;
const UNIONES = sql`
  left join inventario.almacenes a on a.id = c.almacen_id
  left join inventario.tiendas t on t.id = c.tienda_id`;

/** Conteos in review that the caller reviews or was asked to sign, longest waiting first. Under row-level security. */
export async function findEnRevision(tx: Tx, limite: number): Promise<ConteoRow[]> {
  const { rows } = await sql<ConteoRow>`
    select ${COLUMNAS} from inventario.conteos c ${UNIONES}
     where c.estado = 'en_revision' and c.id in (select inventario.conteos_que_reviso())
     order by desde, c.id limit ${limite}`.execute(tx);
  return rows;
}

/** Conteos of the caller's shops that are past their hour and still open, the latest first of all. */
export async function findAtrasados(tx: Tx, ahora: Date, limite: number): Promise<ConteoRow[]> {
  const { rows } = await sql<ConteoRow>`
    select ${COLUMNAS} from inventario.conteos c ${UNIONES}
     where c.estado in ('planeado', 'abierto') and c.vence < ${ahora}
       and c.tienda_id = any((select inventario.mis_tiendas())::uuid[])
     order by c.vence, c.id limit ${limite}`.execute(tx);
  return rows;
}

/**
 * Conteos that ended after `desde` and received a line after their first decision, without a complementary conteo since:
 * some of those lines may be late. The review's own rule says which.
 */
export async function findQuizaTardios(tx: Tx, desde: Date, limite: number): Promise<ConteoRow[]> {
  const { rows } = await sql<ConteoRow>`
    select ${COLUMNAS}
      from (select c.*, coalesce(c.cerrado_en, c.cancelado_en) as fin
              from inventario.conteos c
             where c.estado in ('cerrado', 'cancelado') and c.proposito = 'conteo'
               and coalesce(c.cerrado_en, c.cancelado_en) > ${desde}
               and c.tienda_id = any((select inventario.mis_tiendas())::uuid[])) c
     cross join lateral (select least(c.fin, min(r.aprobado_en)) as corte
                           from inventario.conteo_resultados r where r.conteo_id = c.id) d
     cross join lateral (select max(l.recibido_en) as ultima from inventario.conteo_lineas l where l.conteo_id = c.id) u
     ${UNIONES}
     where u.ultima > d.corte
       and not exists (select from inventario.conteos k
                        where k.complementa_a = c.id and k.estado <> 'cancelado' and k.abierto_en > u.ultima)
     order by u.ultima desc, c.id limit ${limite}`.execute(tx);
  return rows;
}

/** Pairs of producto and almacén whose book is below zero, and those without a first stock. Under row-level security. */
export async function countExistencias(tx: Tx) {
  const { rows } = await sql<{ negativas: number; sinBase: number }>`
    select count(*) filter (where e.cantidad < 0)::int as negativas,
           count(*) filter (where not e.tiene_base and e.cantidad <> 0)::int as "sinBase"
      from inventario.existencias e where e.cantidad < 0 or not e.tiene_base`.execute(tx);
  return rows[0]!;
}

/** Without a first stock nobody knows what is there: it is under no minimum. */
const DEBAJO = sql`
  inventario.producto_almacenes n
  join inventario.productos p on p.id = n.producto_id and p.is_active and p.fusionado_en is null
  join inventario.existencias e on e.producto_id = n.producto_id and e.almacen_id = n.almacen_id and e.tiene_base`;

export async function countMinimos(tx: Tx) {
  const { rows } = await sql<{ debajo: number; agotados: number; con: number }>`
    select count(*) filter (where e.cantidad < n.minimo)::int as debajo,
           count(*) filter (where e.cantidad < n.minimo and e.cantidad <= 0)::int as agotados, count(*)::int as con
      from ${DEBAJO} where n.minimo is not null`.execute(tx);
  return rows[0]!;
}

export interface MinimoRow {
  producto_id: string;
  codigo: string;
  nombre: string;
  unidad: string;
  almacen: string;
  existencia: string;
  minimo: string;
  maximo: string | null;
}

/** What is under its minimum; that with the smallest part of it left first. */
export async function findMinimos(tx: Tx, tiendaId: string | null, limite: number): Promise<MinimoRow[]> {
  const { rows } = await sql<MinimoRow>`
    select p.id as producto_id, p.codigo, p.nombre, p.unidad, a.nombre as almacen, e.cantidad as existencia, n.minimo,
           n.maximo
      from ${DEBAJO}
      join inventario.almacenes a on a.id = n.almacen_id
     where e.cantidad < n.minimo and (${tiendaId}::uuid is null or a.tienda_id = ${tiendaId}::uuid)
     order by e.cantidad / nullif(n.minimo, 0), p.codigo, a.codigo limit ${limite}`.execute(tx);
  return rows;
}

/** Imports that failed after `desde` and were not tried again with success, newest first; and how many wait to be applied. */
export async function findImportaciones(tx: Tx, desde: Date, limite: number) {
  const fallidas = await sql<{ id: string; archivo: string; en: Date }>`
    select u.id, u.filename as archivo, coalesce(u.completed_at, u.created_at) as en
      from inventario.uploads u
     where u.status = 'failed' and u.created_at > ${desde}
       and not exists (select from inventario.uploads v
                        where v.created_at > u.created_at and v.status in ('ready', 'applying', 'completed')
                          and v.filename = u.filename)
     order by u.created_at desc, u.id limit ${limite}`.execute(tx);
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from inventario.uploads u
     where u.status = 'ready' and u.created_at > ${desde}`.execute(tx);
  return { fallidas: fallidas.rows, porAplicar: rows[0]!.n };
}
