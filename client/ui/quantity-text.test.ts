import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanQuantity, pressKey, typedQuantity } from './quantity-text.ts';

describe('cleanQuantity', () => {
  it.each([
    ['12', 0, '12'],
    ['007', 0, '7'],
    ['0', 0, '0'],
    ['-5', 0, '5'],
    ['1,5', 3, '1.5'],
    ['.5', 3, '0.5'],
    ['12.3456', 3, '12.345'],
    ['1.2.3', 3, '1.23'],
    ['12.5', 0, '12'],
    ['1e9', 0, '19'],
    ['', 3, ''],
    ['12345678', 0, '123456'],
  ])('%j with %i decimals is %j', (text, decimals, expected) => {
    expect(cleanQuantity(text, decimals)).toBe(expected);
  });

  it('always leaves a decimal text within its limits, and cleaning twice changes nothing', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 1, max: 9 }),
        (text, decimals, integers) => {
          const clean = cleanQuantity(text, decimals, integers);
          expect(clean).toMatch(/^(\d+(\.\d*)?)?$/);
          const [whole = '', fraction = ''] = clean.split('.');
          expect(whole.length).toBeLessThanOrEqual(integers);
          expect(fraction.length).toBeLessThanOrEqual(decimals);
          expect(cleanQuantity(clean, decimals, integers)).toBe(clean);
        },
      ),
    );
  });
});

describe('pressKey', () => {
  const type = (keys: string, decimals: number) =>
    [...keys].reduce((text, key) => pressKey(text, key, decimals), '');

  it.each([
    ['26', 0, '26'],
    ['05', 0, '5'],
    ['2.5', 0, '25'],
    ['2.5', 3, '2.5'],
    ['2..5', 3, '2.5'],
    ['.5', 3, '0.5'],
    ['12⌫', 0, '1'],
    ['⌫⌫', 0, ''],
    ['1.2345', 3, '1.234'],
  ])('keys %j with %i decimals give %j', (keys, decimals, expected) => {
    expect(type(keys, decimals)).toBe(expected);
  });
});

describe('typedQuantity', () => {
  it('never turns a wrong quantity into another one', () => {
    expect(typedQuantity('-5')).toBe('-5');
    expect(typedQuantity('1.2345')).toBe('1.2345');
    expect(typedQuantity('1,234.5 pzas')).toBe('1,234.5');
  });
});
