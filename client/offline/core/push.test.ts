import { expect, test } from 'vitest';
import type { PushEntrada, PushSalida } from '#shared/contracts/sync.ts';
import { type EnginePorts, NetFailure, type Pendiente } from './ports.ts';
import { Sender } from './push.ts';

const DEVICE = { id: 'd', secret: 's' };
const LINEAS = 1_200;

/** A journal in memory with a queue, and a server that takes it; `salida` may answer otherwise. */
function mundo(salida: (input: PushEntrada, normal: PushSalida) => PushSalida = (_, normal) => normal) {
  const dicho: string[] = [];
  const acked = new Set<number>();
  let esperado = 1;
  const filas = Array.from(
    { length: LINEAS },
    (_, i): Pendiente => ({
      mid: i + 1,
      name: 'x/1',
      args: '{}',
      hash: `h${i + 1}`,
      createdAt: '',
      turno: 'ana',
    }),
  );
  const escribe = { falla: false };
  const pedidos: PushEntrada[] = [];
  const ports = {
    journal: {
      stats: async () => ({ pending: filas.length - acked.size, oldestMid: 1, acked: null }),
      batch: async (max: number, _bytes: number, after?: { mid: number }) =>
        filas.filter(({ mid }) => (after ? mid > after.mid : !acked.has(mid))).slice(0, max),
      async applyResults(_device: string, sent: readonly Pendiente[]) {
        dicho.push(`anota ${sent[0]!.mid}`);
        // Long enough for a call to leave, if it leaves now.
        await new Promise((done) => setTimeout(done, 5));
        if (escribe.falla) throw new Error('JOURNAL_SIN_RESPUESTA');
        for (const { mid } of sent) acked.add(mid);
        dicho.push(`anotado ${sent[0]!.mid}`);
        return sent.length;
      },
      rewind: async (_device: string, mid: number) => {
        const vueltas = [...acked].filter((una) => una >= mid);
        for (const una of vueltas) acked.delete(una);
        return vueltas.length;
      },
      takeBack: async () => 0,
      noteFailure: async () => {},
    },
    cache: { dropLevel: async () => {} },
    net: {
      async push(input: PushEntrada): Promise<PushSalida> {
        dicho.push(`manda ${input.mutations[0]!.mid}`);
        pedidos.push(input);
        esperado = Math.max(esperado, input.mutations.at(-1)!.mid + 1);
        const normal = {
          kind: 'ok',
          epoch: 'e',
          expectedMid: esperado,
          serverTime: '',
          results: [],
        } as const;
        return salida(input, { ...normal, results: [] });
      },
    },
    clock: { mono: () => 0, now: () => 0 },
    log: () => {},
  } as unknown as EnginePorts;
  const sender = new Sender(ports);
  const envia = () =>
    sender.drain(DEVICE, { epoch: 'e', offsetMs: 0 }, (work) => work(new AbortController().signal));
  return { dicho, pedidos, acked, escribe, envia };
}

test('the next batch travels while the answer to the one before is written down', async () => {
  const m = mundo();
  expect(await m.envia()).toEqual({ kind: 'drained', acked: LINEAS });
  expect(m.dicho).toEqual([
    'manda 1',
    'manda 501',
    'anota 1',
    'anotado 1',
    'manda 1001',
    'anota 501',
    'anotado 501',
    'anota 1001',
    'anotado 1001',
  ]);
  expect(m.pedidos.map(({ pending, acked }) => [pending, acked?.mid ?? null])).toEqual([
    [1_200, null],
    [700, 500],
    [200, 1_000],
  ]);
});

test('an answer that could not be written down is asked for again: nothing counts as sent', async () => {
  const m = mundo();
  m.escribe.falla = true;
  await expect(m.envia()).rejects.toThrow('JOURNAL_SIN_RESPUESTA');
  expect(m.acked.size).toBe(0);
  m.escribe.falla = false;
  expect(await m.envia()).toEqual({ kind: 'drained', acked: LINEAS });
  expect(m.acked.size).toBe(LINEAS);
});

test('behind an answer with a doubt in it nothing travels ahead', async () => {
  for (const kind of ['gap', 'retry', 'ok'] as const) {
    const m = mundo((input, normal) =>
      input.mutations[0]!.mid === 1 && m.pedidos.length === 1
        ? { ...normal, kind, expectedMid: 300, ...(kind === 'retry' ? { retryAfterMs: 5 } : {}) }
        : normal,
    );
    await m.envia();
    expect(m.dicho.slice(0, 3), kind).toEqual(['manda 1', 'anota 1', 'anotado 1']);
  }
});

test('a batch that fails under way is told so by itself, and what was written before stays', async () => {
  let falla = true;
  const m = mundo((input, normal) => {
    if (input.mutations[0]!.mid === 501 && falla) throw new NetFailure('sin_red');
    return normal;
  });
  await expect(m.envia()).rejects.toMatchObject({ kind: 'sin_red' });
  expect(m.acked.size).toBe(500);
  falla = false;
  expect(await m.envia()).toEqual({ kind: 'drained', acked: LINEAS - 500 });
});
