import * as z from 'zod/mini';
import { rolProcedure, router } from '#server/trpc/init.ts';
import { Uuid } from '#shared/contracts/basicos.ts';
import { VE_EXISTENCIAS } from '#shared/roles.ts';
import { aTransaccion } from './rest.ts';
import { findTransacciones } from './transacciones.sql.ts';

export const transaccionesRouter = router({
  /** Last movements of a product in the shops of the caller, newest first. */
  delProducto: rolProcedure(...VE_EXISTENCIAS)
    .input(
      z.object({
        productoId: Uuid,
        almacen: z.nullable(z.string()),
        limite: z.int().check(z.gte(1), z.lte(100)),
      }),
    )
    .query(async ({ ctx, input }) => {
      const rows = await ctx.db.withUser(ctx.claims, (tx) =>
        findTransacciones(tx, {
          claves: null,
          productoId: input.productoId,
          almacen: input.almacen,
          tipo: null,
          conteo: null,
          desde: null,
          hasta: null,
          despues: null,
          limite: input.limite,
        }),
      );
      return rows.map(aTransaccion);
    }),
});
