import { rolProcedure, router } from '#server/trpc/init.ts';
import * as contrato from '#shared/contracts/estadisticas.ts';
import { VE_COSTOS } from '#shared/roles.ts';
import { measureGrupos, measureProductos } from './productos.ts';

/** The roles that see costs see stock too. */
const ve = rolProcedure(...VE_COSTOS);

export const estadisticasRouter = router({
  productos: ve
    .input(contrato.PideProductos)
    .output(contrato.EstadisticaProductos)
    .query(({ ctx, input }) => measureProductos(ctx.db, ctx.claims, input)),

  grupos: ve
    .input(contrato.PideGrupos)
    .output(contrato.EstadisticaGrupos)
    .query(({ ctx, input }) => measureGrupos(ctx.db, ctx.claims, input)),
});
