import { bounded, PACE_BOUNDS } from './device-pace.ts';
import type { ScanEvent } from './scan-event.ts';
import { labelOf, type SheetLabel } from './sheet-labels.ts';

/** A read of the scanner test. */
export interface TimedScan {
  event: ScanEvent;
  /** Accepted at this instant, ms of a monotonic clock. */
  at: number;
  /**
   * What the read took: camera, from the label's coming into view to its acceptance; gun, from the first key to it.
   * null where that can't be told.
   */
  ms: number | null;
}

/** The two sources that are tested, each on its own. */
export type TestedSource = 'camara' | 'pistola';

/** The same label again within this is the scanner's doing; later, the person came back to it, ms. */
export const DOUBLE_WITHIN_MS: Record<TestedSource, number> = { camara: 6000, pistola: 1500 };
/** Labels from which a proposal says something. */
export const ENOUGH_LABELS = 10;

export interface SheetReport {
  expected: readonly SheetLabel[];
  /** Numbers of the labels that were read. */
  read: ReadonlySet<number>;
  missed: readonly SheetLabel[];
  /** Numbers of the labels that counted twice, one entry for each extra time. */
  doubled: readonly number[];
  /** Codes that are on no label of the sheet, as they came. */
  wrong: readonly string[];
  /** The GS1 label came without its separator. */
  withoutGs: boolean;
  /** Of the reads whose time is known; null when there are none. */
  medianMs: number | null;
  p95Ms: number | null;
  timed: number;
  proposal: PaceProposal | null;
}

export interface PaceProposal {
  /** The wait that would have swallowed every double, within the bounds, ms. */
  ms: number;
  /** Doubles came later than any allowed wait: waiting longer won't help. */
  beyond: boolean;
}

/** `scans` in the order read, of one source. `expected`: labels whose symbology is read here. */
export function reportOf(
  scans: readonly TimedScan[],
  source: TestedSource,
  expected: readonly SheetLabel[],
): SheetReport {
  const read = new Set<number>();
  const doubled: number[] = [];
  const wrong: string[] = [];
  const gaps: number[] = [];
  const last = new Map<number, TimedScan>();
  let withoutGs = false;
  for (const scan of scans) {
    const match = labelOf(scan.event);
    if (match === null) {
      wrong.push(scan.event.codigo);
      continue;
    }
    const { number } = match.label;
    withoutGs ||= match.withoutGs;
    const before = last.get(number);
    if (before && scan.at - before.at <= DOUBLE_WITHIN_MS[source]) {
      doubled.push(number);
      gaps.push(gapOf(before, scan, source));
    }
    last.set(number, scan);
    read.add(number);
  }
  const times = scans.flatMap(({ ms }) => (ms === null ? [] : [ms])).sort((a, b) => a - b);
  return {
    expected,
    read,
    missed: expected.filter(({ number }) => !read.has(number)),
    doubled,
    wrong,
    withoutGs,
    medianMs: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    timed: times.length,
    proposal: read.size < ENOUGH_LABELS ? null : propose(gaps, source),
  };
}

/** The time that a wait must outlast: the camera's runs between acceptances, the gun's from one code's end to the next's start. */
function gapOf(before: TimedScan, scan: TimedScan, source: TestedSource): number {
  return scan.at - before.at - (source === 'pistola' ? (scan.ms ?? 0) : 0);
}

/** A little more than the longest double; without doubles, the shortest wait that the rules allow. */
function propose(gaps: readonly number[], source: TestedSource): PaceProposal {
  const which = source === 'camara' ? 'camaraMs' : 'reboteMs';
  const { min, max } = PACE_BOUNDS[which];
  if (gaps.length === 0) return { ms: min, beyond: false };
  const longest = Math.max(...gaps);
  return { ms: bounded(which, longest + 50), beyond: longest > max };
}

/** Nearest rank of an ascending list. */
function quantile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}
