import * as z from 'zod/mini';
import { rolProcedure, router } from '#server/trpc/init.ts';
import { TextoCorto, Uuid } from '#shared/contracts/basicos.ts';
import { REVISA_CONTEOS } from '#shared/roles.ts';
import { findAvisosDeCierre, listPeriodos } from './estado.ts';
import { changePeriodo } from './periodos.ts';

const Cierra = z.object({ tiendaId: Uuid, hasta: z.iso.date(), motivo: TextoCorto });
const Abre = z.object({ tiendaId: Uuid, hasta: z.nullable(z.iso.date()), motivo: TextoCorto });

export const periodosRouter = router({
  lista: rolProcedure(...REVISA_CONTEOS).query(({ ctx }) => listPeriodos(ctx.db, ctx.clock, ctx.user)),
  avisos: rolProcedure(...REVISA_CONTEOS)
    .input(z.object({ tiendaId: Uuid, hasta: z.iso.date() }))
    .query(({ ctx, input }) => findAvisosDeCierre(ctx.db, ctx.user, input)),
  cierra: rolProcedure('admin')
    .input(Cierra)
    .mutation(({ ctx, input }) => changePeriodo(ctx.db, ctx.clock, ctx.user, 'cierra', input)),
  abre: rolProcedure('admin')
    .input(Abre)
    .mutation(({ ctx, input }) => changePeriodo(ctx.db, ctx.clock, ctx.user, 'abre', input)),
});
