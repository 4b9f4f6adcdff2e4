import * as z from 'zod/mini';
import type { SupabaseEnv } from '#server/env.ts';
import { AppError } from '#shared/errores.ts';

const TIMEOUT_MS = 10_000;
/** Supabase has no "for ever": a hundred years. */
const BANNED = '876000h';

/** The part of Supabase's error that tells what happened. */
const SupabaseError = z.object({
  error_code: z.optional(z.string()),
  msg: z.optional(z.string()),
});
const CreatedUser = z.object({ id: z.uuid() });
const TokenAnswer = z.looseObject({
  access_token: z.string(),
  token_type: z.string(),
  expires_in: z.number(),
  refresh_token: z.string(),
});

export type TokenAnswer = z.infer<typeof TokenAnswer>;

interface Call {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly apikey: string;
  readonly bearer?: string | undefined;
  readonly body?: unknown;
}

async function call(supabase: SupabaseEnv, { method, path, apikey, bearer, body }: Call): Promise<Response> {
  try {
    return await fetch(`${supabase.url}/auth/v1${path}`, {
      method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        apikey,
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    throw new AppError('SERVIDOR_OCUPADO', {}, error);
  }
}

/** What Supabase refused, in our codes. `cause` keeps its words for the log. */
async function refusal(response: Response): Promise<AppError> {
  const parsed = SupabaseError.safeParse(await response.json().catch(() => ({})));
  const { error_code: code = '', msg = '' } = parsed.success ? parsed.data : {};
  const cause = new Error(`Supabase ${response.status} ${code} ${msg}`.trim());
  if (response.status === 429) {
    const segundos = Number(response.headers.get('retry-after') ?? '60') || 60;
    return new AppError('DEMASIADAS_PETICIONES', { segundos }, cause);
  }
  switch (code) {
    case 'invalid_credentials':
      return new AppError('CREDENCIALES_MALAS', {}, cause);
    case 'user_banned':
      return new AppError('USUARIO_DESACTIVADO', {}, cause);
    case 'email_exists':
    case 'user_already_exists':
      return new AppError('USUARIO_REPETIDO', {}, cause);
    case 'weak_password':
      return new AppError('CONTRASENA_MALA', {}, cause);
    case 'email_address_invalid':
    case 'validation_failed':
      return new AppError('ENTRADA_INVALIDA', { detalle: 'el correo' }, cause);
    default:
      return new AppError(response.status >= 500 ? 'SERVIDOR_OCUPADO' : 'ERROR_INTERNO', {}, cause);
  }
}

/** Logs in at Supabase with its public key: what `POST /api/auth/token` does there. */
export async function supabaseToken(
  supabase: SupabaseEnv,
  email: string,
  password: string,
): Promise<TokenAnswer> {
  const response = await call(supabase, {
    method: 'POST',
    path: '/token?grant_type=password',
    apikey: supabase.anonKey,
    body: { email, password },
  });
  if (!response.ok) throw await refusal(response);
  return TokenAnswer.parse(await response.json());
}

/** Accounts of other people, with the service key. Each method rejects with our codes. */
export interface SupabaseAdmin {
  /** A confirmed account; the invitation stands for the confirmation. Returns its id. */
  createUser(email: string, password: string, nombre: string): Promise<string>;
  /** Undoes `createUser`. */
  deleteUser(id: string): Promise<void>;
  /** Bans or readmits: a banned account's refresh tokens stop working. */
  setBanned(id: string, banned: boolean): Promise<void>;
}

/** Undefined without `SUPABASE_SERVICE_ROLE_KEY`. */
export function supabaseAdmin(supabase: SupabaseEnv): SupabaseAdmin | undefined {
  const { serviceKey } = supabase;
  if (serviceKey === undefined) return undefined;
  async function admin(method: Call['method'], path: string, body?: unknown): Promise<Response> {
    const response = await call(supabase, {
      method,
      path: `/admin${path}`,
      apikey: serviceKey as string,
      // New secret keys are no JWTs and go in `apikey` alone; the old service key is one, and goes in both.
      bearer: serviceKey?.startsWith('ey') === true ? serviceKey : undefined,
      body,
    });
    if (!response.ok) throw await refusal(response);
    return response;
  }
  return {
    async createUser(email, password, nombre) {
      const body = { email, password, email_confirm: true, user_metadata: { nombre } };
      return CreatedUser.parse(await (await admin('POST', '/users', body)).json()).id;
    },
    async deleteUser(id) {
      await admin('DELETE', `/users/${id}`);
    },
    async setBanned(id, banned) {
      await admin('PUT', `/users/${id}`, { ban_duration: banned ? BANNED : 'none' });
    },
  };
}
