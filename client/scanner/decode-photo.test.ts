import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { decodeStill } from './decode-photo.ts';
import { type DecodePass, isZbarPass, PHOTO_PASSES } from './decode-settings.ts';
import type { FrameDecoder } from './frame-decoder.ts';
import type { FoundCode } from './read-image.ts';

const PICTURE = { width: 800, height: 600, close: () => undefined } as ImageBitmap;

beforeEach(() => {
  // why: pictures exist in browsers only; what each pass finds in this one is the test's to say.
  vi.stubGlobal('createImageBitmap', async () => PICTURE);
});
afterEach(() => vi.unstubAllGlobals());

function code(more: Partial<FoundCode> = {}): FoundCode {
  return {
    codigo: '7501031311309',
    simbologia: 'EAN_13',
    lines: 40,
    firm: true,
    pass: '',
    x: 400,
    y: 300,
    ...more,
  };
}

/** A decoder in which only the named passes find something. */
function decoderThat(finds: Partial<Record<DecodePass, FoundCode>>, second = true) {
  const looked: DecodePass[] = [];
  const decoder = {
    askSecondOpinion: async () => second,
    decode: async (_: unknown, __: unknown, pass: DecodePass) => {
      looked.push(pass);
      const found = finds[pass];
      return { found: found ? [{ ...found, pass }] : [], ms: 1 };
    },
  };
  return { looked, decoder: decoder as unknown as FrameDecoder };
}

describe('a photo from the camera roll', () => {
  test('ends at the first pass that is believed', async () => {
    const { decoder, looked } = decoderThat({ mid: code() });
    expect(await decodeStill(decoder, PICTURE)).toMatchObject({ codigo: '7501031311309', pass: 'mid' });
    expect(looked).toEqual(['mid']);
  });

  test('asks zbar at the end, when zxing found nothing', async () => {
    const { decoder, looked } = decoderThat({ zbarSharp: code() });
    expect(await decodeStill(decoder, PICTURE)).toMatchObject({ pass: 'zbarSharp' });
    const first = looked.findIndex(isZbarPass);
    expect(looked.slice(0, first)).toEqual(PHOTO_PASSES.filter((pass) => !isZbarPass(pass)));
  });

  test('goes without zbar when it can not be loaded', async () => {
    const { decoder, looked } = decoderThat({ zbarSharp: code() }, false);
    expect(await decodeStill(decoder, PICTURE)).toBeNull();
    expect(looked.some(isZbarPass)).toBe(false);
  });

  test.each([
    ['ITF', '17501031311306'],
    ['ITF', '2167361334'],
    ['CODE_39', 'PH-2840'],
    ['DESCONOCIDA', '0107501031311309'],
  ] as const)('%s %s needs two passes', async (simbologia, codigo) => {
    const label = code({ simbologia, codigo });
    expect(await decodeStill(decoderThat({ mid: label }).decoder, PICTURE)).toBeNull();
    const twice = decoderThat({ mid: label, sharp: label });
    expect(await decodeStill(twice.decoder, PICTURE)).toMatchObject({ codigo, pass: 'sharp' });
  });

  test('DataBar is read by two of the passes that all photos get', async () => {
    const label = code({ simbologia: 'DESCONOCIDA', codigo: '0107501031311309' });
    const { decoder } = decoderThat({ fast: label, photo: label });
    expect(await decodeStill(decoder, PICTURE)).not.toBeNull();
  });

  test('takes the code nearest the middle', async () => {
    const { decoder } = decoderThat({});
    const both = [code({ x: 10, y: 10 }), code({ codigo: '7501031311316', x: 380, y: 310 })];
    Object.assign(decoder, { decode: async () => ({ found: both, ms: 1 }) });
    expect(await decodeStill(decoder, PICTURE)).toMatchObject({ codigo: '7501031311316' });
  });
});
