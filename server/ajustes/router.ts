import * as z from 'zod/mini';
import { rolProcedure, router, userProcedure } from '#server/trpc/init.ts';
import * as contrato from '#shared/contracts/ajustes-empresa.ts';
import { ajustesTelefono } from '#shared/contracts/ajustes-telefono.ts';
import { PLANEA_PRUEBAS } from '#shared/roles.ts';
import { readEmpresa, readTelefono, readTolerancias, saveAjuste } from './ajustes.ts';

export const ajustesRouter = router({
  lee: userProcedure.output(ajustesTelefono).query(({ ctx }) => readTelefono(ctx.db)),

  tolerancias: rolProcedure(...PLANEA_PRUEBAS)
    .output(contrato.ajustesTolerancias)
    .query(({ ctx }) => readTolerancias(ctx.db)),

  empresa: rolProcedure('admin')
    .output(contrato.AjustesGuardados)
    .query(({ ctx }) => readEmpresa(ctx.db)),

  guarda: rolProcedure('admin')
    .input(contrato.GuardaAjuste)
    .output(z.object({ version: z.int() }))
    .mutation(({ ctx, input }) => saveAjuste(ctx.db, ctx.clock, ctx.user, input)),
});
