/** Runs the reader beside the screen, so that decoding never holds up a tap. One frame at a time. */
import { type DecodePass, PASSES } from './decode-settings.ts';
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
  id: number;
  /** Transferred; the worker closes it. */
  picture: ImageBitmap | VideoFrame;
  crop: Rect;
  pass: DecodePass;
}

export type DecodeReply =
  | { type: 'ready' }
  | { type: 'broken'; reason: string }
  /** `found`: centres in px of the uncropped picture. `ms`: time in the worker. */
  | { type: 'decoded'; id: number; found: FoundCode[]; ms: number }
  | { type: 'failed'; id: number; reason: string };

const scope = self as unknown as DedicatedWorkerGlobalScope;
const reply = (message: DecodeReply) => scope.postMessage(message);

let canvas: OffscreenCanvas | null = null;
const prepared = prepareReader();

prepared.then(
  () => reply({ type: 'ready' }),
  (error: unknown) => reply({ type: 'broken', reason: String(error) }),
);

scope.addEventListener('message', (event: MessageEvent<DecodeRequest>) => {
  void decode(event.data);
});

async function decode({ id, picture, crop, pass }: DecodeRequest): Promise<void> {
  const started = performance.now();
  try {
    await prepared;
    const { image, toPicture } = prepare(picture, crop, pass);
    const found = await readImage(image, pass);
    const placed = found.map((code) => ({ ...code, ...toPicture(code.x, code.y) }));
    reply({ type: 'decoded', id, found: placed, ms: performance.now() - started });
  } catch (error) {
    reply({ type: 'failed', id, reason: String(error) });
  } finally {
    picture.close();
  }
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
  const image = context.getImageData(0, 0, fullWidth, fullHeight);
  if (sharpen) sharpenRows(image.data, fullWidth, fullHeight);

  const toPicture = (x: number, y: number) => {
    const dx = x - fullWidth / 2;
    const dy = y - fullHeight / 2;
    return {
      x: crop.x + crop.width / 2 + (dx * cos + dy * sin) / scale,
      y: crop.y + crop.height / 2 + (dy * cos - dx * sin) / scale,
    };
  };
  return { image, toPicture };
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
