import type * as z from 'zod/mini';
import type { Clock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import type { DevuelveParte } from '#shared/contracts/conteos.ts';
import { AppError } from '#shared/errores.ts';
import type { Quien } from './acceso-conteo.ts';
import { updateEstado } from './decisiones.sql.ts';
import { decide } from './decisiones.ts';
import { updateParteDevuelta } from './devuelve.sql.ts';

/**
 * Gives a finished part back to its counter with a note: nothing of it is lost, and the conteo is open again until the
 * part is sent once more (or closed by a manager).
 * Throws NO_ENCONTRADO, PROHIBIDO, CONTEO_NO_ABIERTO, PARTE_ABIERTA.
 */
export function returnParte(db: Db, clock: Clock, quien: Quien, pedido: z.infer<typeof DevuelveParte>) {
  return decide(db, clock, quien, pedido.conteoId, async ({ tx, en, audita }) => {
    if (!(await updateParteDevuelta(tx, { ...pedido, por: quien.id, en })))
      throw new AppError('PARTE_ABIERTA');
    await updateEstado(tx, pedido.conteoId, ['en_revision'], 'abierto', en);
    await audita('conteo.parte_devuelta', {
      usuario: pedido.usuarioId,
      intento: pedido.intento,
      nota: pedido.nota,
    });
    return { ok: true as const };
  });
}
