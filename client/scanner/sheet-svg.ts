import { SHEET_BARS } from './sheet-bars.ts';
import type { SheetLabel } from './sheet-labels.ts';

/** A drawing in mm: one path of dark rectangles on white. */
export interface LabelDrawing {
  widthMm: number;
  heightMm: number;
  /** SVG path; the unit is one mm. */
  path: string;
}

/** Light around the bars, modules; twice what matrix codes need, what EAN and Code 128 ask for. */
const QUIET = { linear: 10, matrix: 4 };
/** Wide bars of ITF: the standard asks for 2.25–3 times the narrow one. */
const ITF_WIDE = 2.5;

/** The label with its quiet zone, bars at their true size. */
export function drawLabel(label: SheetLabel): LabelDrawing {
  const bars = SHEET_BARS[label.number];
  if (bars === undefined) throw new Error(`sheet-bars.ts has no label ${label.number}`);
  return typeof bars === 'string' ? drawLinear(bars, label) : drawMatrix(bars, label.moduleMm);
}

function drawLinear(bars: string, { simbologia, moduleMm, heightMm = 14 }: SheetLabel): LabelDrawing {
  let x = QUIET.linear * moduleMm;
  let path = '';
  [...bars].forEach((digit, index) => {
    const modules = simbologia === 'ITF' && digit === '2' ? ITF_WIDE : Number(digit);
    const width = modules * moduleMm;
    if (index % 2 === 0) path += rectangle(x, 1, width, heightMm);
    x += width;
  });
  return { widthMm: x + QUIET.linear * moduleMm, heightMm: heightMm + 2, path };
}

function drawMatrix(rows: readonly string[], moduleMm: number): LabelDrawing {
  const margin = QUIET.matrix * moduleMm;
  let path = '';
  rows.forEach((row, y) => {
    for (const run of row.matchAll(/1+/g)) {
      path += rectangle(
        margin + run.index * moduleMm,
        margin + y * moduleMm,
        run[0].length * moduleMm,
        moduleMm,
      );
    }
  });
  return {
    widthMm: rows[0]!.length * moduleMm + 2 * margin,
    heightMm: rows.length * moduleMm + 2 * margin,
    path,
  };
}

function rectangle(x: number, y: number, width: number, height: number): string {
  return `M${mm(x)} ${mm(y)}h${mm(width)}v${mm(height)}h${mm(-width)}z`;
}

/** Thousandths of a millimetre are finer than any printer. */
function mm(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
