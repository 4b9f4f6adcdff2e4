import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ESCANER_POR_OMISION } from '#shared/contracts/escaner.ts';
import { checkDigit } from '#shared/domain/codigos.ts';
import { Acceptance, isPlausible, type RawRead, readKey } from './acceptance.ts';
import type { Simbologia } from './scan-event.ts';

function seen(codigo: string, simbologia: Simbologia = 'EAN_13', more: Partial<RawRead> = {}): RawRead {
  return { codigo, simbologia, lines: 40, firm: true, pass: 'mid', ...more };
}

const COKE = seen('7501031311309');
const FRAME_MS = 50;

/** Feeds `read` (or emptiness) as one frame every 50 ms over a stretch of time; counts what is accepted. */
function watch(acceptance: Acceptance, read: RawRead | null, from: number, until: number): number {
  let accepted = 0;
  for (let at = from; at < until; at += FRAME_MS) accepted += acceptance.frame(read ? [read] : [], at).length;
  return accepted;
}

describe('the same label', () => {
  test('counts once however long it stays in view', () => {
    expect(watch(new Acceptance(), COKE, 0, 60_000)).toBe(1);
  });

  test('counts again after the cool-down and after leaving', () => {
    const acceptance = new Acceptance();
    expect(watch(acceptance, COKE, 0, 500)).toBe(1);
    expect(watch(acceptance, null, 500, 2000)).toBe(0);
    expect(watch(acceptance, COKE, 2000, 4000)).toBe(1);
  });

  test('not before the cool-down, though it left', () => {
    const acceptance = new Acceptance();
    watch(acceptance, COKE, 0, 100);
    watch(acceptance, null, 100, 1000);
    expect(watch(acceptance, COKE, 1000, 1800)).toBe(0);
  });

  test('not after the cool-down when it only flickered', () => {
    const acceptance = new Acceptance();
    watch(acceptance, COKE, 0, 2000);
    watch(acceptance, null, 2000, 2400);
    expect(watch(acceptance, COKE, 2400, 6000)).toBe(0);
  });

  test('a decoder that stalled is not an empty view', () => {
    const acceptance = new Acceptance();
    acceptance.frame([COKE], 0);
    acceptance.frame([], 50);
    expect(acceptance.frame([COKE], 5000)).toEqual([]);
  });

  test('not when a dialog or a view that went and came back interrupted it; after a minute it is another piece', () => {
    const acceptance = new Acceptance();
    expect(watch(acceptance, COKE, 0, 1000)).toBe(1);
    expect(watch(acceptance, COKE, 31_000, 32_000)).toBe(0);
    expect(watch(acceptance, COKE, 93_000, 94_000)).toBe(1);
  });

  test('UPC-A, UPC-E and EAN-13 of one item are the same label', () => {
    const acceptance = new Acceptance();
    expect(acceptance.frame([seen('042100005264', 'UPC_A')], 0)).toHaveLength(1);
    expect(acceptance.frame([seen('0042100005264', 'EAN_13')], 50)).toEqual([]);
    expect(acceptance.frame([seen('04252614', 'UPC_E')], 100)).toEqual([]);
    expect(acceptance.frame([seen('04252614', 'UPC_E')], 150)).toEqual([]);
    expect(readKey({ codigo: '04252614', simbologia: 'UPC_E' })).toBe('00042100005264');
  });
});

test('a different label is accepted at once', () => {
  const acceptance = new Acceptance();
  expect(acceptance.frame([COKE], 0)).toHaveLength(1);
  expect(acceptance.frame([seen('PH-2840', 'CODE_128')], 50)).toHaveLength(1);
  expect(acceptance.frame([COKE], 100)).toEqual([]);
});

describe('two frames must agree', () => {
  test.each<[Simbologia, string]>([
    ['ITF', '17501031311306'],
    ['CODE_39', 'PH-2840'],
    ['EAN_8', '96385074'],
    ['UPC_E', '04252614'],
  ])('%s', (simbologia, codigo) => {
    const acceptance = new Acceptance();
    expect(acceptance.frame([seen(codigo, simbologia)], 0)).toEqual([]);
    expect(acceptance.frame([seen(codigo, simbologia)], 50)).toHaveLength(1);
  });

  test('within a second and a half', () => {
    const acceptance = new Acceptance();
    acceptance.frame([seen('96385074', 'EAN_8')], 0);
    expect(acceptance.frame([seen('96385074', 'EAN_8')], 1600)).toEqual([]);
  });

  test('also when the label comes back', () => {
    const acceptance = new Acceptance();
    const label = seen('PH-2840', 'CODE_39');
    watch(acceptance, label, 0, 100);
    watch(acceptance, null, 100, 3000);
    expect(acceptance.frame([label], 3000)).toEqual([]);
    expect(acceptance.frame([label], 3050)).toHaveLength(1);
  });
});

describe('a piece of an ITF-14 is no code of its own', () => {
  const carton = seen('12900010000128', 'ITF');
  const piece = seen('129000', 'ITF');

  test('not while the label is in view, nor just after', () => {
    const acceptance = new Acceptance();
    expect(acceptance.frame([carton], 0)).toEqual([]);
    expect(watch(acceptance, piece, 50, 1000)).toBe(0);
    expect(acceptance.frame([carton], 1000)).toHaveLength(1);
    expect(watch(acceptance, piece, 1050, 2500)).toBe(0);
  });

  test('nor when it is read first: it is watched for a quarter of a second', () => {
    const acceptance = new Acceptance();
    expect(watch(acceptance, piece, 0, 250)).toBe(0);
    acceptance.frame([carton], 250);
    expect(watch(acceptance, piece, 300, 1000)).toBe(0);
  });

  test('a short ITF label of its own counts, once', () => {
    const acceptance = new Acceptance();
    acceptance.frame([carton], 0);
    expect(watch(acceptance, seen('216736', 'ITF'), 50, 5000)).toBe(1);
    expect(watch(acceptance, piece, 5000, 10_000)).toBe(1);
  });
});

describe('a read on few scan lines', () => {
  const thin = (pass: string, lines = 3) => seen('7501031311309', 'EAN_13', { firm: false, lines, pass });

  test('needs a second way of looking, not a second frame', () => {
    const acceptance = new Acceptance();
    expect(watch(acceptance, thin('mid'), 0, 5000)).toBe(0);
    expect(acceptance.frame([thin('sharp')], 5000)).toHaveLength(1);
  });

  test('and six lines in all', () => {
    const acceptance = new Acceptance();
    acceptance.frame([thin('mid', 2)], 0);
    expect(acceptance.frame([thin('sharp', 3)], 50)).toEqual([]);
    expect(acceptance.frame([thin('whole', 2)], 100)).toHaveLength(1);
  });
});

test('formats and lengths are a setting per company, and may change while the camera reads', () => {
  const acceptance = new Acceptance();
  const qr = seen('hola', 'QR');
  const itf = seen('2167', 'ITF');
  acceptance.ajustes = {
    simbologias: {
      ...ESCANER_POR_OMISION.simbologias,
      QR: { lee: false, minimo: 1, maximo: 2000, largos: [] },
      ITF: { lee: true, minimo: 4, maximo: 4, largos: [] },
    },
  };
  expect(watch(acceptance, qr, 0, 1000)).toBe(0);
  expect(watch(acceptance, itf, 1000, 2000)).toBe(1);
  expect(watch(acceptance, seen('21673613', 'ITF'), 2000, 3000)).toBe(0);
  acceptance.ajustes = ESCANER_POR_OMISION;
  expect(watch(acceptance, qr, 3000, 4000)).toBe(1);
});

describe('isPlausible', () => {
  test.each<[string, Simbologia, Partial<RawRead>, boolean]>([
    ['7501031311309', 'EAN_13', {}, true],
    ['7501031311308', 'EAN_13', {}, false],
    ['750103131130', 'EAN_13', {}, false],
    ['96385074', 'EAN_8', {}, true],
    ['96385075', 'EAN_8', {}, false],
    ['042100005264', 'UPC_A', {}, true],
    ['04252615', 'UPC_E', {}, false],
    ['17501031311306', 'ITF', { firm: false }, true],
    ['17501031311307', 'ITF', {}, false],
    ['1334', 'ITF', {}, false],
    ['21673613', 'ITF', { firm: false }, false],
    ['21673613', 'ITF', {}, true],
    ['  ', 'CODE_128', {}, false],
    ['PH-2840', 'CODE_128', {}, true],
  ])('%s as %s %o: %s', (codigo, simbologia, more, expected) => {
    expect(isPlausible(seen(codigo, simbologia, more))).toBe(expected);
  });

  test('no EAN-13 with one wrong digit passes', () => {
    const ean = fc.stringMatching(/^\d{12}$/).map((digits) => digits + checkDigit(digits));
    fc.assert(
      fc.property(ean, fc.nat(12), fc.integer({ min: 1, max: 9 }), (good, place, shift) => {
        const wrong = (Number(good[place]) + shift) % 10;
        const bad = good.slice(0, place) + wrong + good.slice(place + 1);
        expect(isPlausible(seen(good))).toBe(true);
        expect(isPlausible(seen(bad))).toBe(false);
      }),
    );
  });
});
