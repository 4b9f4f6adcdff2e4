import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

/** Gives back a part that is finished. False when there is none, or when it was given back already. */
export async function updateParteDevuelta(
  tx: Tx,
  p: { conteoId: string; intento: number; usuarioId: string; nota: string; por: string; en: Date },
): Promise<boolean> {
  const { rows } = await sql`
    update inventario.conteo_partes
       set devuelta_en = ${p.en}, devuelta_por = ${p.por}, nota_devolucion = ${p.nota}
     where conteo_id = ${p.conteoId} and intento = ${p.intento} and usuario_id = ${p.usuarioId} and devuelta_en is null
    returning usuario_id`.execute(tx);
  return rows.length === 1;
}
