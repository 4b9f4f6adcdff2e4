/** Runs the readers beside the screen, so that decoding never holds up a tap. One frame at a time. */
import zbarWasmUrl from '@undecaf/zbar-wasm/dist/zbar.wasm?url';
import { type DecodePass, isZbarPass, PASSES } from './decode-settings.ts';
import { type DetectorClass, NativeReader } from './native-reader.ts';
import { type FoundCode, prepareReader, readImage } from './read-image.ts';
import { sharpenRows } from './sharpen.ts';

/** Region of a picture, px. */
export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface DecodeRequest {
  type: 'decode';
  id: number;
  /** Transferred; the worker closes it. */
  picture: ImageBitmap | VideoFrame;
  crop: Rect;
  pass: DecodePass;
}

export type WorkerRequest =
  | DecodeRequest
  /** Load the second opinion. */
  | { type: 'second' }
  /** Use the browser's own detector: at once when `trusted`, else only after it passed its test. */
  | { type: 'native'; trusted: boolean };

export type DecodeReply =
  | { type: 'ready' }
  | { type: 'broken'; reason: string }
  /** `found`: centres in px of the uncropped picture. `ms`: time in the worker. */
  | { type: 'decoded'; id: number; found: FoundCode[]; ms: number }
  | { type: 'failed'; id: number; reason: string }
  | { type: 'second'; ready: boolean }
  /** `tested`: what a test said; absent when the detector was only switched on, or failed at a frame. */
  | { type: 'native'; on: boolean; tested?: boolean };

const scope = self as unknown as DedicatedWorkerGlobalScope;
const reply = (message: DecodeReply) => scope.postMessage(message);

let canvas: OffscreenCanvas | null = null;
let second: typeof import('./zbar-reader.ts') | null = null;
let native: NativeReader | null = null;
/** The detector failed at a frame: this session does without it, whatever a test says. */
let nativeFailed = false;
const prepared = prepareReader();

prepared.then(
  () => reply({ type: 'ready' }),
  (error: unknown) => reply({ type: 'broken', reason: String(error) }),
);

scope.addEventListener('message', ({ data }: MessageEvent<WorkerRequest>) => {
  if (data.type === 'decode') void decode(data);
  else if (data.type === 'second') void loadSecond();
  else void startNative(data.trusted);
});

async function decode({ id, picture, crop, pass }: DecodeRequest): Promise<void> {
  const started = performance.now();
  try {
    await prepared;
    const found = await look(picture, crop, pass);
    reply({ type: 'decoded', id, found, ms: performance.now() - started });
  } catch (error) {
    reply({ type: 'failed', id, reason: String(error) });
  } finally {
    picture.close();
  }
}

/** A pass whose reader isn't there, or gives up at this very frame, is zxing's. */
async function look(picture: CanvasImageSource, crop: Rect, pass: DecodePass): Promise<FoundCode[]> {
  if (pass === 'native') {
    const seen = await lookNatively(picture, crop);
    return seen ?? look(picture, crop, 'fast');
  }
  if (isZbarPass(pass)) {
    if (!second) return look(picture, crop, 'sharp');
    const { image, toPicture } = prepare(picture, crop, pass);
    return placed(await second.readWithZbar(image(), pass), toPicture);
  }
  const { image, toPicture } = prepare(picture, crop, pass);
  return placed(await readImage(image(), pass), toPicture);
}

async function lookNatively(picture: CanvasImageSource, crop: Rect): Promise<FoundCode[] | null> {
  if (!native) return null;
  const { surface: cropped, toPicture } = prepare(picture, crop, 'native');
  try {
    return placed(await native.read(cropped, performance.now()), toPicture);
  } catch {
    native = null;
    nativeFailed = true;
    reply({ type: 'native', on: false });
    return null;
  }
}

function placed(found: FoundCode[], toPicture: (x: number, y: number) => { x: number; y: number }) {
  return found.map((code) => ({ ...code, ...toPicture(code.x, code.y) }));
}

/** Without the network, or without room for it, counting goes on with what there is. */
async function loadSecond(): Promise<void> {
  try {
    const reader = await import('./zbar-reader.ts');
    await reader.prepareZbar(zbarWasmUrl);
    second = reader;
  } catch {
    second = null;
  }
  reply({ type: 'second', ready: second !== null });
}

async function startNative(trusted: boolean): Promise<void> {
  if (nativeFailed) return;
  const reader = await NativeReader.open({
    Detector: (scope as { BarcodeDetector?: DetectorClass }).BarcodeDetector,
    asSource: ({ rgba, width, height }) => new ImageData(rgba, width, height),
    later: (ms) => new Promise((done) => setTimeout(done, ms)),
  });
  if (trusted) {
    native = reader;
    reply({ type: 'native', on: native !== null });
    return;
  }
  const passed = reader !== null && (await reader.passesTest());
  if (nativeFailed) return;
  native = passed ? reader : null;
  reply({ type: 'native', on: passed, tested: passed });
}

/** The crop scaled, turned and sharpened as the pass wants it, and the way back to px of the picture. */
function prepare(picture: CanvasImageSource, crop: Rect, pass: DecodePass) {
  const { maxWidth, maxScale, turn, sharpen } = PASSES[pass];
  const scale = Math.min(maxScale, maxWidth / crop.width);
  const width = Math.max(1, Math.round(crop.width * scale));
  const height = Math.max(1, Math.round(crop.height * scale));
  const sin = Math.sin((turn * Math.PI) / 180);
  const cos = Math.cos((turn * Math.PI) / 180);
  const fullWidth = Math.ceil(width * cos + height * sin);
  const fullHeight = Math.ceil(width * sin + height * cos);

  const context = surface(fullWidth, fullHeight);
  context.setTransform(cos, sin, -sin, cos, fullWidth / 2, fullHeight / 2);
  context.drawImage(picture, crop.x, crop.y, crop.width, crop.height, -width / 2, -height / 2, width, height);
  context.resetTransform();
  const image = () => {
    const pixels = context.getImageData(0, 0, fullWidth, fullHeight);
    if (sharpen) sharpenRows(pixels.data, fullWidth, fullHeight);
    return pixels;
  };

  const toPicture = (x: number, y: number) => {
    const dx = x - fullWidth / 2;
    const dy = y - fullHeight / 2;
    return {
      x: crop.x + crop.width / 2 + (dx * cos + dy * sin) / scale,
      y: crop.y + crop.height / 2 + (dy * cos - dx * sin) / scale,
    };
  };
  return { image, surface: context.canvas, toPicture };
}

/** The one drawing surface, resized as needed. White beneath: the clear parts of a PNG and turned corners are paper. */
function surface(width: number, height: number): OffscreenCanvasRenderingContext2D {
  canvas ??= new OffscreenCanvas(width, height);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('OffscreenCanvas has no 2d context');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  return context;
}
