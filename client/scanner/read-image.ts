import { prepareZXingModule, type ReadResult, readBarcodes } from 'zxing-wasm/reader';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import type { RawRead } from './acceptance.ts';
import { borneOut, isRetail, sightOfCorners, toGrey } from './borne-out.ts';
import { FIRM_LINES, ZXING, type ZxingPass } from './decode-settings.ts';
import { ofIdentifier } from './gs.ts';
import type { Simbologia } from './scan-event.ts';
import { withoutVinIdentifier } from './vin.ts';

/** A code and the centre of its symbol, px of the picture it was found in. */
export interface FoundCode extends RawRead {
  x: number;
  y: number;
}

/**
 * Loads the reader from our own origin (the package's default is a CDN, which offline is nothing). Rejects where
 * WebAssembly is missing or the file can't be had.
 */
export async function prepareReader(): Promise<void> {
  await prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true });
}

/** Codes in a picture. Needs `prepareReader` first. */
export async function readImage(image: ImageData, pass: ZxingPass): Promise<FoundCode[]> {
  const results = await readBarcodes(image, ZXING[pass]);
  const valid = results.filter((result) => result.isValid && result.text !== '');
  return valid
    .filter((result) => !valid.some((other) => haunts(result, other)))
    .flatMap((result) => held(toFoundCode(result, pass), result, image) ?? []);
}

/**
 * An EAN or UPC on few scan lines is held against the picture: borne out it is firm, contradicted it is none. Two passes that agree on a
 * misread are no rarity where the print itself misleads.
 */
function held(read: FoundCode, { position }: ReadResult, image: ImageData): FoundCode | null {
  if (read.firm || !isRetail(read.simbologia)) return read;
  const { answer } = borneOut(toGrey(image), read, sightOfCorners(position));
  return answer === 'no' ? null : { ...read, firm: answer === 'yes' };
}

/**
 * True when `ghost` is a misread of the label that `real` is: in the same place, on a quarter of its scan lines
 * or fewer. Unsharp edges give the reader such second opinions, with valid check digits.
 */
function haunts(ghost: ReadResult, real: ReadResult): boolean {
  if (ghost === real || ghost.lineCount === 0 || ghost.lineCount * 4 > real.lineCount) return false;
  const width = Math.hypot(
    real.position.topRight.x - real.position.topLeft.x,
    real.position.topRight.y - real.position.topLeft.y,
  );
  const a = centreOf(ghost);
  const b = centreOf(real);
  return Math.hypot(a.x - b.x, a.y - b.y) < width / 2;
}

function centreOf({ position }: ReadResult): { x: number; y: number } {
  const { topLeft, topRight, bottomLeft, bottomRight } = position;
  return {
    x: (topLeft.x + topRight.x + bottomLeft.x + bottomRight.x) / 4,
    y: (topLeft.y + topRight.y + bottomLeft.y + bottomRight.y) / 4,
  };
}

const SIMBOLOGIAS: Partial<Record<ReadResult['format'], Simbologia>> = {
  EAN13: 'EAN_13',
  ISBN: 'EAN_13',
  EAN8: 'EAN_8',
  UPCA: 'UPC_A',
  UPCE: 'UPC_E',
  ITF: 'ITF',
  ITF14: 'ITF',
  Code39: 'CODE_39',
  Code39Std: 'CODE_39',
  Code39Ext: 'CODE_39',
  Code32: 'CODE_39',
  PZN: 'CODE_39',
  Code128: 'CODE_128',
  QRCode: 'QR',
  QRCodeModel1: 'QR',
  QRCodeModel2: 'QR',
  MicroQRCode: 'QR',
  RMQRCode: 'QR',
  DataMatrix: 'DATA_MATRIX',
};

const MATRIX: ReadonlySet<Simbologia> = new Set(['QR', 'DATA_MATRIX']);

function toFoundCode(result: ReadResult, pass: ZxingPass): FoundCode {
  const simbologia = SIMBOLOGIAS[result.format] ?? 'DESCONOCIDA';
  return {
    ...centreOf(result),
    codigo: asPrinted(result, simbologia),
    simbologia,
    ...gs1Of(result),
    pass,
    lines: result.lineCount,
    // The error correction of a matrix code vouches for it; the fast pass stops at its own quorum of lines.
    firm:
      MATRIX.has(simbologia) ||
      pass === 'fast' ||
      result.lineCount >= (isRetail(simbologia) ? FIRM_LINES.retail : FIRM_LINES.other),
  };
}

/** Whether the symbol marks itself as GS1: an AIM identifier stands for the FNC1 in front, which is not in the text. */
function gs1Of({ symbologyIdentifier }: ReadResult): { gs1?: boolean } {
  const said = ofIdentifier(symbologyIdentifier);
  return said ? { gs1: said.gs1 } : {};
}

/** The reader widens UPC to 13 digits; the label shows 12 (UPC-A) or 8 (UPC-E), and so do people. */
function asPrinted(result: ReadResult, simbologia: Simbologia): string {
  if (simbologia === 'UPC_A' && result.text.length === 13) return result.text.slice(1);
  if (simbologia === 'CODE_39') return withoutVinIdentifier(result.text.trim());
  if (simbologia !== 'UPC_E' || result.text.length === 8) return result.text.trim();
  const { UPCE } = JSON.parse(result.extra || '{}') as { UPCE?: string };
  return UPCE ?? result.text;
}
