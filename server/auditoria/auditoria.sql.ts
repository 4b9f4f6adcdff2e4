import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface Asiento {
  id: string;
  en: Date;
  usuarioId: string;
  /** `entidad.verbo`, e.g. `conteo.aprobado`. */
  accion: string;
  entidad: string;
  entidadId: string;
  tiendaId: string | null;
  /** Plain JSON; never a secret. */
  datos: Record<string, unknown>;
}

/** Writes who did what, in the transaction of the deed itself: neither exists without the other. */
export async function audita(tx: Tx, a: Asiento): Promise<void> {
  await sql`
    insert into inventario.auditoria (id, en, usuario_id, accion, entidad, entidad_id, tienda_id, datos)
    values (${a.id}, ${a.en}, ${a.usuarioId}, ${a.accion}, ${a.entidad}, ${a.entidadId}, ${a.tiendaId},
            ${JSON.stringify(a.datos)}::jsonb)`.execute(tx);
}
