import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export async function insertCeros(
  tx: Tx,
  de: { conteoId: string; por: string; en: Date },
  productoIds: readonly string[],
): Promise<void> {
  await sql`
    insert into inventario.conteo_ceros (conteo_id, producto_id, por, en)
    select ${de.conteoId}::uuid, id, ${de.por}::uuid, ${de.en}::timestamptz
      from unnest(${productoIds as string[]}::uuid[]) as p(id)
    on conflict (conteo_id, producto_id) do nothing`.execute(tx);
}
