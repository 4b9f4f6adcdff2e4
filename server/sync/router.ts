import * as z from 'zod/mini';
import { registra } from '#server/acceso/registra.ts';
import { publicProcedure, router, userProcedure } from '#server/trpc/init.ts';
import { CuarentenaEntrada, CuarentenaSalida } from '#shared/contracts/cuarentena.ts';
import { VerificaEntrada, VerificaSalida } from '#shared/contracts/snapshot.ts';
import {
  HelloEntrada,
  HelloSalida,
  PullEntrada,
  PushSalida,
  RegistraEntrada,
  RegistraSalida,
} from '#shared/contracts/sync.ts';
import { RechazoListado, ResuelveRechazo } from '#shared/contracts/usuarios.ts';
import { pon } from './cuarentena.ts';
import { hello } from './hello.ts';
import { syncPort } from './port.ts';
import { pull } from './pull.ts';
import { push } from './push.ts';
import { rechazos, resuelveRechazo } from './rechazos.ts';
import { PushRecibido } from './sobre.ts';
import { verifica } from './verifica.ts';

/**
 * `sync.*`: called by phones through a link that does not batch. `hello` and `push` prove the device, not a session:
 * each mutation carries the turno of its author. `pull` and the rest act for the person of the access token.
 */
export const syncRouter = router({
  registra: userProcedure
    .input(RegistraEntrada)
    .output(RegistraSalida)
    .mutation(({ ctx, input }) => registra(ctx, ctx.claims, input)),
  hello: publicProcedure
    .input(HelloEntrada)
    .output(HelloSalida)
    .mutation(({ ctx, input }) => hello(syncPort(ctx), ctx.user?.id ?? null, input)),
  push: publicProcedure
    .input(PushRecibido)
    .output(PushSalida)
    .mutation(({ ctx, input }) => push(syncPort(ctx), input)),
  pull: userProcedure
    .input(PullEntrada)
    // No output schema: reading thousands of rows again would only cost time.
    .mutation(({ ctx, input }) => pull(syncPort(ctx), ctx.user.id, input)),
  quarantine: publicProcedure
    .input(CuarentenaEntrada)
    .output(CuarentenaSalida)
    .mutation(({ ctx, input }) => pon(syncPort(ctx), input)),
  verify: userProcedure
    .input(VerificaEntrada)
    .output(VerificaSalida)
    .mutation(({ ctx, input }) => verifica(ctx.db, ctx.user.id, input)),
  rechazos: userProcedure
    .output(z.array(RechazoListado))
    .query(({ ctx }) => rechazos(syncPort(ctx), ctx.user)),
  resuelveRechazo: userProcedure
    .input(ResuelveRechazo)
    .mutation(({ ctx, input }) => resuelveRechazo(syncPort(ctx), ctx.user, input)),
});
