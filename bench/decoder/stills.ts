/**
 * Page side of the still-image bench: the shipped worker, settings and acceptance on one picture at a time, and
 * @zxing/browser as the app configures it on the same picture.
 */
import { Acceptance } from '#client/scanner/acceptance.ts';
import { aimedAt } from '#client/scanner/aim-box.ts';
import { decodeStill } from '#client/scanner/decode-photo.ts';
import { type DecodePass, passOfFrame } from '#client/scanner/decode-settings.ts';
import { FallbackDecoder } from '#client/scanner/fallback-decoder.ts';
import { FrameDecoder } from '#client/scanner/frame-decoder.ts';
import type { FoundCode } from '#client/scanner/read-image.ts';

export interface PassResult {
  found: FoundCode[];
  ms: number;
}

export interface StillResult {
  width: number;
  height: number;
  /** What the live camera path accepts when the picture fills the aim box for two rounds of passes. */
  live: FoundCode[];
  /** Decoded frames until the first acceptance; null when none. */
  liveFrames: number | null;
  /** What `decodePhoto` answers. */
  photo: PassResult;
  passes: Record<DecodePass, PassResult>;
  peer: PassResult;
  peerHard: PassResult;
}

const LIVE_FRAMES = 36;
const FRAME_MS = 66;

const decoder = new FrameDecoder();
const peer = new FallbackDecoder();

async function still(url: string): Promise<StillResult> {
  const engine = await decoder.ready;
  if (engine !== 'wasm') throw new Error(`the worker did not start: ${engine}`);
  const bitmap = await createImageBitmap(await (await fetch(url)).blob());
  const whole = { x: 0, y: 0, width: bitmap.width, height: bitmap.height };
  const read = async (pass: DecodePass): Promise<PassResult> =>
    decoder.decode(await createImageBitmap(bitmap), whole, pass);
  const passes = {
    fast: await read('fast'),
    mid: await read('mid'),
    sharp: await read('sharp'),
    turned: await read('turned'),
    turnedSharp: await read('turnedSharp'),
    whole: await read('whole'),
    photo: await read('photo'),
  };

  const acceptance = new Acceptance();
  const live: FoundCode[] = [];
  let liveFrames: number | null = null;
  for (let frame = 0; frame < LIVE_FRAMES; frame += 1) {
    const aimed = aimedAt(passes[passOfFrame(frame)].found, whole);
    const accepted = aimed && acceptance.frame([aimed], frame * FRAME_MS).length > 0 ? [aimed] : [];
    if (!aimed) acceptance.frame([], frame * FRAME_MS);
    if (accepted.length > 0) liveFrames ??= frame + 1;
    live.push(...accepted);
  }

  const photoStarted = performance.now();
  const still = await decodeStill(decoder, bitmap);
  const photo = { found: still ? [still] : [], ms: performance.now() - photoStarted };

  const readPeer = (pass: DecodePass): PassResult => {
    const started = performance.now();
    const found = peer.decode(bitmap, whole, pass);
    return { found, ms: performance.now() - started };
  };
  const result = {
    width: bitmap.width,
    height: bitmap.height,
    live,
    liveFrames,
    photo,
    passes,
    peer: readPeer('mid'),
    peerHard: readPeer('whole'),
  };
  bitmap.close();
  return result;
}

Object.assign(window, { still });
