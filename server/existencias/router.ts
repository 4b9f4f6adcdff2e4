import { rolProcedure, router } from '#server/trpc/init.ts';
import { ExistenciasValuadas, PideValuadas } from '#shared/contracts/valuadas.ts';
import { VE_COSTOS } from '#shared/roles.ts';
import { valueExistencias } from './valuadas.ts';

export const existenciasRouter = router({
  /** Stock at the end of a day or at an instant, valued. The roles that see costs see stock too. */
  valuadas: rolProcedure(...VE_COSTOS)
    .input(PideValuadas)
    .output(ExistenciasValuadas)
    .query(({ ctx, input }) =>
      valueExistencias(ctx.db, ctx.claims, {
        claves: null,
        almacen: input.almacenId,
        categoria: input.categoriaId,
        al: input.al.includes('T') ? new Date(input.al) : input.al,
        ceros: false,
      }),
    ),
});
