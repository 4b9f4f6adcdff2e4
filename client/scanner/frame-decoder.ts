import type { DecodeReply, DecodeRequest, Rect } from './decode.worker.ts';
import type { DecodePass } from './decode-settings.ts';
import type { FallbackDecoder } from './fallback-decoder.ts';
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

/**
 * Decodes pictures by the worker, or by the fallback once the worker proved impossible. Never rejects for a
 * picture without a code; a picture that can't be decoded counts as empty.
 */
export class FrameDecoder {
  readonly ready: Promise<DecoderEngine>;
  #worker: Worker | null = null;
  #fallback: Promise<FallbackDecoder> | null = null;
  #next = 1;
  #waiting = new Map<number, (frame: DecodedFrame) => void>();

  constructor() {
    this.ready = this.#startWorker();
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
    worker.postMessage({ id, picture, crop, pass } satisfies DecodeRequest, [picture]);
    return answer;
  }

  /** Stops the worker. Frames under way resolve as empty. */
  close(): void {
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
        else if (data.type === 'decoded') this.#waiting.get(data.id)?.({ found: data.found, ms: data.ms });
        else this.#waiting.get(data.id)?.({ found: [], ms: 0 });
      });
    });
  }

  #giveUpWorker(): void {
    this.#worker?.terminate();
    this.#worker = null;
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
