/**
 * The pictures that a browser's own detector must read before it is believed: one symbol of each kind that behaves
 * differently, two of them GS1 with a separator between fields. Kept as modules, drawn when needed.
 */
import type { Simbologia } from './scan-event.ts';

export interface TestSymbol {
  simbologia: Simbologia;
  /** What must come out, separators included. */
  codigo: string;
  /** One row of modules for a linear symbol, all rows for a matrix; '1' is dark. */
  rows: readonly string[];
}

/** Rows of a matrix from hexadecimal, the top row first. */
function matrix(width: number, hex: string): string[] {
  return hex.split(' ').map((row) => Number.parseInt(row, 16).toString(2).padStart(width, '0'));
}

export const TEST_SYMBOLS: readonly TestSymbol[] = [
  {
    simbologia: 'EAN_13',
    codigo: '7501031311309',
    rows: ['10101100010100111001100101001110111101011001101010100001011001101100110100001011100101110100101'],
  },
  {
    simbologia: 'CODE_128',
    codigo: '10L7\u001d21S9',
    rows: [
      '1101001110011110101110110010001001011110111010001101110111011011101111010111011001110010100111001101101110100011100101100110001101101100011101011',
    ],
  },
  {
    simbologia: 'ITF',
    codigo: '17501031311306',
    rows: [
      '10101101010100110011010110010010110101001001101100110101010011001101010100110010010101101010011001101011010',
    ],
  },
  {
    simbologia: 'CODE_39',
    codigo: 'PH-2840',
    rows: [
      '100010111011101010111011101000101110101000111010100010101110111010111000101011101110100010111010101000111010111010100011101110101000101110111010',
    ],
  },
  {
    simbologia: 'QR',
    codigo: 'DEVCOMPRAS',
    rows: matrix(
      21,
      '1fd47f 104041 17515d 17455d 17565d 104441 1fd57f 1900 c455 1eac52 3d362 16a51a ae4c1 13e9 1fce18 1053b7 174d2e 174044 174cf3 1047c1 1fc4c0',
    ),
  },
  {
    simbologia: 'DATA_MATRIX',
    codigo: '010750103131130910L7\u001d21S9',
    rows: matrix(
      18,
      '2aaaa 31df5 22948 2c83f 3a794 28819 22422 2558b 29a1c 34637 25064 2d64d 34e90 3a5f7 32394 3c055 31a26 3ffff',
    ),
  },
];

/** Sizes as on a label held at arm's length, px: modules of 3, bars 120 high, a quiet zone of 12 modules around. */
const MODULE_PX = 3;
const BAR_PX = 120;
const QUIET_PX = 12 * MODULE_PX;

export interface PixelPicture {
  /** 4 bytes a pixel. */
  rgba: Uint8ClampedArray<ArrayBuffer>;
  width: number;
  height: number;
}

/** Black on white. Without a symbol: a white page of the same size, on which nothing may be found. */
export function drawSymbol({ rows }: Pick<TestSymbol, 'rows'>, blank = false): PixelPicture {
  const rowPx = rows.length === 1 ? BAR_PX : MODULE_PX;
  const width = rows[0]!.length * MODULE_PX + 2 * QUIET_PX;
  const height = rows.length * rowPx + 2 * QUIET_PX;
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; !blank && y < rows.length * rowPx; y += 1) {
    const row = rows[Math.floor(y / rowPx)]!;
    for (let x = 0; x < row.length * MODULE_PX; x += 1) {
      if (row[Math.floor(x / MODULE_PX)] !== '1') continue;
      const at = ((y + QUIET_PX) * width + x + QUIET_PX) * 4;
      rgba.fill(0, at, at + 3);
    }
  }
  return { rgba, width, height };
}
