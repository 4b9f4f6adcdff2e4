/**
 * Writes the bars of the scanner's test sheet (client/scanner/sheet-bars.ts), so that phones draw it without an encoder:
 * `node scripts/run.mjs scripts/hoja-escaner.ts`, after a label of client/scanner/sheet-labels.ts changed.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import bwipjs from 'bwip-js/node';
import type { Simbologia } from '#client/scanner/scan-event.ts';
import { SHEET_LABELS, type SheetLabel } from '#client/scanner/sheet-labels.ts';

/** bwip-js's name of each symbology on the sheet. */
const ENCODERS: Partial<Record<Simbologia, string>> = {
  EAN_13: 'ean13',
  EAN_8: 'ean8',
  UPC_A: 'upca',
  UPC_E: 'upce',
  ITF: 'interleaved2of5',
  CODE_39: 'code39',
  CODE_128: 'code128',
  QR: 'qrcode',
  DATA_MATRIX: 'datamatrix',
};

/** FNC1 where GS1 puts it: at the start, and between fields. */
function input({ codigo, simbologia }: SheetLabel): [string, string, object] {
  if (!codigo.includes('\u001d')) return [ENCODERS[simbologia]!, codigo, {}];
  return ['code128', `^FNC1${codigo.replace('\u001d', '^FNC1')}`, { parsefnc: true }];
}

/** Widths of bar, space, bar… in modules; of a matrix code its rows, `1` dark. */
export function barsOf(label: SheetLabel): string | string[] {
  const [symbol] = bwipjs.raw(...input(label));
  if (!symbol) throw new Error(`no symbol for ${label.codigo}`);
  if ('pixs' in symbol) {
    const { pixs, pixx, pixy } = symbol;
    return Array.from({ length: pixy }, (_, row) => pixs.slice(row * pixx, (row + 1) * pixx).join(''));
  }
  return symbol.sbs.join('');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const rows = SHEET_LABELS.map((label) => `  ${label.number}: ${JSON.stringify(barsOf(label))},`).join('\n');
  writeFileSync(
    join(import.meta.dirname, '../client/scanner/sheet-bars.ts'),
    `/** Written by scripts/hoja-escaner.ts. Linear: widths of bar, space, bar…, in modules. Matrix: rows, \`1\` dark. */
export const SHEET_BARS: Readonly<Record<number, string | readonly string[]>> = {
${rows}
};
`,
  );
}
