import {
  createTRPCClient,
  createTRPCUntypedClient,
  httpBatchLink,
  httpLink,
  TRPCClientError,
} from '@trpc/client';
import type * as z from 'zod/mini';
import { NetFailure, type NetPort } from '#client/offline/core/ports.ts';
import { cualquiera, plazo } from '#client/offline/core/senales.ts';
import type { SubeArchivo } from '#client/offline/index.ts';
import type { AppRouter } from '#server/trpc/app-router.ts';
import type { Codigo } from '#shared/codes.ts';
import { CuarentenaSalida } from '#shared/contracts/cuarentena.ts';
import { ManifiestoSnapshot, VerificaSalida } from '#shared/contracts/snapshot.ts';
import {
  HelloSalida,
  type PullSalida,
  PushSalida,
  type RegistraEntrada,
  RegistraSalida,
} from '#shared/contracts/sync.ts';
import type { PrimerAdmin } from '#shared/contracts/usuarios.ts';
import { AppError, type ErrorData, esCodigo, mensajeDe } from '#shared/errores.ts';
import { fetchUnaVez, fetchVigilado, retryAfterMs } from './fetch-vigilado.ts';
import { comprime, Empacador } from './push-red.ts';

const URL_TRPC = '/api/trpc';
/** A screen's query that takes longer has no network worth the name. */
const PLAZO_MS = 20_000;

function conPlazo(signal: AbortSignal | null | undefined): AbortSignal {
  const deadline = plazo(PLAZO_MS);
  return signal ? cualquiera(signal, deadline) : deadline;
}

/** For the screens: queries and online mutations, a few in one request. */
export const api = createTRPCClient<AppRouter>({
  links: [
    httpBatchLink({
      url: URL_TRPC,
      maxItems: 10,
      maxURLLength: 2_000,
      fetch: (url, init) =>
        fetchVigilado(url, { ...(init as RequestInit), signal: conPlazo(init?.signal as AbortSignal) }),
    }),
  ],
});

/**
 * For `sync.*`: one call a request, so that a slow pull holds nothing up, and the engine sees status and Retry-After of
 * each. The 401 is the engine's business.
 */
const deSync = (manda: (url: string | URL | Request, init: RequestInit) => Promise<Response>) =>
  createTRPCUntypedClient<AppRouter>({
    links: [
      httpLink({
        url: URL_TRPC,
        headers: ({ op }) =>
          typeof op.context.token === 'string' ? { authorization: `Bearer ${op.context.token}` } : {},
        fetch: (url, init) => manda(url, init as RequestInit),
      }),
    ],
  });
const crudo = deSync(fetchDeSync);
const comprimido = deSync(async (url, init) => fetchDeSync(url, await comprime(init)));

async function fetchDeSync(url: string | URL | Request, init: RequestInit): Promise<Response> {
  const response = await fetchUnaVez(url, init);
  if (response.ok) return response;
  throw new NetFailure('http', {
    status: response.status,
    code: await codigoDe(response),
    retryAfterMs: retryAfterMs(response.headers.get('retry-after'), Date.now()),
  });
}

/** Our code in an error's body: tRPC's or problem+json's. */
async function codigoDe(response: Response): Promise<string | null> {
  try {
    const body = (await response.json()) as {
      code?: unknown;
      error?: { data?: { app?: { code?: unknown } } };
    };
    const code = body.error?.data?.app?.code ?? body.code;
    return typeof code === 'string' ? code : null;
  } catch {
    return null;
  }
}

/** Finds the `NetFailure` that tRPC wrapped; what else comes is an answer that cannot be read. */
function falla(error: unknown): NetFailure {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at instanceof NetFailure) return at;
  }
  if (error instanceof TRPCClientError && error.cause instanceof DOMException)
    return new NetFailure('sin_red');
  return new NetFailure('extrana');
}

async function llama<T>(
  path: string,
  input: unknown,
  opciones: { signal: AbortSignal; token?: string | undefined; comprimido?: boolean },
  schema?: z.ZodMiniType<T>,
): Promise<T> {
  let value: unknown;
  try {
    value = await (opciones.comprimido ? comprimido : crudo).mutation(path, input, {
      signal: opciones.signal,
      context: { token: opciones.token },
    });
  } catch (error) {
    throw falla(error);
  }
  if (!schema) return value as T;
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new NetFailure('extrana');
  return parsed.data;
}

const empacador = new Empacador();

/** The engine's network. Rows of a pull are taken as they come: checking 100,000 of them would cost seconds. */
export const syncNet: NetPort = {
  hello: (input, signal) => llama('sync.hello', input, { signal }, HelloSalida),
  push: (input, signal) =>
    empacador.manda(input, (cuerpo, si) =>
      llama('sync.push', cuerpo, { signal, comprimido: si }, PushSalida),
    ),
  async pull(input, signal) {
    const answer = await llama<PullSalida>('sync.pull', input, { signal });
    if (!Array.isArray(answer?.pages) || !Array.isArray(answer.scopesRemoved))
      throw new NetFailure('extrana');
    return answer;
  },
  async manifiesto({ scope, schema, ...device }, signal) {
    const response = await pideFoto(`${scope}/manifest?schema=${schema}`, device, signal);
    const parsed = ManifiestoSnapshot.safeParse(await cuerpo(response.json()));
    if (!parsed.success) throw new NetFailure('extrana');
    return parsed.data;
  },
  async trozo({ scope, sha256, ...device }, signal) {
    const response = await pideFoto(`${scope}/${sha256}`, device, signal);
    return new Uint8Array(await cuerpo(response.arrayBuffer()));
  },
  verify: (input, signal) => llama('sync.verify', input, { signal }, VerificaSalida),
  quarantine: (input, signal) => llama('sync.quarantine', input, { signal }, CuarentenaSalida),
};

function pideFoto(
  path: string,
  device: { deviceId: string; secret: string },
  signal: AbortSignal,
): Promise<Response> {
  const headers = { 'x-device-id': device.deviceId, 'x-device-secret': device.secret };
  return fetchDeSync(`/api/sync/snapshot/${path}`, { headers, signal });
}

/** A body that breaks off or cannot be read is an answer that is not our server's. */
async function cuerpo<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw new NetFailure(error instanceof DOMException ? 'sin_red' : 'extrana');
  }
}

/** The first admin of an empty company, as the Supabase account of `token`. Rejects with `NetFailure`. */
export async function creaPrimerAdmin(
  input: z.infer<typeof PrimerAdmin>,
  opciones: { signal: AbortSignal; token: string },
): Promise<void> {
  await llama('acceso.primerAdmin', input, opciones);
}

/** `sync.registra` with the token at hand, or with that of a log-in under way. Rejects with `NetFailure`. */
export function registra(
  input: RegistraEntrada,
  opciones: { signal: AbortSignal; token?: string | undefined },
): Promise<RegistraSalida> {
  return llama('sync.registra', input, opciones, RegistraSalida);
}

/** `PUT /api/archivos/:sha256` as the device. */
export const subeArchivo: SubeArchivo = async ({ sha256, mime, bytes }, device, signal) => {
  await fetchDeSync(`/api/archivos/${sha256}`, {
    method: 'PUT',
    headers: { 'content-type': mime, 'x-device-id': device.id, 'x-device-secret': device.secret },
    body: bytes,
    signal: cualquiera(signal, plazo(60_000)),
  });
};

/** A failure as a screen says it. */
export type ErrorDicho = { code: Codigo; mensaje: string; data: ErrorData };

/** Any thrown value → code and Spanish sentence. The one place where the client does this. */
export function errorDe(error: unknown): ErrorDicho {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at instanceof AppError) return { code: at.code, mensaje: mensajeDe(at.code, at.data), data: at.data };
    if (at instanceof NetFailure) {
      if (esCodigo(at.code)) return dicho(at.code);
      if (at.kind === 'extrana') return dicho('RESPUESTA_EXTRANA');
      if (at.kind === 'http') return dicho(at.status >= 500 ? 'SERVIDOR_OCUPADO' : 'ERROR_INTERNO');
      return dicho('SIN_SENAL');
    }
    if (at instanceof TRPCClientError) {
      const app = (at.data as { app?: { code?: unknown; mensaje?: unknown; data?: ErrorData } } | undefined)
        ?.app;
      // A newer server may say a code that this version lacks: its sentence still tells.
      if (app && typeof app.mensaje === 'string') {
        return {
          code: esCodigo(app.code) ? app.code : 'ERROR_INTERNO',
          mensaje: app.mensaje,
          data: app.data ?? {},
        };
      }
    }
    if (at instanceof DOMException && (at.name === 'AbortError' || at.name === 'TimeoutError')) {
      return dicho('SIN_SENAL');
    }
  }
  return dicho('ERROR_INTERNO');
}

function dicho(code: Codigo): ErrorDicho {
  return { code, mensaje: mensajeDe(code), data: {} };
}
