import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface TiendaRow {
  id: string;
  codigo: string;
  nombre: string;
  zona_horaria: string;
  cerrado_hasta: Date | null;
}

/** Active shops (null: all of them), by name. */
export async function findTiendas(tx: Tx, ids: readonly string[] | null): Promise<TiendaRow[]> {
  const { rows } = await sql<TiendaRow>`
    select id, codigo, nombre, zona_horaria, cerrado_hasta from inventario.tiendas
     where is_active and (${ids === null} or id = any(${(ids ?? []) as string[]}::uuid[]))
     order by lower(extensions.unaccent(nombre)), codigo`.execute(tx);
  return rows;
}

export interface CierreRow {
  id: string;
  tienda_id: string;
  accion: 'cierra' | 'abre';
  hasta: Date | null;
  motivo: string;
  por: string;
  en: Date;
}

/** Last closings and openings of each shop, newest first. */
export async function findCierres(
  tx: Tx,
  tiendaIds: readonly string[],
  cuantos: number,
): Promise<CierreRow[]> {
  const { rows } = await sql<CierreRow>`
    select c.id, c.tienda_id, c.accion, c.hasta, c.motivo, u.nombre as por, c.en
      from unnest(${tiendaIds as string[]}::uuid[]) as t(id)
     cross join lateral (select * from inventario.cierres x where x.tienda_id = t.id order by x.en desc, x.id desc
                          limit ${cuantos}) c
      join inventario.usuarios u on u.id = c.por
     order by c.en desc, c.id desc`.execute(tx);
  return rows;
}

export interface ConteoPendienteRow {
  id: string;
  folio: string | null;
  nombre: string | null;
  almacen: string;
  estado: 'planeado' | 'abierto' | 'en_revision';
  abierto_en: Date;
}

/** Conteos that were opened before that instant and have not ended. */
export async function findConteosSinCerrar(
  tx: Tx,
  tiendaId: string,
  antesDe: Date,
): Promise<ConteoPendienteRow[]> {
  const { rows } = await sql<ConteoPendienteRow>`
    select c.id, c.folio, c.nombre, a.nombre as almacen, c.estado, c.abierto_en
      from inventario.conteos c join inventario.almacenes a on a.id = c.almacen_id
     where c.tienda_id = ${tiendaId} and c.estado in ('planeado', 'abierto', 'en_revision') and c.abierto_en < ${antesDe}
       and c.proposito <> 'prueba'
     order by c.abierto_en, c.id limit 50`.execute(tx);
  return rows;
}

/** Phones of the people of the shop that say they hold what they have not sent. */
export async function countTelefonosPendientes(tx: Tx, tiendaId: string) {
  const { rows } = await sql<{ telefonos: number; datos: number }>`
    select count(*)::int as telefonos, coalesce(sum(d.pending_reported), 0)::int as datos
      from sync.device d
     where d.revoked_at is null and d.pending_reported > 0
       and exists (select from inventario.usuario_tiendas t where t.usuario_id = d.usuario_id and t.tienda_id = ${tiendaId})`.execute(
    tx,
  );
  return rows[0]!;
}
