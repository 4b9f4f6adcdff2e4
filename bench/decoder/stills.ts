/**
 * Page side of the still-image bench: the shipped worker, settings and acceptance on one picture at a time, and
 * other readers on the same picture.
 */
import { Acceptance } from '#client/scanner/acceptance.ts';
import { aimedAt } from '#client/scanner/aim-box.ts';
import { decodeStill, PHOTO_TUNING } from '#client/scanner/decode-photo.ts';
import { type DecodePass, PASSES } from '#client/scanner/decode-settings.ts';
import { FrameDecoder } from '#client/scanner/frame-decoder.ts';
import { FramePlan } from '#client/scanner/frame-plan.ts';
import type { FoundCode } from '#client/scanner/read-image.ts';
import { type AjustesEscaner, ESCANER_POR_OMISION } from '#shared/contracts/escaner.ts';
import { type Peer, readWithPeers } from './peers.ts';
import { FRAME_MS, LIVE_FRAMES } from './still-frames.ts';

export interface PassResult {
  found: FoundCode[];
  ms: number;
}

export interface StillResult {
  width: number;
  height: number;
  /** What the live camera path accepts when the picture fills the aim box for 4.8 s: two rounds of every pass. */
  live: FoundCode[];
  /** Decoded frames until the first acceptance; null when none. */
  liveFrames: number | null;
  /** What `decodePhoto` answers. */
  photo: PassResult;
  passes: Record<StillPass, PassResult>;
  peers: Record<Peer, PassResult>;
}

/** Chromium on Linux has no detector of its own. */
export type StillPass = Exclude<DecodePass, 'native'>;

const STILL_PASSES = Object.keys(PASSES).filter((pass): pass is StillPass => pass !== 'native');
/** Two of the pictures hold a page of text, longer than any company's codes: the decoder is measured, not that rule. */
const EVERY_LENGTH: AjustesEscaner = {
  simbologias: {
    ...ESCANER_POR_OMISION.simbologias,
    QR: { ...ESCANER_POR_OMISION.simbologias.QR, maximo: 7089 },
  },
};

const decoder = new FrameDecoder();

async function still(url: string): Promise<StillResult> {
  const engine = await decoder.ready;
  if (engine !== 'wasm') throw new Error(`the worker did not start: ${engine}`);
  if (!(await decoder.askSecondOpinion())) throw new Error('the second opinion did not load');
  const bitmap = await createImageBitmap(await (await fetch(url)).blob());
  const whole = { x: 0, y: 0, width: bitmap.width, height: bitmap.height };
  const read = async (pass: DecodePass): Promise<PassResult> =>
    decoder.decode(await createImageBitmap(bitmap), whole, pass);
  const passes = {} as Record<StillPass, PassResult>;
  for (const pass of STILL_PASSES) passes[pass] = await read(pass);

  const acceptance = new Acceptance({}, EVERY_LENGTH);
  const plan = new FramePlan();
  const live: FoundCode[] = [];
  let liveFrames: number | null = null;
  for (let frame = 0; frame < LIVE_FRAMES; frame += 1) {
    const at = frame * FRAME_MS;
    const pass = plan.next(at, { native: false, second: true }) as StillPass;
    const aimed = aimedAt(passes[pass].found, whole);
    if (aimed?.firm) plan.read(at, pass);
    const accepted = acceptance.frame(aimed ? [aimed] : [], at, pass).length > 0 && aimed ? [aimed] : [];
    if (accepted.length > 0) liveFrames ??= frame + 1;
    live.push(...accepted);
  }

  const photoStarted = performance.now();
  const still = await decodeStill(decoder, bitmap, new Acceptance(PHOTO_TUNING, EVERY_LENGTH));
  const photo = { found: still ? [still] : [], ms: performance.now() - photoStarted };

  const { width, height } = bitmap;
  const peers = await readWithPeers(bitmap);
  const result = { width, height, live, liveFrames, photo, passes, peers };
  bitmap.close();
  return result;
}

Object.assign(window, { still });
