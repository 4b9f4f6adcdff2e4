import { expect, test } from 'vitest';
import { csvDe, desarma } from './csv.ts';

test('Excel opens it: BOM, CRLF, quotes doubled, empty for nothing', () => {
  expect(
    csvDe(
      ['Código', 'Nombre'],
      [
        ['A,1', 'Filtro 3/4" corto'],
        [null, 'dos\nrenglones'],
      ],
    ),
  ).toBe('\uFEFFCódigo,Nombre\r\n"A,1","Filtro 3/4"" corto"\r\n,"dos\nrenglones"\r\n');
});

test('a text that a spreadsheet would run is defused; a negative number of ours stays a number', () => {
  for (const malo of ['=1+1', '+52 55', '-1', '@SUM(A1)', '\t=1', '  =HYPERLINK("x")', '＝1+1'])
    expect(desarma(malo)).toBe(`'${malo}`);
  expect(desarma('PH-2840')).toBe('PH-2840');
  expect(csvDe(['x'], [[{ numero: '-3.5' }]])).toBe('\uFEFFx\r\n-3.5\r\n');
});
