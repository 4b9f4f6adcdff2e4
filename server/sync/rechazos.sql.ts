import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface Lector {
  readonly id: string;
  readonly rol: string;
  readonly tiendaIds: readonly string[];
}

/**
 * Whose dead letters a person may see: their own; a gerente those of their shops (of the conteo, else of the author, else
 * of who used the phone last); an admin all.
 */
function visibles(lector: Lector) {
  return sql`(
    r.usuario_id = ${lector.id}::uuid
    or ${lector.rol} = 'admin'
    or (${lector.rol} = 'gerente' and case
          when c.id is not null then c.tienda_id = any(${[...lector.tiendaIds]}::uuid[])
          else exists (select from inventario.usuario_tiendas ut
                        where ut.usuario_id = coalesce(r.usuario_id, d.usuario_id)
                          and ut.tienda_id = any(${[...lector.tiendaIds]}::uuid[]))
        end))`;
}

export interface RechazoRow {
  readonly id: string;
  readonly dispositivo: string | null;
  readonly usuario: string | null;
  readonly name: string;
  readonly args: string;
  readonly code: string;
  readonly mensaje: string;
  readonly result: string;
  readonly state: string;
  readonly at: Date;
  readonly conteoFolio: string | null;
}

/** Open ones first, then those settled since `desde`; newest first, at most `limit`. */
export async function selectRechazos(
  tx: Tx,
  lector: Lector,
  desde: Date,
  limit: number,
): Promise<RechazoRow[]> {
  const { rows } = await sql<RechazoRow>`
    select r.id, coalesce(d.nombre, d.id::text) as dispositivo, u.nombre as usuario, r.name, r.args, r.code,
           r.message as mensaje, r.result, r.state, r.at, c.folio as "conteoFolio"
      from sync.rejection r
      join sync.device d on d.id = r.device_id
      left join inventario.usuarios u on u.id = r.usuario_id
      left join inventario.conteos c on c.id = r.conteo_id
     where ${visibles(lector)} and (r.state = 'abierta' or r.resuelta_en >= ${desde})
     order by (r.state = 'abierta') desc, r.at desc, r.mid desc
     limit ${limit}`.execute(tx);
  return rows;
}

/** How many of the open ones a person may see, by what became of them, and since when the oldest waits. */
export async function countRechazos(tx: Tx, lector: Lector) {
  const { rows } = await sql<{
    rechazados: number;
    cuarentena: number;
    enEspera: number;
    masViejo: Date | null;
  }>`
    select count(*) filter (where r.result = 'rejected')::int as rechazados,
           count(*) filter (where r.result = 'quarantined')::int as cuarentena,
           count(*) filter (where r.result = 'en_espera')::int as "enEspera", min(r.at) as "masViejo"
      from sync.rejection r
      join sync.device d on d.id = r.device_id
      left join inventario.conteos c on c.id = r.conteo_id
     where ${visibles(lector)} and r.state = 'abierta'`.execute(tx);
  return rows[0]!;
}

export interface RechazoAbierto {
  readonly id: string;
  readonly deviceId: string;
  readonly mid: string;
  /** Proven by the turno; null: nobody is. */
  readonly autorId: string | null;
  readonly tiendaId: string | null;
  readonly conteoId: string | null;
  readonly name: string;
  readonly args: string;
  readonly code: string;
  readonly state: string;
  readonly desfaseEnviarMs: string | null;
  readonly at: Date;
}

const ABIERTO = sql`
  select r.id, r.device_id as "deviceId", r.mid, m.usuario_id as "autorId", c.tienda_id as "tiendaId",
         r.conteo_id as "conteoId", r.name, r.args, r.code, r.state, r.desfase_enviar_ms as "desfaseEnviarMs", r.at
    from sync.rejection r
    join sync.device d on d.id = r.device_id
    left join sync.mutation m on m.device_id = r.device_id and m.mid = r.mid
    left join inventario.conteos c on c.id = r.conteo_id`;

/** The dead letter, locked, when this person may see it. */
export async function lockRechazo(tx: Tx, id: string, lector: Lector): Promise<RechazoAbierto | undefined> {
  const { rows } = await sql<RechazoAbierto>`
    ${ABIERTO} where r.id = ${id} and ${visibles(lector)} for update of r`.execute(tx);
  return rows[0];
}

/** The next mutation that waits for a newer server and whose name is known now; another process's are skipped. */
export async function lockEnEspera(
  tx: Tx,
  names: readonly string[],
  tras: { at: Date; id: string } | null,
): Promise<RechazoAbierto | undefined> {
  const despues = tras === null ? sql`` : sql`and (r.at, r.id) > (${tras.at}, ${tras.id}::uuid)`;
  const { rows } = await sql<RechazoAbierto>`
    ${ABIERTO}
     where r.state = 'abierta' and r.result = 'en_espera' and r.name = any(${[...names]}::text[]) ${despues}
     order by r.at, r.id limit 1 for update of r skip locked`.execute(tx);
  return rows[0];
}

export async function updateResuelto(
  tx: Tx,
  r: { id: string; state: 'aplicada' | 'descartada'; por: string | null; nota: string | null; at: Date },
): Promise<void> {
  await sql`
    update sync.rejection
       set state = ${r.state}, resuelta_por = ${r.por}, resuelta_en = ${r.at}, nota = ${r.nota}
     where id = ${r.id}`.execute(tx);
}

/** Still not applicable: it stays open and says why now. */
export async function updateMotivo(
  tx: Tx,
  r: { id: string; code: string; message: string; result: string },
): Promise<void> {
  await sql`
    update sync.rejection set code = ${r.code}, message = ${r.message}, result = ${r.result} where id = ${r.id}`.execute(
    tx,
  );
  await sql`
    update sync.mutation m set result = r.result
      from sync.rejection r
     where r.id = ${r.id} and m.device_id = r.device_id and m.mid = r.mid`.execute(tx);
}

/** What a resend of the same mutation is answered from now on. */
export async function updateResultado(
  tx: Tx,
  m: { deviceId: string; mid: string; result: 'applied' | 'late' },
): Promise<void> {
  await sql`
    update sync.mutation set result = ${m.result} where device_id = ${m.deviceId} and mid = ${m.mid}`.execute(
    tx,
  );
}
