import * as z from 'zod/mini';
import { rolProcedure, router } from '#server/trpc/init.ts';
import {
  Ahora,
  BajoMinimo,
  Curva,
  Firmas,
  PideCurva,
  PideMinimos,
  PideResultados,
  PideRevisiones,
  PideValorAl,
  Resultados,
  RevisionBreve,
  ValorAl,
} from '#shared/contracts/tablero.ts';
import { REVISA_CONTEOS, VE_COSTOS, VE_EXISTENCIAS } from '#shared/roles.ts';
import { countFirmas, listMinimos, lookAhora, reviewBreves } from './ahora.ts';
import { findCurva } from './curva.sql.ts';
import { listResultados } from './resultados.ts';
import { valueAl } from './valor.ts';

const veExistencias = rolProcedure(...VE_EXISTENCIAS);

export const tableroRouter = router({
  ahora: veExistencias
    .output(Ahora)
    .query(({ ctx }) => lookAhora({ db: ctx.db, clock: ctx.clock, quien: ctx.user, claims: ctx.claims })),
  firmas: rolProcedure(...REVISA_CONTEOS)
    .output(Firmas)
    .query(({ ctx }) => countFirmas(ctx.db, ctx.user)),
  revisiones: rolProcedure(...REVISA_CONTEOS)
    .input(PideRevisiones)
    .output(z.array(RevisionBreve))
    .query(({ ctx, input }) => reviewBreves(ctx.db, ctx.user, input.ids)),
  resultados: rolProcedure(...REVISA_CONTEOS)
    .input(PideResultados)
    .output(Resultados)
    .query(({ ctx, input }) => listResultados(ctx.db, ctx.claims, input)),
  valor: rolProcedure(...VE_COSTOS)
    .input(PideValorAl)
    .output(ValorAl)
    .query(({ ctx, input }) => valueAl(ctx.db, ctx.claims, input.al)),
  curva: rolProcedure(...VE_COSTOS)
    .input(PideCurva)
    .output(Curva)
    .query(({ ctx, input }) =>
      ctx.db.withUser(ctx.claims, (tx) => findCurva(tx, input.tiendaIds), { readOnly: true }),
    ),
  minimos: veExistencias
    .input(PideMinimos)
    .output(z.array(BajoMinimo))
    .query(({ ctx, input }) => listMinimos(ctx.db, ctx.claims, input)),
});
