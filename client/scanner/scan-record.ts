import { readKey } from './acceptance.ts';
import type { FuenteEscaneo, ScanEvent } from './scan-event.ts';

/** One read of the test screen, with what the person wants to know about it. */
export interface ScanRecord {
  /** 1 for the first read, then counting up. */
  number: number;
  event: ScanEvent;
  /** Since the read before, ms; null for the first. */
  sinceLastMs: number | null;
  /** The same code came before, sooner than a person can aim, count and pull the trigger again. */
  doubled: boolean;
}

/** Two reads of one label within this are one label read twice, ms. */
export const DOUBLED_MS = 1500;

/** `records`: newest first. Returns them with `event` judged and put in front. */
export function recordScan(records: readonly ScanRecord[], event: ScanEvent): ScanRecord[] {
  const key = keyOf(event);
  const previous = records[0];
  const same = records.find((record) => keyOf(record.event) === key);
  return [
    {
      number: (previous?.number ?? 0) + 1,
      event,
      sinceLastMs: previous ? event.en - previous.event.en : null,
      doubled: same !== undefined && event.en - same.event.en < DOUBLED_MS,
    },
    ...records,
  ];
}

function keyOf({ codigo, simbologia = 'DESCONOCIDA' }: ScanEvent): string {
  return readKey({ codigo, simbologia });
}

export interface ScanSummary {
  total: number;
  distinct: number;
  doubled: number;
  bySource: ReadonlyMap<FuenteEscaneo, number>;
}

export function summarise(records: readonly ScanRecord[]): ScanSummary {
  const bySource = new Map<FuenteEscaneo, number>();
  for (const { event } of records) bySource.set(event.fuente, (bySource.get(event.fuente) ?? 0) + 1);
  return {
    total: records.length,
    distinct: new Set(records.map(({ event }) => keyOf(event))).size,
    doubled: records.filter(({ doubled }) => doubled).length,
    bySource,
  };
}
