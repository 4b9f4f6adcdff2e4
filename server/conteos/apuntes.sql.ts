import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

/** Notes of the lines, those written with the line first, in order. */
export async function findNotas(tx: Tx, conteoId: string) {
  const { rows } = await sql<{ linea_id: string; nota: string }>`
    select linea_id, string_agg(nota, ' · ' order by orden, en) as nota
      from (select id as linea_id, nota, 0 as orden, contado_en as en from inventario.conteo_lineas
             where conteo_id = ${conteoId} and nota is not null
            union all
            select linea_id, nota, 1, en from inventario.conteo_linea_notas where conteo_id = ${conteoId}) n
     group by linea_id`.execute(tx);
  return new Map(rows.map((row) => [row.linea_id, row.nota]));
}

/** Photos by line, in the order in which they came. */
export async function findFotos(tx: Tx, conteoId: string) {
  const { rows } = await sql<{ linea_id: string; sha256: string }>`
    select linea_id, sha256 from inventario.conteo_linea_fotos
     where conteo_id = ${conteoId} order by recibido_en`.execute(tx);
  return rows;
}
