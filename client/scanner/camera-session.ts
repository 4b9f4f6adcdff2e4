import type { Acceptance } from './acceptance.ts';
import {
  failureOf,
  isAllowed,
  isLive,
  type Lens,
  listLenses,
  type OpenFailure,
  openStream,
  stopTracks,
} from './camera-devices.ts';
import { readLens, readZoom, saveLens, saveZoom } from './lens-memory.ts';
import { hasZoom, type LensCapabilities, lensConstraint, type Zoom } from './lens-settings.ts';

/** What the camera is doing, from the person's side. */
export type CameraState =
  | 'apagada'
  | 'pidiendo_permiso'
  | 'encendida'
  /** On, and no picture comes, though it was taken again. */
  | 'detenida'
  /** The page is not served over HTTPS (or localhost): browsers hide the camera. */
  | 'insegura'
  /** Refused by the person or by policy; none of the wanted kind; another app holds it, or the hardware failed. */
  | OpenFailure;

export interface CameraSnapshot {
  state: CameraState;
  stream: MediaStream | null;
  /** Cameras that may be chosen; names are known once permission was given. */
  lenses: readonly Lens[];
  lensId: string | null;
  hasTorch: boolean;
  torchOn: boolean;
  hasZoom: boolean;
  zoom: Zoom;
}

const OFF: CameraSnapshot = {
  state: 'apagada',
  stream: null,
  lenses: [],
  lensId: null,
  hasTorch: false,
  torchOn: false,
  hasZoom: false,
  zoom: 1,
};

export const CAMERA_TIMES = {
  /** A track that gives no picture for this long is taken again, ms. */
  muteMs: 2_000,
  /** More often than this within this time is no accident: the person decides. */
  restarts: 2,
  restartWindowMs: 30_000,
  /** Nobody looks at the picture any more: the camera goes off after this, ms. Coming back sooner costs nothing. */
  unseenMs: 60_000,
};

/**
 * The one camera stream of a counting session. It lives as long as the route, not as long as the picture: a view
 * may come and go, and decoding may pause, while the track keeps running, because every new `getUserMedia` costs
 * 0.5–2 s and on some phones a question. Whatever takes the picture away (background, another app, a driver) it is
 * taken again, or the state says so and the view offers a button. A store for `useSyncExternalStore`.
 */
export class CameraSession {
  /** The person knows that the battery is low and scans on; asked once per session. */
  batteryDismissed = false;
  /** What was read and when, kept here by the view: a view that goes and comes back must not count a label again. */
  acceptance: Acceptance | null = null;
  #snapshot: CameraSnapshot = OFF;
  #listeners = new Set<() => void>();
  /** Wanted on; the system may have taken the stream away meanwhile. */
  #wanted = false;
  /** Each opening has a number, so that a late answer to an earlier one is dropped. */
  #attempt = 0;
  #capabilities: LensCapabilities = {};
  /** Instants of the restarts that nobody asked for. */
  #restarts: number[] = [];
  #muteTimer: ReturnType<typeof setTimeout> | undefined;
  #unseenTimer: ReturnType<typeof setTimeout> | undefined;

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
    clearTimeout(this.#unseenTimer);
    this.#wanted = true;
    const { state, stream } = this.#snapshot;
    if (state === 'pidiendo_permiso' || (state === 'encendida' && isLive(stream))) return;
    await this.#open(readLens());
  }

  /** Takes the camera anew, whatever it is doing; a person asked. */
  async restart(): Promise<void> {
    clearTimeout(this.#unseenTimer);
    this.#wanted = true;
    this.#restarts = [];
    await this.#open(this.#snapshot.lensId ?? readLens());
  }

  /** Turns the camera off and gives the hardware back. */
  stop(): void {
    clearTimeout(this.#unseenTimer);
    clearTimeout(this.#muteTimer);
    this.#wanted = false;
    this.#attempt += 1;
    this.#restarts = [];
    stopTracks(this.#snapshot.stream);
    this.#set({ ...OFF, lenses: this.#snapshot.lenses });
  }

  /** No view shows the picture any more: off in a minute, unless `start` comes first. */
  unseen(): void {
    clearTimeout(this.#unseenTimer);
    this.#unseenTimer = setTimeout(() => this.stop(), CAMERA_TIMES.unseenMs);
  }

  /** Stops for good; the route is left. */
  dispose(): void {
    this.stop();
    document.removeEventListener('visibilitychange', this.#onVisibility);
    window.removeEventListener('pageshow', this.#onVisibility);
    navigator.mediaDevices?.removeEventListener?.('devicechange', this.#onDeviceChange);
    this.#listeners.clear();
  }

  /** The picture stands still though the track says that it is live: taken again, twice at most, then `detenida`. */
  stalled(): void {
    if (!this.#wanted || this.#snapshot.state !== 'encendida' || document.visibilityState !== 'visible')
      return;
    const at = performance.now();
    this.#restarts = this.#restarts.filter((before) => at - before < CAMERA_TIMES.restartWindowMs);
    if (this.#restarts.length < CAMERA_TIMES.restarts) {
      this.#restarts.push(at);
      void this.#open(this.#snapshot.lensId ?? readLens());
      return;
    }
    clearTimeout(this.#muteTimer);
    this.#attempt += 1;
    stopTracks(this.#snapshot.stream);
    this.#set({ ...this.#snapshot, stream: null, state: 'detenida' });
  }

  /** Changes to another lens and remembers it for next time. */
  async chooseLens(id: string): Promise<void> {
    saveLens(id);
    this.#wanted = true;
    await this.#open(id);
  }

  async setTorch(on: boolean): Promise<void> {
    if (!this.#snapshot.hasTorch) return;
    const done = await this.#ask({ torch: on, zoom: this.#snapshot.zoom });
    this.#set({ ...this.#snapshot, ...(done ? { torchOn: on } : { hasTorch: false, torchOn: false }) });
  }

  /** 1× or 2×, remembered for this lens. */
  async setZoom(zoom: Zoom): Promise<void> {
    if (!this.#snapshot.hasZoom) return;
    const done = await this.#ask({ torch: this.#snapshot.torchOn, zoom });
    if (done) saveZoom(this.#snapshot.lensId, zoom);
    this.#set({ ...this.#snapshot, ...(done ? { zoom } : { hasZoom: false, zoom: 1 }) });
  }

  /** False when the lens refuses. */
  async #ask(wishes: { torch: boolean; zoom: Zoom }): Promise<boolean> {
    const track = this.#snapshot.stream?.getVideoTracks()[0];
    const constraint = lensConstraint(this.#capabilities, wishes);
    if (!track || constraint === null) return false;
    return track.applyConstraints(constraint).then(
      () => true,
      () => false,
    );
  }

  async #open(lensId: string | null): Promise<void> {
    clearTimeout(this.#muteTimer);
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
      if (attempt === this.#attempt) this.#set({ ...this.#snapshot, stream: null, state: failureOf(error) });
    }
  }

  async #adopt(stream: MediaStream, attempt: number): Promise<void> {
    const track = stream.getVideoTracks()[0]!;
    const current = () => attempt === this.#attempt;
    track.addEventListener('ended', () => current() && this.stalled());
    track.addEventListener('mute', () => current() && this.#waitForPicture());
    track.addEventListener('unmute', () => current() && clearTimeout(this.#muteTimer));
    this.#capabilities = (track.getCapabilities?.() ?? {}) as LensCapabilities;
    const lensId = track.getSettings().deviceId ?? null;
    const zoom = hasZoom(this.#capabilities) ? readZoom(lensId) : 1;
    this.#set({
      state: 'encendida',
      stream,
      lenses: this.#snapshot.lenses,
      lensId,
      hasTorch: this.#capabilities.torch === true,
      torchOn: false,
      hasZoom: hasZoom(this.#capabilities),
      zoom,
    });
    if (track.muted) this.#waitForPicture();
    const done = await this.#ask({ torch: false, zoom });
    if (!done && zoom !== 1 && current()) this.#set({ ...this.#snapshot, hasZoom: false, zoom: 1 });
    const lenses = await listLenses();
    if (current()) this.#set({ ...this.#snapshot, lenses });
  }

  #waitForPicture(): void {
    clearTimeout(this.#muteTimer);
    this.#muteTimer = setTimeout(() => this.stalled(), CAMERA_TIMES.muteMs);
  }

  #set(snapshot: CameraSnapshot): void {
    this.#snapshot = snapshot;
    for (const listener of [...this.#listeners]) listener();
  }

  /** Back from the background: the stream is taken again if it was wanted, and watched if it came back mute. */
  readonly #onVisibility = (): void => {
    if (!this.#wanted || document.visibilityState !== 'visible') return;
    const { state, stream, lensId } = this.#snapshot;
    if (state === 'pidiendo_permiso') return;
    if (state === 'sin_permiso') {
      // The person may have been in the settings; where they still say no, asking again would only nag.
      void isAllowed().then((allowed) => {
        if (allowed && this.#snapshot.state === 'sin_permiso') void this.restart();
      });
      return;
    }
    this.#restarts = [];
    if (!isLive(stream)) void this.#open(lensId ?? readLens());
    else if (stream?.getVideoTracks()[0]?.muted) this.#waitForPicture();
  };

  readonly #onDeviceChange = (): void => {
    if (!this.#wanted) return;
    if (this.#snapshot.state === 'sin_camara') void this.#open(readLens());
    else void listLenses().then((lenses) => this.#set({ ...this.#snapshot, lenses }));
  };
}
