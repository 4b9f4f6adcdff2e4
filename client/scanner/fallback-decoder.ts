/**
 * Reader for browsers without WebAssembly, workers or OffscreenCanvas: @zxing/browser on the main thread, loaded
 * only when needed. The formats are always named, and never RSS (DataBar): with RSS, or without hints, the
 * library repeats the last DataBar on later blank frames.
 */
import { BarcodeFormat, BrowserMultiFormatReader } from '@zxing/browser';
import { DecodeHintType, type Result } from '@zxing/library';
import type { Rect } from './decode.worker.ts';
import { type DecodePass, PASSES } from './decode-settings.ts';
import { withoutMarks } from './gs.ts';
import type { FoundCode } from './read-image.ts';
import type { Simbologia } from './scan-event.ts';

const SIMBOLOGIAS = new Map<BarcodeFormat, Simbologia>([
  [BarcodeFormat.EAN_13, 'EAN_13'],
  [BarcodeFormat.EAN_8, 'EAN_8'],
  [BarcodeFormat.UPC_A, 'UPC_A'],
  [BarcodeFormat.UPC_E, 'UPC_E'],
  [BarcodeFormat.ITF, 'ITF'],
  [BarcodeFormat.CODE_39, 'CODE_39'],
  [BarcodeFormat.CODE_128, 'CODE_128'],
  [BarcodeFormat.QR_CODE, 'QR'],
  [BarcodeFormat.DATA_MATRIX, 'DATA_MATRIX'],
]);

const MATRIX: ReadonlySet<BarcodeFormat> = new Set([BarcodeFormat.QR_CODE, BarcodeFormat.DATA_MATRIX]);

/** What the library is told; exported because it is all that keeps GS1 whole. */
export function hintsWith(tryHarder: boolean): Map<DecodeHintType, unknown> {
  const hints = new Map<DecodeHintType, unknown>([
    [DecodeHintType.POSSIBLE_FORMATS, [...SIMBOLOGIAS.keys()]],
    // Without it the library drops FNC1 from Code 128, and with it the separators of GS1.
    [DecodeHintType.ASSUME_GS1, true],
  ]);
  if (tryHarder) hints.set(DecodeHintType.TRY_HARDER, true);
  return hints;
}

export class FallbackDecoder {
  readonly #canvas = document.createElement('canvas');
  readonly #quick = new BrowserMultiFormatReader(hintsWith(false));
  readonly #hard = new BrowserMultiFormatReader(hintsWith(true));

  /** TRY_HARDER costs five times as much here, so only the passes that look at everything pay for it. */
  decode(picture: CanvasImageSource, crop: Rect, pass: DecodePass): FoundCode[] {
    const scale = Math.min(1, PASSES[pass].maxWidth / crop.width);
    this.#canvas.width = Math.max(1, Math.round(crop.width * scale));
    this.#canvas.height = Math.max(1, Math.round(crop.height * scale));
    const context = this.#canvas.getContext('2d', { willReadFrequently: true });
    if (!context) return [];
    context.fillStyle = '#fff';
    context.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
    context.drawImage(
      picture,
      crop.x,
      crop.y,
      crop.width,
      crop.height,
      0,
      0,
      this.#canvas.width,
      this.#canvas.height,
    );
    const reader = pass === 'whole' || pass === 'photo' ? this.#hard : this.#quick;
    try {
      return [toFoundCode(reader.decodeFromCanvas(this.#canvas), crop, scale, pass)];
    } catch {
      // The library reports "no code here" by throwing.
      return [];
    }
  }
}

function toFoundCode(result: Result, crop: Rect, scale: number, pass: DecodePass): FoundCode {
  const points = result.getResultPoints().filter((point) => point !== null);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
  const { codigo, gs1 } = withoutMarks(result.getText());
  return {
    codigo,
    simbologia: SIMBOLOGIAS.get(result.getBarcodeFormat()) ?? 'DESCONOCIDA',
    ...(gs1 === undefined ? {} : { gs1 }),
    pass,
    // The library believes a single line; nothing vouches for a linear code but a second frame.
    lines: 4,
    firm: MATRIX.has(result.getBarcodeFormat()),
    x: crop.x + mean(points.map((point) => point.getX())) / scale,
    y: crop.y + mean(points.map((point) => point.getY())) / scale,
  };
}
