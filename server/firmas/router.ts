import * as z from 'zod/mini';
import { rolProcedure, router } from '#server/trpc/init.ts';
import { Instante, TextoCorto, Uuid } from '#shared/contracts/basicos.ts';
import { APRUEBA_CONTEOS, REVISA_CONTEOS } from '#shared/roles.ts';
import { decideFirma, listPorFirmar } from './firmas.ts';
import { listDecididas } from './historial.ts';

const tipo = z.enum(['manual', 'contra_ajuste']);
const firma = rolProcedure(...APRUEBA_CONTEOS);

export const firmasRouter = router({
  pendientes: rolProcedure(...REVISA_CONTEOS).query(({ ctx }) => listPorFirmar(ctx.db, ctx.user)),
  decididas: rolProcedure(...REVISA_CONTEOS)
    .input(
      z.object({
        despues: z.nullable(z.object({ en: Instante, id: Uuid })),
        limite: z.int().check(z.gte(1), z.lte(100)),
      }),
    )
    .query(({ ctx, input }) => listDecididas(ctx.db, ctx.user, input)),
  firma: firma
    .input(z.object({ tipo, id: Uuid }))
    .mutation(({ ctx, input }) => decideFirma(ctx.db, ctx.clock, ctx.user, { ...input, motivo: null })),
  rechaza: firma
    .input(z.object({ tipo, id: Uuid, motivo: TextoCorto }))
    .mutation(({ ctx, input }) => decideFirma(ctx.db, ctx.clock, ctx.user, input)),
});
