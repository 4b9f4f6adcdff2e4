import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, test } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { barsOf } from '../../scripts/hoja-escaner.ts';
import { isPlausible } from './acceptance.ts';
import { SHEET_BARS } from './sheet-bars.ts';
import { HOJA, labelOf, SHEET_LABELS, type SheetLabel } from './sheet-labels.ts';
import { drawLabel } from './sheet-svg.ts';

describe('the printed sheet', () => {
  test('has an id and numbered labels, each code once, in every symbology and two sizes of the usual ones', () => {
    expect(SHEET_LABELS.map(({ number }) => number)).toEqual(SHEET_LABELS.map((_, i) => i + 1));
    expect(new Set(SHEET_LABELS.map(({ codigo }) => codigo)).size).toBe(SHEET_LABELS.length);
    expect(new Set(SHEET_LABELS.map(({ simbologia }) => simbologia)).size).toBe(9);
    for (const { codigo, simbologia, number } of SHEET_LABELS) {
      expect(isPlausible({ codigo, simbologia, lines: 40, firm: true, pass: 'mid' }), codigo).toBe(true);
      expect(codigo).toContain(simbologia === 'UPC_E' ? String(number) : /^\d+$/.test(codigo) ? '29' : HOJA);
    }
  });

  test('is drawn from bars that are up to date (scripts/hoja-escaner.ts)', () => {
    expect(SHEET_BARS).toEqual(Object.fromEntries(SHEET_LABELS.map((l) => [l.number, barsOf(l)])));
  });

  test('every label fits a third of a letter-size page', () => {
    for (const label of SHEET_LABELS) {
      const { widthMm, heightMm } = drawLabel(label);
      const [width, height] = label.turned ? [heightMm, widthMm] : [widthMm, heightMm];
      expect({ number: label.number, fits: width <= 62 && height <= 34 }).toEqual({
        number: label.number,
        fits: true,
      });
    }
  });
});

describe('which label a read is', () => {
  test.each<[string, string, number]>([
    ['a gun that widens UPC-A to 13 digits', '0290001000042', 4],
    ['a gun that widens UPC-E to 12', '000010000052', 5],
    ['a gun that widens UPC-E to 13', '0000010000052', 5],
    ['a symbology identifier before it', ']C1DC1-07', 7],
  ])('%s', (_, codigo, number) => {
    expect(labelOf({ codigo })?.label.number).toBe(number);
  });

  test.each(['7501031311309', 'DC1-99', 'dc1-07', '2900010000183x', ''])('%s is none', (codigo) => {
    expect(labelOf({ codigo })).toBe(null);
  });
});

describe('the decoder of the app reads what is printed', () => {
  beforeAll(async () => {
    const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
    await prepareZXingModule({
      overrides: { wasmBinary: new Uint8Array(readFileSync(file)).buffer },
      fireImmediately: true,
    });
  });

  test.each(SHEET_LABELS.map((label) => [label.number, label.name, label] as const))(
    'label %i, %s',
    async (number, _, label) => {
      const results = await readBarcodes(asPicture(label), { textMode: 'Plain' });
      expect(results.map(({ text }) => labelOf({ codigo: text, simbologia: label.simbologia }))).toEqual([
        { label, withoutGs: false },
      ]);
      expect(number).toBe(label.number);
    },
  );
});

/** The drawing at 20 pixels a millimetre, as a printer of 500 dots an inch sees it. */
function asPicture(label: SheetLabel): ImageData {
  const PX = 20;
  const { widthMm, heightMm, path } = drawLabel(label);
  const width = Math.ceil(widthMm * PX);
  const height = Math.ceil(heightMm * PX);
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (const [, x, y, w, h] of path.matchAll(/M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)h-[\d.]+z/g)) {
    const [left, top] = [Math.round(Number(x) * PX), Math.round(Number(y) * PX)];
    const right = Math.round((Number(x) + Number(w)) * PX);
    const bottom = Math.round((Number(y) + Number(h)) * PX);
    for (let row = top; row < bottom; row += 1) {
      for (let column = left; column < right; column += 1)
        data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
    }
  }
  return { data, width, height, colorSpace: 'srgb' } as ImageData;
}
