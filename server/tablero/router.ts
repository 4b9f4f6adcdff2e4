import * as z from 'zod/mini';
import { rolProcedure, router } from '#server/trpc/init.ts';
import { Ahora, BajoMinimo, PideMinimos, PideRevisiones, RevisionBreve } from '#shared/contracts/tablero.ts';
import { REVISA_CONTEOS, VE_EXISTENCIAS } from '#shared/roles.ts';
import { listMinimos, lookAhora, reviewBreves } from './ahora.ts';

const veExistencias = rolProcedure(...VE_EXISTENCIAS);

export const tableroRouter = router({
  ahora: veExistencias
    .output(Ahora)
    .query(({ ctx }) => lookAhora({ db: ctx.db, clock: ctx.clock, quien: ctx.user, claims: ctx.claims })),
  revisiones: rolProcedure(...REVISA_CONTEOS)
    .input(PideRevisiones)
    .output(z.array(RevisionBreve))
    .query(({ ctx, input }) => reviewBreves(ctx.db, ctx.user, input.ids)),
  minimos: veExistencias
    .input(PideMinimos)
    .output(z.array(BajoMinimo))
    .query(({ ctx, input }) => listMinimos(ctx.db, ctx.claims, input)),
});
