import type { DecodeReply, Rect, WorkerRequest } from './decode.worker.ts';
import type { DecodePass } from './decode-settings.ts';
import type { FallbackDecoder } from './fallback-decoder.ts';
import type { Engines } from './frame-plan.ts';
import { type NativeMemory, nativeMemory } from './native-memory.ts';
import type { FoundCode } from './read-image.ts';

/** `wasm`: the worker reads; `js`: the fallback reads on the main thread. */
export type DecoderEngine = 'wasm' | 'js';

export interface DecodedFrame {
  found: FoundCode[];
  /** Time the reader took, ms. */
  ms: number;
}

/** A worker silent for this long is stuck: the fallback takes over, ms. Loading the wasm has longer. */
const STUCK_MS = 5_000;
const LOADING_MS = 20_000;

/** The second opinion is 0.25 MB; a photo doesn't wait for it longer than this, ms. */
const SECOND_MS = 10_000;
/** Where the browser tells of no idle time, the detector's test waits this long, ms. */
const IDLE_MS = 2_000;

/**
 * Decodes pictures by the worker, or by the fallback once the worker proved impossible. Never rejects for a
 * picture without a code; a picture that can't be decoded counts as empty.
 */
export class FrameDecoder {
  readonly ready: Promise<DecoderEngine>;
  /** What reads besides zxing, at this moment. */
  readonly engines: Engines = { native: false, second: false };
  readonly #memory: NativeMemory;
  #closed = false;
  #second: { asked: Promise<boolean>; answer: (ready: boolean) => void } | null = null;
  #worker: Worker | null = null;
  #fallback: Promise<FallbackDecoder> | null = null;
  #next = 1;
  #waiting = new Map<number, (frame: DecodedFrame) => void>();

  /** `memory`: what the browser's own detector proved before. */
  constructor(memory: NativeMemory = nativeMemory(() => localStorage, navigator.userAgent)) {
    this.#memory = memory;
    this.ready = this.#startWorker();
    void this.ready.then((engine) => {
      if (engine === 'wasm') this.#startNative();
    });
  }

  /**
   * Has the second opinion loaded; true once it is there. False without a worker, without the file, or when it takes too long: a later
   * call tries again.
   */
  async askSecondOpinion(): Promise<boolean> {
    if (this.engines.second) return true;
    const engine = await this.ready;
    if (engine === 'js' || !this.#worker) return false;
    if (this.#second) return this.#second.asked;
    const { promise, resolve } = withResolvers<boolean>();
    const late = setTimeout(() => this.#second?.answer(false), SECOND_MS);
    this.#second = {
      asked: promise,
      answer: (ready) => {
        clearTimeout(late);
        this.engines.second = ready;
        this.#second = null;
        resolve(ready);
      },
    };
    this.#post({ type: 'second' });
    return promise;
  }

  /**
   * Takes over `picture` and closes it. `crop` in px of the picture. One call at a time is fastest; several are
   * answered in order.
   */
  async decode(picture: ImageBitmap | VideoFrame, crop: Rect, pass: DecodePass): Promise<DecodedFrame> {
    const engine = await this.ready;
    const worker = this.#worker;
    if (engine === 'js' || !worker) return this.#decodeHere(picture, crop, pass);
    const id = this.#next++;
    const answer = new Promise<DecodedFrame>((resolve) => {
      const stuck = setTimeout(() => this.#giveUpWorker(), STUCK_MS);
      this.#waiting.set(id, (frame) => {
        clearTimeout(stuck);
        this.#waiting.delete(id);
        resolve(frame);
      });
    });
    this.#post({ type: 'decode', id, picture, crop, pass }, [picture]);
    return answer;
  }

  /** Stops the worker. Frames under way resolve as empty. */
  close(): void {
    this.#closed = true;
    this.#giveUpWorker();
  }

  #startWorker(): Promise<DecoderEngine> {
    if (
      typeof Worker === 'undefined' ||
      typeof WebAssembly === 'undefined' ||
      typeof OffscreenCanvas === 'undefined'
    ) {
      return Promise.resolve('js');
    }
    return new Promise((resolve) => {
      const worker = new Worker(new URL('./decode.worker.ts', import.meta.url), { type: 'module' });
      const give = (engine: DecoderEngine) => {
        clearTimeout(slow);
        if (engine === 'js') this.#giveUpWorker();
        resolve(engine);
      };
      const slow = setTimeout(() => give('js'), LOADING_MS);
      this.#worker = worker;
      worker.addEventListener('error', () => give('js'));
      worker.addEventListener('message', ({ data }: MessageEvent<DecodeReply>) => {
        if (data.type === 'ready') give('wasm');
        else if (data.type === 'broken') give('js');
        else if (data.type === 'second') this.#second?.answer(data.ready);
        else if (data.type === 'native') this.#onNative(data.on, data.tested);
        else if (data.type === 'decoded') this.#waiting.get(data.id)?.({ found: data.found, ms: data.ms });
        else this.#waiting.get(data.id)?.({ found: [], ms: 0 });
      });
    });
  }

  /**
   * A detector that this browser version proved before is used from the first frame. It is tested anew in each session, when
   * nothing else is to be done: what reads may be updated without the browser.
   */
  #startNative(): void {
    if (this.#memory.recall() === true) this.#post({ type: 'native', trusted: true });
    const test = () => {
      if (!this.#closed) this.#post({ type: 'native', trusted: false });
    };
    if (typeof requestIdleCallback === 'function') requestIdleCallback(test);
    else setTimeout(test, IDLE_MS);
  }

  #onNative(on: boolean, tested: boolean | undefined): void {
    this.engines.native = on;
    if (tested !== undefined) this.#memory.keep(tested);
    // It failed at a frame: the next session begins without it, and tests it again.
    else if (!on) this.#memory.keep(false);
  }

  #post(request: WorkerRequest, transfer: Transferable[] = []): void {
    this.#worker?.postMessage(request, transfer);
  }

  #giveUpWorker(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.engines.native = false;
    this.#second?.answer(false);
    this.engines.second = false;
    for (const resolve of [...this.#waiting.values()]) resolve({ found: [], ms: 0 });
  }

  async #decodeHere(picture: ImageBitmap | VideoFrame, crop: Rect, pass: DecodePass): Promise<DecodedFrame> {
    this.#fallback ??= import('./fallback-decoder.ts').then(({ FallbackDecoder }) => new FallbackDecoder());
    try {
      const fallback = await this.#fallback;
      const started = performance.now();
      const found = fallback.decode(picture, crop, pass);
      return { found, ms: performance.now() - started };
    } finally {
      picture.close();
    }
  }
}

/** `Promise.withResolvers`, which came to browsers in 2024. */
function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((give) => {
    resolve = give;
  });
  return { promise, resolve };
}
