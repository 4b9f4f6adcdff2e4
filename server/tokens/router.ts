import * as z from 'zod/mini';
import { rolProcedure, router } from '#server/trpc/init.ts';
import { CreaToken, TIENE_TOKENS, TokenCreado, TokenListado } from '#shared/contracts/api.ts';
import { Uuid } from '#shared/contracts/basicos.ts';
import { selectTokens } from './tokens.sql.ts';
import { createToken, listado, revocaToken } from './tokens.ts';

const procedure = rolProcedure(...TIENE_TOKENS);

/** Personal tokens of the open API. A token itself opens none of these. */
export const tokensRouter = router({
  lista: procedure
    .output(z.array(TokenListado))
    .query(({ ctx }) =>
      ctx.db.withUser(ctx.claims, async (tx) => (await selectTokens(tx)).map(listado), { readOnly: true }),
    ),
  crea: procedure
    .input(CreaToken)
    .output(TokenCreado)
    .mutation(({ ctx, input }) => createToken(ctx, ctx.user, input)),
  revoca: procedure
    .input(z.object({ id: Uuid }))
    .mutation(({ ctx, input }) => revocaToken(ctx, ctx.user, input.id)),
});
