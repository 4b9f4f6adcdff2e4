import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ScanEvent } from './scan-event.ts';
import { listenForWedge } from './use-wedge.ts';

/** The window that the keys of a gun reach, without a browser. */
let target: Window;
let scans: ScanEvent[];
let paces: number[];
let at: number;

/** A key at the instant `at`, on the clock that the page sees too. */
function press(key: string): void {
  const event = Object.assign(new Event('keydown', { cancelable: true }), {
    key,
    code: '',
    keyCode: key.charCodeAt(0),
    repeat: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    getModifierState: () => false,
  });
  Object.defineProperty(event, 'timeStamp', { value: at });
  target.dispatchEvent(event);
}

/** A trigger pull: a key every 10 ms, then Enter. */
function gun(codigo: string): void {
  for (const key of [...codigo, 'Enter']) {
    press(key);
    wait(10);
  }
}

function wait(ms: number): void {
  at += ms;
  vi.advanceTimersByTime(ms);
}

function listen(bounceMs?: number): void {
  scans = [];
  paces = [];
  listenForWedge(
    target,
    { onScan: (event) => scans.push(event), onReject: () => {}, onPace: (ms) => paces.push(ms) },
    bounceMs,
  );
}

beforeEach(() => {
  vi.useFakeTimers();
  at = performance.now();
  class Field {}
  vi.stubGlobal('HTMLInputElement', Field);
  vi.stubGlobal('HTMLTextAreaElement', Field);
  target = Object.assign(new EventTarget(), {
    setTimeout: (run: () => void, ms: number) => setTimeout(run, ms),
    clearTimeout: (timer: number) => clearTimeout(timer),
  }) as unknown as Window;
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('ms per read of a gun, from its first key to its acceptance', () => {
  test('with Enter', () => {
    listen();
    gun('PH-2840');
    expect([scans.map(({ codigo }) => codigo), paces]).toEqual([['PH-2840'], [70]]);
  });

  test('without Enter the silence that ends the code is part of it', () => {
    listen();
    for (const key of '7501031311309') {
      press(key);
      wait(10);
    }
    wait(500);
    expect(scans).toHaveLength(1);
    expect(paces[0]).toBeGreaterThanOrEqual(120 + 80);
  });
});

describe('every trigger counts, bounces don’t', () => {
  /** The same label again, beginning this long after its last key. */
  const again = (ms: number) => {
    gun('PH-2840');
    wait(ms - 20);
    gun('PH-2840');
  };

  test('200 ms where this device saved nothing else', () => {
    listen();
    again(180);
    expect(scans).toHaveLength(1);
    wait(1000);
    again(300);
    expect(scans).toHaveLength(3);
  });

  test('what the scanner test saved, where this device’s gun shows doubles', () => {
    listen(350);
    again(300);
    expect(scans).toHaveLength(1);
    wait(1000);
    again(400);
    expect(scans).toHaveLength(3);
  });
});
