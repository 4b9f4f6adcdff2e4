import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type FakeCamera, fakeCamera } from '#tests/scanner/fake-camera.ts';
import { CAMERA_TIMES, CameraSession } from './camera-session.ts';

// why: @zxing/browser lists the cameras of a real browser; here there are none
vi.mock('@zxing/browser', () => ({ BrowserCodeReader: { listVideoInputDevices: async () => [] } }));

let camera: FakeCamera;
let session: CameraSession;
const state = () => session.getSnapshot().state;
/** Lets pending promises and timers of this long run. */
const passes = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  camera = fakeCamera();
  session = new CameraSession();
});
afterEach(() => {
  session.dispose();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('one MediaStream for the whole count session', () => {
  test('asks for 1280×720 of the environment camera, once, however often a view starts it', async () => {
    await Promise.all([session.start(), session.start()]);
    await session.start();
    expect(camera.asked).toEqual([
      {
        audio: false,
        video: { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: { ideal: 'environment' } },
      },
    ]);
    expect(state()).toBe('encendida');
  });

  test('a view that comes back within a minute finds the same stream; later the camera has gone off', async () => {
    await session.start();
    const { stream } = session.getSnapshot();
    session.unseen();
    await passes(CAMERA_TIMES.unseenMs - 1);
    await session.start();
    await passes(CAMERA_TIMES.unseenMs);
    expect(session.getSnapshot().stream).toBe(stream);
    session.unseen();
    await passes(CAMERA_TIMES.unseenMs);
    expect([state(), camera.latest().readyState]).toEqual(['apagada', 'ended']);
  });

  test('leaving the route gives the hardware back, also when the answer was still on its way', async () => {
    const starting = session.start();
    session.dispose();
    await starting;
    expect(camera.latest().readyState).toBe('ended');
    expect(session.getSnapshot().stream).toBe(null);
  });
});

describe('re-acquire after background', () => {
  test('a stream that the background ended is taken again at the return, with the same lens', async () => {
    await session.chooseLens('gran-angular');
    camera.hide();
    camera.latest().end();
    await passes(60_000);
    expect(camera.tracks).toHaveLength(1);
    camera.show();
    await passes(0);
    expect(state()).toBe('encendida');
    expect(camera.tracks.map(({ lensId }) => lensId)).toEqual(['gran-angular', 'gran-angular']);
  });

  test('a live stream is kept', async () => {
    await session.start();
    camera.hide();
    camera.show();
    await passes(CAMERA_TIMES.muteMs);
    expect(camera.tracks).toHaveLength(1);
  });

  test('a stream that came back mute is taken again after two seconds', async () => {
    await session.start();
    camera.hide();
    camera.latest().mute();
    await passes(10_000);
    expect(camera.tracks).toHaveLength(1);
    camera.show();
    await passes(CAMERA_TIMES.muteMs);
    expect(camera.tracks).toHaveLength(2);
    expect(state()).toBe('encendida');
  });

  test('a camera that was turned off stays off', async () => {
    await session.start();
    session.stop();
    camera.hide();
    camera.show();
    await passes(10_000);
    expect(camera.tracks).toHaveLength(1);
  });

  test('a permission given in the settings meanwhile opens it; one still refused is not asked again', async () => {
    camera.failure = 'NotAllowedError';
    camera.permission = 'denied';
    await session.start();
    camera.hide();
    camera.show();
    await passes(0);
    expect([state(), camera.asked.length]).toEqual(['sin_permiso', 1]);
    camera.failure = null;
    camera.permission = 'granted';
    camera.show();
    await passes(0);
    expect(state()).toBe('encendida');
  });
});

describe('never a dead screen', () => {
  test('a track that ends in the foreground is taken again', async () => {
    await session.start();
    camera.latest().end();
    await passes(0);
    expect([state(), camera.tracks.length]).toEqual(['encendida', 2]);
  });

  test('mute for more than two seconds is taken again; a shorter one is waited for', async () => {
    await session.start();
    camera.latest().mute();
    await passes(CAMERA_TIMES.muteMs - 1);
    camera.latest().mute(false);
    await passes(CAMERA_TIMES.muteMs);
    expect(camera.tracks).toHaveLength(1);
    camera.latest().mute();
    await passes(CAMERA_TIMES.muteMs);
    expect(camera.tracks).toHaveLength(2);
  });

  test('after two restarts in half a minute it says so and waits for the button, which starts anew', async () => {
    await session.start();
    for (let time = 0; time < 3; time += 1) {
      session.stalled();
      await passes(1_000);
    }
    expect(state()).toBe('detenida');
    expect(camera.tracks).toHaveLength(3);
    expect(camera.tracks.every(({ readyState }) => readyState === 'ended')).toBe(true);
    await session.restart();
    expect(state()).toBe('encendida');
    session.stalled();
    await passes(0);
    expect(state()).toBe('encendida');
  });

  test('rare stalls are mended for ever', async () => {
    await session.start();
    for (let time = 0; time < 6; time += 1) {
      session.stalled();
      await passes(CAMERA_TIMES.restartWindowMs);
    }
    expect([state(), camera.tracks.length]).toEqual(['encendida', 7]);
  });

  test('what a late event of a former track says is not heard', async () => {
    await session.start();
    const former = camera.latest();
    await session.chooseLens('tele');
    former.end();
    former.mute();
    await passes(10_000);
    expect(camera.tracks).toHaveLength(2);
  });

  test.each<[string, string]>([
    ['NotAllowedError', 'sin_permiso'],
    ['NotFoundError', 'sin_camara'],
    ['NotReadableError', 'ocupada'],
  ])('%s: the card “%s”', async (name, expected) => {
    camera.failure = name;
    await session.start();
    expect(state()).toBe(expected);
  });

  test('no camera API: an insecure page is told from a device without camera', async () => {
    vi.stubGlobal('navigator', {});
    await session.start();
    expect(state()).toBe('sin_camara');
    vi.stubGlobal('window', Object.assign(new EventTarget(), { isSecureContext: false }));
    await session.restart();
    expect(state()).toBe('insegura');
  });

  test('a camera plugged in opens by itself', async () => {
    camera.failure = 'NotFoundError';
    await session.start();
    camera.failure = null;
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    await passes(0);
    expect(state()).toBe('encendida');
  });
});

describe('the lens', () => {
  test('its choice is remembered; one that is gone falls back to the back camera', async () => {
    await session.chooseLens('tele');
    const next = new CameraSession();
    await next.start();
    expect(camera.latest().lensId).toBe('tele');
    next.dispose();

    const { getUserMedia } = navigator.mediaDevices;
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      if ((constraints!.video as { deviceId?: unknown }).deviceId) {
        throw new DOMException('gone', 'OverconstrainedError');
      }
      return getUserMedia(constraints);
    };
    await session.restart();
    expect([state(), camera.latest().lensId]).toEqual(['encendida', 'trasera']);
  });

  test('torch off by default, focus continuous, and neither is lost when the other is asked for', async () => {
    camera.capabilities = { torch: true, focusMode: ['manual', 'continuous'] };
    await session.start();
    await session.setTorch(true);
    expect(camera.latest().asked).toEqual([
      { focusMode: 'continuous', torch: false },
      { focusMode: 'continuous', torch: true },
    ]);
    expect(session.getSnapshot().torchOn).toBe(true);
    await session.restart();
    expect(session.getSnapshot().torchOn).toBe(false);
  });

  test('zoom where the lens has it, 1× or 2×, remembered per lens', async () => {
    camera.capabilities = { zoom: { min: 1, max: 8 } };
    await session.chooseLens('principal');
    expect([session.getSnapshot().hasZoom, session.getSnapshot().zoom]).toEqual([true, 1]);
    await session.setZoom(2);
    expect(camera.latest().asked.at(-1)).toEqual({ zoom: 2 });
    await session.chooseLens('tele');
    expect(session.getSnapshot().zoom).toBe(1);
    await session.chooseLens('principal');
    expect([session.getSnapshot().zoom, camera.latest().asked]).toEqual([2, [{ zoom: 2 }]]);
  });

  test('a lens that refuses its zoom or torch loses the button, not the picture', async () => {
    camera.capabilities = { torch: true, zoom: { min: 1, max: 8 } };
    await session.start();
    camera.latest().refuses = true;
    await session.setZoom(2);
    await session.setTorch(true);
    const { hasZoom, zoom, hasTorch, torchOn } = session.getSnapshot();
    expect({ hasZoom, zoom, hasTorch, torchOn, state: state() }).toEqual({
      hasZoom: false,
      zoom: 1,
      hasTorch: false,
      torchOn: false,
      state: 'encendida',
    });
  });
});
