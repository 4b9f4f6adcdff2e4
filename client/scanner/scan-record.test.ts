import { expect, test } from 'vitest';
import type { ScanEvent } from './scan-event.ts';
import { recordScan, type ScanRecord, summarise } from './scan-record.ts';

const scan = (codigo: string, en: number, more: Partial<ScanEvent> = {}): ScanEvent => ({
  codigo,
  fuente: 'pistola',
  en,
  ...more,
});

const record = (events: readonly ScanEvent[]) => events.reduce<ScanRecord[]>(recordScan, []);

test('the newest is first, with the time since the one before', () => {
  const records = record([scan('A-1', 1000), scan('B-2', 1400)]);
  expect(records.map(({ event, sinceLastMs }) => [event.codigo, sinceLastMs])).toEqual([
    ['B-2', 400],
    ['A-1', null],
  ]);
});

test('the same label soon after is doubled, whatever its spelling or what came between', () => {
  const records = record([
    scan('042100005264', 0, { simbologia: 'UPC_A', fuente: 'camara' }),
    scan('A-1', 300),
    scan('0042100005264', 900, { simbologia: 'EAN_13', fuente: 'camara' }),
    scan('A-1', 5000),
  ]);
  expect(records.map(({ doubled }) => doubled)).toEqual([false, true, false, false]);
  expect(summarise(records)).toEqual({
    total: 4,
    distinct: 2,
    doubled: 1,
    bySource: new Map([
      ['camara', 2],
      ['pistola', 2],
    ]),
  });
});
