import { sql } from 'kysely';
import type { EventoRow } from '#server/eventos/eventos.sql.ts';
import type { Tx } from '#server/platform/db/db.ts';

export interface IntentoRow {
  readonly en: string;
  readonly status: number | null;
  readonly ms: number;
  readonly error: string | null;
}

export interface EntregaRow {
  readonly id: string;
  readonly webhookId: string;
  readonly mensajeId: string;
  readonly eventoId: string | null;
  readonly tipo: string;
  readonly cuerpo: string;
  readonly estado: 'pendiente' | 'entregada' | 'fallida';
  readonly intentos: number;
  readonly bitacora: IntentoRow[];
  readonly siguienteEn: Date | null;
  readonly entregadaEn: Date | null;
  readonly creadaEn: Date;
}

const COLUMNAS = sql`
  e.id, e.webhook_id as "webhookId", e.mensaje_id as "mensajeId", e.evento_id as "eventoId", e.tipo, e.cuerpo, e.estado,
  e.intentos, e.bitacora, e.siguiente_en as "siguienteEn", e.entregada_en as "entregadaEn", e.created_at as "creadaEn"`;

/** The newest first; `tras` is the last one of the former page. */
export async function selectEntregas(
  tx: Tx,
  f: { webhookId: string; tras: { en: string; id: string } | null; limite: number },
): Promise<(EntregaRow & { micros: string })[]> {
  const { rows } = await sql<EntregaRow & { micros: string }>`
    select ${COLUMNAS}, to_char(e.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as micros
      from inventario.webhook_entregas e
     where e.webhook_id = ${f.webhookId}
       and (${f.tras?.id ?? null}::uuid is null
            or (e.created_at, e.id) < (${f.tras?.en ?? null}::timestamptz, ${f.tras?.id ?? null}::uuid))
     order by e.created_at desc, e.id desc limit ${f.limite}`.execute(tx);
  return rows;
}

export async function lockEntrega(tx: Tx, id: string): Promise<EntregaRow | undefined> {
  const { rows } = await sql<EntregaRow>`
    select ${COLUMNAS} from inventario.webhook_entregas e where e.id = ${id} for update`.execute(tx);
  return rows[0];
}

export async function selectEntrega(tx: Tx, id: string): Promise<EntregaRow | undefined> {
  const { rows } = await sql<EntregaRow>`
    select ${COLUMNAS} from inventario.webhook_entregas e where e.id = ${id}`.execute(tx);
  return rows[0];
}

/** Its id, or null: this message was given to this webhook before. */
export async function insertEntrega(
  tx: Tx,
  e: Pick<
    EntregaRow,
    'id' | 'webhookId' | 'mensajeId' | 'eventoId' | 'tipo' | 'cuerpo' | 'siguienteEn' | 'creadaEn'
  >,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into inventario.webhook_entregas
      (id, webhook_id, mensaje_id, evento_id, tipo, cuerpo, siguiente_en, created_at)
    values (${e.id}, ${e.webhookId}, ${e.mensajeId}, ${e.eventoId}, ${e.tipo}, ${e.cuerpo}, ${e.siguienteEn}, ${e.creadaEn})
    on conflict (webhook_id, mensaje_id) do nothing returning id`.execute(tx);
  return rows[0]?.id ?? null;
}

export async function updateEntrega(
  tx: Tx,
  e: Pick<EntregaRow, 'id' | 'estado' | 'intentos' | 'bitacora' | 'siguienteEn' | 'entregadaEn'>,
): Promise<void> {
  await sql`
    update inventario.webhook_entregas
       set estado = ${e.estado}, intentos = ${e.intentos}, bitacora = ${JSON.stringify(e.bitacora)}::jsonb,
           siguiente_en = ${e.siguienteEn}, entregada_en = ${e.entregadaEn}
     where id = ${e.id}`.execute(tx);
}

/**
 * Up to which event the deliveries are made, and the last one there is; undefined: another process is at it. The row itself is
 * not locked, since commits with events wait for it.
 */
export async function tomaReparto(tx: Tx): Promise<{ repartido: number; pos: number } | undefined> {
  const { rows } = await sql<{ mio: boolean }>`
    select pg_try_advisory_xact_lock(hashtext('devcompras:reparto_webhooks')) as mio`.execute(tx);
  if (rows[0]?.mio !== true) return undefined;
  const { rows: cabezas } = await sql<{ repartido: number; pos: number }>`
    select repartido::float8 as repartido, pos::float8 as pos from sync.eventos_cabeza where id = 1`.execute(
    tx,
  );
  return cabezas[0];
}

export async function updateRepartido(tx: Tx, pos: number): Promise<void> {
  await sql`update sync.eventos_cabeza set repartido = ${pos}::bigint where id = 1`.execute(tx);
}

export interface Suscrito {
  readonly id: string;
  readonly tipos: string[];
  readonly tiendaIds: string[];
  readonly creadoEn: Date;
}

export async function selectSuscritos(tx: Tx): Promise<Suscrito[]> {
  const { rows } = await sql<Suscrito>`
    select id, tipos, tienda_ids as "tiendaIds", created_at as "creadoEn" from inventario.webhooks where activo`.execute(
    tx,
  );
  return rows;
}

/** As the owner: every event, whoever may see it; a webhook is an admin's. */
export async function selectPorRepartir(
  tx: Tx,
  tras: number,
  hasta: number,
  limite: number,
): Promise<EventoRow[]> {
  const { rows } = await sql<EventoRow>`
    select e.id, e.pos::float8 as pos, e.tipo, e.en, e.tienda_id as "tiendaId", e.conteo_id as "conteoId", e.datos
      from inventario.eventos e where e.pos > ${tras} and e.pos <= ${hasta} order by e.pos limit ${limite}`.execute(
    tx,
  );
  return rows;
}
