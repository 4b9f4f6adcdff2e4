/** Judges the still-image results against the manifest and writes the tables. */
import { readKey } from '#client/scanner/acceptance.ts';
import type { FoundCode } from '#client/scanner/read-image.ts';
import { esGtin, expandUpcE } from '#shared/domain/codigos.ts';
import type { Peer } from './peers.ts';
import { FRAME_MS } from './still-frames.ts';
import type { StillPass, StillResult } from './stills.ts';

export interface ManifestEntry {
  file: string;
  set: string;
  /** `NONE`: no valid code in the picture, so that any answer is a false read. */
  format: string;
  text: string | null;
}

export type Judged = { entry: ManifestEntry; result: StillResult };

/** DataBar is read by the way, and reported apart. */
const LINEAR = ['EAN_13', 'EAN_8', 'UPC_A', 'UPC_E', 'ITF', 'CODE_39', 'CODE_128'];
const MATRIX = ['QR_CODE', 'DATA_MATRIX'];
const STILL_PASSES: readonly StillPass[] = [
  'fast',
  'mid',
  'sharp',
  'turned',
  'turnedSharp',
  'global',
  'whole',
  'photo',
  'zbar',
  'zbarSharp',
  'zbarTurned',
  'zbarTilted',
  'zbarPhoto',
];
const PEERS: readonly Peer[] = ['zxingBrowser', 'tryHarder', 'zxingWasm', 'zbarWasm'];
const RETAIL = new Set(['EAN_13', 'EAN_8', 'UPC_A', 'UPC_E']);

/** EAN and UPC are compared as GTIN-14, whatever their spelling; all else as text. */
function expectedKey({ format, text }: ManifestEntry): string | null {
  if (text === null) return null;
  if (!RETAIL.has(format)) return text.trim();
  const full = format === 'UPC_E' && text.length === 8 ? (expandUpcE(text) ?? text) : text;
  return esGtin(full) ? full.padStart(14, '0') : full;
}

function foundKey(code: FoundCode, entry: ManifestEntry): string {
  return RETAIL.has(entry.format) ? readKey(code) : code.codigo;
}

type Verdict = 'read' | 'missed' | 'wrong';

/** `wrong` when anything but the expected code was found, even beside the right one. */
export function judge(found: readonly FoundCode[], entry: ManifestEntry): Verdict {
  const expected = expectedKey(entry);
  const keys = new Set(found.map((code) => foundKey(code, entry)));
  if ([...keys].some((key) => key !== expected)) return 'wrong';
  return expected !== null && keys.has(expected) ? 'read' : 'missed';
}

const COLUMNS = {
  live: (result: StillResult) => result.live,
  photo: (result: StillResult) => result.photo.found,
  fast: (result: StillResult) => result.passes.fast.found,
  mid: (result: StillResult) => result.passes.mid.found,
  sharp: (result: StillResult) => result.passes.sharp.found,
  turned: (result: StillResult) => result.passes.turned.found,
  turnedSharp: (result: StillResult) => result.passes.turnedSharp.found,
  global: (result: StillResult) => result.passes.global.found,
  whole: (result: StillResult) => result.passes.whole.found,
  zbar: (result: StillResult) => result.passes.zbar.found,
  zbarSharp: (result: StillResult) => result.passes.zbarSharp.found,
  zbarTurned: (result: StillResult) => result.passes.zbarTurned.found,
  zbarTilted: (result: StillResult) => result.passes.zbarTilted.found,
  '@zxing/browser': (result: StillResult) => result.peers.zxingBrowser.found,
  '+ TRY_HARDER': (result: StillResult) => result.peers.tryHarder.found,
  'zxing-wasm, defaults': (result: StillResult) => result.peers.zxingWasm.found,
  'zbar-wasm, defaults': (result: StillResult) => result.peers.zbarWasm.found,
} satisfies Record<string, (result: StillResult) => FoundCode[]>;

function rate(judged: readonly Judged[], column: keyof typeof COLUMNS): string {
  if (judged.length === 0) return '–';
  const verdicts = judged.map(({ entry, result }) => judge(COLUMNS[column](result), entry));
  const read = verdicts.filter((verdict) => verdict === 'read').length;
  const wrong = verdicts.filter((verdict) => verdict === 'wrong').length;
  const share = `${((100 * read) / judged.length).toFixed(1)} %`;
  return wrong > 0 ? `${share} (${wrong} wrong)` : share;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Markdown: read rates by format and set, wrong answers by name, time per picture. */
export function stillsReport(judged: readonly Judged[]): string {
  const columns = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];
  const row = (name: string, subset: readonly Judged[]) =>
    `| ${name} | ${subset.length} | ${columns.map((column) => rate(subset, column)).join(' | ')} |`;
  const formats = [...new Set(judged.map(({ entry }) => entry.format))].sort();
  const sets = [...new Set(judged.map(({ entry }) => entry.set))].sort();
  const of = (names: readonly string[], set?: string) =>
    judged.filter(({ entry }) => names.includes(entry.format) && (set === undefined || entry.set === set));

  const lines = [
    `| accepted or found | images | ${columns.join(' | ')} |`,
    `|---|---|${columns.map(() => '---|').join('')}`,
    row('**1D without DataBar**', of(LINEAR)),
    row('**1D with DataBar**', of([...LINEAR, 'DATABAR', 'DATABAR_EXP'])),
    ...sets.map((set) => row(`1D, ${set}`, of(LINEAR, set))),
    row('**EAN-13, phone photos**', of(['EAN_13'])),
    row('**QR + DataMatrix**', of(MATRIX)),
    ...formats.map((format) => row(format, of([format]))),
    '',
    `Wrong answers, live: ${wrongNames(judged, 'live')}`,
    `Wrong answers, photo: ${wrongNames(judged, 'photo')}`,
    `Missed, live: ${missedNames(judged)}`,
    `Counted twice while in view: ${twiceNames(judged)}`,
    `First accepted at, ms: median ${firstAt(judged, 0.5)}, p95 ${firstAt(judged, 0.95)} (one frame each ${FRAME_MS} ms)`,
    '',
    '| ms per picture | median | p95 |',
    '|---|---|---|',
    ...STILL_PASSES.map((pass) =>
      timeRow(
        `pass ${pass}`,
        judged.map(({ result }) => result.passes[pass].ms),
      ),
    ),
    timeRow(
      'a photo, all passes',
      judged.map(({ result }) => result.photo.ms),
    ),
    ...PEERS.map((peer) =>
      timeRow(
        `peer ${peer}`,
        judged.map(({ result }) => result.peers[peer].ms),
      ),
    ),
  ];
  return lines.join('\n');
}

function timeRow(name: string, times: readonly number[]): string {
  return `| ${name} | ${percentile(times, 0.5).toFixed(1)} | ${percentile(times, 0.95).toFixed(1)} |`;
}

function wrongNames(judged: readonly Judged[], column: keyof typeof COLUMNS): string {
  const wrong = judged.filter(({ entry, result }) => judge(COLUMNS[column](result), entry) === 'wrong');
  const told = wrong.map(({ entry, result }) => {
    const got = COLUMNS[column](result).map((code) => `${code.simbologia} ${code.codigo}`);
    return `${entry.file} (${entry.format} ${entry.text ?? 'none'} → ${got.join(', ')})`;
  });
  return told.join('; ') || 'none';
}

/** The picture never leaves: a second acceptance would be a label counted twice. */
function twiceNames(judged: readonly Judged[]): string {
  const twice = judged.filter(({ result: { live } }) => new Set(live.map(readKey)).size < live.length);
  return twice.map(({ entry }) => entry.file).join(', ') || 'none';
}

function firstAt(judged: readonly Judged[], share: number): string {
  const frames = judged.flatMap(({ result: { liveFrames } }) => liveFrames ?? []);
  return (percentile(frames, share) * FRAME_MS).toFixed(0);
}

function missedNames(judged: readonly Judged[]): string {
  const missed = judged.filter(
    ({ entry, result }) =>
      [...LINEAR, ...MATRIX].includes(entry.format) && judge(COLUMNS.live(result), entry) === 'missed',
  );
  return missed.map(({ entry }) => entry.file).join(', ') || 'none';
}
