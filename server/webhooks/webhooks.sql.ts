import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface WebhookRow {
  readonly id: string;
  readonly nombre: string;
  readonly url: string;
  readonly tipos: string[];
  readonly tiendaIds: string[];
  readonly activo: boolean;
  readonly fallandoDesde: Date | null;
  readonly desactivadoEn: Date | null;
  readonly motivo: string | null;
  readonly version: number;
  readonly creadoEn: Date;
}

const COLUMNAS = sql`
  w.id, w.nombre, w.url, w.tipos, w.tienda_ids as "tiendaIds", w.activo, w.fallando_desde as "fallandoDesde",
  w.desactivado_en as "desactivadoEn", w.motivo, w.version, w.created_at as "creadoEn"`;

/** Under row-level security: an admin's. */
export async function selectWebhooks(tx: Tx): Promise<WebhookRow[]> {
  const { rows } = await sql<WebhookRow>`
    select ${COLUMNAS} from inventario.webhooks w order by w.created_at, w.id`.execute(tx);
  return rows;
}

export async function selectWebhook(tx: Tx, id: string): Promise<WebhookRow | undefined> {
  const { rows } = await sql<WebhookRow>`
    select ${COLUMNAS} from inventario.webhooks w where w.id = ${id}`.execute(tx);
  return rows[0];
}

export async function lockWebhook(tx: Tx, id: string): Promise<WebhookRow | undefined> {
  const { rows } = await sql<WebhookRow>`
    select ${COLUMNAS} from inventario.webhooks w where w.id = ${id} for update`.execute(tx);
  return rows[0];
}

export async function countWebhooks(tx: Tx): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from inventario.webhooks`.execute(tx);
  return rows[0]?.n ?? 0;
}

export async function insertWebhook(
  tx: Tx,
  w: Pick<WebhookRow, 'id' | 'nombre' | 'url' | 'tipos' | 'tiendaIds' | 'creadoEn'> & {
    secretoCifrado: Buffer;
    por: string;
  },
): Promise<void> {
  await sql`
    insert into inventario.webhooks (id, nombre, url, secreto_cifrado, tipos, tienda_ids, creado_por, created_at)
    values (${w.id}, ${w.nombre}, ${w.url}, ${w.secretoCifrado}, ${w.tipos}::text[], ${w.tiendaIds}::uuid[], ${w.por},
            ${w.creadoEn})`.execute(tx);
}

export async function updateWebhook(
  tx: Tx,
  w: Pick<
    WebhookRow,
    'id' | 'nombre' | 'url' | 'tipos' | 'tiendaIds' | 'activo' | 'fallandoDesde' | 'desactivadoEn' | 'motivo'
  >,
): Promise<void> {
  await sql`
    update inventario.webhooks
       set nombre = ${w.nombre}, url = ${w.url}, tipos = ${w.tipos}::text[], tienda_ids = ${w.tiendaIds}::uuid[],
           activo = ${w.activo}, fallando_desde = ${w.fallandoDesde}, desactivado_en = ${w.desactivadoEn},
           motivo = ${w.motivo}, version = version + 1
     where id = ${w.id}`.execute(tx);
}

export async function updateSecreto(tx: Tx, id: string, secretoCifrado: Buffer): Promise<void> {
  await sql`
    update inventario.webhooks set secreto_cifrado = ${secretoCifrado}, version = version + 1 where id = ${id}`.execute(
    tx,
  );
}

export async function deleteWebhook(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`delete from inventario.webhooks where id = ${id} returning 1`.execute(tx);
  return rows.length > 0;
}

export async function selectSecreto(tx: Tx, id: string): Promise<Buffer | undefined> {
  const { rows } = await sql<{ s: Buffer }>`
    select secreto_cifrado as s from inventario.webhooks where id = ${id}`.execute(tx);
  return rows[0] === undefined ? undefined : Buffer.from(rows[0].s);
}

/** Something was delivered, or was not: since when nothing is. Changes nothing that a person sees as a version. */
export async function updateFallando(tx: Tx, id: string, desde: Date | null): Promise<void> {
  await sql`
    update inventario.webhooks set fallando_desde = ${desde}
     where id = ${id} and fallando_desde is distinct from ${desde}`.execute(tx);
}

export async function desactiva(tx: Tx, id: string, motivo: string, en: Date): Promise<void> {
  await sql`
    update inventario.webhooks
       set activo = false, desactivado_en = ${en}, motivo = ${motivo}, version = version + 1
     where id = ${id} and activo`.execute(tx);
}

/** Shops of these ids that exist. */
export async function countTiendas(tx: Tx, ids: readonly string[]): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from inventario.tiendas where id = any (${[...ids]}::uuid[])`.execute(tx);
  return rows[0]?.n ?? 0;
}
