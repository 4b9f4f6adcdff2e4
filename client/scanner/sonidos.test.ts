import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ScanSignal } from './sonidos.ts';

const SIGNALS: readonly ScanSignal[] = ['exito', 'desconocido', 'error'];

/** Enough of Web Audio to hear which notes are asked for. */
function fakeAudio(state: 'running' | 'suspended', wake: Promise<void> = Promise.resolve()) {
  const notes: { hz: number; start: number; seconds: number; wave: string }[] = [];
  class FakeAudioContext {
    readonly state = state;
    readonly currentTime = 10;
    readonly destination = {};
    resume = () => wake;
    createOscillator() {
      const frequency = { value: 0 };
      let start = 0;
      const oscillator = {
        type: '',
        frequency,
        connect: (to: object) => to,
        start: (at: number) => {
          start = at;
        },
        stop: (at: number) => {
          notes.push({ hz: frequency.value, start, seconds: at - start, wave: oscillator.type });
        },
      };
      return oscillator;
    }
    createGain() {
      const gain = { setValueAtTime: vi.fn(), linearRampToValueAtTime: vi.fn() };
      return { gain, connect: (to: object) => to };
    }
  }
  return { notes, FakeAudioContext };
}

const vibrate = vi.fn();
beforeEach(() => {
  vi.resetModules();
  vibrate.mockReset();
  vi.stubGlobal('navigator', { vibrate });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

test('success, unknown and error differ in pitch, in rhythm and in vibration', async () => {
  const { notes, FakeAudioContext } = fakeAudio('running');
  vi.stubGlobal('AudioContext', FakeAudioContext);
  const { signalScan } = await import('./sonidos.ts');
  const heard = SIGNALS.map((signal) => {
    notes.length = 0;
    signalScan(signal);
    return {
      pitches: notes.map(({ hz }) => hz),
      seconds: notes.reduce((sum, note) => sum + note.seconds, 0),
    };
  });
  expect(new Set(heard.map(({ pitches }) => pitches.join())).size).toBe(3);
  // An octave between success and what needs a look, so that loss of the high range does not merge them.
  const [exito, desconocido, error] = heard.map(({ pitches }) => Math.max(...pitches));
  expect(exito! / desconocido!).toBeGreaterThanOrEqual(2);
  expect(desconocido! / error!).toBeGreaterThanOrEqual(2);
  expect(heard[2]!.seconds).toBeGreaterThan(heard[0]!.seconds * 3);
  expect(new Set(vibrate.mock.calls.map(([pattern]) => String(pattern))).size).toBe(3);
});

test('without audio or motor scanning goes on in silence', async () => {
  vi.stubGlobal('navigator', {});
  const { signalScan } = await import('./sonidos.ts');
  for (const signal of SIGNALS) expect(() => signalScan(signal)).not.toThrow();
});

test('a sound that would come too late is not played: it would be taken for the next scan’s', async () => {
  let wake = () => {};
  const waking = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const { notes, FakeAudioContext } = fakeAudio('suspended', waking);
  vi.stubGlobal('AudioContext', FakeAudioContext);
  const now = vi.spyOn(performance, 'now').mockReturnValue(1_000);
  const { signalScan } = await import('./sonidos.ts');
  signalScan('exito');
  now.mockReturnValue(1_300);
  wake();
  await waking;
  expect(notes).toEqual([]);
  expect(vibrate).toHaveBeenCalledTimes(1);
  now.mockRestore();
});
