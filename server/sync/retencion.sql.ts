import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface Plazos {
  readonly diasVersion: number;
  readonly diasMutacion: number;
}

/** Takes today's turn, one for all processes; undefined while the last one began less than `horas` ago. */
export async function tomaDia(tx: Tx, horas: number): Promise<Plazos | undefined> {
  const { rows } = await sql<Plazos>`
    update sync.meta set compactado_en = now()
     where id = 1 and (compactado_en is null or compactado_en < now() - make_interval(hours => ${horas}))
    returning dias_version as "diasVersion", dias_mutacion as "diasMutacion"`.execute(tx);
  return rows[0];
}

export async function selectScopeIds(tx: Tx, tras: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from sync.scope where id > ${tras} order by id limit ${limit}`.execute(tx);
  return rows.map((row) => row.id);
}

/**
 * Raises the floor of these scopes to their newest version that is older than the days, `limit` versions further at
 * most. Never to the head, which a phone that is level names, nor to the version that a snapshot goes on from. A scope
 * that a commit is stamping is left for another day: nobody waits for anybody.
 */
export async function subePisos(
  tx: Tx,
  scopes: readonly string[],
  dias: number,
  limit: number,
): Promise<number> {
  const { rows } = await sql`
    with suyos as (
      select s.id, s.piso, least(s.ver, (select f.ver from sync.snapshot f where f.scope = s.id)) as tope
        from sync.scope s where s.id = any(${[...scopes]}::text[])
       order by s.id for update of s skip locked
    ), viejas as (
      select s.id, max(v.ver) as ver
        from suyos s
       cross join lateral (
         select x.ver, x.committed_at from sync.version x
          where x.scope = s.id and x.ver > s.piso and x.ver < s.tope
          order by x.ver limit ${limit}) v
       where v.committed_at < now() - make_interval(days => ${dias})
       group by s.id
    )
    update sync.scope s set piso = v.ver from viejas v where s.id = v.id returning 1`.execute(tx);
  return rows.length;
}

/** Forgets rows that left these scopes at their floor or below; how many. Never waits for a commit, nor makes it wait long. */
export async function deleteLapidas(tx: Tx, scopes: readonly string[], limit: number): Promise<number> {
  const { rows } = await sql`
    delete from sync.change where ctid in (
      select c.ctid from sync.scope s join sync.change c on c.scope = s.id and c.op = 'D' and c.ver <= s.piso
       where s.id = any(${[...scopes]}::text[]) and s.piso > 0
       limit ${limit} for update of c skip locked)
    returning 1`.execute(tx);
  return rows.length;
}

/** Forgets versions of these scopes at their floor or below: a cursor that names one starts again. */
export async function deleteVersiones(tx: Tx, scopes: readonly string[], limit: number): Promise<number> {
  const { rows } = await sql`
    delete from sync.version where ctid in (
      select v.ctid from sync.scope s join sync.version v on v.scope = s.id and v.ver <= s.piso
       where s.id = any(${[...scopes]}::text[]) and s.piso > 0
       limit ${limit} for update of v skip locked)
    returning 1`.execute(tx);
  return rows.length;
}

/**
 * Forgets the answers to mutations older than the days: not the last one of a phone, by which a clone is known, nor one
 * whose dead letter is open, because it says who the author is.
 */
export async function deleteMutaciones(tx: Tx, dias: number, limit: number): Promise<number> {
  const { rows } = await sql`
    delete from sync.mutation where ctid in (
      select m.ctid from sync.mutation m
       where m.at < now() - make_interval(days => ${dias})
         and m.mid < (select d.last_mid from sync.device d where d.id = m.device_id)
         and not exists (select from sync.rejection r
                          where r.device_id = m.device_id and r.mid = m.mid and r.state = 'abierta')
       order by m.at limit ${limit} for update of m skip locked)
    returning 1`.execute(tx);
  return rows.length;
}
