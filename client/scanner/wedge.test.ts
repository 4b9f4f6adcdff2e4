import { describe, expect, test } from 'vitest';
import { GS } from '#shared/domain/codigos.ts';
import { WedgeDetector } from './wedge.ts';

/** Types `text` from `at` on, the gaps (ms) taken in turn; returns the instant of the last key and what completed. */
function type(detector: WedgeDetector, text: string, at: number, gaps: readonly number[]) {
  const completed: string[] = [];
  let now = at;
  [...text].forEach((char, index) => {
    if (index > 0) now += gaps[(index - 1) % gaps.length]!;
    const step = detector.push(char, now);
    if (step.completed !== null) completed.push(step.completed);
  });
  return { end: now, completed };
}

/** Recorded gaps, ms. */
const USB = [4, 3, 4, 4, 5, 3];
const BLUETOOTH = [11, 15, 9, 62, 12, 14, 8, 48, 13, 11, 30, 9];
const HUMAN = [142, 98, 210, 121, 87, 160, 133];
const FAST_HUMAN = [71, 64, 79, 58, 75, 68];
const HELD_KEY = [33, 33, 34, 33];

describe('WedgeDetector', () => {
  test('reads a fast wedge that ends with Enter', () => {
    const detector = new WedgeDetector();
    const { end } = type(detector, '7501031311309', 1000, USB);
    expect(detector.terminate(end + 4)).toBe('7501031311309');
  });

  test('reads a Bluetooth wedge whose packets pause inside the code', () => {
    const detector = new WedgeDetector();
    const { end } = type(detector, '7501031311309', 1000, BLUETOOTH);
    expect(detector.isBurst).toBe(true);
    expect(detector.terminate(end + 40)).toBe('7501031311309');
  });

  test.each([
    ['a person', HUMAN],
    ['a fast typist', FAST_HUMAN],
  ])('never takes %s for a scan', (_, gaps) => {
    const detector = new WedgeDetector();
    const { end, completed } = type(detector, '7501031311309', 1000, gaps);
    expect(completed).toEqual([]);
    expect(detector.isBurst).toBe(false);
    expect(detector.terminate(end + 50)).toBeNull();
  });

  test('a burst without Enter whose check digit holds ends after 80 ms of silence', () => {
    const detector = new WedgeDetector();
    const { end } = type(detector, '7501031311309', 0, USB);
    expect(detector.idle(end + 80)).toBeNull();
    expect(detector.idle(end + 81)).toBe('7501031311309');
    expect(detector.idle(end + 500)).toBeNull();
  });

  test('any other burst without Enter ends after half a second', () => {
    const detector = new WedgeDetector();
    const { end } = type(detector, 'PH-2840', 0, USB);
    expect(detector.idle(end + 500)).toBeNull();
    expect(detector.idle(end + 501)).toBe('PH-2840');
  });

  test('a stall in the first characters loses none of them where nobody types a quantity', () => {
    const stalls = [5, 5, 5, 340, 5, 5, 5, 5, 5, 5, 5, 5, 5];
    const whole = new WedgeDetector();
    let at = 0;
    [...'17501000000019'].forEach((char, index) => {
      at += stalls[index] ?? 5;
      whole.push(char, at, true);
    });
    expect(whole.terminate(at + 5)).toBe('17501000000019');
    const field = new WedgeDetector();
    const { end } = type(field, '17501000000019', 0, stalls.slice(0, 13));
    expect(field.terminate(end + 5)).not.toBe('17501000000019');
  });

  test('a phone that stalls in the middle of a code does not make two codes of it', () => {
    const detector = new WedgeDetector();
    const head = type(detector, '7501031', 0, USB);
    expect(detector.idle(head.end + 380)).toBeNull();
    const tail = type(detector, '311309', head.end + 380, USB);
    expect(tail.completed).toEqual([]);
    expect(detector.terminate(tail.end + 4)).toBe('7501031311309');
  });

  test('two bursts back to back without Enter are two codes, even when the timer was late', () => {
    const detector = new WedgeDetector();
    const first = type(detector, '7501031311309', 0, USB);
    const second = type(detector, '7501031311316', first.end + 90, USB);
    expect(second.completed).toEqual(['7501031311309']);
    expect(detector.terminate(second.end + 4)).toBe('7501031311316');
  });

  test('Tab and Enter end the same; a second terminator (CR LF) yields nothing', () => {
    const detector = new WedgeDetector();
    const { end } = type(detector, '123456', 0, USB);
    expect(detector.terminate(end + 4)).toBe('123456');
    expect(detector.terminate(end + 8)).toBeNull();
  });

  test('five characters are no scan, six are', () => {
    const detector = new WedgeDetector();
    expect(detector.terminate(type(detector, '12345', 0, USB).end + 4)).toBeNull();
    expect(detector.terminate(type(detector, '123456', 1000, USB).end + 4)).toBe('123456');
  });

  test('says from the sixth character on that the run belongs to no field', () => {
    const detector = new WedgeDetector();
    const bursts = [...'7501031'].map((char, index) => detector.push(char, index * 5).burst);
    expect(bursts).toEqual([false, false, false, false, false, true, true]);
  });

  test('what was once a scan stays one when its tail is slow', () => {
    const detector = new WedgeDetector();
    const head = type(detector, '750103', 0, USB);
    const tail = type(detector, '1311309', head.end + 60, [60]);
    expect(detector.terminate(tail.end + 60)).toBe('7501031311309');
  });

  test('keeps GS inside a GS1 code', () => {
    const detector = new WedgeDetector();
    const { end } = type(detector, `0107501031311309${GS}10L-77`, 0, USB);
    expect(detector.terminate(end + 4)).toBe(`0107501031311309${GS}10L-77`);
  });

  test('every trigger counts; a bounce of the same code within 200 ms does not', () => {
    const detector = new WedgeDetector();
    const first = type(detector, '7501031311309', 0, USB);
    expect(detector.terminate(first.end + 4)).toBe('7501031311309');
    const bounce = type(detector, '7501031311309', first.end + 150, USB);
    expect(detector.terminate(bounce.end + 4)).toBeNull();
    const again = type(detector, '7501031311309', bounce.end + 300, USB);
    expect(detector.terminate(again.end + 4)).toBe('7501031311309');
    const other = type(detector, '7501031311316', again.end + 90, USB);
    expect(detector.terminate(other.end + 4)).toBe('7501031311316');
  });

  test('a held key, reported by reset, leaves nothing behind', () => {
    const detector = new WedgeDetector();
    type(detector, '00000', 0, HELD_KEY);
    detector.reset();
    const { end } = type(detector, '00', 200, HELD_KEY);
    expect(detector.terminate(end + 10)).toBeNull();
  });
});

test('a digit typed into a quantity is no beginning of a scan that falls elsewhere', () => {
  const detector = new WedgeDetector();
  detector.push('7', 0, false);
  let at = 250;
  for (const char of 'PH-2840') {
    detector.push(char, at, true);
    at += 10;
  }
  expect(detector.terminate(at)).toBe('PH-2840');
});
