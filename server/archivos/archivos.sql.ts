import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

/** False when the file was there already. */
export async function insertArchivo(
  tx: Tx,
  a: { sha256: string; mime: string; bytes: Buffer; subidoPor: string | null; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    insert into inventario.archivos (sha256, mime, bytes, tamano, subido_por, created_at)
    values (${a.sha256}, ${a.mime}, ${a.bytes}, ${a.bytes.length}, ${a.subidoPor}, ${a.at})
    on conflict (sha256) do nothing returning 1`.execute(tx);
  return rows.length > 0;
}

export interface ArchivoRow {
  readonly mime: string;
  readonly bytes: Buffer;
  readonly subidoPor: string | null;
}

export async function selectArchivo(tx: Tx, sha256: string): Promise<ArchivoRow | undefined> {
  const { rows } = await sql<ArchivoRow>`
    select mime, bytes, subido_por as "subidoPor" from inventario.archivos where sha256 = ${sha256}`.execute(
    tx,
  );
  return rows[0];
}

/**
 * True when the photo belongs to a line of the person's own, to a conteo that they review, or is a product's, which
 * everybody sees. Runs inside `withUser`: the functions ask who is asking.
 */
export async function isPhotoOfMine(tx: Tx, sha256: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from inventario.conteo_linea_fotos f
     where f.sha256 = ${sha256}
       and (f.por = auth.uid() or f.conteo_id in (select inventario.conteos_que_reviso()))
    union all
    select 1 from inventario.productos p where p.imagen_url = ${`/api/archivos/${sha256}`}
     limit 1`.execute(tx);
  return rows.length > 0;
}
