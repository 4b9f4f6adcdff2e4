/**
 * The second opinion: ZBar, another way of reading linear codes (LGPL-2.1+, a file of its own; see
 * docs/decisions/0011). It reads blurred phone photos that zxing gives up on, and it misreads more: what it says of
 * an EAN or UPC is held against the picture, and nothing else of it is believed at one sight.
 */
import {
  setModuleArgs,
  ZBarConfigType,
  ZBarImage,
  ZBarOrientation,
  ZBarScanner,
  type ZBarSymbol,
  ZBarSymbolType,
} from '@undecaf/zbar-wasm';
import { GS } from '#shared/domain/codigos.ts';
import type { GreyPicture } from './bars-check.ts';
import { borneOut, isRetail, toGrey } from './borne-out.ts';
import { PASSES, type ZbarPass } from './decode-settings.ts';
import { withoutMarks } from './gs.ts';
import type { FoundCode } from './read-image.ts';
import type { Simbologia } from './scan-event.ts';
import { withoutVinIdentifier } from './vin.ts';

/** No matrix codes (zxing reads more of them) and no DataBar. */
const ENABLED = [
  ZBarSymbolType.ZBAR_EAN13,
  ZBarSymbolType.ZBAR_EAN8,
  ZBarSymbolType.ZBAR_UPCE,
  ZBarSymbolType.ZBAR_I25,
  ZBarSymbolType.ZBAR_CODE39,
  ZBarSymbolType.ZBAR_CODE128,
];

const SIMBOLOGIAS: Partial<Record<ZBarSymbolType, Simbologia>> = {
  [ZBarSymbolType.ZBAR_EAN13]: 'EAN_13',
  [ZBarSymbolType.ZBAR_EAN8]: 'EAN_8',
  [ZBarSymbolType.ZBAR_UPCE]: 'UPC_E',
  [ZBarSymbolType.ZBAR_I25]: 'ITF',
  [ZBarSymbolType.ZBAR_CODE39]: 'CODE_39',
  [ZBarSymbolType.ZBAR_CODE128]: 'CODE_128',
};

/** `bench/decoder` on 390 pictures: wrong reads without a check against the picture had 1–3 scan lines (ITF 1–2). */
const FIRM_LINES = 8;
/** On a quarter of another's scan lines or fewer it is a piece of that label: ITF gives such pieces away. */
const GHOST = 4;
/** What zbar's scan lines are worth where the picture doesn't tell: two passes reach what acceptance asks of them. */
const THIN_LINES = 4;
/** Full ASCII Code 39 spells one letter with two: what is printed can't be told from here. */
const FULL_ASCII = /[$%/+][A-Z]/;

let scanner: ZBarScanner | null = null;

/** `wasmUrl`: where our own origin has the file. Rejects when it can't be had. */
export async function prepareZbar(wasmUrl?: string): Promise<void> {
  if (wasmUrl !== undefined) setModuleArgs({ locateFile: () => wasmUrl });
  const created = await ZBarScanner.create();
  created.setConfig(ZBarSymbolType.ZBAR_NONE, ZBarConfigType.ZBAR_CFG_ENABLE, 0);
  for (const type of ENABLED) created.setConfig(type, ZBarConfigType.ZBAR_CFG_ENABLE, 1);
  scanner = created;
}

/** Codes in a picture. Needs `prepareZbar` first. */
export async function readWithZbar(image: ImageData, pass: ZbarPass): Promise<FoundCode[]> {
  if (!scanner) return [];
  const picture = toGrey(image);
  // The reader takes the buffer's bytes as they are.
  const zbarImage = await ZBarImage.createFromGrayBuffer(
    picture.width,
    picture.height,
    picture.grey.buffer as ArrayBuffer,
  );
  try {
    scanner.scan(zbarImage);
    const symbols = zbarImage.getSymbols();
    const most = Math.max(...symbols.map(({ quality }) => quality));
    return symbols
      .filter(({ quality }) => quality * GHOST >= most)
      .flatMap((symbol) => toFoundCode(symbol, picture, pass) ?? []);
  } finally {
    zbarImage.destroy();
  }
}

function toFoundCode(symbol: ZBarSymbol, picture: GreyPicture, pass: ZbarPass): FoundCode | null {
  const kind = SIMBOLOGIAS[symbol.type];
  if (kind === undefined || symbol.points.length === 0) return null;
  const text = symbol.decode();
  // UPC-A comes as the EAN-13 that begins with 0.
  const simbologia = kind === 'EAN_13' && text.startsWith('0') ? 'UPC_A' : kind;
  const { codigo: unmarked } = withoutMarks(text);
  const codigo = asPrinted(unmarked, simbologia);
  if (codigo === null) return null;
  const xs = symbol.points.map(({ x }) => x);
  const ys = symbol.points.map(({ y }) => y);
  const read: FoundCode = {
    codigo,
    simbologia,
    pass,
    lines: symbol.quality,
    firm: symbol.quality >= FIRM_LINES,
    x: (Math.min(...xs) + Math.max(...xs)) / 2,
    y: (Math.min(...ys) + Math.max(...ys)) / 2,
    // FNC1 in front is not told; between fields only GS1 has it.
    ...(unmarked.includes(GS) ? { gs1: true } : {}),
  };
  return isRetail(simbologia) ? held(read, symbol, picture) : read;
}

function asPrinted(text: string, simbologia: Simbologia): string | null {
  if (simbologia === 'UPC_A') return text.slice(1);
  if (simbologia === 'CODE_39') {
    return FULL_ASCII.test(text) || isCode32(text) ? null : withoutVinIdentifier(text);
  }
  return text;
}

/**
 * Borne out by the picture it is firm, contradicted it is no read at all. Where the picture doesn't tell, it waits for another
 * pass to agree; but not in a turned picture, where the same misread comes in pass after pass.
 */
function held(read: FoundCode, symbol: ZBarSymbol, picture: GreyPicture): FoundCode | null {
  const upright =
    symbol.orientation === ZBarOrientation.ZBAR_ORIENT_RIGHT ||
    symbol.orientation === ZBarOrientation.ZBAR_ORIENT_LEFT;
  const verdict = borneOut(picture, read, { points: symbol.points, ends: false, upright });
  if (verdict.answer === 'yes') return { ...read, ...verdict.middle, firm: true };
  if (verdict.answer === 'no' || PASSES[read.pass as ZbarPass].turn !== 0) return null;
  return { ...read, firm: false, lines: Math.min(read.lines, THIN_LINES) };
}

const CODE_32 = '0123456789BCDFGHJKLMNPQRSTUVWXYZ';

/**
 * True for six characters of Code 39 that are nine digits of Code 32 with their check digit (Italian pharmacies): zxing
 * gives what is printed, `A` and the digits; zbar the characters.
 */
export function isCode32(text: string): boolean {
  const values = [...text].map((char) => CODE_32.indexOf(char));
  if (values.length !== 6 || values.includes(-1)) return false;
  const digits = [...String(values.reduce((sum, value) => sum * 32 + value, 0)).padStart(9, '0')].map(Number);
  if (digits.length !== 9) return false;
  const sum = digits.slice(0, 8).reduce((total, digit, place) => {
    const twice = digit * (place % 2 === 0 ? 1 : 2);
    return total + Math.floor(twice / 10) + (twice % 10);
  }, 0);
  return sum % 10 === digits[8];
}
