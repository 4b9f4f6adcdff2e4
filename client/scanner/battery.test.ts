import { afterEach, expect, test, vi } from 'vitest';
import { watchBattery } from './battery.ts';

class FakeBattery extends EventTarget {
  level = 0.5;
  charging = false;
  set(level: number, charging = false): void {
    const event = charging === this.charging ? 'levelchange' : 'chargingchange';
    Object.assign(this, { level, charging });
    this.dispatchEvent(new Event(event));
  }
}

afterEach(() => vi.unstubAllGlobals());

test('a battery at 15 % or less that is not charging is told, and when that is over', async () => {
  const battery = new FakeBattery();
  vi.stubGlobal('navigator', { getBattery: async () => battery });
  const told: (number | null)[] = [];
  const stop = watchBattery((percent) => told.push(percent));
  await Promise.resolve();
  battery.set(0.16);
  battery.set(0.15);
  battery.set(0.15, true);
  battery.set(0.12, true);
  battery.set(0.12, false);
  stop();
  battery.set(0.01);
  expect(told).toEqual([null, null, 15, null, null, 12]);
});

test.each<[string, object]>([
  ['does not know', {}],
  ['refuses', { getBattery: () => Promise.reject(new DOMException('no', 'NotAllowedError')) }],
])('a browser that %s says nothing', async (_, navigator) => {
  vi.stubGlobal('navigator', navigator);
  const told = vi.fn();
  watchBattery(told)();
  await Promise.resolve();
  expect(told).not.toHaveBeenCalled();
});
