import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import bwipjs from 'bwip-js/node';
import { beforeAll, describe, expect, test } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { Acceptance } from './acceptance.ts';
import { nativeMemory } from './native-memory.ts';
import { type DetectedBarcode, type Detector, NativeReader, WANTED_FORMATS } from './native-reader.ts';
import { drawSymbol, type PixelPicture, TEST_SYMBOLS } from './native-test-symbols.ts';

const BOX = { x: 100, y: 40, width: 200, height: 60 };
const FORMATS: Record<string, string> = {
  EAN_13: 'ean_13',
  CODE_128: 'code_128',
  ITF: 'itf',
  CODE_39: 'code_39',
  QR: 'qr_code',
  DATA_MATRIX: 'data_matrix',
};

type Answer = (picture: unknown) => Promise<DetectedBarcode[]> | DetectedBarcode[];

/** Never fires unless told: no test waits for time. */
function clock() {
  const waiting: (() => void)[] = [];
  return {
    later: () => new Promise<void>((done) => waiting.push(done)),
    pass: () => {
      for (const done of waiting.splice(0)) done();
    },
  };
}

/** A detector that knows the test pictures by their size and reads them right, unless `answer` says otherwise. */
function fake(answer?: Answer, formats: readonly string[] = WANTED_FORMATS, time = clock()) {
  const Detector = class implements Detector {
    static getSupportedFormats = async () => [...formats];
    async detect(picture: unknown) {
      return answer ? answer(picture) : knows(picture as PixelPicture);
    }
  };
  return { Detector, asSource: (drawn: PixelPicture) => drawn as never, later: time.later };
}

function knows(picture: PixelPicture): DetectedBarcode[] {
  if (picture.rgba.every((value) => value === 255)) return [];
  const symbol = TEST_SYMBOLS.find(
    (one) => Buffer.compare(Buffer.from(drawSymbol(one).rgba), Buffer.from(picture.rgba)) === 0,
  );
  return symbol ? [{ rawValue: symbol.codigo, format: FORMATS[symbol.simbologia]!, boundingBox: BOX }] : [];
}

const detected = (rawValue: string, format: string): DetectedBarcode => ({
  rawValue,
  format,
  boundingBox: BOX,
});

async function opened(...args: Parameters<typeof fake>): Promise<NativeReader> {
  const reader = await NativeReader.open(fake(...args));
  expect(reader).not.toBeNull();
  return reader!;
}

describe('native BarcodeDetector, only if getSupportedFormats() covers the list', () => {
  test('absent', async () => {
    expect(await NativeReader.open({ ...fake(), Detector: undefined })).toBeNull();
  });

  test.each(WANTED_FORMATS)('without %s', async (missing) => {
    const formats = WANTED_FORMATS.filter((format) => format !== missing);
    expect(await NativeReader.open(fake(undefined, formats))).toBeNull();
  });

  test('more formats than wanted are no harm', async () => {
    expect(await NativeReader.open(fake(undefined, [...WANTED_FORMATS, 'aztec']))).not.toBeNull();
  });

  test('getSupportedFormats throws, or never answers', async () => {
    const throwing = fake();
    throwing.Detector.getSupportedFormats = () => Promise.reject(new Error('no service'));
    expect(await NativeReader.open(throwing)).toBeNull();
    const time = clock();
    const hanging = fake(undefined, WANTED_FORMATS, time);
    hanging.Detector.getSupportedFormats = () => new Promise(() => undefined);
    const opening = NativeReader.open(hanging);
    time.pass();
    expect(await opening).toBeNull();
  });
});

describe('and a self-test image decodes', () => {
  test('all of them exactly: the test is passed', async () => {
    expect(await (await opened()).passesTest()).toBe(true);
  });

  test('a mark of GS1 in front of the data is no mismatch', async () => {
    const marked: Answer = (picture) =>
      knows(picture as PixelPicture).map((code) =>
        code.rawValue.includes('\u001d') ? { ...code, rawValue: `\u001d${code.rawValue}` } : code,
      );
    expect(await (await opened(marked)).passesTest()).toBe(true);
  });

  test.each<[string, Answer]>([
    ['reads nothing', () => []],
    ['answers another code', () => [detected('7501031311316', 'ean_13')]],
    [
      'names another symbology',
      (p) => knows(p as PixelPicture).map((code) => ({ ...code, format: 'ean_8' })),
    ],
    [
      'drops the separators of GS1',
      (p) =>
        knows(p as PixelPicture).map((code) => ({ ...code, rawValue: code.rawValue.replace('\u001d', '') })),
    ],
    ['finds one code twice', (p) => [...knows(p as PixelPicture), ...knows(p as PixelPicture)]],
    [
      'repeats the last code on a white page',
      (p) => {
        const known = knows(p as PixelPicture);
        return known.length > 0 ? known : [detected('7501031311309', 'ean_13')];
      },
    ],
    ['throws', () => Promise.reject(new Error('NotSupportedError'))],
  ])('%s: it is not used', async (_, answer) => {
    expect(await (await opened(answer)).passesTest()).toBe(false);
  });

  test('hangs: after its time it is not used', async () => {
    const time = clock();
    const testing = (await opened(() => new Promise(() => undefined), WANTED_FORMATS, time)).passesTest();
    await Promise.resolve();
    time.pass();
    expect(await testing).toBe(false);
  });
});

describe('the test pictures', () => {
  beforeAll(async () => {
    const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
    await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer } });
  });

  test.each(TEST_SYMBOLS.map((symbol) => [symbol.simbologia, symbol] as const))(
    '%s is what it claims to be, by another reader',
    async (_, symbol) => {
      const { rgba, width, height } = drawSymbol(symbol);
      const [read] = await readBarcodes({ data: rgba, width, height, colorSpace: 'srgb' } as ImageData, {
        textMode: 'Plain',
      });
      expect(read?.text).toBe(symbol.codigo);
    },
  );

  test('and drawn as bwip-js draws it', () => {
    const [ean] = bwipjs.raw({ bcid: 'ean13', text: '7501031311309' }) as { sbs: number[] }[];
    const bars = ean!.sbs.map((width, i) => (i % 2 === 0 ? '1' : '0').repeat(width)).join('');
    expect(TEST_SYMBOLS[0]?.rows).toEqual([bars]);
  });
});

describe('reads of the native detector', () => {
  const seeing = (...codes: DetectedBarcode[]) => opened(() => codes);

  test('a linear code is firm from the second frame in a row that says the same', async () => {
    const reader = await seeing(detected('7501031311309', 'ean_13'));
    expect((await reader.read({} as never, 0))[0]).toMatchObject({ firm: false, simbologia: 'EAN_13' });
    expect((await reader.read({} as never, 40))[0]).toMatchObject({ firm: true });
    expect((await reader.read({} as never, 2000))[0], 'too long ago').toMatchObject({ firm: false });
  });

  test('a matrix code has its error correction', async () => {
    const reader = await seeing(detected('DEVCOMPRAS', 'qr_code'));
    expect((await reader.read({} as never, 0))[0]).toMatchObject({ firm: true, x: 200, y: 70 });
  });

  test('two-frame agreement: any linear code counts on the second frame', async () => {
    const frames = async (codigo: string, format: string) => {
      const reader = await seeing(detected(codigo, format));
      const acceptance = new Acceptance();
      for (let frame = 1; frame < 9; frame += 1) {
        const reads = await reader.read({} as never, frame * 40);
        if (acceptance.frame(reads, frame * 40).length > 0) return frame;
      }
      return null;
    };
    expect(await frames('7501031311309', 'ean_13')).toBe(2);
    expect(await frames('PH-2840', 'code_128')).toBe(2);
    expect(await frames('PH-2840', 'code_39')).toBe(2);
    expect(await frames('17501031311306', 'itf')).toBe(2);
    expect(await frames('DEVCOMPRAS', 'qr_code')).toBe(1);
  });

  test('check digits are verified all the same', async () => {
    const reader = await seeing(detected('7501031311308', 'ean_13'));
    const acceptance = new Acceptance();
    for (const at of [0, 40, 80])
      expect(acceptance.frame(await reader.read({} as never, at), at)).toEqual([]);
  });

  test('an EAN-13 that begins with 0 is the UPC-A that is printed; GS1 is marked', async () => {
    const reader = await seeing(
      detected('0042100005264', 'ean_13'),
      detected('\u001d10L7\u001d21S9', 'code_128'),
      detected('x', 'aztec'),
    );
    expect(await reader.read({} as never, 0)).toMatchObject([
      { codigo: '042100005264', simbologia: 'UPC_A' },
      { codigo: '10L7\u001d21S9', simbologia: 'CODE_128', gs1: true },
    ]);
  });

  test('throws or hangs mid-session: the caller hears of it and gives it up', async () => {
    const throwing = await opened(() => Promise.reject(new Error('lost service')));
    await expect(throwing.read({} as never, 0)).rejects.toThrow('lost service');
    const time = clock();
    const hanging = await opened(() => new Promise(() => undefined), WANTED_FORMATS, time);
    const reading = hanging.read({} as never, 0);
    time.pass();
    await expect(reading).rejects.toThrow('no answer');
  });
});

describe('the verdict is kept per browser version', () => {
  function storage(): Storage {
    const kept = new Map<string, string>();
    return {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    } as unknown as Storage;
  }

  test('another version is tested anew', () => {
    const shelf = storage();
    const memory = nativeMemory(() => shelf, 'Chrome/156');
    expect(memory.recall()).toBeNull();
    memory.keep(true);
    expect(memory.recall()).toBe(true);
    memory.keep(false);
    expect(memory.recall()).toBe(false);
    expect(nativeMemory(() => shelf, 'Chrome/157').recall()).toBeNull();
  });

  test('a browser that refuses storage is tested each time', () => {
    const memory = nativeMemory(() => {
      throw new Error('denied');
    }, 'Chrome/156');
    memory.keep(true);
    expect(memory.recall()).toBeNull();
  });
});
