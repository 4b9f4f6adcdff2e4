/**
 * Makes the picture of Chromium's fake camera: labels that come into view one after another, for ever.
 *
 * Launch Chromium with `fakeCameraArgs(path)`. One video per launch; the fake camera has no torch, zoom or focus.
 * The file is YUV4MPEG2 (raw frames), so that nothing but Node is needed to write it: about 0.46 MB a frame,
 * 4.6 MB a second at the defaults.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import bwipjs from 'bwip-js/node';

export type FakeLabelFormat =
  | 'EAN_13'
  | 'EAN_8'
  | 'UPC_A'
  | 'UPC_E'
  | 'ITF'
  | 'CODE_39'
  | 'CODE_128'
  | 'QR'
  | 'DATA_MATRIX';

export interface FakeLabel {
  codigo: string;
  formato: FakeLabelFormat;
  /** How long it stays in view, s. */
  seconds: number;
}

export interface FakeVideoOptions {
  /** Empty shelf before each label, s. Default 1. */
  gapSeconds?: number;
  fps?: number;
  /** px; even numbers. */
  width?: number;
  height?: number;
}

/** bwip-js's name of each symbology. */
const ENCODERS: Record<FakeLabelFormat, string> = {
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

const SHELF = 112;
const PAPER = 236;
const INK = 24;
/** Quiet zone on each side, modules. */
const QUIET = 10;
/** Share of the picture's width that a label takes, quiet zones included, at most. */
const LABEL_SHARE = 0.74;

/**
 * Writes the video to `path` (best ending in `.y4m`: Chromium tells the format by it). Each label is preceded by
 * an empty shelf, also after the last one when the video starts anew. Throws when a code can't be encoded.
 */
export function makeFakeVideo(
  path: string,
  labels: readonly FakeLabel[],
  options: FakeVideoOptions = {},
): void {
  const { gapSeconds = 1, fps = 10, width = 640, height = 480 } = options;
  const file = openSync(path, 'w');
  try {
    writeSync(file, `YUV4MPEG2 W${width} H${height} F${fps}:1 Ip A1:1 C420jpeg\n`);
    const shelf = noisyShelf(width, height);
    const colourless = Buffer.alloc((width * height) / 2, 128);
    const show = (luma: Buffer, seconds: number) => {
      for (let frame = 0; frame < Math.round(seconds * fps); frame += 1) {
        writeSync(file, 'FRAME\n');
        writeSync(file, luma);
        writeSync(file, colourless);
      }
    };
    for (const label of labels) {
      show(shelf, gapSeconds);
      const picture = Buffer.from(shelf);
      drawLabel(picture, width, height, label);
      show(picture, label.seconds);
    }
  } finally {
    closeSync(file);
  }
}

/** Chromium's switches for a fake camera that plays `path` and asks nobody for permission. */
export function fakeCameraArgs(path: string): string[] {
  return [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${resolve(path)}`,
  ];
}

/** Grey with grain from a fixed generator: the same picture in every run, and no flat areas to flatter a decoder. */
function noisyShelf(width: number, height: number): Buffer {
  const luma = Buffer.alloc(width * height);
  let state = 20_241;
  for (let index = 0; index < luma.length; index += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    luma[index] = SHELF + ((state >> 16) % 25) - 12;
  }
  return luma;
}

type Modules = { columns: number; rows: number; dark: (column: number, row: number) => boolean };

function encode({ codigo, formato }: FakeLabel): Modules {
  const [symbol] = bwipjs.raw(ENCODERS[formato], codigo, {});
  if (!symbol) throw new Error(`no symbol for ${formato} ${codigo}`);
  if ('pixs' in symbol) {
    const { pixs, pixx, pixy } = symbol;
    return { columns: pixx, rows: pixy, dark: (column, row) => pixs[row * pixx + column] === 1 };
  }
  const bars: boolean[] = [];
  symbol.sbs.forEach((width, index) => {
    for (let module = 0; module < width; module += 1) bars.push(index % 2 === 0);
  });
  return { columns: bars.length, rows: 1, dark: (column) => bars[column] === true };
}

/** A white label in the middle of the picture; whole pixels per module, bars as high as a third of the picture. */
function drawLabel(luma: Buffer, width: number, height: number, label: FakeLabel): void {
  const modules = encode(label);
  const square = modules.rows > 1;
  const wide = Math.floor((width * LABEL_SHARE) / (modules.columns + 2 * QUIET));
  const high = square ? Math.floor((height * 0.45) / modules.rows) : wide;
  const module = Math.max(1, Math.min(wide, high));
  const rowHeight = square ? module : Math.round(height * 0.34);
  const barsWidth = modules.columns * module;
  const barsHeight = modules.rows * rowHeight;
  const left = (width - barsWidth) >> 1;
  const top = (height - barsHeight) >> 1;
  const margin = Math.min(QUIET * module, left, top);
  for (let y = top - margin; y < top + barsHeight + margin; y += 1) {
    for (let x = left - margin; x < left + barsWidth + margin; x += 1) {
      const column = Math.floor((x - left) / module);
      const row = Math.floor((y - top) / rowHeight);
      const inside = x >= left && x < left + barsWidth && y >= top && y < top + barsHeight;
      const grain = luma[y * width + x]! - SHELF;
      luma[y * width + x] = (inside && modules.dark(column, row) ? INK : PAPER) + (grain >> 1);
    }
  }
}
