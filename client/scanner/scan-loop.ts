import type { Acceptance, RawRead } from './acceptance.ts';
import { aimedAt, aimRect, visibleRect } from './aim-box.ts';
import type { FrameDecoder } from './frame-decoder.ts';
import { FramePlan } from './frame-plan.ts';

export interface ScanLoopHandlers {
  /** A read that counts. */
  onAccept: (read: RawRead) => void;
  /** Once per decoded frame: whether a code was seen, and what the frame cost. */
  onFrame?: (frame: { seen: boolean; decodeMs: number; mainThreadMs: number }) => void;
}

/**
 * Takes frames from a playing video, has them decoded and judged, one at a time: while one is with the decoder
 * the others pass by, so a slow phone sees fewer frames, never old ones.
 */
export class ScanLoop {
  readonly #video: HTMLVideoElement;
  readonly #decoder: FrameDecoder;
  readonly #handlers: ScanLoopHandlers;
  readonly #acceptance: Acceptance;
  #running = false;
  #busy = false;
  readonly #plan = new FramePlan();
  #callback = 0;

  /** `acceptance` outlives a loop that is stopped and started anew, so that a pause doesn't make doubles. */
  constructor(
    video: HTMLVideoElement,
    decoder: FrameDecoder,
    acceptance: Acceptance,
    handlers: ScanLoopHandlers,
  ) {
    this.#video = video;
    this.#decoder = decoder;
    this.#acceptance = acceptance;
    this.#handlers = handlers;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#next();
  }

  /** A frame under way is dropped. */
  stop(): void {
    this.#running = false;
    if (hasFrameCallback(this.#video)) this.#video.cancelVideoFrameCallback(this.#callback);
    else cancelAnimationFrame(this.#callback);
  }

  #next(): void {
    if (!this.#running) return;
    const again = () => {
      this.#next();
      void this.#look();
    };
    this.#callback = hasFrameCallback(this.#video)
      ? this.#video.requestVideoFrameCallback(again)
      : requestAnimationFrame(again);
  }

  async #look(): Promise<void> {
    if (this.#busy || this.#video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    this.#busy = true;
    try {
      await this.#decodeFrame();
    } finally {
      this.#busy = false;
    }
  }

  async #decodeFrame(): Promise<void> {
    const video = { width: this.#video.videoWidth, height: this.#video.videoHeight };
    if (video.width === 0 || video.height === 0) return;
    const element = { width: this.#video.clientWidth, height: this.#video.clientHeight };
    const aim = aimRect(video, element);
    const started = performance.now();
    if (this.#plan.wantsSecond(started)) this.#decoder.askSecondOpinion();
    const pass = this.#plan.next(started, this.#decoder.engines);
    const taking = takePicture(this.#video);
    const takingMs = performance.now() - started;
    const picture = await taking;
    // The track may have ended between the callback and here.
    if (!picture) return;
    const crop = pass === 'whole' ? visibleRect(video, element) : aim;
    const { found, ms } = await this.#decoder.decode(picture, crop, pass);
    if (!this.#running) return;

    const judged = performance.now();
    // Of several codes, the aimed one: what lies beside it on the shelf is not being counted.
    const aimed = aimedAt(found, aim);
    if (aimed?.firm) this.#plan.read(judged, pass);
    const accepted = this.#acceptance.frame(aimed ? [aimed] : [], judged, pass);
    for (const read of accepted) this.#handlers.onAccept(read);
    this.#handlers.onFrame?.({
      seen: aimed !== null,
      decodeMs: ms,
      mainThreadMs: takingMs + (performance.now() - judged),
    });
  }
}

/**
 * The frame on show, cheaply: a VideoFrame only refers to it, where an ImageBitmap copies it on this thread. Some
 * browsers drop a phone's rotation from VideoFrames; the size tells. Null when there is no frame to take.
 */
async function takePicture(video: HTMLVideoElement): Promise<VideoFrame | ImageBitmap | null> {
  if (typeof VideoFrame !== 'undefined') {
    try {
      const frame = new VideoFrame(video);
      if (frame.displayWidth === video.videoWidth && frame.displayHeight === video.videoHeight) return frame;
      frame.close();
    } catch {
      // Not every source can be wrapped: the copy below can.
    }
  }
  return createImageBitmap(video).catch(() => null);
}

function hasFrameCallback(video: HTMLVideoElement): boolean {
  return typeof video.requestVideoFrameCallback === 'function';
}
