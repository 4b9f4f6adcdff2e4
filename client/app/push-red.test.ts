import { gunzipSync } from 'node:zlib';
import { afterEach, expect, test, vi } from 'vitest';
import { NetFailure } from '#client/offline/core/ports.ts';
import { PushEmpacado, type PushEntrada, type PushSalida } from '#shared/contracts/sync.ts';
import { comprime, Empacador, empaca } from './push-red.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const entrada = (turnos: string[]): PushEntrada => ({
  deviceId: '01900000-0000-7000-8000-000000000001',
  secret: 's'.repeat(40),
  epoch: null,
  desfaseEnviarMs: 0,
  oldestMid: 1,
  pending: turnos.length,
  mutations: turnos.map((turno, i) => ({
    mid: i + 1,
    name: 'conteo.linea/1',
    args: '{}',
    hash: 'a'.repeat(64),
    createdAt: '2026-03-02T15:00:00.000Z',
    turno,
  })),
});
const SALIDA = { kind: 'ok' } as PushSalida;

test('each turno goes once, and every mutation keeps its author', () => {
  const { lote, ...resto } = PushEmpacado.parse(empaca(entrada(['ana', 'luis', 'ana'])));
  expect(lote.turnos).toEqual(['ana', 'luis']);
  expect(lote.mutations.map(({ mid, turno }) => [mid, turno])).toEqual([
    [1, 0],
    [2, 1],
    [3, 0],
  ]);
  expect('mutations' in resto).toBe(false);
});

test('where the packed shape is refused it goes as before, until the app starts again', async () => {
  const empacador = new Empacador();
  const vistos: string[] = [];
  const deAntes = async (input: object, comprimido: boolean) => {
    vistos.push(`${'lote' in input ? 'lote' : 'suelta'} ${comprimido}`);
    if ('lote' in input) throw new NetFailure('http', { status: 400, code: 'ENTRADA_INVALIDA' });
    return SALIDA;
  };
  expect(await empacador.manda(entrada(['ana']), deAntes)).toBe(SALIDA);
  expect(await empacador.manda(entrada(['ana']), deAntes)).toBe(SALIDA);
  expect(vistos).toEqual(['lote true', 'suelta false', 'suelta false']);
});

test.each([
  new NetFailure('sin_red'),
  new NetFailure('http', { status: 413, code: 'CUERPO_MUY_GRANDE' }),
  new NetFailure('http', { status: 429 }),
  new NetFailure('http', { status: 503 }),
])('a failure that is not about the shape (%s) is not tried twice', async (falla) => {
  const manda = vi.fn().mockRejectedValue(falla);
  await expect(new Empacador().manda(entrada(['ana']), manda)).rejects.toBe(falla);
  expect(manda).toHaveBeenCalledTimes(1);
});

test('what is refused in both ways does not end the packing', async () => {
  const empacador = new Empacador();
  const mala = vi.fn().mockRejectedValue(new NetFailure('http', { status: 400 }));
  await expect(empacador.manda(entrada(['ana']), mala)).rejects.toMatchObject({ status: 400 });
  const buena = vi.fn().mockResolvedValue(SALIDA);
  await empacador.manda(entrada(['ana']), buena);
  expect(buena).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ lote: expect.anything() }), true);
});

test('a body goes in gzip; as it is where the browser cannot or where it is not worth it', async () => {
  const body = JSON.stringify({ x: 'á'.repeat(2_000) });
  const hecho = await comprime({ method: 'POST', body, headers: { 'content-type': 'application/json' } });
  expect(Object.fromEntries(new Headers(hecho.headers))).toEqual({
    'content-encoding': 'gzip',
    'content-type': 'application/json',
  });
  expect(gunzipSync(hecho.body as ArrayBuffer).toString()).toBe(body);
  expect(await comprime({ body: '{}' })).toEqual({ body: '{}' });
  // why: a browser without it
  vi.stubGlobal('CompressionStream', undefined);
  expect(await comprime({ body })).toEqual({ body });
});
