import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { dbKind, testDb } from '#tests/db/harness.ts';
import { closeAtEnd } from '#tests/db/resources.ts';
import { createLogger } from '../logger.ts';
import { createJobs, type JobKind } from './jobs.ts';

const db = await testDb();
const jobs = createJobs(db, createLogger('silent'), 0.5);
closeAtEnd(() => jobs.close());

function kind(name: string, run: JobKind<{ n: number }>['run']): JobKind<{ n: number }> {
  return { name, schema: z.object({ n: z.number() }), retries: 2, retryDelayS: 1, timeoutS: 60, run };
}

describe(`jobs (${dbKind()})`, () => {
  test('start with the transaction that adds them, never for one that was rolled back', async () => {
    const done: number[] = [];
    const suma = kind('prueba.suma', async ({ n }) => void done.push(n));
    await jobs.work(suma);
    await expect(
      db.asService(async (tx) => {
        await jobs.enqueue(tx, suma, { n: 1 });
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    await db.asService((tx) => jobs.enqueue(tx, suma, { n: 2 }));
    // NOTIFY wakes the worker; without it the poll is after 30 s.
    await expect.poll(() => done, { timeout: 10_000 }).toEqual([2]);
  });

  test('are done again after a failure, until it is well', async () => {
    const retries: number[] = [];
    const terca = kind('prueba.terca', async (_, { retry }) => {
      retries.push(retry);
      if (retry === 0) throw new Error('the first time it fails');
    });
    await jobs.work(terca);
    await db.asService((tx) => jobs.enqueue(tx, terca, { n: 1 }));
    await expect.poll(() => retries, { timeout: 30_000, interval: 200 }).toEqual([0, 1]);
  });

  test('of one key wait or run once at a time, of none as often as they are added', async () => {
    const sola = kind('prueba.sola', async () => undefined);
    await expect(db.asService((tx) => jobs.enqueue(tx, sola, { n: 0 }))).rejects.toThrow('not prepared');
    await jobs.prepare(sola);
    const ids = await db.asService(async (tx) => [
      await jobs.enqueue(tx, sola, { n: 1 }, { key: 'a' }),
      await jobs.enqueue(tx, sola, { n: 2 }, { key: 'a' }),
      await jobs.enqueue(tx, sola, { n: 3 }, { key: 'b' }),
      await jobs.enqueue(tx, sola, { n: 4 }),
      await jobs.enqueue(tx, sola, { n: 5 }),
    ]);
    expect(ids.map((id) => id !== null)).toEqual([true, false, true, true, true]);
  });

  test('that a stopping process leaves are done by the next one', async () => {
    const first = createJobs(db, createLogger('silent'), 0.5);
    let started = 0;
    const larga = kind('prueba.larga', async (_, { signal }) => {
      started++;
      await sleep(60_000, undefined, { signal });
    });
    await first.work(larga);
    await db.asService((tx) => first.enqueue(tx, larga, { n: 7 }));
    await expect.poll(() => started, { timeout: 10_000 }).toBe(1);
    await first.close();

    const done: number[] = [];
    await jobs.work({ ...larga, run: async ({ n }) => void done.push(n) });
    await expect.poll(() => done, { timeout: 30_000, interval: 200 }).toEqual([7]);
  });
});
