import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { dbKind, testDb } from '#tests/db/harness.ts';
import { sqlState } from './retry.ts';

const db = await testDb({ migrated: false });

describe(`the database over one interface (${dbKind()})`, () => {
  test('values arrive exactly: numeric, int8 and dates as text, timestamptz as Date', async () => {
    const { rows } = await db.pool.query(
      `select 1.50000::numeric(18,5) as n, 9007199254740993::int8 as i, date '2026-02-28' as d,
              timestamptz '2026-01-01T00:00:00Z' as t, array[1.1::numeric, 2.20] as a`,
    );
    expect(rows[0]).toEqual({
      n: '1.50000',
      i: '9007199254740993',
      d: '2026-02-28',
      t: new Date('2026-01-01T00:00:00Z'),
      a: ['1.1', '2.20'],
    });
  });

  test('a parameter of 5 MB goes and comes back whole', async () => {
    const big = 'ñ'.repeat(2_500_000);
    const { rows } = await db.pool.query<{ v: string }>('select $1::text as v', [big]);
    expect(rows[0]?.v === big).toBe(true);
  });

  test('a statement that fails inside a transaction leaves the connection usable', async () => {
    await expect(db.asService((tx) => sql`select 1/0`.execute(tx))).rejects.toSatisfy(
      (error) => sqlState(error) === '22012',
    );
    const parse = db.asService((tx) => sql`selec nothing`.execute(tx));
    await expect(parse).rejects.toSatisfy((error) => sqlState(error) === '42601');
    const { rows } = await db.pool.query('select 1 as uno');
    expect(rows).toEqual([{ uno: 1 }]);
  });

  test('an error inside a savepoint can be left behind', async () => {
    const result = await db.asService(async (tx) => {
      await sql`savepoint a`.execute(tx);
      await expect(sql`select 1/0`.execute(tx)).rejects.toThrow();
      await sql`rollback to savepoint a`.execute(tx);
      return (await sql<{ x: number }>`select 7 as x`.execute(tx)).rows[0]?.x;
    });
    expect(result).toBe(7);
  });

  test('a failed statement that was caught and forgotten fails the transaction loudly', async () => {
    const swallowed = db.asService(async (tx) => {
      await sql`select 1/0`.execute(tx).catch(() => undefined);
    });
    await expect(swallowed).rejects.toSatisfy((error) => sqlState(error) === '25P02');
  });

  test('notifications reach listeners, and stop reaching them', async () => {
    const heard: string[] = [];
    const stop = await db.listen('Canal raro', (payload) => heard.push(payload));
    await db.asService((tx) => sql`select pg_notify('Canal raro', 'uno')`.execute(tx));
    await expect.poll(() => heard).toEqual(['uno']);
    await stop();
    await db.pool.query(`select pg_notify('Canal raro', 'dos')`);
    await db.pool.query('select 1');
    expect(heard).toEqual(['uno']);
  });

  test('a serialization failure runs the transaction again, any other error does not', async () => {
    let runs = 0;
    const result = await db.asService(async (tx) => {
      runs++;
      if (runs < 3) await sql`do $$ begin raise sqlstate '40001'; end $$`.execute(tx);
      return runs;
    });
    expect(result).toBe(3);
    runs = 0;
    const failing = db.asService(async (tx) => {
      runs++;
      await sql`do $$ begin raise sqlstate '23505'; end $$`.execute(tx);
    });
    await expect(failing).rejects.toThrow();
    expect(runs).toBe(1);
  });

  test.runIf(dbKind() === 'pglite')(
    'the root database inside a transaction is refused instead of waiting for itself',
    async () => {
      const refused = /used inside a transaction/;
      await expect(db.asService(() => db.pool.query('select 1'))).rejects.toThrow(refused);
      await expect(db.asService(() => sql`select 1`.execute(db.kysely))).rejects.toThrow(refused);
      await expect(db.asService(() => db.asService(async () => 1))).rejects.toThrow(refused);
      let later: Promise<unknown> | undefined;
      await db.asService(async () => {
        later = new Promise((resolve) => setTimeout(resolve, 20)).then(() =>
          db.pool.query('select 1 as uno'),
        );
      });
      expect(await later).toMatchObject({ rows: [{ uno: 1 }] });
    },
  );

  test('two hundred statements at once keep their answers apart', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) => db.pool.query<{ v: number }>('select $1::int as v', [i])),
    );
    expect(answers.map(({ rows }) => rows[0]?.v)).toEqual(Array.from({ length: 200 }, (_, i) => i));
  });
});
