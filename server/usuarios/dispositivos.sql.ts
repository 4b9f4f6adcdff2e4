import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface DispositivoRow {
  readonly id: string;
  readonly nombre: string | null;
  /** Name of who registered last. */
  readonly usuario: string | null;
  readonly appVer: string | null;
  readonly visto: Date | null;
  readonly sinEnviar: number;
  /** The phone's time of its oldest unsent mutation. */
  readonly masViejo: Date | null;
  readonly revocadoEn: Date | null;
}

const COLUMNS = sql`
  d.id, d.nombre, u.nombre as usuario, d.app_ver as "appVer", d.last_seen as visto,
  d.pending_reported as "sinEnviar", d.oldest_pending_at as "masViejo", d.revoked_at as "revocadoEn"`;

/** Which devices a person manages: all of them, or those last used by somebody of their shops who is no admin. */
export type Alcance = { readonly todos: true } | { readonly tiendaIds: readonly string[] };

export function alcanceDe(quien: { readonly rol: string; readonly tiendaIds: readonly string[] }): Alcance {
  return quien.rol === 'admin' ? { todos: true } : { tiendaIds: quien.tiendaIds };
}

function within(alcance: Alcance) {
  return 'todos' in alcance
    ? sql`true`
    : sql`u.rol <> 'admin' and exists (
            select 1 from inventario.usuario_tiendas ut
             where ut.usuario_id = d.usuario_id and ut.tienda_id = any (${[...alcance.tiendaIds]}::uuid[]))`;
}

/** Those with unsent lines first, the longest unseen of them on top; then by when they were last seen. */
export async function selectDispositivos(tx: Tx, alcance: Alcance): Promise<DispositivoRow[]> {
  const { rows } = await sql<DispositivoRow>`
    select ${COLUMNS} from sync.device d left join inventario.usuarios u on u.id = d.usuario_id
     where ${within(alcance)}
     order by (d.pending_reported > 0) desc, d.oldest_pending_at nulls last, d.last_seen desc nulls last, d.id
     limit 1000`.execute(tx);
  return rows;
}

/** One device within reach, locked until the transaction ends. */
export async function lockDispositivo(
  tx: Tx,
  id: string,
  alcance: Alcance,
): Promise<DispositivoRow | undefined> {
  const { rows } = await sql<DispositivoRow>`
    select ${COLUMNS} from sync.device d left join inventario.usuarios u on u.id = d.usuario_id
     where d.id = ${id} and ${within(alcance)} for no key update of d`.execute(tx);
  return rows[0];
}

export async function updateRevocado(tx: Tx, id: string, por: string, at: Date): Promise<void> {
  await sql`update sync.device set revoked_at = ${at}, revoked_por = ${por} where id = ${id}`.execute(tx);
}

export async function updateNombre(tx: Tx, id: string, nombre: string): Promise<void> {
  await sql`update sync.device set nombre = ${nombre} where id = ${id}`.execute(tx);
}
