import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { AppError } from '#shared/errores.ts';
import { dbKind, testDb } from '#tests/db/harness.ts';
import { testTienda, testUser } from '#tests/db/people.ts';
import { closeAtEnd } from '#tests/db/resources.ts';
import { testServer } from '#tests/db/server.ts';
import { BODY_LIMIT, createHttp, type RestPlugin } from './http.ts';
import { publicProcedure, rolProcedure, router, userProcedure } from './trpc/init.ts';

const clientDir = await mkdtemp(path.join(tmpdir(), 'devcompras-dist-'));
await mkdir(path.join(clientDir, 'assets'));
await writeFile(path.join(clientDir, 'index.html'), '<!doctype html><title>DevCompras</title>');
await writeFile(path.join(clientDir, 'sw.js'), '');
await writeFile(path.join(clientDir, 'manifest.webmanifest'), '{}');
await writeFile(
  path.join(clientDir, 'assets', 'app-Ab12.js'),
  `export default ${JSON.stringify('x'.repeat(4000))}`,
);

const probe: RestPlugin = async (app) => {
  app.get('/api/prueba/falla', async () => {
    throw new Error('a password=hunter2 that must not leave');
  });
  app.get('/api/prueba/conocida', async () => {
    throw new AppError('NO_ENCONTRADO');
  });
  app.post('/api/prueba/eco', async (request) => ({ cuerpo: request.body ?? null }));
};

const db = await testDb();
const server = await testServer({ db, clientDir, rest: [probe] });
const html = { accept: 'text/html,application/xhtml+xml' };

describe(`the HTTP side (${dbKind()})`, () => {
  test('health says what runs', async () => {
    const answer = await server.fetch('/api/health');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.json()).toEqual({
      status: 'ok',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      database: { kind: db.kind, migration: expect.stringMatching(/^\d{4}_/) },
      uptime_s: expect.any(Number),
    });
  });

  test('the policy of the page lets no foreign or inline script in', async () => {
    const csp = (await server.fetch('/', { headers: html })).headers.get('content-security-policy') ?? '';
    const directives = new Map(
      csp.split(';').map((part) => {
        const [name = '', ...values] = part.trim().split(/\s+/);
        return [name, values.join(' ')] as const;
      }),
    );
    expect(directives.get('script-src')).toBe("'self' 'wasm-unsafe-eval'");
    expect(directives.get('worker-src')).toBe("'self' blob:");
    expect(directives.get('connect-src')).toBe("'self'");
    expect(directives.get('img-src')).toBe("'self' data: blob:");
    expect(directives.get('media-src')).toBe("'self' blob:");
    expect(directives.get('style-src')).toBe("'self' 'unsafe-inline'");
    expect(directives.get('frame-ancestors')).toBe("'none'");
    expect(directives.has('upgrade-insecure-requests')).toBe(false);
  });

  test('with Supabase the page may connect to it', async () => {
    const other = await testServer({
      db,
      rest: [],
      env: { SUPABASE_URL: 'https://x.supabase.co/', SUPABASE_ANON_KEY: 'k' },
    });
    const csp = (await other.fetch('/api/health')).headers.get('content-security-policy');
    expect(csp).toContain("connect-src 'self' https://x.supabase.co;");
    await other.close();
  });

  test('addresses of the app answer its page; missing scripts and API paths do not', async () => {
    for (const address of ['/', '/conteos/123', '/productos?q=a']) {
      const answer = await server.fetch(address, { headers: html });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      expect(await answer.text()).toContain('<title>DevCompras');
    }
    for (const address of ['/assets/gone-Xy.js', '/api/nada', '/auth/v1/nada', '/.well-known/nada']) {
      const answer = await server.fetch(address, { headers: html });
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
    const fetched = await server.fetch('/conteos/123', {
      headers: { accept: '*/*', 'sec-fetch-mode': 'cors' },
    });
    expect(fetched.status).toBe(404);
  });

  test('only hashed files are immutable; text is compressed', async () => {
    const hashed = await server.fetch('/assets/app-Ab12.js', { headers: { 'accept-encoding': 'br' } });
    expect(hashed.headers.get('cache-control')).toContain('immutable');
    expect(hashed.headers.get('content-encoding')).toBe('br');
    for (const file of ['/sw.js', '/manifest.webmanifest', '/index.html']) {
      expect((await server.fetch(file)).headers.get('cache-control')).toBe('no-cache');
    }
  });

  test('a body over the limit is 413 CUERPO_MUY_GRANDE, for REST and for tRPC', async () => {
    const body = JSON.stringify({ x: 'y'.repeat(BODY_LIMIT) });
    const post = { method: 'POST', body, headers: { 'content-type': 'application/json' } };
    const rest = await server.fetch('/api/prueba/eco', post);
    expect(rest.status).toBe(413);
    expect(await rest.json()).toMatchObject({ code: 'CUERPO_MUY_GRANDE', status: 413 });
    const trpc = await server.fetch('/api/trpc/sync.push', post);
    expect(trpc.status).toBe(413);
    expect(await trpc.json()).toMatchObject({ error: { data: { app: { code: 'CUERPO_MUY_GRANDE' } } } });
  });

  test('an empty JSON body is nothing, a broken one is ENTRADA_INVALIDA', async () => {
    const headers = { 'content-type': 'application/json' };
    const empty = await server.fetch('/api/prueba/eco', { method: 'POST', headers, body: '' });
    expect(await empty.json()).toEqual({ cuerpo: null });
    const broken = await server.fetch('/api/prueba/eco', { method: 'POST', headers, body: '{' });
    expect(broken.status).toBe(400);
    expect(await broken.json()).toMatchObject({ code: 'ENTRADA_INVALIDA' });
  });

  test('an unexpected failure says nothing of its cause', async () => {
    const answer = await server.fetch('/api/prueba/falla');
    expect(answer.status).toBe(500);
    const text = await answer.text();
    expect(text).toContain('ERROR_INTERNO');
    expect(text).not.toContain('hunter2');
    expect((await server.fetch('/api/prueba/conocida')).status).toBe(404);
  });

  test('too many requests are told how long to wait', async () => {
    const strict = await testServer({ db, rest: [probe], env: { RATE_PER_MINUTE: '2' } });
    const eco = () => strict.fetch('/api/prueba/conocida');
    await eco();
    await eco();
    const third = await eco();
    expect(third.status).toBe(429);
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await third.json()).toMatchObject({
      code: 'DEMASIADAS_PETICIONES',
      data: { segundos: expect.any(Number) },
    });
    expect((await strict.fetch('/api/health')).status).toBe(200);
    await strict.close();
  });
});

const probeRouter = router({
  libre: publicProcedure.query(() => 'hola'),
  mio: userProcedure.query(({ ctx }) => ctx.user.nombre),
  planea: rolProcedure('admin', 'gerente').query(({ ctx }) => ctx.user.tiendaIds.length),
  eco: publicProcedure.input(z.object({ cantidad: z.string() })).query(({ input }) => input.cantidad),
  choque: publicProcedure.mutation(() => {
    throw new AppError('SIN_SENAL', { conteo: '7' });
  }),
  rota: publicProcedure.query(() => {
    throw new Error('secret');
  }),
});

async function appErrorOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    if (error instanceof TRPCClientError) return error.data?.app ?? error.message;
    throw error;
  }
  throw new Error('the call did not fail');
}

// why: the real router has none of these procedures; only its shape is borrowed
const app = await createHttp({ deps: server.deps, router: probeRouter as never, rest: [] });
const url = await app.listen({ host: '127.0.0.1', port: 0 });
closeAtEnd(() => app.close());
const tienda = await testTienda(db);
const gerente = await testUser(db, { rol: 'gerente', tiendas: [tienda] });
const almacenista = await testUser(db, { rol: 'almacenista' });

describe(`tRPC (${dbKind()})`, () => {
  const client = (bearer?: string) =>
    createTRPCClient<typeof probeRouter>({
      links: [
        httpBatchLink({
          url: `${url}/api/trpc`,
          headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` },
        }),
      ],
    });

  test('procedures know the person and its role', async () => {
    const anna = client(await server.token(gerente));
    expect(await Promise.all([anna.libre.query(), anna.mio.query(), anna.planea.query()])).toEqual([
      'hola',
      gerente.nombre,
      1,
    ]);
    const luis = client(await server.token(almacenista));
    expect(await luis.mio.query()).toBe(almacenista.nombre);
    expect(await appErrorOf(luis.planea.query())).toMatchObject({ code: 'PROHIBIDO' });
  });

  test('without a session, or with a forged one, only public procedures answer', async () => {
    expect(await client().libre.query()).toBe('hola');
    expect(await appErrorOf(client().mio.query())).toMatchObject({ code: 'SESION_VENCIDA' });
    const forged = client('eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.');
    expect(await forged.libre.query()).toBe('hola');
    expect(await appErrorOf(forged.mio.query())).toMatchObject({ code: 'SESION_VENCIDA' });
  });

  test('a person put out is nobody at once, though the token lives', async () => {
    const leaving = await testUser(db, { rol: 'admin' });
    const bearer = await server.token(leaving);
    await db.kysely
      .updateTable('inventario.usuarios')
      .set({ is_active: false })
      .where('id', '=', leaving.id)
      .execute();
    expect(await appErrorOf(client(bearer).mio.query())).toMatchObject({ code: 'SESION_VENCIDA' });
  });

  test('errors carry code, data and a Spanish sentence; unexpected ones nothing else', async () => {
    expect(await appErrorOf(client().choque.mutate())).toEqual({
      code: 'SIN_SENAL',
      data: { conteo: '7' },
      mensaje: expect.stringContaining('Sin señal'),
    });
    const wrong = client().eco.query({ cantidad: 5 as unknown as string });
    expect(await appErrorOf(wrong)).toMatchObject({
      code: 'ENTRADA_INVALIDA',
      data: { detalle: expect.stringContaining('cantidad') },
    });
    const raw = await (await fetch(`${url}/api/trpc/rota`)).text();
    expect(raw).toContain('ERROR_INTERNO');
    expect(raw).not.toMatch(/secret|stack/);
    expect(
      await appErrorOf((client() as never as { nada: { query(): Promise<unknown> } }).nada.query()),
    ).toMatchObject({
      code: 'NO_ENCONTRADO',
    });
  });
});

test(`health is 503 with a reason when the database is away (${dbKind()})`, async () => {
  const lonely = await testServer({ rest: [] });
  await lonely.db.close();
  const answer = await lonely.fetch('/api/health');
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({
    status: 'broken',
    reason: expect.stringContaining('base de datos'),
  });
});
