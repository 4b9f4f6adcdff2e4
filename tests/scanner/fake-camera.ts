/** A browser with cameras, for tests of the session: tracks that end, go mute and refuse, on a clock that tests move. */
import { vi } from 'vitest';
import type { LensCapabilities } from '#client/scanner/lens-settings.ts';

export class FakeTrack extends EventTarget {
  readyState: 'live' | 'ended' = 'live';
  muted = false;
  /** Constraint sets asked for, in order. */
  readonly asked: unknown[] = [];
  refuses = false;
  readonly lensId: string;
  readonly capabilities: LensCapabilities;

  constructor(lensId: string, capabilities: LensCapabilities) {
    super();
    this.lensId = lensId;
    this.capabilities = capabilities;
  }

  getCapabilities = () => this.capabilities;
  getSettings = () => ({ deviceId: this.lensId });
  applyConstraints = async (constraints: { advanced: unknown[] }) => {
    if (this.refuses) throw new DOMException('no', 'OverconstrainedError');
    this.asked.push(constraints.advanced[0]);
  };
  stop = () => {
    this.readyState = 'ended';
  };

  /** The system takes the camera away. */
  end(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }

  mute(muted = true): void {
    this.muted = muted;
    this.dispatchEvent(new Event(muted ? 'mute' : 'unmute'));
  }
}

export interface FakeCamera {
  /** Every track handed out, in order. */
  tracks: FakeTrack[];
  /** What was asked of `getUserMedia`. */
  asked: MediaStreamConstraints[];
  capabilities: LensCapabilities;
  /** The next openings fail so. */
  failure: string | null;
  permission: PermissionState;
  kept: Map<string, string>;
  latest(): FakeTrack;
  hide(): void;
  show(): void;
}

/** Puts the fakes in place; `vi.unstubAllGlobals()` and `vi.useRealTimers()` take them away. */
export function fakeCamera(): FakeCamera {
  vi.useFakeTimers();
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const camera: FakeCamera = {
    tracks: [],
    asked: [],
    capabilities: {},
    failure: null,
    permission: 'granted',
    kept: new Map(),
    latest: () => camera.tracks.at(-1)!,
    hide() {
      page.visibilityState = 'hidden';
      page.dispatchEvent(new Event('visibilitychange'));
    },
    show() {
      page.visibilityState = 'visible';
      page.dispatchEvent(new Event('visibilitychange'));
    },
  };
  const getUserMedia = async (constraints: MediaStreamConstraints) => {
    camera.asked.push(constraints);
    if (camera.failure !== null) throw new DOMException('no', camera.failure);
    const { deviceId } = constraints.video as { deviceId?: { exact: string } };
    const track = new FakeTrack(deviceId?.exact ?? 'trasera', camera.capabilities);
    camera.tracks.push(track);
    return { getVideoTracks: () => [track], getTracks: () => [track] };
  };
  vi.stubGlobal('document', page);
  vi.stubGlobal('window', Object.assign(new EventTarget(), { isSecureContext: true }));
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => camera.kept.get(key) ?? null,
    setItem: (key: string, value: string) => void camera.kept.set(key, value),
  });
  vi.stubGlobal('navigator', {
    mediaDevices: Object.assign(new EventTarget(), { getUserMedia, enumerateDevices: async () => [] }),
    permissions: { query: async () => ({ state: camera.permission }) },
  });
  return camera;
}
