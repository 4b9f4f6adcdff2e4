import * as z from 'zod/mini';
import { rolProcedure, router } from '#server/trpc/init.ts';
import { Uuid } from '#shared/contracts/basicos.ts';
import * as contrato from '#shared/contracts/planeacion.ts';
import { PLANEA_CONTEOS } from '#shared/roles.ts';
import { readAjustes, saveAjustes } from './ajustes.ts';
import { proposeConteo } from './propone.ts';

/** Reasons are for who plans: a counter has no way here. */
const planea = rolProcedure(...PLANEA_CONTEOS);

export const planeacionRouter = router({
  propone: planea
    .input(contrato.PidePropuesta)
    .output(contrato.Propuesta)
    .query(({ ctx, input }) => proposeConteo(ctx.db, ctx.clock, ctx.claims, input)),

  ajustes: planea
    .input(z.object({ almacenId: Uuid }))
    .output(contrato.AjustesPlaneacion)
    .query(({ ctx, input }) => readAjustes(ctx.db, ctx.claims, input.almacenId)),

  guarda: planea
    .input(contrato.AjustesPlaneacion)
    .output(contrato.AjustesPlaneacion)
    .mutation(({ ctx, input }) => saveAjustes(ctx.db, ctx.clock, ctx.user, input)),
});
