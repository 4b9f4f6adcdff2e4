import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { bounded, DEFAULT_PACE, readPace, savePace } from './device-pace.ts';

const kept = new Map<string, string>();
beforeEach(() => {
  kept.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  });
});
afterEach(() => vi.unstubAllGlobals());

test('a device that was never tested waits as the rules say', () => {
  expect(readPace()).toEqual({ camaraMs: 1800, reboteMs: 200 });
});

test('what the scanner test saved is read back, one wait at a time', () => {
  expect(savePace({ camaraMs: 1500 })).toBe(true);
  expect(savePace({ reboteMs: 350 })).toBe(true);
  expect(readPace()).toEqual({ camaraMs: 1500, reboteMs: 350 });
});

test('the camera’s cool-down is held to 1.5–2 s, the gun’s bounce to 200–500 ms, whatever was saved', () => {
  kept.set('devcompras.ritmo', '{"camaraMs":300,"reboteMs":9000}');
  expect(readPace()).toEqual({ camaraMs: 1500, reboteMs: 500 });
  kept.set('devcompras.ritmo', '{"camaraMs":"2000","reboteMs":null}');
  expect(readPace()).toEqual(DEFAULT_PACE);
  expect([bounded('camaraMs', 1612), bounded('camaraMs', 1e9), bounded('reboteMs', Number.NaN)]).toEqual([
    1650, 2000, 200,
  ]);
});

test.each(['{', '"x"', '[]'])('what is spoilt counts as nothing saved: %s', (text) => {
  kept.set('devcompras.ritmo', text);
  expect(readPace()).toEqual(DEFAULT_PACE);
});

test('where storage is forbidden the default holds and saving says so', () => {
  vi.stubGlobal('localStorage', {
    getItem: () => {
      throw new Error('forbidden');
    },
    setItem: () => {
      throw new Error('forbidden');
    },
  });
  expect(readPace()).toEqual(DEFAULT_PACE);
  expect(savePace({ camaraMs: 1500 })).toBe(false);
});
