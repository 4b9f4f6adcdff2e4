import type { ReaderOptions, ReadInputBarcodeFormat } from 'zxing-wasm/reader';

/**
 * One way of looking at a picture.
 * - `fast`, `mid`: the aim box as it is, with cheap and with thorough settings.
 * - `sharp`: the aim box enlarged and sharpened: unfocused and tiny labels.
 * - `turned`: the aim box turned by 45°: the reader itself only follows rows and columns (± 20°). `turnedSharp`
 *   sharpens too: each reads what the other does not.
 * - `whole`: all of the picture, light codes on dark too: labels larger than the box.
 * - `photo`: a still from the camera roll.
 */
export type DecodePass = 'fast' | 'mid' | 'sharp' | 'turned' | 'turnedSharp' | 'whole' | 'photo';

export interface PassSettings {
  /** Widest picture handed to the reader, px: more costs time and gives little. */
  maxWidth: number;
  /** Small pictures are enlarged at most this much. */
  maxScale: number;
  /** Degrees the picture is turned. */
  turn: number;
  sharpen: boolean;
  reader: ReaderOptions;
}

const LINEAR: ReadInputBarcodeFormat[] = ['EAN13', 'EAN8', 'UPCA', 'UPCE', 'ITF', 'Code39', 'Code128'];
const ALL: ReadInputBarcodeFormat[] = [...LINEAR, 'QRCode', 'DataMatrix'];
/**
 * GS1 DataBar (fresh food, coupons) comes as DESCONOCIDA. It is free in the fast pass, which reads 90 % of the
 * samples; in a thorough one it costs 40 % more time for a label that car-part shops rarely meet.
 */
const WITH_DATABAR: ReadInputBarcodeFormat[] = [...ALL, 'DataBar', 'DataBarExp'];

const BASE: ReaderOptions = {
  formats: ALL,
  // Plain keeps GS between GS1 fields; the default (HRI) would write "(01)…" instead.
  textMode: 'Plain',
  minLineCount: 2,
  maxNumberOfSymbols: 4,
  tryHarder: true,
  tryRotate: true,
  tryInvert: false,
  tryDownscale: true,
};

const TURNED: ReaderOptions = { ...BASE, formats: LINEAR, tryDownscale: false };
const EVERYTHING: ReaderOptions = { ...BASE, tryInvert: true, tryDenoise: true };

/** `bench/decoder` measures exactly these. */
export const PASSES: Record<DecodePass, PassSettings> = {
  fast: {
    maxWidth: 640,
    maxScale: 1,
    turn: 0,
    sharpen: false,
    reader: {
      ...BASE,
      formats: WITH_DATABAR,
      // Its scan lines lie eight times as far apart as the thorough ones: three that agree are plenty.
      minLineCount: 3,
      maxNumberOfSymbols: 1,
      tryHarder: false,
      tryRotate: false,
      tryDownscale: false,
    },
  },
  mid: { maxWidth: 640, maxScale: 1, turn: 0, sharpen: false, reader: BASE },
  sharp: { maxWidth: 960, maxScale: 2, turn: 0, sharpen: true, reader: { ...BASE, tryDownscale: false } },
  turned: { maxWidth: 960, maxScale: 1, turn: 45, sharpen: false, reader: TURNED },
  turnedSharp: { maxWidth: 960, maxScale: 1, turn: 45, sharpen: true, reader: TURNED },
  whole: { maxWidth: 960, maxScale: 1.5, turn: 0, sharpen: false, reader: EVERYTHING },
  photo: {
    maxWidth: 1600,
    maxScale: 2,
    turn: 0,
    sharpen: false,
    reader: { ...EVERYTHING, formats: WITH_DATABAR },
  },
};

/**
 * Scan lines of a thorough pass that must agree before one picture alone is believed. Wrong EAN and UPC codes out
 * of blurred or aliased pictures had 2–7 (right ones usually have dozens); wrong Code 128, 1–3.
 */
export const FIRM_LINES = { retail: 8, other: 4 };

const IN_TURN: readonly DecodePass[] = ['turned', 'sharp', 'turnedSharp'];

/**
 * The pass of the n-th frame since decoding began: every second one fast, every 6th whole, of the others half mid
 * and half the special ones in turn. A full round takes 18 frames.
 */
export function passOfFrame(n: number): DecodePass {
  const place = n % 6;
  if (place % 2 === 0) return 'fast';
  if (place === 5) return 'whole';
  return place === 1 ? 'mid' : IN_TURN[Math.floor(n / 6) % IN_TURN.length]!;
}

/** The passes tried on a still, cheapest first; the first that yields an accepted code ends it. */
export const PHOTO_PASSES: readonly DecodePass[] = [
  'mid',
  'photo',
  'whole',
  'sharp',
  'turned',
  'turnedSharp',
];
