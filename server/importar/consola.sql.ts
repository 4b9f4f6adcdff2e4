import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

/** The active person of that e-mail who may import; without one, the first admin. */
export async function findQuienImporta(
  tx: Tx,
  correo: string | undefined,
): Promise<{ id: string } | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from inventario.usuarios
     where is_active and rol in ('admin', 'gerente', 'comprador')
       and (${correo ?? null}::text is null and rol = 'admin' or lower(correo) = lower(${correo ?? null}::text))
     order by created_at, id limit 1`.execute(tx);
  return rows[0];
}

export async function findAlmacenPorCodigo(tx: Tx, codigo: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from inventario.almacenes where codigo = ${codigo} and is_active`.execute(tx);
  return rows[0]?.id;
}
