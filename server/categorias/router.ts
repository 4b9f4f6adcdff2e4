import * as z from 'zod/mini';
import { rolProcedure, router, userProcedure } from '#server/trpc/init.ts';
import { Uuid } from '#shared/contracts/basicos.ts';
import { EDITA_PRODUCTOS } from '#shared/roles.ts';
import { selectCategorias } from './categorias.sql.ts';
import { cambiaCategoriaActiva, guardaCategoria, mueveCategoria, uneCategorias } from './categorias.ts';

const edita = rolProcedure(...EDITA_PRODUCTOS);

/** The tree of categories. Everybody reads it; who edits products keeps it. */
export const categoriasRouter = router({
  lista: userProcedure.query(({ ctx }) => ctx.db.asService(selectCategorias, { readOnly: true })),
  guarda: edita
    .input(
      z.object({
        id: Uuid,
        nuevo: z.boolean(),
        nombre: z.string().check(z.maxLength(300)),
        descripcion: z.nullable(z.string().check(z.maxLength(1_000))),
        parentId: z.nullable(Uuid),
      }),
    )
    .mutation(({ ctx, input }) => guardaCategoria(ctx, ctx.user, input)),
  mueve: edita
    .input(z.object({ id: Uuid, a: z.nullable(Uuid) }))
    .mutation(({ ctx, input }) => mueveCategoria(ctx, ctx.user, input)),
  une: edita
    .input(z.object({ de: Uuid, a: Uuid }))
    .mutation(({ ctx, input }) => uneCategorias(ctx, ctx.user, input)),
  cambiaActiva: edita
    .input(z.object({ id: Uuid, activa: z.boolean() }))
    .mutation(({ ctx, input }) => cambiaCategoriaActiva(ctx, ctx.user, input)),
});
