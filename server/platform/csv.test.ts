import { expect, test } from 'vitest';
import { aCsv, sinFormula } from './csv.ts';

test('formula injection is defused, reversibly, and numbers stay numbers', () => {
  expect(
    ['=1+1', '+5 x', '-5', '-3.25', '-a', '@SUM(A1)', "'=x", '\tx', '5', 'año', ''].map(sinFormula),
  ).toEqual(["'=1+1", "'+5 x", '-5', '-3.25', "'-a", "'@SUM(A1)", "''=x", "'\tx", '5', 'año', '']);
});

test('RFC 4180 with BOM and CRLF', () => {
  expect(
    aCsv([
      ['a', 'b'],
      ['dice "sí", o\nno', '1.5'],
    ]),
  ).toBe('\ufeffa,b\r\n"dice ""sí"", o\nno",1.5\r\n');
});
