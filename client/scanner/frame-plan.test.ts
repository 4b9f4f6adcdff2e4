import { describe, expect, test } from 'vitest';
import { isZbarPass } from './decode-settings.ts';
import { FramePlan, NATIVE_ALONE_MS, SECOND_OPINION_MS } from './frame-plan.ts';

const ZXING_ONLY = { native: false, second: false };
const FRAME_MS = 50;

function passes(plan: FramePlan, frames: number, engines = ZXING_ONLY, from = 0): string[] {
  return Array.from({ length: frames }, (_, n) => plan.next(from + n * FRAME_MS, engines));
}

test('alternate fast and mid settings, every 6th frame whole', () => {
  expect(passes(new FramePlan(), 6)).toEqual(['fast', 'mid', 'fast', 'turned', 'fast', 'whole']);
  const round = passes(new FramePlan(), 24);
  expect(round.filter((pass) => pass === 'fast')).toHaveLength(12);
  expect(round.filter((pass) => pass === 'whole')).toHaveLength(4);
  expect(new Set(round)).toEqual(
    new Set(['fast', 'mid', 'turned', 'sharp', 'turnedSharp', 'global', 'whole']),
  );
});

describe('zbar as a second opinion after 1.5 s without a read', () => {
  test('not before, and then one frame in six, each way in turn', () => {
    const plan = new FramePlan();
    const engines = { native: false, second: true };
    const before = passes(plan, SECOND_OPINION_MS / FRAME_MS, engines);
    expect(before.some((pass) => isZbarPass(pass as 'zbar'))).toBe(false);
    const after = passes(plan, 24, engines, SECOND_OPINION_MS);
    expect(after.filter((pass) => pass.startsWith('zbar'))).toEqual([
      'zbar',
      'zbarTurned',
      'zbarSharp',
      'zbarTilted',
    ]);
    expect(after.filter((pass) => pass === 'fast')).toHaveLength(8);
  });

  test('a read begins the wait anew', () => {
    const plan = new FramePlan();
    passes(plan, 40);
    expect(plan.wantsSecond(2000)).toBe(true);
    expect(plan.wantsSecond(2050), 'asked once').toBe(false);
    plan.read(2000);
    expect(plan.wantsSecond(2000 + SECOND_OPINION_MS - 1)).toBe(false);
    expect(plan.wantsSecond(2000 + SECOND_OPINION_MS)).toBe(true);
    expect(passes(plan, 18, { native: false, second: true }, 2000).join()).not.toContain('zbar');
  });

  test('counting goes on without it', () => {
    const plan = new FramePlan();
    expect(plan.wantsSecond(0)).toBe(false);
    expect(passes(plan, 60).join()).not.toContain('zbar');
    expect(plan.wantsSecond(60 * FRAME_MS)).toBe(true);
  });
});

describe('the native detector', () => {
  const native = { native: true, second: true };

  test('looks alone at first, and again after each read', () => {
    const plan = new FramePlan();
    const alone = NATIVE_ALONE_MS / FRAME_MS;
    expect(new Set(passes(plan, alone, native))).toEqual(new Set(['native']));
    expect(passes(plan, 6, native, NATIVE_ALONE_MS)).toEqual([
      'native',
      'mid',
      'native',
      'turned',
      'fast',
      'whole',
    ]);
    plan.read(5000);
    expect(plan.next(5010, native)).toBe('native');
  });

  test('gives way to zxing the moment it is off', () => {
    const plan = new FramePlan();
    plan.next(0, native);
    expect(passes(plan, 6, ZXING_ONLY, 50)).toEqual(['fast', 'mid', 'fast', 'turned', 'fast', 'whole']);
  });
});
