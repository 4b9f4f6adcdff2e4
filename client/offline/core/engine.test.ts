import { expect, test } from 'vitest';
import type { HelloSalida, PushEntrada, PushSalida } from '#shared/contracts/sync.ts';
import { azar, Reloj } from '#tests/sim/reloj.ts';
import { backoffMs } from './backoff.ts';
import { SyncEngine, WATCHDOG_MS } from './engine.ts';
import { type JournalPort, NetFailure, type Pendiente } from './ports.ts';

type Guion = {
  hello?: () => Partial<HelloSalida>;
  push?: (input: PushEntrada) => PushSalida | Promise<PushSalida>;
  pull?: () => Promise<void> | void;
  /** Of the history that a pull's answer is of. */
  pullEpoch?: () => string;
  /** What the phone holds. */
  cursores?: Record<string, string>;
  refresh?: 'ok' | 'refused' | 'unreachable';
  register?: 'ok' | 'refused' | 'unreachable';
  sesion?: boolean;
  /** The journal has no turno until the phone registers. */
  sinTurno?: boolean;
  /** How long hello takes each way. */
  idaMs?: number;
  vueltaMs?: number;
  /** How far the phone's clock is off. */
  relojMs?: number;
};

const EPOCH = 'e1';

/** A phone with a list for a journal, a scripted server, and virtual time. */
function mundo(count: number, guion: Guion = {}) {
  const reloj = new Reloj();
  const stop = new AbortController();
  const llamadas: { at: number; que: string; mids?: number[] }[] = [];
  let unsent: Pendiente[] = Array.from({ length: count }, (_, i) => mutacion(i + 1));
  const aside: Pendiente[] = [];
  const offsets: number[] = [];
  const aplicadas: string[] = [];
  let reopened = 0;
  let epoch: string | null = null;
  let hang = false;
  const note = (que: string, mids?: number[]) =>
    llamadas.push({ at: reloj.mono, que, ...(mids ? { mids } : {}) });

  const journal: JournalPort = {
    device: async () => {
      if (hang) await new Promise(() => {});
      return { id: 'd1', secret: 's' };
    },
    stats: async () => ({
      pending: unsent.length,
      oldestPendingAt: null,
      oldestMid: unsent[0]?.mid ?? 1,
      acked: null,
    }),
    batch: async (max) =>
      unsent.slice(0, max).map((mutation) => (guion.sinTurno ? { ...mutation, turno: null } : mutation)),
    applyResults: async (_device, _sent, results) => {
      const done = new Set(results.map((result) => result.mid));
      const before = unsent.length;
      unsent = unsent.filter((mutation) => !done.has(mutation.mid));
      return before - unsent.length;
    },
    rewind: async () => 0,
    fork: async () => {
      note('fork');
    },
    setAside: async (_device, mid) => {
      aside.push(...unsent.filter((mutation) => mutation.mid === mid));
      unsent = unsent
        .filter((mutation) => mutation.mid !== mid)
        .map((m) => (m.mid > mid ? { ...m, mid: m.mid - 1 } : m));
    },
    takeBack: async () => {
      const taken = aside.splice(0);
      unsent = [...taken, ...unsent].map((mutation, i) => ({ ...mutation, mid: i + 1 }));
      return taken.length;
    },
    noteFailure: async () => {},
    epoch: async () => epoch,
    setEpoch: async (value) => {
      epoch = value;
    },
    setClockOffset: async (ms) => {
      offsets.push(ms);
    },
    setLevel: async () => {
      note('nivel');
    },
    reopen: () => {
      reopened += 1;
      hang = false;
    },
  };

  const engine = new SyncEngine({
    journal,
    cache: {
      schema: 1,
      cursors: async () => guion.cursores ?? {},
      applyPull: async (answer) => {
        aplicadas.push(answer.epoch);
      },
      reopen: () => {},
      dropLevel: async () => {},
      rebuild: async () => {},
    },
    net: {
      hello: async (_input, signal) => {
        note('hello');
        await reloj.sleep(guion.idaMs ?? 0, signal);
        const serverTime = new Date(reloj.now).toISOString();
        await reloj.sleep(guion.vueltaMs ?? 0, signal);
        return {
          epoch: EPOCH,
          serverTime,
          expectedMid: 1,
          minPullSchema: 1,
          revoked: false,
          scopes: [],
          zonas: {},
          ...guion.hello?.(),
        };
      },
      push: async (input) => {
        note(
          'push',
          input.mutations.map((mutation) => mutation.mid),
        );
        return (guion.push ?? acepta)(input);
      },
      pull: async () => {
        note('pull');
        await guion.pull?.();
        const epoch = guion.pullEpoch?.() ?? EPOCH;
        return { epoch, pages: [], lastMid: null, scopesAdded: [], scopesRemoved: [], done: true };
      },
    },
    auth: {
      hasSession: () => guion.sesion ?? true,
      refresh: async () => {
        note('refresh');
        return guion.refresh ?? 'ok';
      },
      register: async () => {
        note('register');
        if ((guion.register ?? 'ok') === 'ok') guion.sinTurno = false;
        return guion.register ?? 'ok';
      },
    },
    clock: reloj.phone(() => guion.relojMs ?? 0),
    random: azar(1),
    app: 'test',
    log: () => {},
  });
  return {
    reloj,
    engine,
    llamadas,
    aside,
    aplicadas,
    offsets,
    start: () => void engine.run(stop.signal),
    que: (name: string) => llamadas.filter((call) => call.que === name),
    pendientes: () => unsent.length,
    add: () => {
      unsent.push(mutacion(unsent.length + 1000));
    },
    hang: () => {
      hang = true;
    },
    reopened: () => reopened,
    stop: async () => {
      stop.abort();
      await reloj.settle();
    },
  };
}

function mutacion(n: number): Pendiente {
  return { mid: n, name: 'conteo.linea/1', args: `{"n":${n}}`, hash: `h${n}`, createdAt: '', turno: 't' };
}

function acepta(input: PushEntrada): PushSalida {
  const last = input.mutations.at(-1)?.mid ?? 0;
  return {
    kind: 'ok',
    epoch: EPOCH,
    expectedMid: last + 1,
    serverTime: '2026-03-02T15:00:00.000Z',
    results: input.mutations.map(({ mid }) => ({ mid, status: 'applied' as const })),
  };
}

test('jitter is between 1 and 15 s and grows with the failures', () => {
  for (let n = 1; n < 30; n += 1) {
    expect(backoffMs(n, 0)).toBe(1_000);
    expect(backoffMs(n, 0.999999)).toBeLessThanOrEqual(15_000);
  }
  expect(backoffMs(1, 0.999999)).toBeLessThanOrEqual(2_000);
  expect(backoffMs(9, 0.999999)).toBeGreaterThan(14_900);
});

test('a phone that has its rows asks for the new ones beside its greeting, not after it', async () => {
  const guion: Guion = { idaMs: 400, vueltaMs: 400, cursores: { 'tienda:1': 'x' } };
  const m = mundo(0, guion);
  m.start();
  await m.reloj.advance(100);
  expect(m.que('pull').map((call) => call.at)).toEqual(m.que('hello').map((call) => call.at));
  // Nothing of it is stored before the greeting is back.
  expect(m.aplicadas).toEqual([]);
  await m.reloj.advance(1_000);
  expect(m.aplicadas).toEqual([EPOCH]);
  expect(m.que('pull')).toHaveLength(1);
  await m.stop();
});

test('what was answered beside a greeting that tells of another history, or of a device made known just now, is asked again', async () => {
  const epochs = [EPOCH, 'e2'];
  const otra = mundo(0, {
    cursores: { 'tienda:1': 'x' },
    hello: () => ({ epoch: 'e2' }),
    pullEpoch: () => epochs.shift() ?? 'e2',
  });
  otra.start();
  await otra.reloj.advance(1_000);
  expect(otra.aplicadas).toEqual(['e2']);
  expect(otra.que('pull')).toHaveLength(2);
  await otra.stop();

  const fallas = [new NetFailure('http', { status: 409, code: 'EQUIPO_DESCONOCIDO' })];
  const nuevo = mundo(0, {
    cursores: { 'tienda:1': 'x' },
    pull: () => {
      const falla = fallas.shift();
      if (falla) throw falla;
    },
  });
  nuevo.start();
  await nuevo.reloj.advance(1_000);
  expect(nuevo.engine.status.fase).toBe('nivelado');
  expect(nuevo.que('pull')).toHaveLength(2);
  await nuevo.stop();
});

test('the Retry-After of a pull beside the greeting holds, and the next round asks one thing after the other', async () => {
  const fallas = [new NetFailure('http', { status: 429, retryAfterMs: 7_000 })];
  const m = mundo(0, {
    idaMs: 50,
    vueltaMs: 50,
    cursores: { 'tienda:1': 'x' },
    pull: () => {
      const falla = fallas.shift();
      if (falla) throw falla;
    },
  });
  m.start();
  await m.reloj.advance(7_000);
  expect(m.que('pull')).toHaveLength(1);
  await m.reloj.advance(20_000);
  const [, otra] = m.que('pull');
  expect(otra!.at).toBeGreaterThan(m.que('hello')[1]!.at);
  expect(m.engine.status.fase).toBe('nivelado');
  await m.stop();
});

test('says hello, sends and receives, and is level', async () => {
  const m = mundo(3);
  m.start();
  await m.reloj.advance(100);
  expect(m.pendientes()).toBe(0);
  expect(m.engine.status).toMatchObject({ fase: 'nivelado', enLinea: true, problema: null });
  // What was sent comes back as rows without waiting for a hint.
  expect(m.que('pull')).toHaveLength(2);
  expect(m.que('nivel')).toHaveLength(1);
  await m.stop();
});

test('half the round trip gives the clock offset, of a phone two days ahead too', async () => {
  const m = mundo(0, { idaMs: 300, vueltaMs: 300, relojMs: 2 * 86_400_000 });
  m.start();
  await m.reloj.advance(1_000);
  expect(m.offsets).toEqual([-2 * 86_400_000]);
  await m.stop();
  // The two ways of a bad network differ: half of the difference is the error.
  const torcida = mundo(0, { idaMs: 900, vueltaMs: 100, relojMs: -5_000 });
  torcida.start();
  await torcida.reloj.advance(2_000);
  expect(torcida.offsets).toEqual([5_400]);
  await torcida.stop();
});

test('a Retry-After is waited out, even when somebody pokes', async () => {
  let refuse = true;
  const m = mundo(1, {
    push: (input) => {
      if (refuse) throw new NetFailure('http', { status: 429, retryAfterMs: 30_000 });
      return acepta(input);
    },
  });
  m.start();
  await m.reloj.advance(100);
  refuse = false;
  m.engine.poke('online');
  await m.reloj.advance(29_000);
  expect(m.que('push')).toHaveLength(1);
  await m.reloj.advance(2_000);
  expect(m.pendientes()).toBe(0);
  await m.stop();
});

test('a full server shows no error to the counter: each 429 is waited out, and then the queue drains', async () => {
  const dichos = [4_000, 9_000, 2_000];
  const m = mundo(3, {
    push: (input) => {
      const retryAfterMs = dichos.shift();
      if (retryAfterMs === undefined) return acepta(input);
      throw new NetFailure('http', { status: 429, code: 'SERVIDOR_LLENO', retryAfterMs });
    },
  });
  const vistos = new Set<string | null>();
  m.engine.subscribe(() => vistos.add(m.engine.status.problema));
  m.start();
  for (let s = 0; s < 60; s += 1) {
    await m.reloj.advance(1_000);
    if (s % 5 === 0) m.add();
    m.engine.poke('guardado');
    m.engine.poke('aviso');
  }
  const pushes = m.que('push').map(({ at }) => at);
  expect(pushes[1]! - pushes[0]!).toBeGreaterThanOrEqual(4_000);
  expect(pushes[2]! - pushes[1]!).toBeGreaterThanOrEqual(9_000);
  expect(pushes[3]! - pushes[2]!).toBeGreaterThanOrEqual(2_000);
  expect(m.pendientes()).toBe(0);
  expect([...vistos]).toEqual([null]);
  expect(m.engine.status).toMatchObject({ enLinea: true, sinSesion: false });
  await m.stop();
});

test('online cuts a backoff short; a new line does not', async () => {
  let down = true;
  const m = mundo(1, {
    push: (input) => {
      if (down) throw new NetFailure('sin_red');
      return acepta(input);
    },
  });
  m.start();
  await m.reloj.advance(60_000);
  expect(m.engine.status.enLinea).toBe(false);
  const tries = m.que('hello').length;
  down = false;
  m.engine.poke('guardado');
  await m.reloj.advance(10);
  expect(m.que('hello')).toHaveLength(tries);
  m.engine.poke('online');
  await m.reloj.advance(10);
  expect(m.pendientes()).toBe(0);
  m.add();
  m.engine.poke('guardado');
  await m.reloj.advance(10);
  expect(m.pendientes()).toBe(0);
  await m.stop();
});

test('a call that never answers ends after 15 s and is tried again', async () => {
  let first = true;
  const m = mundo(1, {
    push: (input) => {
      if (!first) return acepta(input);
      first = false;
      return new Promise<PushSalida>(() => {});
    },
  });
  m.start();
  await m.reloj.advance(14_900);
  expect(m.que('push')).toHaveLength(1);
  await m.reloj.advance(2_200);
  expect(m.pendientes()).toBe(0);
  await m.stop();
});

test('a database that never answers is reopened by the watchdog', async () => {
  const m = mundo(1);
  m.hang();
  m.start();
  await m.reloj.advance(WATCHDOG_MS - 1_000);
  expect(m.reopened()).toBe(0);
  await m.reloj.advance(6_000);
  expect(m.reopened()).toBe(1);
  expect(m.pendientes()).toBe(0);
  await m.stop();
});

test('413 halves the batch until it passes, and it grows again', async () => {
  const m = mundo(20, {
    push: (input) => {
      if (input.mutations.length > 6) throw new NetFailure('http', { status: 413 });
      return acepta(input);
    },
  });
  m.start();
  await m.reloj.advance(1_000);
  expect(m.pendientes()).toBe(0);
  expect(m.que('push').map((call) => call.mids?.length)).toContain(5);
  await m.stop();
});

test('a poison mutation is set aside after three failures alone, and the queue goes on', async () => {
  const m = mundo(9, {
    push: (input) => {
      if (input.mutations.some((mutation) => mutation.hash === 'h4'))
        throw new NetFailure('http', { status: 400 });
      return acepta(input);
    },
  });
  m.start();
  await m.reloj.advance(60_000);
  expect(m.aside.map((mutation) => mutation.hash)).toEqual(['h4']);
  expect(m.pendientes()).toBe(0);
  expect(
    m.que('push').filter((call) => call.mids?.length === 1 && call.mids[0] === 4).length,
  ).toBeGreaterThanOrEqual(3);
  await m.stop();
});

test('what a server that was ill for a moment refused is sent by itself once it is well', async () => {
  let ill = 3;
  const m = mundo(1, {
    push: (input) => {
      ill -= 1;
      if (ill >= 0) throw new NetFailure('http', { status: 500 });
      return acepta(input);
    },
  });
  m.start();
  await m.reloj.advance(60_000);
  expect(m.aside).toEqual([]);
  expect(m.pendientes()).toBe(0);
  await m.stop();
});

test('a server that breaks on everything leaves nothing set aside', async () => {
  let broken = true;
  const m = mundo(12, {
    push: (input) => {
      if (broken) throw new NetFailure('http', { status: 500 });
      return acepta(input);
    },
  });
  m.start();
  await m.reloj.advance(6 * 60_000);
  expect(m.aside).toEqual([]);
  expect(m.pendientes()).toBe(12);
  broken = false;
  await m.reloj.advance(60_000);
  expect(m.pendientes()).toBe(0);
  await m.stop();
});

test('pulls never wait for pushes', async () => {
  const m = mundo(1, { push: () => new Promise<PushSalida>(() => {}) });
  m.start();
  await m.reloj.advance(1_000);
  expect(m.que('pull')).toHaveLength(1);
  await m.stop();
});

test('401 is renewed once; refused, the person is asked to log in while sending goes on', async () => {
  let dead = true;
  const guion: Guion = {
    refresh: 'ok',
    pull: () => {
      if (dead) {
        dead = false;
        throw new NetFailure('http', { status: 401 });
      }
    },
  };
  const m = mundo(2, guion);
  m.start();
  await m.reloj.advance(100);
  expect(m.que('refresh')).toHaveLength(1);
  expect(m.engine.status).toMatchObject({ fase: 'nivelado', sinSesion: false });
  guion.refresh = 'refused';
  dead = true;
  m.add();
  m.engine.poke('foco');
  await m.reloj.advance(100);
  expect(m.pendientes()).toBe(0);
  expect(m.engine.status).toMatchObject({ sinSesion: true, problema: 'INICIA_SESION', enLinea: true });
  m.engine.poke('persona');
  expect(m.engine.status.sinSesion).toBe(false);
  await m.stop();
});

test('a captive portal is said, and is not "no signal"', async () => {
  const m = mundo(1, {
    push: () => {
      throw new NetFailure('extrana', { status: 200 });
    },
  });
  m.start();
  await m.reloj.advance(100);
  expect(m.engine.status).toMatchObject({ enLinea: true, problema: 'RESPUESTA_EXTRANA', fase: 'esperando' });
  await m.stop();
});

test('an unknown device registers and sends in the same round; without a session it asks for one', async () => {
  let known = false;
  const guion: Guion = {
    register: 'refused',
    hello: () => {
      if (!known) throw new NetFailure('http', { status: 409, code: 'EQUIPO_DESCONOCIDO' });
      return {};
    },
  };
  const m = mundo(1, guion);
  m.start();
  await m.reloj.advance(50);
  expect(m.engine.status).toMatchObject({ sinSesion: true, problema: 'INICIA_SESION' });
  guion.register = 'ok';
  known = true;
  m.engine.poke('persona');
  await m.reloj.advance(50);
  expect(m.pendientes()).toBe(0);
  await m.stop();
});

test('a device whose registration was answered into the void registers again, and its queue drains', async () => {
  const m = mundo(2, { sinTurno: true });
  m.start();
  await m.reloj.advance(50);
  expect(m.pendientes()).toBe(0);
  expect(m.engine.status.sinSesion).toBe(false);
  await m.stop();
  const fuera = mundo(2, { sinTurno: true, sesion: false });
  fuera.start();
  await fuera.reloj.advance(50);
  expect(fuera.pendientes()).toBe(2);
  expect(fuera.que('register')).toHaveLength(0);
  expect(fuera.engine.status.sinSesion).toBe(true);
  await fuera.stop();
});

test('an old app still sends, and says that it cannot receive', async () => {
  const m = mundo(2, { hello: () => ({ minPullSchema: 99 }) });
  m.start();
  await m.reloj.advance(100);
  expect(m.pendientes()).toBe(0);
  expect(m.que('pull')).toHaveLength(0);
  expect(m.engine.status.problema).toBe('VERSION_VIEJA');
  await m.stop();
});

test('a server that was upgraded between hello and pull tells the old app to update, and its lines go', async () => {
  const m = mundo(2, {
    pull: () => {
      throw new NetFailure('http', { status: 412, code: 'VERSION_VIEJA' });
    },
  });
  m.start();
  await m.reloj.advance(100);
  expect(m.pendientes()).toBe(0);
  expect(m.engine.status.problema).toBe('VERSION_VIEJA');
  await m.stop();
});

test('a revoked device still sends into quarantine', async () => {
  const m = mundo(2, { hello: () => ({ revoked: true }) });
  m.start();
  await m.reloj.advance(100);
  expect(m.pendientes()).toBe(0);
  expect(m.engine.status.problema).toBe('EQUIPO_REVOCADO');
  await m.stop();
});

test('a clone takes another identity and registers it', async () => {
  let forked = true;
  const m = mundo(1, {
    push: (input) => {
      if (!forked) return acepta(input);
      forked = false;
      return { ...acepta(input), kind: 'forked', results: [] };
    },
  });
  m.start();
  await m.reloj.advance(5_000);
  expect(m.que('fork')).toHaveLength(1);
  expect(m.pendientes()).toBe(0);
  await m.stop();
});

test('the same gap twice without anything moving is waited out, not spun on', async () => {
  const m = mundo(1, {
    push: () => ({ ...acepta({ mutations: [] } as never), kind: 'gap', expectedMid: 7 }),
  });
  m.start();
  await m.reloj.advance(900);
  expect(m.que('push').length).toBeLessThan(4);
  expect(m.engine.status.fase).toBe('esperando');
  await m.stop();
});
