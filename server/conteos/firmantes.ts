import type * as z from 'zod/mini';
import type { Clock } from '#server/platform/clock.ts';
import type { Db, Tx } from '#server/platform/db/db.ts';
import type { FirmantePosible, PideFirma } from '#shared/contracts/conteos.ts';
import { AppError } from '#shared/errores.ts';
import { APRUEBA_CONTEOS, PLANEA_CONTEOS, type Rol } from '#shared/roles.ts';
import { esDeTienda, exigeTienda, type Quien } from './acceso-conteo.ts';
import { decide } from './decisiones.ts';
import * as q from './firmantes.sql.ts';
import { type ConteoRow, findConteo } from './revision.sql.ts';

/**
 * As `exigeTienda`, and lets in who was asked to sign this one conteo of another shop.
 * Throws NO_ENCONTRADO, PROHIBIDO.
 */
export async function exigeRevisor(
  tx: Tx,
  quien: Quien,
  conteo: Pick<ConteoRow, 'id' | 'tienda_id'>,
  roles: readonly Rol[],
): Promise<void> {
  const invitado =
    !esDeTienda(quien, conteo.tienda_id) &&
    APRUEBA_CONTEOS.includes(quien.rol) &&
    (await q.existsFirmante(tx, conteo.id, quien.id));
  if (!invitado) exigeTienda(quien, conteo.tienda_id, roles);
}

/** Who can be asked to sign a conteo that the managers of its shop counted. Throws NO_ENCONTRADO, PROHIBIDO. */
export async function listFirmantes(
  db: Db,
  quien: Quien,
  conteoId: string,
): Promise<z.infer<typeof FirmantePosible>[]> {
  return db.asService(async (tx) => {
    const conteo = await findConteo(tx, conteoId);
    if (conteo === undefined) throw new AppError('NO_ENCONTRADO');
    exigeTienda(quien, conteo.tienda_id, PLANEA_CONTEOS);
    const posibles = await q.findFirmantesPosibles(tx, conteoId, conteo.tienda_id);
    return posibles.filter(({ id }) => id !== quien.id);
  });
}

/**
 * Asks a manager of another shop, or an admin, to review and approve this conteo. It opens this conteo to them and
 * nothing else. Asking again writes nothing.
 * Throws NO_ENCONTRADO, PROHIBIDO, CONTEO_NO_ABIERTO, FIRMANTE_NO_VALIDO.
 */
export function requestFirma(db: Db, clock: Clock, quien: Quien, pedido: z.infer<typeof PideFirma>) {
  return decide(db, clock, quien, pedido.conteoId, async ({ tx, conteo, en, audita }) => {
    const posibles = await q.findFirmantesPosibles(tx, conteo.id, conteo.tienda_id);
    if (pedido.usuarioId === quien.id || !posibles.some(({ id }) => id === pedido.usuarioId)) {
      throw new AppError('FIRMANTE_NO_VALIDO');
    }
    if (await q.insertFirmante(tx, { ...pedido, por: quien.id, en })) {
      await audita('conteo.firma_pedida', { a: pedido.usuarioId });
    }
    return { ok: true as const };
  });
}
