import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { PushSalida } from '#shared/contracts/sync.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testServer } from '#tests/db/server.ts';
import { linea, Telefono } from '#tests/sync/telefono.ts';

const LINEAS = 5;
const server = await testServer({ env: { LANE_PUSH: '1/2', HINTS_MAX: '1' } });
const { db } = server;
const e = await escenaConteo(db);
const conteo = await e.conteo([e.ana]);

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: {
    result?: { data: PushSalida };
    error?: { message: string; data: { app: { code: string; data: unknown } } };
  };
}

async function phone(): Promise<Telefono> {
  const tel = await new Telefono(db).registra(e.ana);
  for (let i = 0; i < LINEAS; i += 1) tel.guarda(e.ana, 'conteo.linea/1', linea(conteo));
  return tel;
}

async function push(tel: Telefono, signal?: AbortSignal): Promise<Answer> {
  const { deviceId, secret, diario } = tel;
  const sent = { epoch: null, desfaseEnviarMs: 0, oldestMid: 1, pending: LINEAS, mutations: diario };
  const response = await server.fetch('/api/trpc/sync.push', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ deviceId, secret, ...sent }),
    ...(signal === undefined ? {} : { signal }),
  });
  const body = (await response.json()) as Answer['body'];
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body };
}

/** Until what was sent before has reached the server's lanes: it answers one request more, and then some. */
async function arrived(): Promise<void> {
  await server.fetch('/api/health');
  await sleep(300);
  await server.fetch('/api/health');
}

/** As the phone does: the same again once the server's time is over. */
async function pushUntilTaken(tel: Telefono): Promise<Answer> {
  for (;;) {
    const answer = await push(tel);
    if (answer.status !== 429) return answer;
    await sleep(Number(answer.retryAfter) * 1_000);
  }
}

test('more pushes at once than the server admits: some are told 429 with Retry-After, none is lost, and health, log-in and the office answer meanwhile', async () => {
  const [stuck, first, leaver, late, ...more] = await Promise.all([1, 2, 3, 4, 5, 6].map(phone));
  let free: () => void = () => undefined;
  const freed = new Promise<void>((resolve) => {
    free = resolve;
  });
  // One push that the database holds up fills the lane of one.
  const holding = db.asService(async (tx) => {
    await sql`select 1 from sync.device where id = ${stuck!.deviceId} for update`.execute(tx);
    await freed;
  });
  const running = push(stuck!);
  await expect
    .poll(async () => {
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`.execute(
        db.kysely,
      );
      return rows[0]?.n;
    })
    .toBe(1);
  const gone = new AbortController();
  const waiting = push(first!);
  const left = push(leaver!, gone.signal).catch((error: Error) => error.name);
  await arrived();

  for (const answer of await Promise.all([push(late!), ...more.map((tel) => push(tel))])) {
    expect(answer).toMatchObject({
      status: 429,
      retryAfter: expect.stringMatching(/^[1-9]\d*$/),
      body: { error: { message: expect.stringContaining('No se perdió nada') } },
    });
    expect(answer.body.error?.data.app).toMatchObject({
      code: 'SERVIDOR_LLENO',
      data: { segundos: Number(answer.retryAfter) },
    });
  }
  expect((await server.fetch('/api/health')).status).toBe(200);
  expect((await server.fetch('/api/trpc/sync.rechazos', {}, e.gerente)).status).toBe(200);
  const login = await server.fetch('/auth/v1/token?grant_type=password', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'nadie@prueba.mx', password: 'equivocada' }),
  });
  expect(await login.json()).toMatchObject({ error_code: 'invalid_credentials' });

  // Who goes away while waiting makes room for the next.
  gone.abort();
  expect(await left).toBe('AbortError');
  await arrived();
  const taken = push(late!);
  await arrived();
  free();
  await holding;
  for (const answer of [await running, await waiting, await taken]) {
    expect(answer.body.result?.data).toMatchObject({ kind: 'ok', expectedMid: LINEAS + 1 });
  }
  const rest = await Promise.all([leaver!, ...more].map(pushUntilTaken));
  expect(rest.map(({ status }) => status)).toEqual(rest.map(() => 200));
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from inventario.conteo_lineas where conteo_id = ${conteo}`.execute(db.kysely);
  expect(rows[0]?.n).toBe(6 * LINEAS);
}, 40_000);

test('streams of hints are bounded: one more is told when to come back, and one that ends makes room', async () => {
  const open = async () => {
    const stop = new AbortController();
    const response = await server.fetch('/api/eventos', { signal: stop.signal }, e.luis);
    return { response, stop };
  };
  const one = await open();
  expect(one.response.status).toBe(200);
  await expect.poll(async () => (await open()).response.status).toBe(429);
  const { response } = await open();
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(30);
  expect(await response.json()).toMatchObject({ code: 'SERVIDOR_LLENO' });
  one.stop.abort();
  await expect
    .poll(async () => {
      const again = await open();
      again.stop.abort();
      return again.response.status;
    })
    .toBe(200);
});
