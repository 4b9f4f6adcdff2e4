import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface LigaNueva {
  readonly id: string;
  readonly lineaId: string;
  readonly conteoId: string;
  readonly estado: string;
  readonly productoId: string | null;
  readonly factor: string | null;
  readonly motivo: string | null;
  readonly por: string;
  readonly en: Date;
  readonly recibidoEn: Date;
}

export interface HechosLiga {
  /** null: no liga with this id; true: the same one of the same person. */
  readonly igual: boolean | null;
  /** The conteo of the line, when the line is already here. */
  readonly lineaConteo: string | null;
  readonly productoExiste: boolean;
  /** The product that is linked, or the one it would be taken from, is approved in this conteo. */
  readonly aprobado: boolean;
}

export async function selectHechosLiga(tx: Tx, g: LigaNueva): Promise<HechosLiga> {
  const { rows } = await sql<HechosLiga>`
    select (select l.por = ${g.por}::uuid
                   and (l.linea_id, l.conteo_id, l.estado, l.producto_id, l.factor) is not distinct from
                       (${g.lineaId}::uuid, ${g.conteoId}::uuid, ${g.estado}, ${g.productoId}::uuid, ${g.factor}::numeric)
              from inventario.conteo_linea_ligas l where l.id = ${g.id}) as igual,
           (select conteo_id from inventario.conteo_lineas where id = ${g.lineaId}) as "lineaConteo",
           ${g.productoId}::uuid is null
             or exists (select from inventario.productos where id = ${g.productoId}::uuid) as "productoExiste",
           exists (select from inventario.conteo_resultados r
                    where r.conteo_id = ${g.conteoId}
                      and (r.producto_id = ${g.productoId}::uuid or r.producto_id = (
                            select l.producto_id from inventario.conteo_linea_ligas l
                             where l.linea_id = ${g.lineaId} and l.estado = 'ligada'
                             order by l.recibido_en desc, l.id desc limit 1))) as aprobado`.execute(tx);
  return rows[0]!;
}

export async function insertLiga(tx: Tx, g: LigaNueva): Promise<void> {
  await sql`
    insert into inventario.conteo_linea_ligas
      (id, linea_id, conteo_id, estado, producto_id, factor, motivo, por, en, recibido_en)
    values (${g.id}, ${g.lineaId}, ${g.conteoId}, ${g.estado}, ${g.productoId}, ${g.factor}, ${g.motivo}, ${g.por},
            ${g.en}, ${g.recibidoEn})`.execute(tx);
}
