import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { closeAtEnd } from '#tests/db/resources.ts';
import { createDb } from './create-db.ts';

const WRITER = path.resolve(import.meta.dirname, '../../../tests/db/kill-writer.ts');
const ROWS_BEFORE_THE_KILL = 200;

test('kill -9 of the process loses nothing that the embedded database confirmed', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'devcompras-kill-'));
  closeAtEnd(() => rm(dir, { recursive: true, force: true }));
  const dataDir = path.join(dir, 'pglite');
  const writer = spawn(process.execPath, [WRITER, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  writer.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
    if (printed.split('\n').length > ROWS_BEFORE_THE_KILL) writer.kill('SIGKILL');
  });
  const signal = await new Promise((resolve) => writer.once('close', (_code, by) => resolve(by)));
  expect(signal).toBe('SIGKILL');
  const confirmed = printed.slice(0, printed.lastIndexOf('\n')).split('\n').length;

  const db = await createDb({ kind: 'pglite', dataDir });
  closeAtEnd(() => db.close());
  const { rows } = await db.pool.query<{ n: number; total: string }>(
    'select max(n) as n, count(*) as total from acuse',
  );
  expect(rows[0]?.n).toBeGreaterThanOrEqual(confirmed);
  expect(Number(rows[0]?.total)).toBe(rows[0]?.n);
}, 60_000);
