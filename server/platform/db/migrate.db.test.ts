import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { testDatabaseUrl, testDb } from '#tests/db/harness.ts';
import { closeAtEnd } from '#tests/db/resources.ts';
import { createDb } from './create-db.ts';
import type { Db } from './db.ts';
import { currentMigration, migrate, readMigrations } from './migrate.ts';

async function folder(files: Record<string, string>): Promise<string> {
  const dir = await mkdtemp(path.join(tmpdir(), 'devcompras-migraciones-'));
  for (const [name, sql] of Object.entries(files)) await writeFile(path.join(dir, name), sql);
  return dir;
}

async function load(files: Record<string, string>) {
  return readMigrations(await folder(files));
}

async function tables(db: Db): Promise<string[]> {
  const { rows } = await db.pool.query<{ n: string }>(
    `select relname as n from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  );
  return rows.map(({ n }) => n);
}

const ONE = { '0001_uno.sql': 'create table uno (id int); insert into uno values (1);' };
const TWO = { ...ONE, '0002_dos.sql': 'create table dos (id int);' };

describe('migrations', () => {
  test('apply once, in order, and say which is the newest', async () => {
    const db = await testDb({ migrated: false });
    expect(await migrate(db, await load(ONE))).toEqual({ applied: ['0001_uno'], current: '0001_uno' });
    expect(await migrate(db, await load(TWO))).toEqual({ applied: ['0002_dos'], current: '0002_dos' });
    expect(await migrate(db, await load(TWO))).toEqual({ applied: [], current: '0002_dos' });
    expect(await currentMigration(db)).toBe('0002_dos');
    expect(await tables(db)).toEqual(['dos', 'uno']);
  });

  test('four processes that start at once all succeed, and each file runs once', async () => {
    const url = await testDatabaseUrl({ migrated: false });
    const processes = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const db = await createDb({ kind: 'postgres', url, max: 2 });
        closeAtEnd(() => db.close());
        return db;
      }),
    );
    const migrations = await load(TWO);
    const results = await Promise.all(processes.map((db) => migrate(db, migrations)));
    expect(results.flatMap(({ applied }) => applied).sort()).toEqual(['0001_uno', '0002_dos']);
    expect(results.map(({ current }) => current)).toEqual(Array(4).fill('0002_dos'));
  });

  test('a failing file leaves nothing of itself, says the line, and the earlier ones stay', async () => {
    const db = await testDb({ migrated: false });
    const broken = await load({
      ...ONE,
      '0002_rota.sql': 'create table rota (id int);\nselect nada from ninguna;',
    });
    await expect(migrate(db, broken)).rejects.toThrow(/0002_rota no se pudo aplicar \(línea 2\)/);
    expect(await tables(db)).toEqual(['uno']);
    expect(await migrate(db, await load(TWO))).toMatchObject({ applied: ['0002_dos'] });
  });

  test('a changed, an unknown and a late file are refused', async () => {
    const db = await testDb({ migrated: false });
    await migrate(db, await load(TWO));
    await expect(migrate(db, await load({ ...TWO, '0001_uno.sql': 'select 1' }))).rejects.toThrow(
      /cambió después/,
    );
    await expect(migrate(db, await load(ONE))).rejects.toThrow(/versión más nueva/);
    const late = { '0000_tarde.sql': 'select 1', ...TWO };
    await expect(migrate(db, await load(late))).rejects.toThrow(/llegó tarde/);
  });

  test('line ends don’t change the checksum; wrong names and repeated numbers are refused', async () => {
    const [unix] = await load({ '0001_a.sql': 'select 1;\nselect 2;\n' });
    const [windows] = await load({ '0001_a.sql': 'select 1;\r\nselect 2;\r\n' });
    expect(windows?.checksum).toBe(unix?.checksum);
    await expect(load({ 'uno.sql': '' })).rejects.toThrow(/NNNN_nombre/);
    await expect(load({ '0001_a.sql': '', '0001_b.sql': '' })).rejects.toThrow(/repetido/);
  });
});
