import type { FastifyInstance } from 'fastify';
import { signAccessToken } from '#server/acceso/access-token.ts';
import { llavesOf } from '#server/acceso/llaves.ts';
import { createDeps, restPlugins } from '#server/app.ts';
import { readEnv } from '#server/env.ts';
import { createHttp, type HttpOptions } from '#server/http.ts';
import { type Clock, systemClock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import type { Deps } from '#server/platform/deps.ts';
import { createLogger } from '#server/platform/logger.ts';
import { appRouter } from '#server/trpc/app-router.ts';
import { testDb } from './harness.ts';
import type { TestUser } from './people.ts';
import { closeAtEnd } from './resources.ts';

export interface TestServerOptions {
  /** A clone of its own when left out. */
  readonly db?: Db;
  readonly clock?: Clock;
  /** Variables over an otherwise empty environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly rest?: HttpOptions['rest'];
  readonly clientDir?: string;
  /** A free port when left out. */
  readonly port?: number;
  readonly deps?: Partial<Deps>;
}

export interface TestServer {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly url: string;
  readonly app: FastifyInstance;
  readonly db: Db;
  readonly deps: Deps;
  /** An access token of this server for a person, valid for an hour. */
  token(user: TestUser): Promise<string>;
  /** `fetch` with a path; with a person, as that person. */
  fetch(path: string, init?: RequestInit, user?: TestUser): Promise<Response>;
  close(): Promise<void>;
}

/** The real HTTP server on a free port of this machine; closed when the test file ends. */
export async function testServer(options: TestServerOptions = {}): Promise<TestServer> {
  const db = options.db ?? (await testDb());
  const env = readEnv({ RATE_PER_MINUTE: '1000000', ...options.env });
  const made = await createDeps(env, db, createLogger('silent'), options.clock ?? systemClock);
  const deps: Deps = { ...made, ...options.deps };
  const app = await createHttp({
    deps,
    router: appRouter,
    rest: options.rest ?? restPlugins,
    clientDir: options.clientDir,
  });
  const url = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });

  let open = true;
  async function close(): Promise<void> {
    if (!open) return;
    open = false;
    await app.close();
    await made.jobs.close();
    await made.events.close();
  }
  closeAtEnd(close);

  async function token(user: TestUser): Promise<string> {
    const now = deps.clock.now();
    return signAccessToken(await (await llavesOf(deps)).signer(), {
      userId: user.id,
      email: user.correo,
      sessionId: deps.clock.newId(),
      loggedInAt: now,
      now,
    });
  }

  return {
    url,
    app,
    db,
    deps,
    token,
    close,
    async fetch(path, init = {}, user) {
      const headers = new Headers(init.headers);
      if (user !== undefined) headers.set('authorization', `Bearer ${await token(user)}`);
      return fetch(url + path, { ...init, headers });
    },
  };
}
