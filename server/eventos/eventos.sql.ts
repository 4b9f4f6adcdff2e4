import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface EventoRow {
  readonly id: string;
  readonly pos: number;
  readonly tipo: string;
  readonly en: Date;
  readonly tiendaId: string | null;
  readonly conteoId: string | null;
  readonly datos: Record<string, unknown>;
}

const COLUMNAS = sql`
  e.id, e.pos::float8 as pos, e.tipo, e.en, e.tienda_id as "tiendaId", e.conteo_id as "conteoId", e.datos`;

export interface Cabeza {
  /** Which history the numbers belong to: a restored server has another one. */
  readonly epoca: string;
  readonly pos: number;
  /** What is at or below it was forgotten. */
  readonly piso: number;
}

/** The last number that was given. What a later statement sees holds every event up to it. */
export async function selectCabeza(tx: Tx): Promise<Cabeza> {
  const { rows } = await sql<Cabeza>`
    select coalesce(right(replace(m.epoch::text, '-', ''), 12), repeat('0', 12)) as epoca, c.pos::float8 as pos,
           c.piso::float8 as piso
      from sync.eventos_cabeza c left join sync.meta m on m.id = 1 where c.id = 1`.execute(tx);
  return rows[0]!;
}

/** In order, after `tras` and up to `hasta`. Under row-level security: those that the person may see. */
export async function selectEventos(
  tx: Tx,
  {
    tras,
    hasta,
    patrones,
    limite,
  }: { tras: number; hasta: number; patrones: readonly string[]; limite: number },
): Promise<EventoRow[]> {
  const deTipo =
    patrones.length === 0
      ? sql`true`
      : sql`e.tipo like any (${patrones.map((p) => p.replaceAll('_', '\\_').replace('*', '%'))}::text[])`;
  const { rows } = await sql<EventoRow>`
    select ${COLUMNAS} from inventario.eventos e
     where e.pos > ${tras} and e.pos <= ${hasta} and ${deTipo}
     order by e.pos limit ${limite}`.execute(tx);
  return rows;
}

/**
 * Forgets the oldest events of more than `dias` days, `limite` at most, and raises the floor with them; how many. What is not
 * yet distributed to the webhooks stays.
 */
export async function deleteEventos(tx: Tx, dias: number, limite: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with viejos as (
      select e.id, e.pos from inventario.eventos e
       where e.en < now() - make_interval(days => ${dias})
         and e.pos <= (select repartido from sync.eventos_cabeza where id = 1)
       order by e.pos limit ${limite}
    ), idos as (
      delete from inventario.eventos e using viejos v where e.id = v.id returning v.pos
    ), piso as (
      update sync.eventos_cabeza c set piso = greatest(c.piso, (select max(pos) from idos))
       where c.id = 1 and exists (select from idos)
    )
    select count(*)::int as n from idos`.execute(tx);
  return rows[0]?.n ?? 0;
}

/** Forgets deliveries of more than `dias` days that are settled; how many. */
export async function deleteEntregas(tx: Tx, dias: number, limite: number): Promise<number> {
  const { rows } = await sql`
    delete from inventario.webhook_entregas where ctid in (
      select w.ctid from inventario.webhook_entregas w
       where w.created_at < now() - make_interval(days => ${dias}) and w.estado <> 'pendiente'
       limit ${limite} for update skip locked)
    returning 1`.execute(tx);
  return rows.length;
}
