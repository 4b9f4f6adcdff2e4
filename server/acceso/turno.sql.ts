import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import type { Rol } from '#shared/roles.ts';

export interface TurnoRow {
  readonly id: string;
  readonly usuarioId: string;
  readonly deviceId: string;
  readonly rol: Rol;
  readonly tiendaIds: readonly string[];
  readonly emitidoEn: Date;
  readonly expiraEn: Date;
}

export async function insertTurno(tx: Tx, t: TurnoRow): Promise<void> {
  await sql`
    insert into sync.turno (id, usuario_id, device_id, rol, tienda_ids, emitido_en, expira_en)
    values (${t.id}, ${t.usuarioId}, ${t.deviceId}, ${t.rol}, ${[...t.tiendaIds]}::uuid[], ${t.emitidoEn},
            ${t.expiraEn})`.execute(tx);
}
