import { now } from '#client/offline/clock.ts';
import { Acceptance } from './acceptance.ts';
import { aimedAt } from './aim-box.ts';
import { PHOTO_PASSES } from './decode-settings.ts';
import { type DecodedFrame, FrameDecoder } from './frame-decoder.ts';
import type { FoundCode } from './read-image.ts';
import type { ScanEvent } from './scan-event.ts';

/**
 * The code in a photo, the one nearest the middle when there are several; null when there is none, or when the
 * file is no picture. Takes up to a second.
 */
export async function decodePhoto(file: Blob): Promise<ScanEvent | null> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return null;
  }
  const decoder = new FrameDecoder();
  try {
    const code = await decodeStill(decoder, picture);
    return code && { codigo: code.codigo, simbologia: code.simbologia, fuente: 'foto', en: now().getTime() };
  } finally {
    picture.close();
    decoder.close();
  }
}

/** Tries the passes in turn until the rules of acceptance are content. Doesn't close `picture`. */
export async function decodeStill(decoder: FrameDecoder, picture: ImageBitmap): Promise<FoundCode | null> {
  const all = { x: 0, y: 0, width: picture.width, height: picture.height };
  const acceptance = new Acceptance();
  for (const pass of PHOTO_PASSES) {
    const { found }: DecodedFrame = await decoder.decode(await createImageBitmap(picture), all, pass);
    const aimed = aimedAt(found, all);
    // One picture, one instant: the passes are what must agree.
    if (aimed && acceptance.frame([aimed], 0).length > 0) return aimed;
  }
  return null;
}
