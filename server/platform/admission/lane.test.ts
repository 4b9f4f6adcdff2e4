import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Lane, LaneFull, LaneLeft, type LaneLimits, type Place } from './lane.ts';

const LIMITS: LaneLimits = { running: 2, waiting: 3, waitMs: 5_000, perKey: 2 };

let mono = 0;
let chance = 0;
const lane = (over: Partial<LaneLimits> = {}) =>
  new Lane({ ...LIMITS, ...over }, { mono: () => mono, random: () => chance });

beforeEach(() => {
  vi.useFakeTimers();
  mono = 0;
  chance = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

async function pass(ms: number): Promise<void> {
  mono += ms;
  await vi.advanceTimersByTimeAsync(ms);
}

/** A place that asked for its turn, and how that went. */
function ask(of: Lane, key: string | null = null) {
  const place = of.enter();
  const seen: { end: 'waiting' | 'running' | Error } = { end: 'waiting' };
  place.turn(key).then(
    () => {
      seen.end = 'running';
    },
    (error: Error) => {
      seen.end = error;
    },
  );
  return { place, seen };
}

function refusal(work: () => unknown): LaneFull {
  try {
    work();
  } catch (error) {
    if (error instanceof LaneFull) return error;
    throw error;
  }
  throw new Error('it was let in');
}

describe('a lane', () => {
  test('runs so many at once, the rest in the order they came', async () => {
    const l = lane();
    const all = [1, 2, 3, 4, 5].map(() => ask(l));
    await pass(0);
    expect(all.map(({ seen }) => seen.end)).toEqual(['running', 'running', 'waiting', 'waiting', 'waiting']);
    all[1]!.place.leave();
    await pass(0);
    expect(all[2]!.seen.end).toBe('running');
    expect(l.state).toEqual({ present: 4, waiting: 2, running: 2, refused: 0 });
  });

  test('counts bodies that are still coming, but they take no turn', async () => {
    const l = lane();
    const slow = [1, 2, 3, 4].map(() => l.enter());
    const quick = ask(l);
    await pass(0);
    expect(quick.seen.end).toBe('running');
    refusal(() => l.enter());
    slow[0]!.leave();
    l.enter();
    expect(l.state.present).toBe(5);
  });

  test('who goes away while waiting leaves the queue at once', async () => {
    const l = lane({ running: 1 });
    const [first, second, third] = [ask(l), ask(l), ask(l)];
    await pass(0);
    second.place.leave();
    await pass(0);
    expect(second.seen.end).toBeInstanceOf(LaneLeft);
    expect(l.state).toMatchObject({ present: 2, waiting: 1, running: 1 });
    first.place.leave();
    first.place.leave();
    await pass(0);
    expect(third.seen.end).toBe('running');
    third.place.leave();
    expect(l.state).toMatchObject({ present: 0, waiting: 0, running: 0 });
  });

  test('nobody waits longer than the longest wait', async () => {
    const l = lane({ running: 1 });
    ask(l);
    const late = ask(l);
    await pass(4_999);
    expect(late.seen.end).toBe('waiting');
    await pass(1);
    expect(late.seen.end).toBeInstanceOf(LaneFull);
    expect(l.state).toMatchObject({ present: 1, waiting: 0, running: 1, refused: 1 });
  });

  test('one phone cannot hold more than its share, and gets it back', async () => {
    const l = lane({ running: 4 });
    const mine = [ask(l, 'a'), ask(l, 'a')];
    const greedy = ask(l, 'a');
    const other = ask(l, 'b');
    await pass(0);
    expect(greedy.seen.end).toBeInstanceOf(LaneFull);
    expect(other.seen.end).toBe('running');
    mine[0]!.place.leave();
    const again = ask(l, 'a');
    await pass(0);
    expect(again.seen.end).toBe('running');
  });

  test('Retry-After is whole seconds, spread by chance, grows with what was refused and ends at 30', async () => {
    const l = lane({ running: 1, waiting: 0 });
    ask(l).place.leave();
    const busy = ask(l);
    await pass(0);
    expect(refusal(() => l.enter()).retryAfterS).toBe(1);
    chance = 0.9;
    expect(refusal(() => l.enter()).retryAfterS).toBe(2);
    for (let i = 0; i < 2_000; i += 1) expect(refusal(() => l.enter()).retryAfterS).toBeLessThanOrEqual(30);
    expect(refusal(() => l.enter()).retryAfterS).toBeGreaterThan(20);
    busy.place.leave();
    await pass(120_000);
    ask(l);
    expect(refusal(() => l.enter()).retryAfterS).toBeLessThanOrEqual(2);
  });

  test('whatever happens in whatever order, no bound is passed and every turn comes back', async () => {
    type Step = { what: 'enter' | 'turn' | 'leave' | 'pass'; which: number; key: string };
    const step: fc.Arbitrary<Step> = fc.record({
      what: fc.constantFrom('enter', 'enter', 'turn', 'turn', 'leave', 'pass'),
      which: fc.nat(40),
      key: fc.constantFrom('a', 'b', 'c'),
    });
    const limits = fc.record({
      running: fc.integer({ min: 1, max: 4 }),
      waiting: fc.integer({ min: 0, max: 5 }),
      waitMs: fc.constantFrom(10, 1_000),
      perKey: fc.integer({ min: 1, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(limits, fc.array(step, { maxLength: 80 }), async (of, steps) => {
        const l = lane(of);
        const places: Place[] = [];
        const asked = new Set<Place>();
        const turns: Promise<void>[] = [];
        for (const { what, which, key } of steps) {
          const at = places[which % Math.max(1, places.length)];
          if (what === 'enter') {
            const full = l.state.present >= of.running + of.waiting;
            try {
              places.push(l.enter());
              expect(full).toBe(false);
            } catch (error) {
              if (!(error instanceof LaneFull)) throw error;
              expect(full).toBe(true);
            }
          } else if (what === 'turn' && at !== undefined && !asked.has(at)) {
            asked.add(at);
            turns.push(at.turn(key).catch(() => undefined));
          } else if (what === 'leave') at?.leave();
          else if (what === 'pass') await pass(10);
          const { present, waiting, running } = l.state;
          expect(running).toBe(places.filter((place) => place.running).length);
          expect(running).toBeLessThanOrEqual(of.running);
          expect(present).toBeLessThanOrEqual(of.running + of.waiting);
          // Nobody waits beside a free turn.
          if (waiting > 0) expect(running).toBe(of.running);
        }
        for (const place of places) place.leave();
        await Promise.all(turns);
        expect(l.state).toMatchObject({ present: 0, waiting: 0, running: 0 });
        const after = Array.from({ length: Math.min(of.running, of.perKey) }, () => ask(l, 'a'));
        await pass(0);
        expect(after.map(({ seen }) => seen.end)).toEqual(after.map(() => 'running'));
      }),
      { numRuns: 150 },
    );
  });
});
