import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FRAME_WATCH, type WatchedVideo, watchFrames } from './frame-watch.ts';

let frame: (() => void) | null;
let place: { top: number; bottom: number; width: number };
const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
const video: WatchedVideo = {
  requestVideoFrameCallback: (callback) => {
    frame = callback as () => void;
    return 1;
  },
  cancelVideoFrameCallback: () => {
    frame = null;
  },
  getBoundingClientRect: () => place as DOMRect,
};
const onStill = vi.fn();
/** The camera gives ten pictures a second for that long. */
function plays(ms: number): void {
  for (let passed = 0; passed < ms; passed += 100) {
    frame?.();
    vi.advanceTimersByTime(100);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  onStill.mockReset();
  place = { top: 0, bottom: 200, width: 360 };
  page.visibilityState = 'visible';
  vi.stubGlobal('document', page);
  vi.stubGlobal('window', { innerHeight: 740 });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('frames that stop coming are told once, within four seconds', () => {
  watchFrames(video, onStill);
  plays(30_000);
  expect(onStill).not.toHaveBeenCalled();
  vi.advanceTimersByTime(FRAME_WATCH.stillMs + FRAME_WATCH.everyMs);
  expect(onStill).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(60_000);
  expect(onStill).toHaveBeenCalledTimes(1);
});

test('a camera that never gives a first picture has six seconds', () => {
  watchFrames(video, onStill);
  vi.advanceTimersByTime(FRAME_WATCH.firstMs - 1);
  expect(onStill).not.toHaveBeenCalled();
  vi.advanceTimersByTime(FRAME_WATCH.everyMs);
  expect(onStill).toHaveBeenCalledTimes(1);
});

test.each<[string, () => void]>([
  ['a hidden page', () => Object.assign(page, { visibilityState: 'hidden' })],
  ['a video scrolled away', () => Object.assign(place, { top: -400, bottom: -200 })],
])('%s proves nothing', (_, hide) => {
  watchFrames(video, onStill);
  plays(1_000);
  hide();
  vi.advanceTimersByTime(60_000);
  page.visibilityState = 'visible';
  Object.assign(place, { top: 0, bottom: 200 });
  plays(10_000);
  expect(onStill).not.toHaveBeenCalled();
});

test('nothing is told after it was stopped, nor where frames can’t be told apart', () => {
  watchFrames(video, onStill)();
  watchFrames({ ...video, requestVideoFrameCallback: undefined as never }, onStill);
  vi.advanceTimersByTime(60_000);
  expect(onStill).not.toHaveBeenCalled();
});
