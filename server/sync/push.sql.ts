import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export type ResultadoGuardado = 'applied' | 'late' | 'rejected' | 'quarantined' | 'en_espera';

export interface MutacionGuardada {
  readonly mid: number;
  readonly argsHash: string;
  readonly result: ResultadoGuardado;
  readonly code: string | null;
  readonly message: string | null;
}

/** What is stored of these mutations, with the words of their dead letters. */
export async function selectMutaciones(
  tx: Tx,
  deviceId: string,
  mids: readonly number[],
): Promise<Map<number, MutacionGuardada>> {
  if (mids.length === 0) return new Map();
  const { rows } = await sql<Omit<MutacionGuardada, 'mid'> & { mid: string }>`
    select m.mid, m.args_hash as "argsHash", m.result, r.code, r.message
      from sync.mutation m
      left join sync.rejection r on r.device_id = m.device_id and r.mid = m.mid and r.result = m.result
     where m.device_id = ${deviceId} and m.mid = any(${[...mids]}::bigint[])`.execute(tx);
  return new Map(rows.map((row) => [Number(row.mid), { ...row, mid: Number(row.mid) }]));
}

export async function selectLagunas(tx: Tx, deviceId: string): Promise<{ desde: number; hasta: number }[]> {
  const { rows } = await sql<{ desde: string; hasta: string }>`
    select desde_mid as desde, hasta_mid as hasta from sync.laguna where device_id = ${deviceId}`.execute(tx);
  return rows.map((row) => ({ desde: Number(row.desde), hasta: Number(row.hasta) }));
}

export async function insertLaguna(
  tx: Tx,
  l: { id: string; deviceId: string; desde: number; hasta: number; at: Date },
): Promise<void> {
  await sql`
    insert into sync.laguna (id, device_id, desde_mid, hasta_mid, at)
    values (${l.id}, ${l.deviceId}, ${l.desde}, ${l.hasta}, ${l.at})`.execute(tx);
}

export interface FilaMutacion {
  readonly mid: number;
  readonly name: string;
  readonly args_hash: string;
  readonly usuario_id: string | null;
  readonly result: ResultadoGuardado;
}

function mutaciones(deviceId: string, filas: readonly FilaMutacion[], at: Date): RawBuilder<unknown> {
  // json and not jsonb: each field is read once, so building the binary form of it is for nothing.
  return sql`
    insert into sync.mutation (device_id, mid, name, args_hash, usuario_id, result, at)
    select ${deviceId}::uuid, x.mid, x.name, x.args_hash, x.usuario_id, x.result, ${at}::timestamptz
      from json_to_recordset(${JSON.stringify(filas)}::json)
        as x (mid bigint, name text, args_hash text, usuario_id uuid, result text)`;
}

export async function insertMutaciones(
  tx: Tx,
  deviceId: string,
  filas: readonly FilaMutacion[],
  at: Date,
): Promise<void> {
  if (filas.length > 0) await mutaciones(deviceId, filas, at).execute(tx);
}

/** The mutations of a transaction and how far the device is with them. `pending`: what the phone still holds. */
export async function insertAvance(
  tx: Tx,
  deviceId: string,
  filas: readonly FilaMutacion[],
  e: { lastMid: number; pending: number; at: Date },
): Promise<void> {
  const anotadas = filas.length === 0 ? sql`` : sql`with anotadas as (${mutaciones(deviceId, filas, e.at)})`;
  await sql`
    ${anotadas}
    update sync.device
       set last_mid = ${e.lastMid}, pending_reported = ${e.pending}, last_seen = ${e.at},
           oldest_pending_at = case when ${e.pending} = 0 then null else oldest_pending_at end
     where id = ${deviceId}`.execute(tx);
}

export interface FilaRechazoNueva {
  readonly id: string;
  readonly mid: number;
  readonly usuario_id: string | null;
  readonly conteo_id: string | null;
  readonly name: string;
  readonly args: string;
  readonly code: string;
  readonly message: string;
  readonly result: 'rejected' | 'quarantined' | 'en_espera';
  readonly creada_en: string | null;
  readonly desfase_enviar_ms: number | null;
}

/** Dead letters, whole. Their texts must have passed `textoGuardable`: nothing here may fail for what it says. */
export async function insertRechazos(
  tx: Tx,
  deviceId: string,
  filas: readonly FilaRechazoNueva[],
  at: Date,
): Promise<void> {
  if (filas.length === 0) return;
  await sql`
    insert into sync.rejection (id, device_id, mid, usuario_id, conteo_id, name, args, code, message, result,
                                creada_en, desfase_enviar_ms, at)
    select x.id, ${deviceId}::uuid, x.mid, x.usuario_id, x.conteo_id, x.name, x.args, x.code, x.message, x.result,
           x.creada_en, x.desfase_enviar_ms, ${at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(filas)}::jsonb)
        as x (id uuid, mid bigint, usuario_id uuid, conteo_id uuid, name text, args text, code text, message text,
              result text, creada_en timestamptz, desfase_enviar_ms bigint)
    on conflict (device_id, mid) do nothing`.execute(tx);
}
