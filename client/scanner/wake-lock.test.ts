import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepAwake, LECTURA, WAKE_IDLE_MS } from './wake-lock.ts';

class FakeLock extends EventTarget {
  released = false;
  release = async () => {
    this.released = true;
    this.dispatchEvent(new Event('release'));
  };
}

let locks: FakeLock[];
let page: EventTarget & { visibilityState: string };
let refuses: boolean;
const lit = () => locks.filter(({ released }) => !released).length;
const passes = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  locks = [];
  refuses = false;
  page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  vi.stubGlobal('document', page);
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('navigator', {
    wakeLock: {
      request: async () => {
        if (refuses) throw new DOMException('low battery', 'NotAllowedError');
        const lock = new FakeLock();
        locks.push(lock);
        return lock;
      },
    },
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('wake lock while scanning: from the start, until two minutes after the last key, touch or read', async () => {
  keepAwake();
  await passes(WAKE_IDLE_MS - 1);
  window.dispatchEvent(new Event('keydown'));
  await passes(WAKE_IDLE_MS - 1);
  window.dispatchEvent(new Event(LECTURA));
  await passes(WAKE_IDLE_MS - 1);
  expect([locks.length, lit()]).toEqual([1, 1]);
  await passes(1);
  expect(lit()).toBe(0);
});

test('the next key lights it again', async () => {
  keepAwake();
  await passes(WAKE_IDLE_MS);
  window.dispatchEvent(new Event('keydown'));
  await passes(0);
  expect([locks.length, lit()]).toEqual([2, 1]);
});

test('the system drops it in the background; it is asked for again at the return', async () => {
  keepAwake();
  await passes(0);
  page.visibilityState = 'hidden';
  page.dispatchEvent(new Event('visibilitychange'));
  await locks[0]!.release();
  await passes(0);
  expect(lit()).toBe(0);
  page.visibilityState = 'visible';
  page.dispatchEvent(new Event('visibilitychange'));
  await passes(0);
  expect(lit()).toBe(1);
});

test('given back at the end, also when it was still being asked for', async () => {
  const stop = keepAwake();
  stop();
  await passes(0);
  expect([locks.length, lit()]).toEqual([1, 0]);
  window.dispatchEvent(new Event('keydown'));
  await passes(0);
  expect(locks.length).toBe(1);
});

test('a refusal is ignored', async () => {
  refuses = true;
  const stop = keepAwake();
  await passes(WAKE_IDLE_MS);
  expect(stop).not.toThrow();
  vi.stubGlobal('navigator', {});
  expect(keepAwake()).not.toThrow();
});
