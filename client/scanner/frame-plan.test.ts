import { describe, expect, test } from 'vitest';
import { Acceptance, type RawRead } from './acceptance.ts';
import { type DecodePass, isZbarPass } from './decode-settings.ts';
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
    plan.read(2000, 'fast');
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
    plan.read(5000, 'native');
    expect(plan.next(5010, native)).toBe('native');
  });

  test('lets the pass that read a label look after it', () => {
    const plan = new FramePlan();
    plan.read(0, 'turned');
    expect(passes(plan, 6, native)).toEqual(['turned', 'mid', 'turned', 'turned', 'fast', 'whole']);
  });

  test('gives way to zxing the moment it is off', () => {
    const plan = new FramePlan();
    plan.next(0, native);
    expect(passes(plan, 6, ZXING_ONLY, 50)).toEqual(['fast', 'mid', 'fast', 'turned', 'fast', 'whole']);
  });
});

describe('after leaving the frame: a label that one pass alone reads', () => {
  /** Looks at a label that only `sees` reads, as the loop does; how often it counts. */
  function watch(sees: DecodePass, frameMs: number, until: number, engines = ALL): number {
    const plan = new FramePlan();
    const acceptance = new Acceptance();
    let counted = 0;
    for (let at = 0; at < until; at += frameMs) {
      const pass = plan.next(at, engines);
      const reads = pass === sees ? [{ ...LABEL, pass }] : [];
      if (reads.length > 0) plan.read(at, pass);
      counted += acceptance.frame(reads, at, pass).length;
    }
    return counted;
  }
  const ALL = { native: false, second: true };
  const LABEL: RawRead = { codigo: '7501031311309', simbologia: 'EAN_13', lines: 40, firm: true, pass: '' };

  test.each<DecodePass>(['fast', 'mid', 'sharp', 'turned', 'global', 'whole', 'zbar', 'zbarTurned'])(
    'counts once while it stays: %s, from 30 to 4 frames a second',
    (pass) => {
      for (const frameMs of [33, 66, 125, 250]) expect(watch(pass, frameMs, 20_000)).toBe(1);
    },
  );

  test('and again when it came back after the cool-down', () => {
    const acceptance = new Acceptance();
    expect(acceptance.frame([{ ...LABEL, pass: 'zbar' }], 0, 'zbar')).toHaveLength(1);
    for (let at = 50; at < 900; at += 50) acceptance.frame([], at, at % 150 === 0 ? 'zbar' : 'fast');
    expect(acceptance.frame([{ ...LABEL, pass: 'zbar' }], 1900, 'zbar')).toHaveLength(1);
  });

  test('and when no pass saw it for long, though its own did not look', () => {
    const acceptance = new Acceptance();
    acceptance.frame([{ ...LABEL, pass: 'zbar' }], 0, 'zbar');
    for (let at = 50; at < 2400; at += 50) acceptance.frame([], at, 'fast');
    expect(acceptance.frame([{ ...LABEL, pass: 'zbar' }], 2400, 'zbar')).toEqual([]);
    for (let at = 2450; at < 5000; at += 50) acceptance.frame([], at, 'fast');
    expect(acceptance.frame([{ ...LABEL, pass: 'zbar' }], 5000, 'zbar')).toHaveLength(1);
  });
});
