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
import { type Anchor, checkBars, type GreyPicture } from './bars-check.ts';
import type { DecodePass } from './decode-settings.ts';
import { withoutMarks } from './gs.ts';
import type { FoundCode } from './read-image.ts';
import { type RetailPattern, retailPattern } from './retail-pattern.ts';
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

const RETAIL: ReadonlySet<Simbologia> = new Set(['EAN_13', 'EAN_8', 'UPC_A', 'UPC_E']);
/** `bench/decoder` on 390 pictures: wrong reads without a check against the picture had 1–3 scan lines (ITF 1–2). */
const FIRM_LINES = 8;
/** On a quarter of another's scan lines or fewer it is a piece of that label: ITF gives such pieces away. */
const GHOST = 4;
/** The poorest fit of a right claim was 0.4; below it the symbol was not found in the picture. */
const WORST_FIT = 0.4;
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
export async function readWithZbar(image: ImageData, pass: DecodePass): Promise<FoundCode[]> {
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

function toGrey({ data, width, height }: ImageData): GreyPicture {
  const grey = new Uint8Array(width * height);
  for (let i = 0; i < grey.length; i += 1) {
    const at = i * 4;
    grey[i] = (299 * data[at]! + 587 * data[at + 1]! + 114 * data[at + 2]!) / 1000;
  }
  return { grey, width, height };
}

function toFoundCode(symbol: ZBarSymbol, picture: GreyPicture, pass: DecodePass): FoundCode | null {
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
  if (!RETAIL.has(simbologia)) return read;
  const pattern = retailPattern(codigo, simbologia);
  return pattern && held(read, symbol, picture, pattern);
}

function asPrinted(text: string, simbologia: Simbologia): string | null {
  if (simbologia === 'UPC_A') return text.slice(1);
  if (simbologia === 'CODE_39') return FULL_ASCII.test(text) ? null : withoutVinIdentifier(text);
  return text;
}

/** A claim that the picture bears out is firm; one that it doesn't is no read at all. */
function held(
  read: FoundCode,
  symbol: ZBarSymbol,
  picture: GreyPicture,
  pattern: RetailPattern,
): FoundCode | null {
  const upright =
    symbol.orientation === ZBarOrientation.ZBAR_ORIENT_RIGHT ||
    symbol.orientation === ZBarOrientation.ZBAR_ORIENT_LEFT;
  const anchors: Anchor[] = symbol.points.map(({ x, y }) =>
    upright ? { row: x, at: y } : { row: y, at: x },
  );
  const places = anchors.map(({ at }) => at);
  const extent = Math.max(...places) - Math.min(...places);
  const verdict = checkBars(upright ? transposed(picture) : picture, pattern, anchors, extent);
  if (verdict === null || verdict.fit < WORST_FIT || verdict.digits < verdict.of) return null;
  const { x, y } = verdict;
  return { ...read, firm: true, ...(upright ? { x: y, y: x } : { x, y }) };
}

function transposed({ grey, width, height }: GreyPicture): GreyPicture {
  const turned = new Uint8Array(grey.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) turned[x * height + y] = grey[y * width + x]!;
  }
  return { grey: turned, width: height, height: width };
}
