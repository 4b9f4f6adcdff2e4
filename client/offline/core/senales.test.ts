import { afterEach, expect, test, vi } from 'vitest';
import { cualquiera, plazo } from './senales.ts';

const { any, timeout } = AbortSignal;
afterEach(() => {
  Object.assign(AbortSignal, { any, timeout });
  vi.useRealTimers();
});

test.each([true, false])('abort with the first one (native: %s)', (native) => {
  if (!native) Object.assign(AbortSignal, { any: undefined, timeout: undefined });
  const a = new AbortController();
  const b = new AbortController();
  const both = cualquiera(a.signal, b.signal);
  expect(both.aborted).toBe(false);
  b.abort();
  expect(both.aborted).toBe(true);
  expect(cualquiera(a.signal, b.signal).aborted).toBe(true);
});

test('a deadline without the native one', () => {
  Object.assign(AbortSignal, { timeout: undefined });
  vi.useFakeTimers();
  const signal = plazo(50);
  vi.advanceTimersByTime(49);
  expect(signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(signal.aborted).toBe(true);
});
