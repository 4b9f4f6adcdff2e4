import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { recogeDeOtrasPestanas } from './arranque.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('sends what another tab saved and was closed before sending', async () => {
  const engine = {
    status: { fase: 'nivelado', sinSesion: false, problema: null },
    poke: vi.fn(),
  } as unknown as Parameters<typeof recogeDeOtrasPestanas>[0];
  let pending = 0;
  const stop = recogeDeOtrasPestanas(engine, async () => ({ pending }));
  await vi.advanceTimersByTimeAsync(20_000);
  expect(engine.poke).not.toHaveBeenCalled();
  pending = 1;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(engine.poke).toHaveBeenCalledWith('guardado');
  stop();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(engine.poke).toHaveBeenCalledTimes(1);
});
