import * as z from 'zod/mini';
import { rolProcedure, router } from '#server/trpc/init.ts';
import { Uuid } from '#shared/contracts/basicos.ts';
import { OpcionesImportacion } from '#shared/contracts/importar.ts';
import { IMPORTA_ARCHIVOS, VE_EXISTENCIAS } from '#shared/roles.ts';
import { cambiaOpciones, cancela, empiezaAplicar, empiezaDeshacer } from './ordenes.ts';
import { copia } from './recibe.ts';
import {
  findImportacion,
  listAlmacenes,
  listFilas,
  listImportaciones,
  listProblemas,
  listReparaciones,
} from './vista.ts';

const Una = z.object({ id: Uuid });
const limite = (maximo: number) => z._default(z.int().check(z.gte(1), z.lte(maximo)), Math.min(100, maximo));
const ve = rolProcedure(...VE_EXISTENCIAS);
const importa = rolProcedure(...IMPORTA_ARCHIVOS);

/** Imports: their history and dry runs are seen by who sees stock; importing is for who may. Files come by POST /api/uploads. */
export const importarRouter = router({
  lista: ve
    .input(z.object({ tras: z._default(z.nullable(Uuid), null), limite: limite(100) }))
    .query(({ ctx, input }) => listImportaciones(ctx.db, ctx.claims, input)),
  una: ve.input(Una).query(({ ctx, input }) => findImportacion(ctx.db, ctx.claims, input.id)),
  filas: ve
    .input(
      z.extend(Una, {
        filtro: z._default(z.nullable(z.enum(['nuevo', 'cambiado', 'igual', 'omitido'])), null),
        desde: z._default(z.int().check(z.gte(0)), 0),
        limite: limite(500),
      }),
    )
    .query(({ ctx, input }) => listFilas(ctx.db, ctx.claims, input.id, input)),
  problemas: ve
    .input(
      z.extend(Una, {
        gravedad: z._default(z.nullable(z.enum(['error', 'pregunta', 'aviso'])), null),
        tras: z._default(z.int().check(z.gte(0)), 0),
        limite: limite(500),
      }),
    )
    .query(({ ctx, input }) => listProblemas(ctx.db, ctx.claims, input.id, input)),
  reparaciones: ve
    .input(z.extend(Una, { tras: z._default(z.int().check(z.gte(0)), 0), limite: limite(500) }))
    .query(({ ctx, input }) => listReparaciones(ctx.db, ctx.claims, input.id, input)),
  almacenes: importa.query(({ ctx }) => listAlmacenes(ctx.db, ctx.user.id)),
  opciones: importa
    .input(z.extend(Una, { opciones: OpcionesImportacion }))
    .mutation(({ ctx, input }) => cambiaOpciones(ctx, ctx.user, input.id, input.opciones)),
  /** `generacion`: which dry run the person saw. */
  aplica: importa
    .input(z.extend(Una, { generacion: z.int() }))
    .mutation(({ ctx, input }) => empiezaAplicar(ctx, ctx.user, input.id, input.generacion)),
  cancela: importa.input(Una).mutation(({ ctx, input }) => cancela(ctx, ctx.user, input.id)),
  /** The same file once more, for another almacén or day. */
  copia: importa.input(Una).mutation(({ ctx, input }) => copia(ctx, ctx.user, input.id)),
  deshace: importa.input(Una).mutation(({ ctx, input }) => empiezaDeshacer(ctx, ctx.user, input.id)),
});
