import * as z from 'zod/mini';
import { rolProcedure, router } from '#server/trpc/init.ts';
import * as contrato from '#shared/contracts/api-webhooks.ts';
import { Uuid } from '#shared/contracts/basicos.ts';
import { selectWebhooks } from './webhooks.sql.ts';
import * as uso from './webhooks.ts';

const admin = rolProcedure('admin');
const Uno = z.object({ id: Uuid });

/** Addresses that are told what happens. */
export const webhooksRouter = router({
  lista: admin.output(z.array(contrato.Webhook)).query(({ ctx }) =>
    ctx.db.withUser(ctx.claims, async (tx) => (await selectWebhooks(tx)).map(uso.aWebhook), {
      readOnly: true,
    }),
  ),
  crea: admin
    .input(contrato.CreaWebhook)
    .output(contrato.WebhookCreado)
    .mutation(({ ctx, input }) => uso.createWebhook(ctx, ctx.user, input)),
  cambia: admin
    .input(z.extend(contrato.CambiaWebhook, { id: Uuid, version: z.nullable(z.int()) }))
    .output(contrato.Webhook)
    .mutation(({ ctx, input: { id, version, ...cambio } }) =>
      uso.changeWebhook(ctx, ctx.user, id, version, cambio),
    ),
  renuevaSecreto: admin
    .input(Uno)
    .output(contrato.WebhookCreado)
    .mutation(({ ctx, input }) => uso.rotateSecreto(ctx, ctx.user, input.id)),
  quita: admin.input(Uno).mutation(({ ctx, input }) => uso.removeWebhook(ctx, ctx.user, input.id)),
  prueba: admin
    .input(Uno)
    .output(contrato.Intento)
    .mutation(({ ctx, input }) => uso.testWebhook(ctx, input.id)),
  entregas: admin
    .input(
      z.extend(Uno, {
        despues: z._default(z.nullable(z.string()), null),
        limite: z._default(z.int().check(z.gte(1), z.lte(200)), 50),
      }),
    )
    .output(contrato.PaginaEntregas)
    .query(({ ctx, input: { id, ...pagina } }) =>
      ctx.db.withUser(ctx.claims, (tx) => uso.listEntregas(tx, id, pagina), { readOnly: true }),
    ),
  reenvia: admin
    .input(z.object({ entregaId: Uuid }))
    .mutation(({ ctx, input }) => uso.replayEntrega(ctx, ctx.user, input.entregaId)),
});
