import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import type { Rol } from '#shared/roles.ts';

export interface InvitacionRow {
  readonly id: string;
  readonly nombre: string;
  readonly correo: string | null;
  readonly rol: Rol;
  readonly tiendaIds: string[];
  readonly limiteAjuste: string | null;
  readonly expiraEn: Date;
  /** Set from the start: it is for choosing a new password, not for coming in. */
  readonly usuarioId: string | null;
}

const COLUMNS = sql`
  i.id, i.nombre, i.correo, i.rol, i.tienda_ids as "tiendaIds", i.limite_ajuste as "limiteAjuste",
  i.expira_en as "expiraEn", i.usuario_id as "usuarioId"`;
const PENDING = sql`i.usada_en is null and i.cancelada_en is null`;

/** A usable invitation by the hash of its token; with `lock`, held until the transaction ends. */
export async function selectInvitacion(
  tx: Tx,
  tokenHash: string,
  at: Date,
  lock = false,
): Promise<InvitacionRow | undefined> {
  const { rows } = await sql<InvitacionRow>`
    select ${COLUMNS} from inventario.invitaciones i
     where i.token_hash = ${tokenHash} and ${PENDING} and i.expira_en > ${at}
     ${lock ? sql`for update` : sql``}`.execute(tx);
  return rows[0];
}

/** Invitations of new people that can still be used, newest first. */
export async function selectPendientes(tx: Tx, at: Date): Promise<InvitacionRow[]> {
  const { rows } = await sql<InvitacionRow>`
    select ${COLUMNS} from inventario.invitaciones i
     where ${PENDING} and i.usuario_id is null and i.expira_en > ${at} order by i.created_at desc, i.id desc limit 500`.execute(
    tx,
  );
  return rows;
}

export async function selectNombresTiendas(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ nombre: string }>`
    select nombre from inventario.tiendas where id = any (${[...ids]}::uuid[]) order by nombre`.execute(tx);
  return rows.map(({ nombre }) => nombre);
}

export async function insertInvitacion(
  tx: Tx,
  i: Omit<InvitacionRow, 'tiendaIds'> & {
    tiendaIds: readonly string[];
    tokenHash: string;
    creadaPor: string;
    creadaEn: Date;
  },
): Promise<void> {
  await sql`
    insert into inventario.invitaciones
      (id, token_hash, correo, nombre, rol, tienda_ids, limite_ajuste, usuario_id, creada_por, expira_en, created_at)
    values (${i.id}, ${i.tokenHash}, ${i.correo}, ${i.nombre}, ${i.rol}, ${[...i.tiendaIds]}::uuid[],
            ${i.limiteAjuste}::numeric, ${i.usuarioId}, ${i.creadaPor}, ${i.expiraEn}, ${i.creadaEn})`.execute(
    tx,
  );
}

export async function markUsada(tx: Tx, id: string, usuarioId: string, at: Date): Promise<void> {
  await sql`
    update inventario.invitaciones set usada_en = ${at}, usuario_id = ${usuarioId} where id = ${id}`.execute(
    tx,
  );
}

/** False when it was used or cancelled before. */
export async function markCancelada(tx: Tx, id: string, at: Date): Promise<boolean> {
  const { rows } = await sql`
    update inventario.invitaciones i set cancelada_en = ${at} where i.id = ${id} and ${PENDING} returning 1`.execute(
    tx,
  );
  return rows.length > 0;
}

/** What the person of an account logs in with. */
export async function selectLogin(tx: Tx, usuarioId: string): Promise<string | null> {
  const { rows } = await sql<{ login: string | null }>`
    select coalesce(correo, nombre_usuario) as login from inventario.usuarios where id = ${usuarioId}`.execute(
    tx,
  );
  return rows[0]?.login ?? null;
}
