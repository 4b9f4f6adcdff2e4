import * as z from 'zod/mini';
import { rolProcedure, router } from '#server/trpc/init.ts';
import { Uuid } from '#shared/contracts/basicos.ts';
import * as contrato from '#shared/contracts/mermas.ts';
import { APRUEBA_CONTEOS, REVISA_CONTEOS } from '#shared/roles.ts';
import { createAlmacenMerma } from './almacen-merma.ts';
import { decideMerma, findMermaDe } from './mermas.ts';

export const mermasRouter = router({
  de: rolProcedure(...REVISA_CONTEOS)
    .input(contrato.MermaDe)
    .output(z.nullable(contrato.Merma))
    .query(({ ctx, input }) => findMermaDe(ctx.db, ctx.user, input)),

  decide: rolProcedure(...APRUEBA_CONTEOS)
    .input(contrato.DecideMerma)
    .output(contrato.MermaDecidida)
    .mutation(({ ctx, input }) => decideMerma(ctx.db, ctx.clock, ctx.user, input)),

  creaAlmacen: rolProcedure('admin')
    .input(z.object({ conteoId: Uuid }))
    .mutation(({ ctx, input }) => createAlmacenMerma(ctx.db, ctx.clock, ctx.user, input.conteoId)),
});
