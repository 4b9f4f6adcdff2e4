/** GS1 symbols, drawn by bwip-js, through each of our decoders. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  BinaryBitmap,
  DataMatrixReader,
  HybridBinarizer,
  MultiFormatOneDReader,
  RGBLuminanceSource,
} from '@zxing/library';
import bwipjs from 'bwip-js/node';
import { beforeAll, describe, expect, test } from 'vitest';
import { prepareZXingModule } from 'zxing-wasm/reader';
import { leeGs1 } from '#shared/domain/gs1/lee.ts';
import type { RawRead } from './acceptance.ts';
import type { ZxingPass } from './decode-settings.ts';
import { hintsWith } from './fallback-decoder.ts';
import { opcionesGs1, withoutMarks } from './gs.ts';
import { drawSymbol } from './native-test-symbols.ts';
import { readImage } from './read-image.ts';
import type { Simbologia } from './scan-event.ts';
import { isCode32, prepareZbar, readWithZbar } from './zbar-reader.ts';

const LABEL = '(01)07501031311309(10)LOTE7(17)271231(30)12';
/** What the symbol carries: the lot's and nothing else's end needs a separator. */
const CARRIED = '010750103131130910LOTE7\u001d172712313012';

function draw(bcid: string, text: string): ImageData {
  const [symbol] = bwipjs.raw({ bcid, text }) as { sbs?: number[]; pixs?: number[]; pixx?: number }[];
  const rows: string[] = [];
  if (symbol!.sbs) {
    rows.push(symbol!.sbs.map((width, i) => (i % 2 === 0 ? '1' : '0').repeat(width)).join(''));
  } else {
    const { pixs = [], pixx = 1 } = symbol!;
    for (let at = 0; at < pixs.length; at += pixx) rows.push(pixs.slice(at, at + pixx).join(''));
  }
  const { rgba, width, height } = drawSymbol({ rows });
  return { data: rgba, width, height, colorSpace: 'srgb' } as ImageData;
}

beforeAll(async () => {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer } });
  await prepareZbar();
});

function expectWhole(read: RawRead | undefined, simbologia: Simbologia): void {
  expect(read).toMatchObject({ codigo: CARRIED, simbologia, gs1: true });
  const said = { simbologia, gs1: true, fuente: 'camara' } as const;
  expect(leeGs1(CARRIED, opcionesGs1(said))).toMatchObject({
    ok: true,
    gtin: '07501031311309',
    lote: 'LOTE7',
    caduca: '2027-12-31',
  });
}

describe('keep GS (0x1D), and say that it is GS1: zxing-wasm', () => {
  const passes: ZxingPass[] = ['fast', 'mid', 'photo', 'global'];
  test.each([
    ['gs1-128', 'CODE_128'],
    ['gs1datamatrix', 'DATA_MATRIX'],
    ['gs1qrcode', 'QR'],
  ] as const)('%s', async (bcid, simbologia) => {
    for (const pass of passes) {
      const [read] = await readImage(draw(bcid, LABEL), pass);
      expectWhole(read, simbologia);
    }
  });

  test.each([
    ['code128', 'CODE_128'],
    ['datamatrix', 'DATA_MATRIX'],
    ['qrcode', 'QR'],
    ['code39', 'CODE_39'],
  ] as const)('%s without FNC1 is said to be none', async (bcid, simbologia) => {
    const [read] = await readImage(draw(bcid, 'PH-2840'), 'mid');
    expect(read).toMatchObject({ codigo: 'PH-2840', simbologia, gs1: false });
  });

  test('DataBar Expanded is GS1', async () => {
    const [read] = await readImage(draw('databarexpanded', '(01)07501031311309(10)LOTE7'), 'fast');
    expect(read).toMatchObject({ codigo: '010750103131130910LOTE7', simbologia: 'DESCONOCIDA', gs1: true });
  });
});

describe('keep GS (0x1D), and say that it is GS1: zbar', () => {
  test('gs1-128', async () => {
    const [read] = await readWithZbar(draw('gs1-128', LABEL), 'zbar');
    expectWhole(read, 'CODE_128');
  });

  test('without a separator it does not say, and a GTIN in front is told by its form', async () => {
    const [plain] = await readWithZbar(draw('code128', 'PH-2840'), 'zbar');
    expect(plain).toMatchObject({ codigo: 'PH-2840', simbologia: 'CODE_128' });
    expect(plain?.gs1).toBeUndefined();
    const [read] = await readWithZbar(draw('gs1-128', '(01)07501031311309(10)LOTE7'), 'zbar');
    const said = opcionesGs1({ simbologia: 'CODE_128', fuente: 'camara' });
    expect(leeGs1(read?.codigo ?? '', said)).toMatchObject({ gtin: '07501031311309', lote: 'LOTE7' });
  });
});

describe('keep GS (0x1D), and say that it is GS1: @zxing/browser, without WebAssembly', () => {
  function readWithLibrary({ data, width, height }: ImageData) {
    const grey = new Uint8ClampedArray(width * height).map((_, i) => data[i * 4]!);
    // The one for all formats writes each reader's "nothing here" to the console.
    const reader = width === height ? new DataMatrixReader() : new MultiFormatOneDReader(hintsWith(true));
    const bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(grey, width, height)));
    return withoutMarks(reader.decode(bitmap, hintsWith(true)).getText());
  }

  test.each(['gs1-128', 'gs1datamatrix'])('%s', (bcid) => {
    expect(readWithLibrary(draw(bcid, LABEL))).toMatchObject({ codigo: CARRIED, gs1: true });
  });

  test('an EAN-13 is not touched by it', () => {
    expect(readWithLibrary(draw('ean13', '7501031311309'))).toEqual({ codigo: '7501031311309' });
  });
});

describe('zbar: what it says of an EAN or UPC is held against the picture', () => {
  test.each([
    ['ean13', '7501031311309', 'EAN_13'],
    ['ean8', '96385074', 'EAN_8'],
    ['upca', '042100005264', 'UPC_A'],
    ['upce', '04252614', 'UPC_E'],
  ] as const)('%s %s', async (bcid, codigo, simbologia) => {
    const [read] = await readWithZbar(draw(bcid, codigo), 'zbar');
    expect(read).toMatchObject({ codigo, simbologia, firm: true, pass: 'zbar' });
  });

  test('Code 39 in full ASCII is left to zxing: zbar spells its letters with two', async () => {
    expect(await readWithZbar(draw('code39ext', 'Aa-1234'), 'zbar')).toEqual([]);
  });

  test('Code 32 too: zbar gives its characters and not the digits that are printed', async () => {
    expect(isCode32('3PRM8N')).toBe(true);
    expect(isCode32('3PRM8P')).toBe(false);
    expect(isCode32('CODE39')).toBe(false);
    expect(await readWithZbar(draw('code39', '3PRM8N'), 'zbar')).toEqual([]);
    expect(await readWithZbar(draw('code39', '3PRM8P'), 'zbar')).toMatchObject([{ codigo: '3PRM8P' }]);
  });

  test('a blank page gives nothing', async () => {
    const { data, ...page } = draw('ean13', '7501031311309');
    expect(await readWithZbar({ ...page, data: data.fill(255) } as ImageData, 'zbar')).toEqual([]);
  });
});
