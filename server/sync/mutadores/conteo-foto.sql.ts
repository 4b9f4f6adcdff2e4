import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export async function selectAutorDeLinea(
  tx: Tx,
  lineaId: string,
): Promise<{ conteoId: string; usuarioId: string } | undefined> {
  const { rows } = await sql<{ conteoId: string; usuarioId: string }>`
    select conteo_id as "conteoId", usuario_id as "usuarioId" from inventario.conteo_lineas where id = ${lineaId}`.execute(
    tx,
  );
  return rows[0];
}

export async function insertFoto(
  tx: Tx,
  f: { lineaId: string; sha256: string; conteoId: string; por: string; recibidoEn: Date },
): Promise<void> {
  await sql`
    insert into inventario.conteo_linea_fotos (linea_id, sha256, conteo_id, por, recibido_en)
    values (${f.lineaId}, ${f.sha256}, ${f.conteoId}, ${f.por}, ${f.recibidoEn})
    on conflict (linea_id, sha256) do nothing`.execute(tx);
}
