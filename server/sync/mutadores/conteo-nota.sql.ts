import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface NotaNueva {
  readonly id: string;
  readonly lineaId: string;
  readonly conteoId: string;
  readonly nota: string;
  readonly por: string;
  readonly en: Date;
  readonly recibidoEn: Date;
}

export async function insertNota(tx: Tx, n: NotaNueva): Promise<void> {
  await sql`
    insert into inventario.conteo_linea_notas (id, linea_id, conteo_id, nota, por, en, recibido_en)
    values (${n.id}, ${n.lineaId}, ${n.conteoId}, ${n.nota}, ${n.por}, ${n.en}, ${n.recibidoEn})
    on conflict (id) do nothing`.execute(tx);
}
