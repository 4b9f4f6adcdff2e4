import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

/** What a new conteo takes over from the one that it complements. */
export async function findParaComplemento(tx: Tx, conteoId: string) {
  const { rows } = await sql<{ contadores: string[] }>`
    select coalesce((select array_agg(k.usuario_id order by k.usuario_id) from inventario.conteo_contadores k
                      where k.conteo_id = c.id), '{}') as contadores
      from inventario.conteos c where c.id = ${conteoId}`.execute(tx);
  return rows[0]!.contadores;
}

/** Conteos that were opened for what arrived late in this one, newest first. */
export async function findComplementos(tx: Tx, conteoId: string) {
  const { rows } = await sql<{ id: string; folio: string | null; estado: string }>`
    select id, folio, estado from inventario.conteos
     where complementa_a = ${conteoId} order by abierto_en desc, id`.execute(tx);
  return rows;
}
