import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { leeGs1 } from '#shared/domain/gs1/lee.ts';
import { opcionesGs1 } from './gs.ts';
import type { ScanEvent } from './scan-event.ts';
import { listenForWedge } from './use-wedge.ts';

type Key = string | { key: string; code?: string; ctrlKey?: boolean };

let target: Window;
let scans: ScanEvent[];
let at: number;

function press(pressed: Key): void {
  const { key, code = '', ctrlKey = false } = typeof pressed === 'string' ? { key: pressed } : pressed;
  const event = Object.assign(new Event('keydown', { cancelable: true }), {
    key,
    code,
    ctrlKey,
    keyCode: key.charCodeAt(0),
    repeat: false,
    metaKey: false,
    altKey: false,
    getModifierState: () => false,
  });
  Object.defineProperty(event, 'timeStamp', { value: at });
  target.dispatchEvent(event);
  at += 10;
  vi.advanceTimersByTime(10);
}

beforeEach(() => {
  vi.useFakeTimers();
  at = performance.now();
  // why: without a browser there are no fields; a scan that falls into none is what is tested.
  class Field {}
  vi.stubGlobal('HTMLInputElement', Field);
  vi.stubGlobal('HTMLTextAreaElement', Field);
  target = Object.assign(new EventTarget(), {
    setTimeout: (run: () => void, ms: number) => setTimeout(run, ms),
    clearTimeout: (timer: number) => clearTimeout(timer),
  }) as unknown as Window;
  scans = [];
  listenForWedge(target, { onScan: (event) => scans.push(event), onReject: () => undefined });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const BEFORE = [...'010750103131130910LOTE7'];
const AFTER = [...'17271231'];
const CARRIED = '010750103131130910LOTE7\u001d17271231';

test.each<[string, Key[]]>([
  ['the character itself', ['\u001d']],
  [
    'Ctrl+], modifier and all',
    [
      { key: 'Control', ctrlKey: true },
      { key: ']', ctrlKey: true },
    ],
  ],
  ['Ctrl and the key beside P of another layout', [{ key: '+', code: 'BracketRight', ctrlKey: true }]],
  ['the key F8', ['F8']],
  ['the picture ␝', ['␝']],
  ['the letters <GS>', ['Shift', '<', 'G', 'S', '>']],
])('wedge and DataWedge keystrokes keep GS (0x1D): %s', (_, keys) => {
  for (const key of [...BEFORE, ...keys, ...AFTER, 'Enter']) press(key);
  expect(scans).toMatchObject([{ codigo: CARRIED, fuente: 'pistola' }]);
  expect(leeGs1(scans[0]!.codigo, opcionesGs1(scans[0]!))).toMatchObject({
    ok: true,
    gtin: '07501031311309',
    lote: 'LOTE7',
    caduca: '2027-12-31',
  });
});

test('wedge: an AIM identifier says what the label is, and is no part of the code', () => {
  for (const key of [...']C1', ...BEFORE, 'F8', ...AFTER, 'Enter']) press(key);
  expect(scans).toMatchObject([{ codigo: CARRIED, simbologia: 'CODE_128', gs1: true }]);
});

test('wedge: F8 in front is FNC1: it marks GS1', () => {
  for (const key of ['F8', ...BEFORE, 'F8', ...AFTER, 'Enter']) press(key);
  expect(scans).toMatchObject([{ codigo: CARRIED, gs1: true }]);
});
