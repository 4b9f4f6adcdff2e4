import * as z from 'zod/mini';
import { rolProcedure, router } from '#server/trpc/init.ts';
import { TextoCorto, Uuid } from '#shared/contracts/basicos.ts';
import { APRUEBA_CONTEOS, REVISA_CONTEOS } from '#shared/roles.ts';
import { decideFirma, listPorFirmar } from './firmas.ts';

const tipo = z.enum(['manual', 'contra_ajuste']);
const firma = rolProcedure(...APRUEBA_CONTEOS);

export const firmasRouter = router({
  pendientes: rolProcedure(...REVISA_CONTEOS).query(({ ctx }) => listPorFirmar(ctx.db, ctx.user)),
  firma: firma
    .input(z.object({ tipo, id: Uuid }))
    .mutation(({ ctx, input }) => decideFirma(ctx.db, ctx.clock, ctx.user, { ...input, motivo: null })),
  rechaza: firma
    .input(z.object({ tipo, id: Uuid, motivo: TextoCorto }))
    .mutation(({ ctx, input }) => decideFirma(ctx.db, ctx.clock, ctx.user, input)),
});
