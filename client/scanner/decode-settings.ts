import type { ReaderOptions, ReadInputBarcodeFormat } from 'zxing-wasm/reader';

/**
 * One way that zxing looks at a picture.
 * - `fast`, `mid`: the aim box as it is, with cheap and with thorough settings.
 * - `sharp`: the aim box enlarged and sharpened: unfocused and tiny labels.
 * - `turned`: the aim box turned by 45°: the reader itself only follows rows and columns (± 20°). `turnedSharp`
 *   sharpens too: each reads what the other does not.
 * - `global`: enlarged, one threshold of black for the whole picture: evenly lit labels with smeared edges.
 * - `whole`: all of the picture, light codes on dark too: labels larger than the box.
 * - `photo`: a still from the camera roll.
 */
export type ZxingPass = 'fast' | 'mid' | 'sharp' | 'turned' | 'turnedSharp' | 'global' | 'whole' | 'photo';

/**
 * One way of asking ZBar, the second opinion: `zbar` enlarged, `zbarSharp` sharpened too, `zbarTurned` by 45°, and
 * `zbarTilted` by 55°, so that a slanted label without a check digit is read in two ways; `zbarPhoto` large, for a
 * small label in a photo.
 */
export type ZbarPass = 'zbar' | 'zbarSharp' | 'zbarTurned' | 'zbarTilted' | 'zbarPhoto';

/** `native`: the browser's own BarcodeDetector, on the aim box as it is. */
export type DecodePass = ZxingPass | ZbarPass | 'native';

export interface PassSettings {
  /** Widest picture handed to the reader, px: more costs time and gives little. */
  maxWidth: number;
  /** Small pictures are enlarged at most this much. */
  maxScale: number;
  /** Degrees the picture is turned. */
  turn: number;
  sharpen: boolean;
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

/** How the picture is prepared. `bench/decoder` measures exactly these. */
export const PASSES: Record<DecodePass, PassSettings> = {
  fast: { maxWidth: 640, maxScale: 1, turn: 0, sharpen: false },
  mid: { maxWidth: 640, maxScale: 1, turn: 0, sharpen: false },
  sharp: { maxWidth: 960, maxScale: 2, turn: 0, sharpen: true },
  turned: { maxWidth: 960, maxScale: 1, turn: 45, sharpen: false },
  turnedSharp: { maxWidth: 960, maxScale: 1, turn: 45, sharpen: true },
  global: { maxWidth: 960, maxScale: 2, turn: 0, sharpen: false },
  whole: { maxWidth: 960, maxScale: 1.5, turn: 0, sharpen: false },
  photo: { maxWidth: 1600, maxScale: 2, turn: 0, sharpen: false },
  zbar: { maxWidth: 960, maxScale: 2, turn: 0, sharpen: false },
  zbarSharp: { maxWidth: 960, maxScale: 2, turn: 0, sharpen: true },
  zbarTurned: { maxWidth: 960, maxScale: 1, turn: 45, sharpen: true },
  zbarTilted: { maxWidth: 960, maxScale: 1, turn: 55, sharpen: true },
  zbarPhoto: { maxWidth: 1920, maxScale: 2, turn: 0, sharpen: false },
  native: { maxWidth: 1280, maxScale: 1, turn: 0, sharpen: false },
};

/** What zxing is told in each of its passes. */
export const ZXING: Record<ZxingPass, ReaderOptions> = {
  fast: {
    ...BASE,
    formats: WITH_DATABAR,
    // Its scan lines lie eight times as far apart as the thorough ones: three that agree are plenty.
    minLineCount: 3,
    maxNumberOfSymbols: 1,
    tryHarder: false,
    tryRotate: false,
    tryDownscale: false,
  },
  mid: BASE,
  sharp: { ...BASE, tryDownscale: false },
  turned: TURNED,
  turnedSharp: TURNED,
  global: { ...EVERYTHING, binarizer: 'GlobalHistogram' },
  whole: EVERYTHING,
  photo: { ...EVERYTHING, formats: WITH_DATABAR },
};

/**
 * Scan lines of a thorough pass that must agree before one picture alone is believed. Wrong EAN and UPC codes out
 * of blurred or aliased pictures had 2–7 (right ones usually have dozens); wrong Code 128, 1–3.
 */
export const FIRM_LINES = { retail: 8, other: 4 };

/** Those of the camera, in turn. */
export const ZBAR_PASSES: readonly ZbarPass[] = ['zbar', 'zbarTurned', 'zbarSharp', 'zbarTilted'];

export function isZbarPass(pass: DecodePass): pass is ZbarPass {
  return pass.startsWith('zbar');
}

/**
 * The passes tried on a still, in this order; the first that yields an accepted code ends it. `fast` stands before
 * `photo` because those two read DataBar, and one alone is not believed. Those of the second opinion come last.
 */
export const PHOTO_PASSES: readonly DecodePass[] = [
  'mid',
  'fast',
  'photo',
  'whole',
  'sharp',
  'turned',
  'turnedSharp',
  'global',
  ...ZBAR_PASSES,
  'zbarPhoto',
];
