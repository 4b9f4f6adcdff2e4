import { now } from '#client/offline/clock.ts';
import { type AjustesEscaner, ESCANER_POR_OMISION } from '#shared/contracts/escaner.ts';
import { Acceptance, type AcceptanceTuning } from './acceptance.ts';
import { aimedAt } from './aim-box.ts';
import { isZbarPass, PHOTO_PASSES } from './decode-settings.ts';
import { type DecodedFrame, FrameDecoder } from './frame-decoder.ts';
import type { FoundCode } from './read-image.ts';
import type { ScanEvent } from './scan-event.ts';

/**
 * The code in a photo, the one nearest the middle when there are several; null when there is none, or when the
 * file is no picture. Takes up to a second, and longer when the second opinion has to be fetched.
 */
export async function decodePhoto(
  file: Blob,
  ajustes: AjustesEscaner = ESCANER_POR_OMISION,
): Promise<ScanEvent | null> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return null;
  }
  const decoder = new FrameDecoder();
  try {
    const code = await decodeStill(decoder, picture, new Acceptance(PHOTO_TUNING, ajustes));
    if (!code) return null;
    const { codigo, simbologia, gs1 } = code;
    return { codigo, simbologia, gs1, fuente: 'foto', en: now().getTime() };
  } finally {
    picture.close();
    decoder.close();
  }
}

/** A still has no time: its passes stand for frames this far apart, ms, and all of them may agree. */
const STEP_MS = 260;
export const PHOTO_TUNING: Partial<AcceptanceTuning> = { agreementMs: PHOTO_PASSES.length * STEP_MS };

/** Tries the passes in turn until `acceptance` is content. Doesn't close `picture`. */
export async function decodeStill(
  decoder: FrameDecoder,
  picture: ImageBitmap,
  acceptance = new Acceptance(PHOTO_TUNING),
): Promise<FoundCode | null> {
  const all = { x: 0, y: 0, width: picture.width, height: picture.height };
  for (const [turn, pass] of PHOTO_PASSES.entries()) {
    // The second opinion's passes stand last: without it, that was all.
    if (isZbarPass(pass) && !(await decoder.askSecondOpinion())) return null;
    const { found }: DecodedFrame = await decoder.decode(await createImageBitmap(picture), all, pass);
    const aimed = aimedAt(found, all);
    if (acceptance.frame(aimed ? [aimed] : [], turn * STEP_MS).length > 0) return aimed;
  }
  return null;
}
