import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export async function findFolio(tx: Tx, conteoId: string): Promise<{ id: string; folio: string | null }> {
  const { rows } = await sql<{ id: string; folio: string | null }>`
    select id, folio from inventario.conteos where id = ${conteoId}`.execute(tx);
  return rows[0]!;
}

export async function findCorregido(tx: Tx, conteoId: string) {
  const { rows } = await sql<{ id: string; folio: string | null }>`
    select k.id, k.folio from inventario.conteos c join inventario.conteos k on k.id = c.corrige_a
     where c.id = ${conteoId}`.execute(tx);
  return rows[0] ?? null;
}

/**
 * What came in and went out between two instants, per product; negative when `hasta` is before `desde`. Ajustes and
 * bases are corrections of the book: no goods moved.
 */
export async function findMovidos(
  tx: Tx,
  almacenId: string,
  items: readonly { producto_id: string; desde: string; hasta: string }[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ producto_id: string; movido: string }>`
    select x.producto_id,
           coalesce(sum(case when x.hasta >= x.desde then m.efecto else -m.efecto end), 0) as movido
      from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as x(producto_id uuid, desde timestamptz, hasta timestamptz)
      left join inventario.transacciones m
        on m.producto_id = x.producto_id and m.almacen_id = ${almacenId} and m.tipo not in ('ajuste', 'inventario')
       and m.ocurrida_en > least(x.desde, x.hasta) and m.ocurrida_en <= greatest(x.desde, x.hasta)
     group by x.producto_id`.execute(tx);
  return new Map(rows.map((row) => [row.producto_id, row.movido]));
}
