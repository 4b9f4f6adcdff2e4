import { afterEach, expect, test, vi } from 'vitest';
import { connectTokens, esExtrana, fetchVigilado, retryAfterMs } from './fetch-vigilado.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  connectTokens({ token: () => null, refresh: async () => 'refused' });
});

function json(status: number, body: unknown = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
}

/** why: the network itself is what is under test; answers come from a list. */
function red(...answers: (Response | Error)[]) {
  const seen: (string | null)[] = [];
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    seen.push(new Headers(init.headers).get('authorization'));
    const answer = answers.shift()!;
    if (answer instanceof Error) throw answer;
    return answer;
  });
  return seen;
}

test('a Wi-Fi log-in page with status 200 is not our server', async () => {
  red(new Response('<html>Bienvenido</html>', { status: 200, headers: { 'content-type': 'text/html' } }));
  await expect(fetchVigilado('/api/x')).rejects.toMatchObject({ kind: 'extrana', status: 200 });
  expect(esExtrana(json(200))).toBe(false);
  expect(esExtrana(new Response('x', { status: 404, headers: { 'content-type': 'text/html' } }))).toBe(true);
  expect(esExtrana(new Response('Bad gateway', { status: 502 }))).toBe(false);
  // A proxy's own words: too large, too often.
  expect(
    esExtrana(new Response('<h1>x</h1>', { status: 413, headers: { 'content-type': 'text/html' } })),
  ).toBe(false);
  expect(esExtrana(new Response('x', { status: 429 }))).toBe(false);
});

test('without network it is a NetFailure and not a sign-out', async () => {
  red(new TypeError('Failed to fetch'));
  await expect(fetchVigilado('/api/x')).rejects.toMatchObject({ kind: 'sin_red' });
});

test('a 401 is renewed once and repeated with the new token', async () => {
  let token = 'viejo';
  connectTokens({
    token: () => token,
    refresh: async () => {
      token = 'nuevo';
      return 'ok';
    },
  });
  const seen = red(json(401), json(200, { ok: 1 }));
  expect((await fetchVigilado('/api/x')).status).toBe(200);
  expect(seen).toEqual(['Bearer viejo', 'Bearer nuevo']);
});

test('a renewal that cannot reach the server is a failure of the network', async () => {
  connectTokens({ token: () => 't', refresh: async () => 'unreachable' });
  red(json(401));
  await expect(fetchVigilado('/api/x')).rejects.toMatchObject({ kind: 'sin_red' });
  connectTokens({ token: () => 't', refresh: async () => 'refused' });
  red(json(401));
  expect((await fetchVigilado('/api/x')).status).toBe(401);
});

test('Retry-After in seconds or as a date', () => {
  expect(retryAfterMs('3', 0)).toBe(3_000);
  expect(retryAfterMs('Mon, 02 Mar 2026 15:00:10 GMT', Date.parse('2026-03-02T15:00:00Z'))).toBe(10_000);
  expect(retryAfterMs('mañana', 0)).toBeNull();
  expect(retryAfterMs(null, 0)).toBeNull();
});
