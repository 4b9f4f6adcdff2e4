import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { testDatabaseUrl } from '#tests/db/harness.ts';
import { closeAtEnd } from '#tests/db/resources.ts';
import { acquireLock } from './platform/lock.ts';

const MAIN = path.resolve(import.meta.dirname, 'main.ts');

interface Run {
  readonly child: ChildProcess;
  /** What it printed so far. */
  output(): string;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
}

/** The server as its own process, in an environment of its own; killed when the file ends. */
function run(env: Record<string, string>): Run {
  const child = spawn(process.execPath, [MAIN], { env: { PATH: process.env.PATH ?? '', PORT: '0', ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  closeAtEnd(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, output: () => output, ended };
}

async function urlOf({ output }: Run): Promise<string> {
  await expect.poll(output, { timeout: 20_000, interval: 100 }).toMatch(/está lista en \S+/);
  return /está lista en (\S+)/.exec(output())?.[1] ?? '';
}

async function folder(): Promise<string> {
  const dir = await mkdtemp(path.join(tmpdir(), 'devcompras-main-'));
  closeAtEnd(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', () => resolve()));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Phones that do not wait for the server to be ready: calls with hardly a pause until it is stopped. */
function callers(port: number): () => Promise<void> {
  let going = true;
  const calls = Array.from({ length: 2 }, async () => {
    while (going) {
      const call = fetch(`http://127.0.0.1:${port}/api/trpc/sync.hello`, { method: 'POST', body: '{}' });
      await call.then((answer) => answer.text()).catch(() => {});
      await sleep(2);
    }
  });
  return async () => {
    going = false;
    await Promise.all(calls);
  };
}

describe('the server as a process', () => {
  test('two of them start at once on an empty PostgreSQL while phones call, both serve, and both end in order', async () => {
    const DATABASE_URL = await testDatabaseUrl({ migrated: false });
    const port = await freePort();
    const quiet = callers(port);
    const both = [run({ DATABASE_URL, PORT: String(port) }), run({ DATABASE_URL })];
    for (const one of both) {
      const health = await fetch(`${await urlOf(one)}/api/health`);
      expect(await health.json()).toMatchObject({ status: 'ok', database: { kind: 'postgres' } });
      expect(one.output()).not.toContain('demo1234');
    }
    await quiet();
    for (const { child } of both) child.kill('SIGTERM');
    expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([0, 0]);
  }, 40_000);

  test('while PostgreSQL is away health says why, and an echo of the signal does not hurt', async () => {
    const port = await freePort();
    const waiting = run({ DATABASE_URL: 'postgres://nadie@127.0.0.1:1/nada', PORT: String(port) });
    const health = () =>
      fetch(`http://127.0.0.1:${port}/api/health`).then(
        async (answer) => ({ status: answer.status, ...((await answer.json()) as object) }),
        () => undefined,
      );
    await expect.poll(health, { timeout: 15_000, interval: 100 }).toMatchObject({
      status: 'starting',
      reason: 'Esperando a que PostgreSQL conteste.',
    });
    const page = await fetch(`http://127.0.0.1:${port}/`, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(503);
    expect(await page.text()).toContain('está arrancando');
    waiting.child.kill('SIGINT');
    waiting.child.kill('SIGTERM');
    expect(await waiting.ended).toBe(0);
  }, 30_000);

  test('a folder in use, a port in use and a wrong environment are one sentence and exit code 1', async () => {
    const DATA_DIR = await folder();
    const lock = acquireLock(DATA_DIR);
    closeAtEnd(async () => lock.release());
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', () => resolve()));
    closeAtEnd(() => new Promise((resolve) => blocker.close(() => resolve())));
    const address = blocker.address();
    const busy = String(typeof address === 'object' && address !== null ? address.port : 0);

    const refused: [Record<string, string>, RegExp][] = [
      [{ DATA_DIR, DEMO: '0' }, /ya está en uso por el proceso \d+/],
      [{ DATA_DIR: await folder(), PORT: busy }, new RegExp(`El puerto ${busy} ya está ocupado`)],
      [{ HOST: '0.0.0.0', DEMO: '1' }, /contraseñas de la demo son públicas/],
      [{ DATABASE_URL: 'mysql://x' }, /DATABASE_URL/],
    ];
    for (const [env, sentence] of refused) {
      const one = run(env);
      expect(await one.ended).toBe(1);
      expect(one.output()).toMatch(sentence);
      expect(one.output()).not.toContain('at ');
    }
  }, 30_000);
});
