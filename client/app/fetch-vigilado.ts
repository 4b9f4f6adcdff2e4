import { NetFailure } from '#client/offline/core/ports.ts';

/** Where access tokens come from. `client/app/session.ts` is the real one. */
export type TokenSource = {
  /** The token at hand, maybe expired; never waits for the network. */
  token(): string | null;
  /** One try to renew it. Never signs anybody out because of the network. */
  refresh(signal?: AbortSignal): Promise<'ok' | 'refused' | 'unreachable'>;
};

let source: TokenSource = { token: () => null, refresh: async () => 'refused' };

export function connectTokens(tokens: TokenSource): void {
  source = tokens;
}

/** The token at hand, for what cannot go through `fetchVigilado`: an upload that shows its progress. */
export const tokenVigente = (): string | null => source.token();

/** Seconds or an HTTP date → ms from `now`; null without the header. */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, Math.round(seconds * 1000));
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/** What a proxy in front of us says by itself, as HTML, and that has to be acted upon: send less, wait. */
const DE_UN_PROXY = [413, 429];

/**
 * True when an answer is not our server's: a captive portal's page, mostly with status 200, or a redirect away. A
 * proxy's own error page (5xx, 413 or 429 as HTML) is an ordinary failure: taken for a portal, a batch that a proxy
 * finds too large would never be halved.
 */
export function esExtrana(
  response: Pick<Response, 'status' | 'headers' | 'redirected'>,
  esperado = 'application/json',
): boolean {
  const type = (response.headers.get('content-type') ?? '').toLowerCase();
  const ours = type.startsWith(esperado) || /^application\/(problem\+)?json/.test(type);
  return response.redirected || (!ours && response.status < 500 && !DE_UN_PROXY.includes(response.status));
}

/**
 * `fetch` for our own API: adds the person's token, turns network failures and foreign answers into `NetFailure`,
 * renews the token once after a 401.
 */
export async function fetchVigilado(
  url: string | URL | Request,
  init: RequestInit = {},
  esperado?: string,
): Promise<Response> {
  const tried = source.token();
  let response = await fetchUnaVez(url, init, esperado);
  if (response.status !== 401 || tried === null) return response;
  const outcome = await source.refresh(init.signal ?? undefined);
  if (outcome === 'unreachable') throw new NetFailure('sin_red');
  if (outcome === 'ok') response = await fetchUnaVez(url, init, esperado);
  return response;
}

/** The same without renewing: a 401 is the caller's business. */
export async function fetchUnaVez(
  url: string | URL | Request,
  init: RequestInit,
  esperado?: string,
): Promise<Response> {
  const token = source.token();
  const headers = new Headers(init.headers);
  if (token !== null && !headers.has('authorization')) headers.set('authorization', `Bearer ${token}`);
  let response: Response;
  try {
    response = await fetch(url, { ...init, headers, credentials: 'same-origin', cache: 'no-store' });
  } catch (error) {
    throw new NetFailure(
      error instanceof DOMException && error.name === 'TimeoutError' ? 'tiempo' : 'sin_red',
    );
  }
  if (esExtrana(response, esperado)) throw new NetFailure('extrana', { status: response.status });
  return response;
}
