import { expect, test } from 'vitest';
import { testDb } from '#tests/db/harness.ts';

const db = await testDb({ migrated: false });

test('a killed LISTEN connection comes back and says that something may be missing', async () => {
  const heard: string[] = [];
  await db.listen('canal', (payload) => heard.push(payload));
  await db.pool.query(`notify canal, 'antes'`);
  await expect.poll(() => heard).toEqual(['antes']);

  await db.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`,
  );
  await expect.poll(() => heard, { timeout: 5_000 }).toEqual(['antes', '']);
  await db.pool.query(`notify canal, 'después'`);
  await expect.poll(() => heard).toEqual(['antes', '', 'después']);
});

test('a connection that PostgreSQL ends in use fails its transaction and not the process', async () => {
  const uncaught: unknown[] = [];
  const note = (error: unknown) => uncaught.push(error);
  process.on('uncaughtException', note);
  const { sql } = await import('kysely');
  const ended = db.asService(async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
    await db.pool.query('select pg_terminate_backend($1)', [rows[0]!.pid]);
    // Between two statements: nobody waits for an answer when the connection goes.
    await new Promise((resolve) => setTimeout(resolve, 200));
    await sql`select 1`.execute(tx);
  });
  await expect(ended).rejects.toThrow();
  expect((await db.pool.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
  process.off('uncaughtException', note);
  expect(uncaught).toEqual([]);
});

test('two writers that lock in opposite orders both get through: the deadlock is tried again', async () => {
  await db.pool.query(
    'create table cuenta (id int primary key, n int); insert into cuenta values (1, 0), (2, 0)',
  );
  const { sql } = await import('kysely');
  let meet: (() => void) | undefined;
  const bothInside = new Promise<void>((resolve) => {
    meet = resolve;
  });
  let inside = 0;
  const move = (first: number, second: number) =>
    db.asService(async (tx) => {
      await sql`update cuenta set n = n + 1 where id = ${first}`.execute(tx);
      inside++;
      if (inside === 2) meet?.();
      await bothInside;
      await sql`update cuenta set n = n + 1 where id = ${second}`.execute(tx);
    });
  await Promise.all([move(1, 2), move(2, 1)]);
  expect(inside).toBeGreaterThan(2);
  const { rows } = await db.pool.query('select n from cuenta order by id');
  expect(rows).toEqual([{ n: 2 }, { n: 2 }]);
});
