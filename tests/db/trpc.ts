import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client';
import type { AppRouter } from '#server/trpc/app-router.ts';
import type { Codigo } from '#shared/codes.ts';
import type { TestUser } from './people.ts';
import type { TestServer } from './server.ts';

/** A client of a test's server, without a session or with that access token. */
export function trpc(server: TestServer, token?: string) {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${server.url}/api/trpc`, headers })] });
}

/** A client that acts as a person. */
export async function trpcAs(server: TestServer, user: TestUser) {
  return trpc(server, await server.token(user));
}

/** Our code of a call that must be refused. Rejects when it is accepted or fails in another way. */
export async function codeOf(call: Promise<unknown>): Promise<Codigo> {
  const error = await call.then(
    () => Promise.reject(new Error('the call was accepted')),
    (reason: unknown) => reason,
  );
  if (!(error instanceof TRPCClientError)) throw error;
  return (error.data as { app: { code: Codigo } }).app.code;
}
