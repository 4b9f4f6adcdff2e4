import { expect, test } from 'vitest';
import type { PullEntrada, PullSalida } from '#shared/contracts/sync.ts';
import { type EnginePorts, NetFailure } from './ports.ts';
import { CacheFailure, Receiver } from './pull.ts';

const DEVICE = { id: 'd', secret: 's' };

function pagina(n: number, filas: number, done: boolean): PullSalida {
  const productos = Array.from({ length: filas }, (_, i) => ({ id: `${n}-${i}` }));
  const page = { scope: 'catalogo', reset: n === 1, upserts: { productos }, deletes: {}, head: done };
  return {
    epoch: 'e',
    pages: [{ ...page, cursor: `k${n}` }],
    lastMid: null,
    scopesAdded: [],
    scopesRemoved: [],
    done,
  };
}

function mundo(
  filas: number,
  paginas: number,
  red: (n: number) => { ms?: number; falla?: NetFailure } = () => ({}),
) {
  const dicho: string[] = [];
  const limites: number[] = [];
  let mono = 0;
  let asked = 0;
  let stored: Record<string, string> = {};
  let rota = false;
  const ports = {
    cache: {
      schema: 1,
      cursors: async () => ({ ...stored }),
      async applyPull(answer: PullSalida, sent: Readonly<Record<string, string>>) {
        dicho.push(`guarda ${answer.pages[0]!.cursor}`);
        for (let i = 0; i < 5; i += 1) await Promise.resolve();
        if (rota) throw new Error('dead handle');
        expect(stored).toEqual(sent);
        stored = { ...stored, catalogo: answer.pages[0]!.cursor };
        dicho.push(`guardada ${answer.pages[0]!.cursor}`);
      },
      reopen: () => {},
      dropLevel: async () => {},
      rebuild: async () => {},
    },
    net: {
      async pull({ cursors, limit }: PullEntrada) {
        dicho.push(`pide ${cursors.catalogo ?? '-'}`);
        limites.push(limit);
        asked += 1;
        const { ms = 100, falla } = red(asked);
        mono += ms;
        if (falla) throw falla;
        const n = Number((cursors.catalogo ?? 'k0').slice(1)) + 1;
        return pagina(n, filas, n >= paginas);
      },
    },
    clock: { mono: () => mono },
    log: () => {},
  } as unknown as EnginePorts;
  const call = <T>(work: (signal: AbortSignal) => Promise<T>) => work(new AbortController().signal);
  const receptor = new Receiver(ports);
  return {
    dicho,
    limites,
    nivela: () => receptor.level(DEVICE, call),
    rompe: (si: boolean) => {
      rota = si;
    },
    guardado: () => stored,
  };
}

test('the next page is on its way while a large one is stored, and is stored after it', async () => {
  const m = mundo(600, 3);
  await m.nivela();
  expect(m.dicho).toEqual([
    'pide -',
    'pide k1',
    'guarda k1',
    'guardada k1',
    'pide k2',
    'guarda k2',
    'guardada k2',
    'guarda k3',
    'guardada k3',
  ]);
});

test('a short page is stored before the next is asked for', async () => {
  const m = mundo(3, 2);
  await m.nivela();
  expect(m.dicho).toEqual(['pide -', 'guarda k1', 'guardada k1', 'pide k1', 'guarda k2', 'guardada k2']);
});

test('a page that cannot be stored takes the one behind it along, and the next round starts where the cache is', async () => {
  const m = mundo(600, 3);
  m.rompe(true);
  await expect(m.nivela()).rejects.toBeInstanceOf(CacheFailure);
  expect(m.guardado()).toEqual({});
  m.rompe(false);
  await m.nivela();
  expect(m.guardado()).toEqual({ catalogo: 'k3' });
});

test('pages grow on a quick network and shrink when one does not come in time', async () => {
  const rapida = mundo(600, 5);
  await rapida.nivela();
  expect(rapida.limites).toEqual([1_000, 2_000, 4_000, 5_000, 5_000]);
  const lenta = mundo(600, 9, (n) => (n < 3 ? { falla: new NetFailure('tiempo') } : { ms: 9_000 }));
  await expect(lenta.nivela()).rejects.toThrow();
  await expect(lenta.nivela()).rejects.toThrow();
  await lenta.nivela();
  expect(lenta.limites.slice(0, 4)).toEqual([1_000, 250, 250, 250]);
});
