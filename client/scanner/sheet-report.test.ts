import { describe, expect, test } from 'vitest';
import { SHEET_LABELS } from './sheet-labels.ts';
import { reportOf, type TestedSource, type TimedScan } from './sheet-report.ts';

const codigo = (number: number) => SHEET_LABELS[number - 1]!.codigo;
const scan = (what: number | string, at: number, ms: number | null = 200): TimedScan => ({
  event: { codigo: typeof what === 'number' ? codigo(what) : what, fuente: 'camara', en: at },
  at,
  ms,
});
/** Labels 1 to `count`, one every 3 s. */
const first = (count: number) => Array.from({ length: count }, (_, i) => scan(i + 1, i * 3000, 100 + i * 10));
const report = (scans: readonly TimedScan[], source: TestedSource = 'camara') =>
  reportOf(scans, source, SHEET_LABELS);

describe('a scanner test screen: scan the printed sheet', () => {
  test('get missed: the labels that were not read, by number', () => {
    const scans = first(18).filter((_, i) => i !== 3 && i !== 14);
    const { read, missed, doubled, wrong } = report(scans);
    expect(missed.map(({ number }) => number)).toEqual([4, 15]);
    expect([read.size, doubled, wrong]).toEqual([16, [], []]);
  });

  test('get doubled: the same label again within seconds; coming back to it later is the person’s doing', () => {
    const { doubled } = report([scan(1, 0), scan(2, 500), scan(1, 2500), scan(2, 20_000)]);
    expect(doubled).toEqual([1]);
    expect(report([scan(1, 0), scan(1, 2000)], 'pistola').doubled).toEqual([]);
    expect(report([scan(1, 0), scan(1, 700)], 'pistola').doubled).toEqual([1]);
  });

  test('get ms per read: median and p95 of the reads whose time is known', () => {
    const { medianMs, p95Ms, timed } = report([...first(18), scan('x', 99_000, null)]);
    expect([medianMs, p95Ms, timed]).toEqual([180, 270, 18]);
    expect(report([])).toMatchObject({ medianMs: null, p95Ms: null, timed: 0 });
  });

  test('get wrong codes: what no label of the sheet says', () => {
    expect(report([scan(1, 0), scan('2900010000013', 3000)]).wrong).toEqual(['2900010000013']);
  });

  test('a gun that drops the separator of GS1 is found out', () => {
    expect(report([scan(10, 0)])).toMatchObject({ withoutGs: false, wrong: [] });
    expect(report([scan('10DC12110', 0)])).toMatchObject({ withoutGs: true, wrong: [] });
    expect(report([scan(']C110DC1\u001d2110', 0)])).toMatchObject({ withoutGs: false, wrong: [] });
  });

  test('symbologies that the company does not read are not missed', () => {
    const linear = SHEET_LABELS.filter(({ simbologia }) => simbologia !== 'QR');
    expect(reportOf(first(13), 'camara', linear).missed.map(({ number }) => number)).toEqual([16, 17, 18]);
  });
});

describe('sets the cool-down', () => {
  test('no proposal from fewer than ten labels', () => {
    expect(report(first(9)).proposal).toBe(null);
  });

  test('without doubles the shortest wait of the rules: 1.5 s for the camera, 200 ms for the gun', () => {
    expect(report(first(18)).proposal).toEqual({ ms: 1500, beyond: false });
    expect(report(first(18), 'pistola').proposal).toEqual({ ms: 200, beyond: false });
  });

  test('with doubles just above the longest, never above 2 s', () => {
    const at = 60_000;
    expect(report([...first(12), scan(13, at), scan(13, at + 1720)]).proposal).toEqual({
      ms: 1800,
      beyond: false,
    });
    expect(report([...first(12), scan(13, at), scan(13, at + 3100)]).proposal).toEqual({
      ms: 2000,
      beyond: true,
    });
  });

  test('of a gun the time from one code’s end to the next one’s start, never above 0.5 s', () => {
    const at = 60_000;
    const twice = (later: number) => [...first(12), scan(13, at, 100), scan(13, at + later, 100)];
    expect(report(twice(380), 'pistola').proposal).toEqual({ ms: 350, beyond: false });
    expect(report(twice(900), 'pistola').proposal).toEqual({ ms: 500, beyond: true });
  });
});
