import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import type { Proposito } from '#shared/roles.ts';

/**
 * Keeps the decisions about these conteos still until the commit: an approval takes the row FOR UPDATE before it reads
 * the lines, so a line is either read by it or sees it and is late. Compatible with other pushes and with a change of
 * `estado`, so pushes don't wait for each other.
 */
export async function sujetaConteos(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`
    select from inventario.conteos where id = any(${[...ids]}::uuid[]) order by id for key share`.execute(tx);
}

/** Takes the conteo for a change of its `estado`: two last parts of two phones must see each other. */
export async function tomaConteo(tx: Tx, id: string): Promise<void> {
  await sql`select from inventario.conteos where id = ${id} for no key update`.execute(tx);
}

/**
 * Whether the person counts in that intento: a recount with people of its own is theirs alone; else the conteo's people
 * count.
 */
export function asignadoAlIntento(
  conteoId: RawBuilder<unknown>,
  intento: RawBuilder<unknown>,
  usuarioId: string,
): RawBuilder<boolean> {
  return sql<boolean>`
    case when exists (select from inventario.conteo_intento_contadores k
                       where k.conteo_id = ${conteoId} and k.intento = ${intento})
         then exists (select from inventario.conteo_intento_contadores k
                       where k.conteo_id = ${conteoId} and k.intento = ${intento} and k.usuario_id = ${usuarioId}::uuid)
         else exists (select from inventario.conteo_contadores k
                       where k.conteo_id = ${conteoId} and k.usuario_id = ${usuarioId}::uuid)
    end`;
}

export interface ConteoVisto {
  readonly tiendaId: string;
  readonly estado: 'planeado' | 'abierto' | 'en_revision' | 'cerrado' | 'cancelado';
  readonly ciego: boolean;
  readonly proposito: Proposito;
  /** The person counts in the intento that was asked about; without one, in any. */
  readonly asignado: boolean;
  readonly intentoExiste: boolean;
}

export async function selectConteo(
  tx: Tx,
  conteoId: string,
  usuarioId: string,
  intento: number | null,
): Promise<ConteoVisto | undefined> {
  const enAlguno = sql`(
    exists (select from inventario.conteo_contadores k where k.conteo_id = c.id and k.usuario_id = ${usuarioId}::uuid)
    or exists (select from inventario.conteo_intento_contadores k
                where k.conteo_id = c.id and k.usuario_id = ${usuarioId}::uuid))`;
  const { rows } = await sql<ConteoVisto>`
    select c.tienda_id as "tiendaId", c.estado, c.ciego, c.proposito,
           ${intento === null ? enAlguno : asignadoAlIntento(sql`c.id`, sql`${intento}::int`, usuarioId)} as asignado,
           coalesce(${intento}::int, 1) = 1 or exists (select from inventario.conteo_intentos i
                         where i.conteo_id = c.id and i.intento = ${intento}::int) as "intentoExiste"
      from inventario.conteos c
     where c.id = ${conteoId}`.execute(tx);
  return rows[0];
}
