import { describe, expect, test } from 'vitest';
import { type Anchor, checkBars, type GreyPicture } from './bars-check.ts';
import { retailPattern } from './retail-pattern.ts';

/** A label on a page of 640×80: `module` px wide modules from `left` on, moved by `slant` px a row, blurred. */
function label(
  modules: string,
  look: { module?: number; left?: number; slant?: number; blur?: number } = {},
) {
  const { module = 3, left = 80, slant = 0, blur = 0 } = look;
  const width = 640;
  const height = 80;
  const grey = new Uint8Array(width * height);
  const anchors: Anchor[] = [];
  for (let row = 0; row < height; row += 1) {
    const start = left + slant * row;
    const line = Array.from({ length: width }, (_, x) =>
      modules[Math.floor((x + 0.5 - start) / module)] === '1' ? 40 : 220,
    );
    for (let x = 0; x < width; x += 1) {
      const around = line.slice(Math.max(0, x - blur), x + blur + 1);
      grey[row * width + x] = around.reduce((sum, value) => sum + value, 0) / around.length;
    }
    const end = start + modules.length * module;
    if (row % 2 === 0) anchors.push({ row, at: Math.round(row % 4 === 0 ? end : start) });
  }
  const picture: GreyPicture = { grey, width, height };
  return { picture, anchors, extent: modules.length * module };
}

const PRINTED = '7501031311309';
const MODULES = retailPattern(PRINTED, 'EAN_13')!.modules;
/** Same length, check digit right: what a reader could have made of the label. */
const MISREAD = ['7501031317301', '1501031311305', '9784872348880', '7501031311316'];

function check(codigo: string, drawn: ReturnType<typeof label>) {
  const pattern = retailPattern(codigo, 'EAN_13');
  expect(pattern, `${codigo} has a wrong check digit`).not.toBeNull();
  return checkBars(drawn.picture, pattern!, drawn.anchors, { extent: drawn.extent, whole: false });
}

describe('what is printed holds', () => {
  test.each([
    ['as it is', {}],
    ['small', { module: 1.7 }],
    ['out of focus', { blur: 2 }],
    ['turned a little', { slant: 0.3 }],
    ['at the edge', { left: 2 }],
  ])('%s', (_, look) => {
    const verdict = check(PRINTED, label(MODULES, look));
    expect(verdict).toMatchObject({ digits: 12, of: 12 });
    expect(verdict!.fit).toBeGreaterThan(0.5);
  });

  test('upside down', () => {
    const turned = [...MODULES].reverse().join('');
    expect(check(PRINTED, label(turned))).toMatchObject({ digits: 12, of: 12 });
  });

  test('when the reader only says where the left half lies', () => {
    const drawn = label(MODULES);
    const half = drawn.extent / 2;
    const anchors = drawn.anchors.map(({ row, at }) => ({ row, at: at > 80 ? 80 + half : at }));
    expect(check(PRINTED, { ...drawn, anchors, extent: half })).toMatchObject({ digits: 12, of: 12 });
  });

  test('and the middle of the symbol is told', () => {
    const verdict = check(PRINTED, label(MODULES));
    expect(verdict!.x).toBeCloseTo(80 + (95 * 3) / 2, -0.5);
  });
});

describe('a misread with a right check digit does not', () => {
  test.each(MISREAD)('%s', (codigo) => {
    for (const look of [{ blur: 2 }, { module: 1.7 }]) {
      const verdict = check(codigo, label(MODULES, look));
      expect(verdict === null || verdict.digits < verdict.of).toBe(true);
    }
  });

  test('nor anything on a blank page', () => {
    const blank = label('0'.repeat(95));
    const verdict = check(PRINTED, blank);
    expect(verdict === null || verdict.digits < verdict.of).toBe(true);
  });
});
