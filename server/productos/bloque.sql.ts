import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import type { Diferencias } from './guarda.ts';

export interface Editado {
  id: string;
  codigo: string;
  campos: Diferencias;
}

/** The audit's row of each product of an edition, under the edition's id so that it can be undone as one. */
export async function insertEditados(
  tx: Tx,
  e: {
    edicionId: string;
    por: string;
    en: Date;
    verbo: string;
    filas: readonly (Editado & { auditoriaId: string })[];
  },
): Promise<void> {
  await sql`
    insert into inventario.auditoria (id, en, usuario_id, accion, entidad, entidad_id, datos)
    select x."auditoriaId", ${e.en}, ${e.por}::uuid, ${`producto.${e.verbo}`}, 'producto', x.id::text,
           jsonb_build_object('campos', x.campos, 'edicion', ${e.edicionId}::text, 'codigo', x.codigo)
      from jsonb_to_recordset(${JSON.stringify(e.filas)}::jsonb) as x("auditoriaId" uuid, id uuid, codigo text, campos jsonb)`.execute(
    tx,
  );
}

/** What an edition did to each product; empty: there is none with that id. */
export async function selectEditados(tx: Tx, edicionId: string): Promise<Editado[]> {
  const { rows } = await sql<Editado>`
    select d.id::text as id, d.codigo, d.campos
      from inventario.auditoria a
      cross join lateral jsonb_to_recordset(a.datos -> 'filas') as d(id uuid, codigo text, campos jsonb)
     where a.entidad = 'edicion' and a.entidad_id = ${edicionId} and a.accion = 'edicion.aplicada'`.execute(
    tx,
  );
  return rows;
}

/** True when that edition was undone already. */
export async function wasUndone(tx: Tx, edicionId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from inventario.auditoria where entidad = 'edicion' and entidad_id = ${edicionId} and accion = 'edicion.deshecha'`.execute(
    tx,
  );
  return rows.length > 0;
}
