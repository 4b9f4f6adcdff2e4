import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface PeriodoRow {
  tienda_id: string;
  zona_horaria: string;
  cerrado_hasta: Date | null;
}

/** Holds the shop until commit: two closings take turns. */
export async function lockPeriodo(tx: Tx, tiendaId: string): Promise<PeriodoRow | undefined> {
  const { rows } = await sql<PeriodoRow>`
    select id as tienda_id, zona_horaria, cerrado_hasta from inventario.tiendas where id = ${tiendaId} for update`.execute(
    tx,
  );
  return rows[0];
}

export async function findPeriodo(tx: Tx, tiendaId: string): Promise<PeriodoRow | undefined> {
  const { rows } = await sql<PeriodoRow>`
    select id as tienda_id, zona_horaria, cerrado_hasta from inventario.tiendas where id = ${tiendaId}`.execute(
    tx,
  );
  return rows[0];
}

export async function updateCierre(
  tx: Tx,
  c: {
    id: string;
    tiendaId: string;
    accion: 'cierra' | 'abre';
    hasta: Date | null;
    motivo: string;
    por: string;
    en: Date;
  },
): Promise<void> {
  await sql`update inventario.tiendas set cerrado_hasta = ${c.hasta} where id = ${c.tiendaId}`.execute(tx);
  await sql`
    insert into inventario.cierres (id, tienda_id, accion, hasta, motivo, por, en)
    values (${c.id}, ${c.tiendaId}, ${c.accion}, ${c.hasta}, ${c.motivo}, ${c.por}, ${c.en})`.execute(tx);
}
