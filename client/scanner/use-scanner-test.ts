import { useMemo, useRef, useState } from 'react';
import type { AjustesEscaner } from '#shared/contracts/escaner.ts';
import type { ScanEvent } from './scan-event.ts';
import { recordScan, type ScanRecord } from './scan-record.ts';
import { labelOf, SHEET_LABELS } from './sheet-labels.ts';
import { reportOf, type SheetReport, type TestedSource, type TimedScan } from './sheet-report.ts';

export interface TestedDevice {
  source: TestedSource;
  report: SheetReport;
  skipped: number;
}

export interface ScannerTestState {
  records: readonly ScanRecord[];
  /** Devices that read a label of the sheet, camera first. Empty while something else is being scanned. */
  devices: readonly TestedDevice[];
  scan: (event: ScanEvent) => void;
  /** A label came into view at this instant, ms of `performance.now()`. */
  labelInView: (at: number) => void;
  /** The gun's scan that follows took this long, ms. */
  gunPace: (ms: number) => void;
  clear: () => void;
}

const SOURCES: readonly TestedSource[] = ['camara', 'pistola'];

/** Takes reads and their times, and tells by source what the sheet says of them. Keeps nothing after the screen. */
export function useScannerTest(ajustes: AjustesEscaner): ScannerTestState {
  const [records, setRecords] = useState<ScanRecord[]>([]);
  const [scans, setScans] = useState<readonly TimedScan[]>([]);
  const inViewAt = useRef<number | null>(null);
  const gunMs = useRef<number | null>(null);

  const scan = (event: ScanEvent) => {
    const at = performance.now();
    const ms = takeTime(event, at);
    setRecords((before) => recordScan(before, event));
    setScans((before) => [...before, { event, at, ms }]);
  };

  /** Each instant is good for one read: a second read of a label that stays in view is not timed. */
  const takeTime = ({ fuente }: ScanEvent, at: number): number | null => {
    if (fuente === 'camara') {
      const since = inViewAt.current;
      inViewAt.current = null;
      return since === null ? null : Math.max(0, at - since);
    }
    const took = fuente === 'pistola' ? gunMs.current : null;
    gunMs.current = null;
    return took;
  };

  const devices = useMemo(
    () =>
      SOURCES.flatMap((source): TestedDevice[] => {
        const own = scans.filter(({ event }) => event.fuente === source);
        if (!own.some(({ event }) => labelOf(event) !== null)) return [];
        // A gun carries its own settings of what it reads.
        const expected = SHEET_LABELS.filter(
          ({ simbologia }) => source === 'pistola' || ajustes.simbologias[simbologia].lee,
        );
        const report = reportOf(own, source, expected);
        return [{ source, report, skipped: SHEET_LABELS.length - expected.length }];
      }),
    [scans, ajustes],
  );

  return {
    records,
    devices,
    scan,
    labelInView: (at) => {
      inViewAt.current = at;
    },
    gunPace: (ms) => {
      gunMs.current = ms;
    },
    clear: () => {
      setRecords([]);
      setScans([]);
    },
  };
}
