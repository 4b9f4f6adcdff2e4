import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface AjusteRow {
  clave: string;
  valor: unknown;
  version: number;
  updated_at: Date;
  por: string | null;
}

export async function findAjustes(tx: Tx, claves: readonly string[]): Promise<Map<string, AjusteRow>> {
  const { rows } = await sql<AjusteRow>`
    select c.clave, c.valor, c.version, c.updated_at, u.nombre as por
      from inventario.configuracion c left join inventario.usuarios u on u.id = c.cambiado_por
     where c.clave = any(${claves as string[]}::text[])`.execute(tx);
  return new Map(rows.map((row) => [row.clave, row]));
}

/** The new version, or undefined when it is not at `version` any more (0 = was never saved). */
export async function upsertAjuste(
  tx: Tx,
  a: { clave: string; valor: unknown; version: number; por: string; en: Date },
): Promise<number | undefined> {
  const { rows } = await sql<{ version: number }>`
    insert into inventario.configuracion as c (clave, valor, version, cambiado_por, updated_at)
    select ${a.clave}, ${JSON.stringify(a.valor)}::jsonb, 1, ${a.por}::uuid, ${a.en}::timestamptz
     where ${a.version} = 0 or exists (select from inventario.configuracion where clave = ${a.clave})
    on conflict (clave) do update
       set valor = excluded.valor, version = c.version + 1, cambiado_por = excluded.cambiado_por
     where c.version = ${a.version}
    returning version`.execute(tx);
  return rows[0]?.version;
}
