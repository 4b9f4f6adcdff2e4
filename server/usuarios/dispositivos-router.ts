import * as z from 'zod/mini';
import { audita } from '#server/auditoria/auditoria.sql.ts';
import type { Tx } from '#server/platform/db/db.ts';
import type { Deps } from '#server/platform/deps.ts';
import { rolProcedure, router } from '#server/trpc/init.ts';
import type { Usuario } from '#server/trpc/usuario.sql.ts';
import { Uuid } from '#shared/contracts/basicos.ts';
import { DispositivoListado } from '#shared/contracts/usuarios.ts';
import { AppError } from '#shared/errores.ts';
import {
  alcanceDe,
  type DispositivoRow,
  lockDispositivo,
  selectDispositivos,
  updateNombre,
  updateRevocado,
} from './dispositivos.sql.ts';

const procedure = rolProcedure('admin', 'gerente');
const Nombre = z.string().check(z.trim(), z.minLength(1), z.maxLength(100));

function listado(row: DispositivoRow): z.infer<typeof DispositivoListado> {
  return {
    ...row,
    visto: row.visto?.toISOString() ?? null,
    masViejo: row.masViejo?.toISOString() ?? null,
    revocadoEn: row.revocadoEn?.toISOString() ?? null,
  };
}

/** A change to one device within reach, with its audit row, in one transaction. */
async function change(
  { db, clock, user }: Pick<Deps, 'db' | 'clock'> & { user: Usuario },
  id: string,
  accion: string,
  fn: (tx: Tx, before: DispositivoRow, now: Date) => Promise<Record<string, unknown> | null>,
): Promise<void> {
  await db.asService(async (tx) => {
    const before = await lockDispositivo(tx, id, alcanceDe(user));
    if (before === undefined) throw new AppError('NO_ENCONTRADO');
    const now = clock.now();
    const datos = await fn(tx, before, now);
    if (datos === null) return;
    await audita(tx, {
      id: clock.newId(),
      en: now,
      usuarioId: user.id,
      accion,
      entidad: 'dispositivo',
      entidadId: id,
      tiendaId: null,
      datos,
    });
  });
}

/** The phones: an admin manages all, a gerente those of the people of their shops. */
export const dispositivosRouter = router({
  lista: procedure.output(z.array(DispositivoListado)).query(({ ctx }) =>
    ctx.db.asService(async (tx) => (await selectDispositivos(tx, alcanceDe(ctx.user))).map(listado), {
      readOnly: true,
    }),
  ),

  /** A lost or stolen phone: it receives nothing more, and what it sends goes into quarantine. Twice is once. */
  revoca: procedure.input(z.object({ id: Uuid })).mutation(({ ctx, input }) =>
    change(ctx, input.id, 'dispositivo.revocado', async (tx, before, now) => {
      if (before.revocadoEn !== null) return null;
      await updateRevocado(tx, input.id, ctx.user.id, now);
      return { nombre: before.nombre, sinEnviar: before.sinEnviar };
    }),
  ),

  renombra: procedure.input(z.object({ id: Uuid, nombre: Nombre })).mutation(({ ctx, input }) =>
    change(ctx, input.id, 'dispositivo.renombrado', async (tx, before) => {
      if (before.nombre === input.nombre) return null;
      await updateNombre(tx, input.id, input.nombre);
      return { antes: before.nombre, despues: input.nombre };
    }),
  ),
});
