import { tracked } from '@trpc/server';
import { describe, expect, test } from 'vitest';
import { createHttp } from '#server/http.ts';
import { dbKind } from '#tests/db/harness.ts';
import { testUser } from '#tests/db/people.ts';
import { closeAtEnd } from '#tests/db/resources.ts';
import { testServer } from '#tests/db/server.ts';
import { publicProcedure, router, userProcedure } from './init.ts';

const server = await testServer({ rest: [] });
const { db, deps } = server;
let open = 0;

const probeRouter = router({
  libre: publicProcedure.query(() => 'hola'),
  avisos: userProcedure.subscription(async function* ({ ctx, signal }) {
    open++;
    try {
      yield tracked('0', { tipo: `hola ${ctx.user.nombre}` });
      let n = 0;
      for await (const aviso of ctx.events.stream(signal ?? new AbortController().signal)) {
        n++;
        yield tracked(String(n), aviso);
      }
    } finally {
      open--;
    }
  }),
});
// why: the real router has none of these procedures; only its shape is borrowed
const app = await createHttp({ deps, router: probeRouter as never, rest: [] });
const url = await app.listen({ host: '127.0.0.1', port: 0 });
closeAtEnd(() => app.close());
const person = await testUser(db, { rol: 'almacenista' });

/** Opens the stream as an EventSource does: no headers of its own, the token in the connection parameters. */
async function subscribe(token: string | null) {
  const abort = new AbortController();
  const parameters =
    token === null ? '' : `?connectionParams=${encodeURIComponent(JSON.stringify({ token }))}`;
  const answer = await fetch(`${url}/api/trpc/avisos${parameters}`, {
    headers: { accept: 'text/event-stream', 'accept-encoding': 'gzip, br' },
    signal: abort.signal,
  });
  let text = '';
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) text += decoder.decode(chunk, { stream: true });
  })().catch(() => undefined);
  return { answer, text: () => text, stop: () => abort.abort(), reading };
}

describe(`event streams (${dbKind()})`, () => {
  test('arrive one by one, uncompressed, as the person of the token, and end with the connection', async () => {
    const stream = await subscribe(await server.token(person));
    expect(stream.answer.headers.get('content-type')).toContain('text/event-stream');
    expect(stream.answer.headers.get('content-encoding')).toBeNull();
    await expect.poll(stream.text).toContain(`hola ${person.nombre}`);
    await db.asService((tx) => deps.events.publish(tx, { tipo: 'conteo.cerrado', datos: { id: '1' } }));
    await expect.poll(stream.text).toContain('"tipo":"conteo.cerrado"');
    await db.asService((tx) => deps.events.publish(tx, { tipo: 'conteo.cerrado', datos: { id: '2' } }));
    await expect.poll(stream.text).toMatch(/id: 2\n/);
    expect(open).toBe(1);
    stream.stop();
    await stream.reading;
    await expect.poll(() => open).toBe(0);
  });

  test('without a token there is no stream', async () => {
    const stream = await subscribe(null);
    await expect.poll(stream.text).toContain('SESION_VENCIDA');
    stream.stop();
    await stream.reading;
    expect(open).toBe(0);
  });

  test('a hundred open screens don’t keep anybody else waiting', async () => {
    const token = await server.token(person);
    const streams = await Promise.all(Array.from({ length: 100 }, () => subscribe(token)));
    const started = performance.now();
    expect((await fetch(`${url}/api/trpc/libre`)).status).toBe(200);
    expect(performance.now() - started).toBeLessThan(2_000);
    await db.asService((tx) => deps.events.publish(tx, { tipo: 'a-todos' }));
    await expect
      .poll(() => streams.every(({ text }) => text().includes('a-todos')), { timeout: 5_000 })
      .toBe(true);
    for (const stream of streams) stream.stop();
    await expect.poll(() => open, { timeout: 5_000 }).toBe(0);
  });
});
