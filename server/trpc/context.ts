import type { Env } from '#server/env.ts';
import type { Clock } from '#server/platform/clock.ts';
import type { Claims, Db } from '#server/platform/db/db.ts';
import type { Deps, VerifyAccessToken } from '#server/platform/deps.ts';
import type { Events } from '#server/platform/events.ts';
import type { Jobs } from '#server/platform/jobs/jobs.ts';
import type { Logger } from '#server/platform/logger.ts';
import { type AppError, isAppError } from '#shared/errores.ts';
import { tokenAdmitido } from './token-admitido.ts';
import { type Usuario, usuarioActivo } from './usuario.sql.ts';

/** What a procedure or a REST route knows about its request. */
export interface Context {
  readonly env: Env;
  readonly db: Db;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly events: Events;
  readonly jobs: Jobs;
  /** Whom a valid access token names, also when they are nobody in this company (yet): Supabase's first admin. */
  readonly identity: { readonly sub: string; readonly email?: string | undefined } | null;
  /** The active person of a valid access token; null without one, with a dead one or for a person put out. */
  readonly user: Usuario | null;
  /** Claims for `db.withUser`; null together with `user`. */
  readonly claims: Claims | null;
  /** Why `user` is null although a token came; public procedures go on without it. */
  readonly authError: AppError | null;
  readonly ip: string;
  /** `x-device-id` and `x-app-version`: for the log only, they prove nothing. */
  readonly device: { readonly id: string | undefined; readonly app: string | undefined };
}

/** What is needed of a request, so that REST and tRPC share it. */
export interface RequestLike {
  readonly ip: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

function header(request: RequestLike, name: string): string | undefined {
  const value = request.headers[name];
  const text = Array.isArray(value) ? value[0] : value;
  return text?.slice(0, 200);
}

/** The bearer token of a request. */
export function bearerOf(request: RequestLike): string | undefined {
  const value = request.headers.authorization;
  return typeof value === 'string' ? /^Bearer\s+(\S+)$/i.exec(value)?.[1] : undefined;
}

type Verified = Awaited<ReturnType<VerifyAccessToken>>;

async function verify(deps: Deps, token: string | undefined): Promise<[Verified, AppError | null]> {
  if (token === undefined) return [null, null];
  try {
    return [await deps.verifyAccessToken(token), null];
  } catch (error) {
    if (isAppError(error)) return [null, error];
    throw error;
  }
}

/**
 * The context of one request. `token` is the access token when it didn't come as a bearer header
 * (EventSource cannot send headers, so subscriptions carry it in their connection parameters).
 */
export async function createContext(deps: Deps, request: RequestLike, token?: string): Promise<Context> {
  const admitido = tokenAdmitido(request);
  const [verified, authError] =
    admitido === undefined
      ? await verify(deps, token ?? bearerOf(request))
      : ([{ sub: admitido.usuarioId }, null] as const);
  const user = verified === null ? undefined : await usuarioActivo(deps.db, verified.sub);
  return {
    env: deps.env,
    db: deps.db,
    clock: deps.clock,
    logger: deps.logger,
    events: deps.events,
    jobs: deps.jobs,
    identity: verified,
    user: user ?? null,
    claims:
      user === undefined ? null : { sub: user.id, email: user.correo ?? undefined, role: 'authenticated' },
    authError,
    ip: request.ip,
    device: { id: header(request, 'x-device-id'), app: header(request, 'x-app-version') },
  };
}
