import * as z from 'zod/mini';
import { rolProcedure, router, userProcedure } from '#server/trpc/init.ts';
import { Uuid } from '#shared/contracts/basicos.ts';
import { GuardaFila, SerieUbicaciones } from '#shared/contracts/catalogo.ts';
import { AppError } from '#shared/errores.ts';
import { VE_EXISTENCIAS } from '#shared/roles.ts';
import { findAlmacen, selectAlmacenes, selectTiendas, selectUbicaciones } from './tiendas.sql.ts';
import { cambiaActiva, guardaAlmacen, guardaTienda, guardaUbicacion, haceSerie } from './tiendas.ts';

const admin = rolProcedure('admin');
const dirige = rolProcedure('admin', 'gerente');

/** Shops, almacenes and bins. An admin keeps the first two; who manages a shop keeps its bins. */
export const tiendasRouter = router({
  lista: userProcedure.query(({ ctx }) =>
    ctx.db.asService(
      async (tx) => {
        const ids = ctx.user.rol === 'admin' ? null : ctx.user.tiendaIds;
        const almacenes = await selectAlmacenes(tx, ids);
        const ve = VE_EXISTENCIAS.includes(ctx.user.rol);
        return {
          tiendas: await selectTiendas(tx, ids),
          almacenes: ve ? almacenes : almacenes.map((a) => ({ ...a, conExistencia: 0 })),
        };
      },
      { readOnly: true },
    ),
  ),
  ubicaciones: userProcedure.input(z.object({ almacenId: Uuid })).query(({ ctx, input }) =>
    ctx.db.asService(async (tx) => {
      const almacen = await findAlmacen(tx, input.almacenId);
      if (
        almacen === undefined ||
        !(ctx.user.rol === 'admin' || ctx.user.tiendaIds.includes(almacen.tiendaId))
      )
        throw new AppError('NO_ENCONTRADO');
      return selectUbicaciones(tx, input.almacenId);
    }),
  ),
  guardaTienda: admin.input(GuardaFila).mutation(({ ctx, input }) => guardaTienda(ctx, ctx.user, input)),
  guardaAlmacen: admin
    .input(z.extend(GuardaFila, { tiendaId: Uuid }))
    .mutation(({ ctx, input }) => guardaAlmacen(ctx, ctx.user, input)),
  guardaUbicacion: dirige
    .input(z.extend(GuardaFila, { almacenId: Uuid }))
    .mutation(({ ctx, input }) => guardaUbicacion(ctx, ctx.user, input)),
  haceSerie: dirige.input(SerieUbicaciones).mutation(({ ctx, input }) => haceSerie(ctx, ctx.user, input)),
  cambiaActiva: dirige
    .input(z.object({ que: z.enum(['tienda', 'almacen', 'ubicacion']), id: Uuid, activa: z.boolean() }))
    .mutation(({ ctx, input }) => {
      if (input.que !== 'ubicacion' && ctx.user.rol !== 'admin') throw new AppError('PROHIBIDO');
      return cambiaActiva(ctx, ctx.user, input);
    }),
});
