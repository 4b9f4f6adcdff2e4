import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

/** The same patch again; undefined: there is none with this id. */
export async function sameParche(tx: Tx, id: string, args: string): Promise<boolean | undefined> {
  const { rows } = await sql<{ igual: boolean }>`
    select p.args = ${args}::jsonb as igual from inventario.producto_parches p where p.id = ${id}`.execute(
    tx,
  );
  return rows[0]?.igual;
}

export async function insertParche(
  tx: Tx,
  p: { id: string; productoId: string; args: string; por: string; en: string; recibidoEn: Date },
): Promise<void> {
  await sql`insert into inventario.producto_parches (id, producto_id, args, por, en, recibido_en)
            values (${p.id}, ${p.productoId}, ${p.args}::jsonb, ${p.por}, ${p.en}::timestamptz, ${p.recibidoEn})`.execute(
    tx,
  );
}

export interface ConflictoNuevo {
  parcheId: string;
  productoId: string;
  campo: string;
  base: string | null;
  valor: string | null;
  encontrado: string | null;
  encontradoPor: string | null;
}

export async function insertConflicto(tx: Tx, c: ConflictoNuevo): Promise<void> {
  await sql`
    insert into inventario.producto_conflictos (parche_id, campo, producto_id, base, valor, encontrado, encontrado_por)
    values (${c.parcheId}, ${c.campo}, ${c.productoId}, ${c.base}, ${c.valor}, ${c.encontrado}, ${c.encontradoPor})`.execute(
    tx,
  );
}

export interface ConflictoRow {
  parcheId: string;
  campo: string;
  productoId: string;
  codigo: string;
  nombre: string;
  base: string | null;
  valor: string | null;
  encontrado: string | null;
  encontradoQuien: string | null;
  quien: string;
  en: Date;
  recibidoEn: Date;
}

const CONFLICTO = sql`
  select c.parche_id as "parcheId", c.campo, c.producto_id as "productoId", p.codigo, p.nombre, c.base, c.valor, c.encontrado,
         v.nombre as "encontradoQuien", u.nombre as quien, x.en, x.recibido_en as "recibidoEn"
    from inventario.producto_conflictos c
    join inventario.producto_parches x on x.id = c.parche_id
    join inventario.productos p on p.id = c.producto_id
    join inventario.usuarios u on u.id = x.por
    left join inventario.usuarios v on v.id = c.encontrado_por`;

/** What waits for a decision, the oldest first. */
export async function selectConflictos(tx: Tx): Promise<ConflictoRow[]> {
  const { rows } = await sql<ConflictoRow>`
    ${CONFLICTO} where c.estado = 'pendiente' order by x.recibido_en, c.campo limit 200`.execute(tx);
  return rows;
}

export interface ConflictoCerrojo extends ConflictoRow {
  estado: string;
  decididoQuien: string | null;
}

export async function lockConflicto(
  tx: Tx,
  parcheId: string,
  campo: string,
): Promise<ConflictoCerrojo | undefined> {
  await sql`select 1 from inventario.producto_conflictos where parche_id = ${parcheId} and campo = ${campo} for update`.execute(
    tx,
  );
  const { rows } = await sql<ConflictoCerrojo>`
    select y.*, c.estado, d.nombre as "decididoQuien"
      from (${CONFLICTO} where c.parche_id = ${parcheId} and c.campo = ${campo}) y
      join inventario.producto_conflictos c on c.parche_id = y."parcheId" and c.campo = y.campo
      left join inventario.usuarios d on d.id = c.decidido_por`.execute(tx);
  return rows[0];
}

export async function closeConflicto(
  tx: Tx,
  c: { parcheId: string; campo: string; estado: 'entra' | 'queda'; por: string; en: Date },
): Promise<void> {
  await sql`update inventario.producto_conflictos set estado = ${c.estado}, decidido_por = ${c.por}, decidido_en = ${c.en}
             where parche_id = ${c.parcheId} and campo = ${c.campo}`.execute(tx);
}
