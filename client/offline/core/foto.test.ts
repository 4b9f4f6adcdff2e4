import { expect, test } from 'vitest';
import { FORMATO_TROZO, type ManifiestoSnapshot } from '#shared/contracts/snapshot.ts';
import type { PullEntrada, PullSalida } from '#shared/contracts/sync.ts';
import { type EnginePorts, NetFailure } from './ports.ts';
import { Receiver } from './pull.ts';

const DEVICE = { id: 'd', secret: 's' };
const MANIFIESTO = {
  scope: 'catalogo',
  formato: FORMATO_TROZO,
  epoch: 'e',
  ver: 7,
  token: 't',
  cursor: 'de-la-foto',
  creadoEn: '2026-03-02T16:00:00.000Z',
  filas: 2,
  trozos: ['a', 'b'].map((sha256) => ({ filas: 1, bytes: 9, sha256 })),
} as ManifiestoSnapshot;
const TROZO = new TextEncoder().encode(JSON.stringify({ formato: FORMATO_TROZO, tablas: [] }));

/** A phone whose storage is in memory, and a server that answers as told: a failure in the place of each call. */
function mundo(
  fallas: {
    manifiesto?: NetFailure[];
    trozo?: NetFailure[];
    trozoA?: NetFailure[];
    formato?: number;
    /** The other scopes' answer waits for it. */
    lento?: () => Promise<void>;
  } = {},
) {
  const dicho: string[] = [];
  let mono = 0;
  let hechos: string[] = [];
  let cursor: string | undefined;
  const responde = <T>(falla: NetFailure | undefined, value: T): T => {
    if (falla) throw falla;
    return value;
  };
  const ports = {
    cache: {
      schema: 1,
      cursors: async () => (cursor === undefined ? {} : { catalogo: cursor }),
      applyPull: async (answer: PullSalida) => {
        for (const page of answer.pages) if (page.scope === 'catalogo') cursor = page.cursor;
      },
      reopen: () => {},
      rebuild: async () => {},
      foto: {
        huella: async () => pedido,
        empieza: async () => ({ serie: 's', hechos: new Set(hechos) }),
        async guarda(_serie: string, sha256: string) {
          hechos.push(sha256);
          return true;
        },
        async termina() {
          cursor = MANIFIESTO.cursor;
        },
        alDia: async () => {},
        async abandona() {
          hechos = [];
          dicho.push('abandona');
        },
        tocaVerificar: async () => false,
      },
    },
    net: {
      async manifiesto() {
        dicho.push('manifiesto');
        return responde(fallas.manifiesto?.shift(), {
          ...MANIFIESTO,
          formato: fallas.formato ?? FORMATO_TROZO,
        });
      },
      async trozo({ sha256 }: { sha256: string }) {
        dicho.push(sha256);
        pedido = sha256;
        return responde((sha256 === 'b' ? fallas.trozo : fallas.trozoA)?.shift(), TROZO);
      },
      async pull({ cursors, omite }: PullEntrada): Promise<PullSalida> {
        dicho.push(omite ? 'lo demás' : `pull ${cursors.catalogo ?? '-'}`);
        if (omite) await fallas.lento?.();
        const page = {
          scope: 'catalogo',
          reset: true,
          upserts: {},
          deletes: {},
          cursor: 'de-pull',
          head: true,
        };
        const pages = omite || cursors.catalogo !== undefined ? [] : [page];
        return { epoch: 'e', pages, lastMid: null, scopesAdded: [], scopesRemoved: [], done: true };
      },
    },
    clock: { mono: () => mono, now: () => 0, sleep: async () => {} },
    log: () => {},
  } as unknown as EnginePorts;
  let pedido = '';
  const receptor = new Receiver(ports);
  return {
    dicho,
    espera: (ms: number) => {
      mono += ms;
    },
    nivela: () => receptor.level(DEVICE, (work) => work(new AbortController().signal)),
  };
}

const sinRed = () => new NetFailure('sin_red');
const http = (status: number) => new NetFailure('http', { status });

test('without a cursor the catalogue comes as a snapshot, after the other scopes and before the pull of the rest', async () => {
  const m = mundo();
  await m.nivela();
  expect(m.dicho).toEqual(['manifiesto', 'lo demás', 'a', 'b', 'pull de-la-foto']);
});

test('a network that fails under way ends the round, and the next one goes on where it was', async () => {
  const m = mundo({ trozo: [sinRed()] });
  await expect(m.nivela()).rejects.toMatchObject({ kind: 'sin_red' });
  m.dicho.length = 0;
  await m.nivela();
  expect(m.dicho).toEqual(['manifiesto', 'lo demás', 'b', 'pull de-la-foto']);
});

test('a busy server is obeyed, but a network that lets only snapshots fail gets the catalogue by pull', async () => {
  const m = mundo({ manifiesto: [http(429), http(429), http(429), sinRed(), sinRed(), sinRed()] });
  for (let veces = 0; veces < 3; veces += 1) await expect(m.nivela()).rejects.toMatchObject({ status: 429 });
  for (let veces = 0; veces < 2; veces += 1) {
    await expect(m.nivela()).rejects.toMatchObject({ kind: 'sin_red' });
  }
  await m.nivela();
  expect(m.dicho).toEqual([...Array.from({ length: 6 }, () => 'manifiesto'), 'pull -']);
});

test('an older server, a foreign answer and a coding of tomorrow leave the catalogue to pull at once', async () => {
  for (const falla of [http(404), http(403), http(500), new NetFailure('extrana', { status: 200 })]) {
    const m = mundo({ manifiesto: [falla] });
    await m.nivela();
    expect(m.dicho).toEqual(['manifiesto', 'pull -']);
  }
  const m = mundo({ formato: FORMATO_TROZO + 1 });
  await m.nivela();
  expect(m.dicho).toEqual(['manifiesto', 'pull -']);
});

test('chunks that are never there are given up, and what was stored of them with it', async () => {
  const m = mundo({ trozo: [http(404), http(404), http(404)] });
  await m.nivela();
  expect(m.dicho.filter((paso) => paso === 'manifiesto')).toHaveLength(3);
  expect(m.dicho.slice(-2)).toEqual(['abandona', 'pull -']);
});

test('the first chunk comes while the other scopes do, and once; if it fails there it is met again after them', async () => {
  const m = mundo({ lento: async () => void (await expect.poll(() => m.dicho).toContain('a')) });
  await m.nivela();
  expect(m.dicho).toEqual(['manifiesto', 'lo demás', 'a', 'b', 'pull de-la-foto']);
  const falla = mundo({ trozoA: [sinRed()] });
  await falla.nivela();
  expect(falla.dicho).toEqual(['manifiesto', 'lo demás', 'a', 'a', 'b', 'pull de-la-foto']);
});
