import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import { enPunto } from './rol.sql.ts';

export interface MetaRow {
  readonly epoch: string;
  readonly systemIdentifier: string | null;
  readonly timeline: string | null;
  readonly minPullSchema: number;
}

export async function selectMeta(tx: Tx, lock = false): Promise<MetaRow | undefined> {
  const { rows } = await sql<MetaRow>`
    select epoch, system_identifier as "systemIdentifier", timeline, min_pull_schema as "minPullSchema"
      from sync.meta where id = 1 ${lock ? sql`for update` : sql``}`.execute(tx);
  return rows[0];
}

export async function insertMeta(tx: Tx, epoch: string): Promise<void> {
  await sql`insert into sync.meta (id, epoch) values (1, ${epoch}) on conflict (id) do nothing`.execute(tx);
}

export async function updateMeta(
  tx: Tx,
  meta: Pick<MetaRow, 'epoch' | 'systemIdentifier' | 'timeline'>,
  at: Date,
): Promise<void> {
  await sql`
    update sync.meta
       set epoch = ${meta.epoch}, system_identifier = ${meta.systemIdentifier}, timeline = ${meta.timeline},
           updated_at = ${at}
     where id = 1`.execute(tx);
}

/** Who the cluster is; null where the role may not ask (managed servers) or the database has no answer. */
export async function selectIdentidad(
  tx: Tx,
): Promise<{ systemIdentifier: string; timeline: string } | null> {
  const answer = await enPunto(tx, () =>
    sql<{ systemIdentifier: string; timeline: string }>`
      select s.system_identifier::text as "systemIdentifier", c.timeline_id::text as timeline
        from pg_control_system() s, pg_control_checkpoint() c`.execute(tx),
  );
  return answer.ok ? (answer.value.rows[0] ?? null) : null;
}
