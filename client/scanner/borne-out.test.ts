import { expect, test } from 'vitest';
import { borneOut, sightOfCorners, toGrey } from './borne-out.ts';
import { drawSymbol } from './native-test-symbols.ts';
import { retailPattern } from './retail-pattern.ts';

const PRINTED = { codigo: '7501031311309', simbologia: 'EAN_13' } as const;
const { modules } = retailPattern(PRINTED.codigo, PRINTED.simbologia)!;
const { rgba, width, height } = drawSymbol({ rows: [modules] });
const PICTURE = toGrey({ data: rgba, width, height } as unknown as ImageData);
/** The quiet zone of the drawing is 36 px. */
const CORNERS = {
  topLeft: { x: 36, y: 50 },
  topRight: { x: width - 36, y: 50 },
  bottomLeft: { x: 36, y: 120 },
  bottomRight: { x: width - 36, y: 120 },
};
const SIGHT = sightOfCorners(CORNERS);

test('a read is borne out by the label that it was read from', () => {
  expect(SIGHT.upright).toBe(false);
  const verdict = borneOut(PICTURE, PRINTED, SIGHT);
  expect(verdict).toMatchObject({ answer: 'yes' });
  if (verdict.answer === 'yes') expect(Math.abs(verdict.middle.x - width / 2)).toBeLessThan(6);
});

test('0 wrong accepted codes: another code with a right check digit is not', () => {
  for (const codigo of ['7501031317301', '9784872348880']) {
    expect(borneOut(PICTURE, { codigo, simbologia: 'EAN_13' }, SIGHT).answer).not.toBe('yes');
  }
  expect(borneOut(PICTURE, { codigo: '7501031311308', simbologia: 'EAN_13' }, SIGHT)).toEqual({
    answer: 'no',
  });
});

test('a label read along columns is looked at along columns', () => {
  const turned = new Uint8Array(PICTURE.grey.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) turned[x * height + y] = PICTURE.grey[y * width + x]!;
  }
  const turn = ({ x, y }: { x: number; y: number }) => ({ x: y, y: x });
  const sight = sightOfCorners({
    topLeft: turn(CORNERS.topLeft),
    topRight: turn(CORNERS.topRight),
    bottomLeft: turn(CORNERS.bottomLeft),
    bottomRight: turn(CORNERS.bottomRight),
  });
  expect(sight.upright).toBe(true);
  const picture = { grey: turned, width: height, height: width };
  expect(borneOut(picture, PRINTED, sight)).toMatchObject({ answer: 'yes' });
});

test('where there is no label the picture does not tell', () => {
  const blank = { ...PICTURE, grey: PICTURE.grey.map(() => 200) };
  expect(borneOut(blank, PRINTED, SIGHT)).toEqual({ answer: 'unknown' });
});
