/** What the camera is doing, from the person's side. */
export type CameraState =
  | 'apagada'
  | 'pidiendo_permiso'
  | 'encendida'
  /** Refused by the person or by policy. */
  | 'sin_permiso'
  /** No camera, or none of the wanted kind. */
  | 'sin_camara'
  /** Another app holds it, or the hardware failed. */
  | 'ocupada'
  /** The page is not served over HTTPS (or localhost): browsers hide the camera. */
  | 'insegura';

export interface CameraSnapshot {
  state: CameraState;
  stream: MediaStream | null;
  /** Cameras that may be chosen; names are known once permission was given. */
  lenses: readonly { id: string; label: string }[];
  lensId: string | null;
  hasTorch: boolean;
  torchOn: boolean;
}

const LENS_KEY = 'devcompras.lente';
const OFF: CameraSnapshot = {
  state: 'apagada',
  stream: null,
  lenses: [],
  lensId: null,
  hasTorch: false,
  torchOn: false,
};

/** Capabilities and constraints of phones that the DOM types leave out. */
type LensCapabilities = MediaTrackCapabilities & {
  torch?: boolean;
  focusMode?: string[];
};
type LensConstraint = MediaTrackConstraintSet & { torch?: boolean; focusMode?: string };

/**
 * The one camera stream of a counting session. It lives as long as the route, not as long as the picture: a view
 * may come and go, and decoding may pause, while the track keeps running, because every new `getUserMedia` costs
 * 0.5–2 s and on some phones a question. A store for `useSyncExternalStore`.
 */
export class CameraSession {
  #snapshot: CameraSnapshot = OFF;
  #listeners = new Set<() => void>();
  /** Wanted on; the system may have taken the stream away meanwhile. */
  #wanted = false;
  /** Each opening has a number, so that a late answer to an earlier one is dropped. */
  #attempt = 0;

  constructor() {
    document.addEventListener('visibilitychange', this.#onVisibility);
    window.addEventListener('pageshow', this.#onVisibility);
    navigator.mediaDevices?.addEventListener?.('devicechange', this.#onDeviceChange);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  readonly getSnapshot = (): CameraSnapshot => this.#snapshot;

  /** Turns the camera on, with the lens last chosen on this device. Does nothing when it is on. Never rejects. */
  async start(): Promise<void> {
    this.#wanted = true;
    if (isLive(this.#snapshot.stream) || this.#snapshot.state === 'pidiendo_permiso') return;
    await this.#open(readLens());
  }

  /** Turns the camera off and gives the hardware back. */
  stop(): void {
    this.#wanted = false;
    this.#attempt += 1;
    stopTracks(this.#snapshot.stream);
    this.#set({ ...OFF, lenses: this.#snapshot.lenses });
  }

  /** Stops for good; the route is left. */
  dispose(): void {
    this.stop();
    document.removeEventListener('visibilitychange', this.#onVisibility);
    window.removeEventListener('pageshow', this.#onVisibility);
    navigator.mediaDevices?.removeEventListener?.('devicechange', this.#onDeviceChange);
    this.#listeners.clear();
  }

  /** Changes to another lens and remembers it for next time. */
  async chooseLens(id: string): Promise<void> {
    saveLens(id);
    this.#wanted = true;
    await this.#open(id);
  }

  async setTorch(on: boolean): Promise<void> {
    const track = this.#snapshot.stream?.getVideoTracks()[0];
    if (!track || !this.#snapshot.hasTorch) return;
    try {
      await track.applyConstraints({ advanced: [{ torch: on } as LensConstraint] });
      this.#set({ ...this.#snapshot, torchOn: on });
    } catch {
      this.#set({ ...this.#snapshot, hasTorch: false, torchOn: false });
    }
  }

  async #open(lensId: string | null): Promise<void> {
    this.#attempt += 1;
    const attempt = this.#attempt;
    if (!navigator.mediaDevices?.getUserMedia) {
      this.#set({ ...OFF, state: window.isSecureContext ? 'sin_camara' : 'insegura' });
      return;
    }
    // Many phones open one camera at a time: the old one goes first.
    stopTracks(this.#snapshot.stream);
    this.#set({ ...this.#snapshot, stream: null, state: 'pidiendo_permiso', torchOn: false });
    try {
      const stream = await openStream(lensId);
      if (attempt !== this.#attempt) {
        stopTracks(stream);
        return;
      }
      await this.#adopt(stream, attempt);
    } catch (error) {
      if (attempt === this.#attempt) this.#set({ ...this.#snapshot, stream: null, state: stateOf(error) });
    }
  }

  async #adopt(stream: MediaStream, attempt: number): Promise<void> {
    const track = stream.getVideoTracks()[0]!;
    track.addEventListener('ended', this.#onVisibility);
    const capabilities = (track.getCapabilities?.() ?? {}) as LensCapabilities;
    this.#set({
      state: 'encendida',
      stream,
      lenses: this.#snapshot.lenses,
      lensId: track.getSettings().deviceId ?? null,
      hasTorch: capabilities.torch === true,
      torchOn: false,
    });
    if (capabilities.focusMode?.includes('continuous')) {
      await track
        .applyConstraints({ advanced: [{ focusMode: 'continuous' } as LensConstraint] })
        .catch(() => undefined);
    }
    const lenses = await listLenses();
    if (attempt === this.#attempt) this.#set({ ...this.#snapshot, lenses });
  }

  #set(snapshot: CameraSnapshot): void {
    this.#snapshot = snapshot;
    for (const listener of [...this.#listeners]) listener();
  }

  /** Back from the background, or the track died: the stream is taken again if it was wanted. */
  readonly #onVisibility = (): void => {
    if (!this.#wanted || document.visibilityState !== 'visible') return;
    if (this.#snapshot.state === 'pidiendo_permiso' || isLive(this.#snapshot.stream)) return;
    if (this.#snapshot.state === 'sin_permiso') return;
    void this.#open(this.#snapshot.lensId ?? readLens());
  };

  readonly #onDeviceChange = (): void => {
    if (!this.#wanted) return;
    if (this.#snapshot.state === 'sin_camara') void this.#open(readLens());
    else void listLenses().then((lenses) => this.#set({ ...this.#snapshot, lenses }));
  };
}

/** A lens that is gone or busy falls back to any camera of the back, then to any at all. */
async function openStream(lensId: string | null): Promise<MediaStream> {
  const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
  if (lensId !== null) {
    try {
      return await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { ...size, deviceId: { exact: lensId } },
      });
    } catch (error) {
      if (stateOf(error) === 'sin_permiso') throw error;
    }
  }
  return navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { ...size, facingMode: { ideal: 'environment' } },
  });
}

/** The cameras, listed by @zxing/browser. Front cameras stay in: some devices report nothing else. */
async function listLenses(): Promise<CameraSnapshot['lenses']> {
  try {
    const { BrowserCodeReader } = await import('@zxing/browser');
    const devices = await BrowserCodeReader.listVideoInputDevices();
    return devices.map((device, index) => ({
      id: device.deviceId,
      label: device.label || `Cámara ${index + 1}`,
    }));
  } catch {
    return [];
  }
}

function stateOf(error: unknown): CameraState {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'sin_permiso';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'sin_camara';
  return 'ocupada';
}

function isLive(stream: MediaStream | null): boolean {
  return stream?.getVideoTracks().some((track) => track.readyState === 'live') ?? false;
}

function stopTracks(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

function readLens(): string | null {
  try {
    return localStorage.getItem(LENS_KEY);
  } catch {
    // Storage may be forbidden; the choice is then for this session only.
    return null;
  }
}

function saveLens(id: string): void {
  try {
    localStorage.setItem(LENS_KEY, id);
  } catch {
    // See readLens.
  }
}
