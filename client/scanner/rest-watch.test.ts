import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { REST_MS, watchRest } from './rest-watch.ts';

const onRest = vi.fn();
beforeEach(() => {
  vi.useFakeTimers();
  onRest.mockReset();
});
afterEach(() => vi.useRealTimers());

test('the camera rests after 20 s in which no code was seen, once', () => {
  watchRest(onRest);
  vi.advanceTimersByTime(REST_MS - 1);
  expect(onRest).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  expect(onRest).toHaveBeenCalledTimes(1);
});

test('each code seen puts it off; a stopped watch says nothing', () => {
  const watch = watchRest(onRest);
  for (let passed = 0; passed < 60_000; passed += 10_000) {
    vi.advanceTimersByTime(10_000);
    watch.seen();
  }
  expect(onRest).not.toHaveBeenCalled();
  watch.stop();
  vi.advanceTimersByTime(60_000);
  expect(onRest).not.toHaveBeenCalled();
});
