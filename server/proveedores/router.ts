import * as z from 'zod/mini';
import { rolProcedure, router } from '#server/trpc/init.ts';
import { Uuid } from '#shared/contracts/basicos.ts';
import { GuardaFila } from '#shared/contracts/catalogo.ts';
import { EDITA_PRODUCTOS, VE_COSTOS } from '#shared/roles.ts';
import { selectProveedores } from './proveedores.sql.ts';
import { cambiaProveedorActivo, guardaProveedor } from './proveedores.ts';

const edita = rolProcedure(...EDITA_PRODUCTOS);

/** Whom the company buys from. */
export const proveedoresRouter = router({
  lista: rolProcedure(...VE_COSTOS).query(({ ctx }) =>
    ctx.db.asService(selectProveedores, { readOnly: true }),
  ),
  guarda: edita.input(GuardaFila).mutation(({ ctx, input }) => guardaProveedor(ctx, ctx.user, input)),
  cambiaActivo: edita
    .input(z.object({ id: Uuid, activo: z.boolean() }))
    .mutation(({ ctx, input }) => cambiaProveedorActivo(ctx, ctx.user, input)),
});
