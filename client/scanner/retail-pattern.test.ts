import bwipjs from 'bwip-js/node';
import { describe, expect, test } from 'vitest';
import { retailPattern } from './retail-pattern.ts';
import type { Simbologia } from './scan-event.ts';

/** The modules that bwip-js prints: widths of bars and spaces in turn. */
function printed(bcid: string, text: string): string {
  const [symbol] = bwipjs.raw({ bcid, text }) as { sbs: number[] }[];
  return symbol!.sbs.map((width, i) => (i % 2 === 0 ? '1' : '0').repeat(width)).join('');
}

describe('the modules are those that a label printer draws', () => {
  test.each<[Simbologia, string, string]>([
    ['EAN_13', 'ean13', '7501031311309'],
    ['EAN_13', 'ean13', '0042100005264'],
    ['EAN_13', 'ean13', '9784872348880'],
    ['EAN_8', 'ean8', '96385074'],
    ['UPC_A', 'upca', '042100005264'],
    ['UPC_E', 'upce', '04252614'],
    ['UPC_E', 'upce', '01234505'],
    ['UPC_E', 'upce', '12345670'],
  ])('%s %s %s', (simbologia, bcid, codigo) => {
    const pattern = retailPattern(codigo, simbologia);
    expect(pattern?.modules).toBe(printed(bcid, codigo));
    for (const { at, templates, claimed } of pattern?.digits ?? []) {
      expect(templates[claimed]).toBe(pattern?.modules.slice(at, at + 7));
      expect(new Set(templates).size).toBe(templates.length);
    }
  });
});

test.each<[string, Simbologia]>([
  ['7501031311308', 'EAN_13'],
  ['750103131130', 'EAN_13'],
  ['04252615', 'UPC_E'],
  ['PH-2840', 'CODE_128'],
])('none for %s as %s', (codigo, simbologia) => {
  expect(retailPattern(codigo, simbologia)).toBeNull();
});
