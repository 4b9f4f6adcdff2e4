import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { acquireLock, LockedError, processStart } from './lock.ts';

const folder = (): string => mkdtempSync(path.join(tmpdir(), 'devcompras-lock-'));
const fileIn = (dir: string): string => path.join(dir, 'devcompras.lock');

/** A pid that no process has. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => child.once('exit', resolve));
  return child.pid ?? 0;
}

test('a second taker is refused with a sentence while the first lives, also in one process', () => {
  const dir = folder();
  const lock = acquireLock(dir);
  expect(() => acquireLock(dir)).toThrow(LockedError);
  expect(() => acquireLock(dir)).toThrow(/ya está en uso por el proceso \d+/);
  lock.release();
  expect(existsSync(fileIn(dir))).toBe(false);
  acquireLock(dir).release();
});

test('the folder is made when it is missing', () => {
  const dir = path.join(folder(), 'a', 'b');
  acquireLock(dir).release();
  expect(existsSync(dir)).toBe(true);
});

test('the lock of a dead process is taken over', async () => {
  const dir = folder();
  const dead = { pid: await deadPid(), start: 'x', host: hostname() };
  writeFileSync(fileIn(dir), JSON.stringify(dead));
  const lock = acquireLock(dir);
  expect(JSON.parse(readFileSync(fileIn(dir), 'utf8'))).toMatchObject({ pid: process.pid });
  lock.release();
});

test('a living process that got the dead one’s pid is not taken for the holder', () => {
  const dir = folder();
  const reused = { pid: process.ppid, start: 'another-boot/1', host: hostname() };
  writeFileSync(fileIn(dir), JSON.stringify(reused));
  acquireLock(dir).release();
});

test('a living holder with the same start time is respected', () => {
  const dir = folder();
  const start = processStart(process.ppid);
  writeFileSync(fileIn(dir), JSON.stringify({ pid: process.ppid, start, host: hostname() }));
  expect(() => acquireLock(dir)).toThrow(LockedError);
});

test('a holder on another machine counts as alive while its file is touched', () => {
  const dir = folder();
  writeFileSync(fileIn(dir), JSON.stringify({ pid: 1, start: 'x', host: 'otra-maquina' }));
  expect(() => acquireLock(dir)).toThrow(/otro equipo \(otra-maquina\)/);
  const old = new Date(Date.now() - 120_000);
  utimesSync(fileIn(dir), old, old);
  acquireLock(dir).release();
});

test('a lock file cut short by a crash holds nobody off', () => {
  const dir = folder();
  writeFileSync(fileIn(dir), '{"pid":');
  const old = new Date(Date.now() - 60_000);
  utimesSync(fileIn(dir), old, old);
  acquireLock(dir).release();
});

test('releasing never removes a lock that is somebody else’s by now', () => {
  const dir = folder();
  const lock = acquireLock(dir);
  writeFileSync(fileIn(dir), JSON.stringify({ pid: 1, start: 'y', host: 'otra' }));
  lock.release();
  expect(existsSync(fileIn(dir))).toBe(true);
});
