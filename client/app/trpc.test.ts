import { afterEach, expect, test, vi } from 'vitest';
import { NetFailure } from '#client/offline/core/ports.ts';
import { MENSAJES } from '#shared/codes.ts';
import { AppError } from '#shared/errores.ts';
import { errorDe, registra, subeArchivo, syncNet } from './trpc.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const EQUIPO = { deviceId: '01900000-0000-7000-8000-000000000001', secret: 's'.repeat(40) };
const signal = new AbortController().signal;

/** why: what the wire carries is under test. */
function contesta(status: number, body: unknown, headers: Record<string, string> = {}) {
  const seen: { url: string; init: RequestInit }[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    seen.push({ url: String(url), init });
    return new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/json', ...headers },
    });
  });
  return seen;
}

const saludo = {
  epoch: EQUIPO.deviceId,
  serverTime: '2026-03-02T15:00:00.000Z',
  expectedMid: 1,
  minPullSchema: 1,
  revoked: false,
  scopes: [],
  zonas: {},
};
const hello = () =>
  syncNet.hello({ ...EQUIPO, app: 'x', schema: 1, pending: 0, oldestPendingAt: null }, signal);

test('sync goes by POST, one call a request, and its answer is checked', async () => {
  const seen = contesta(200, { result: { data: saludo } });
  expect(await hello()).toEqual(saludo);
  expect(seen[0]?.url).toContain('/api/trpc/sync.hello');
  expect(seen[0]?.init.method).toBe('POST');
  contesta(200, { result: { data: { hola: 1 } } });
  await expect(hello()).rejects.toMatchObject({ kind: 'extrana' });
});

test('a refusal brings status, our code and Retry-After', async () => {
  contesta(
    429,
    {
      error: {
        message: 'x',
        code: -32029,
        data: { app: { code: 'DEMASIADAS_PETICIONES', mensaje: 'm', data: {} } },
      },
    },
    { 'retry-after': '7' },
  );
  await expect(hello()).rejects.toMatchObject({
    kind: 'http',
    status: 429,
    code: 'DEMASIADAS_PETICIONES',
    retryAfterMs: 7_000,
  });
});

test('a log-in under way shows its own token', async () => {
  const seen = contesta(200, { result: { data: {} } });
  await registra({ ...EQUIPO, nombre: '', app: '' }, { signal, token: 'de-luis' }).catch(() => undefined);
  expect(new Headers(seen[0]?.init.headers).get('authorization')).toBe('Bearer de-luis');
});

test('a photo goes as the device', async () => {
  const seen = contesta(201, { sha256: 'a' });
  await subeArchivo(
    { sha256: 'a', mime: 'image/jpeg', bytes: new ArrayBuffer(1) },
    { id: EQUIPO.deviceId, secret: EQUIPO.secret },
    signal,
  );
  const headers = new Headers(seen[0]?.init.headers);
  expect([headers.get('x-device-id'), headers.get('x-device-secret')]).toEqual([
    EQUIPO.deviceId,
    EQUIPO.secret,
  ]);
});

test('every failure has a code and a sentence', () => {
  const code = (error: unknown) => errorDe(error).code;
  expect(code(new NetFailure('sin_red'))).toBe('SIN_SENAL');
  expect(code(new NetFailure('tiempo'))).toBe('SIN_SENAL');
  expect(code(new NetFailure('extrana', { status: 200 }))).toBe('RESPUESTA_EXTRANA');
  expect(code(new NetFailure('http', { status: 503 }))).toBe('SERVIDOR_OCUPADO');
  expect(code(new NetFailure('http', { status: 409, code: 'EQUIPO_REVOCADO' }))).toBe('EQUIPO_REVOCADO');
  expect(code(new Error('x', { cause: new AppError('CREDENCIALES_MALAS') }))).toBe('CREDENCIALES_MALAS');
  expect(code(new DOMException('x', 'AbortError'))).toBe('SIN_SENAL');
  expect(code('algo')).toBe('ERROR_INTERNO');
  expect(errorDe(new NetFailure('sin_red')).mensaje).toBe(MENSAJES.SIN_SENAL);
});
