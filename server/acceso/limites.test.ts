import { describe, expect, test } from 'vitest';
import { fixedClock } from '#server/platform/clock.ts';
import { isAppError } from '#shared/errores.ts';
import { createLimites, type Limites, placeOf } from './limites.ts';

const START = new Date('2026-03-02T16:00:00Z');
const PHONE = '200.1.2.3';

/** Seconds to wait, or 0 when the attempt was let through. */
function fail(limites: Limites, ip: string, account: string): number {
  try {
    limites.begin(ip, account);
    return 0;
  } catch (error) {
    if (!isAppError(error) || error.code !== 'DEMASIADAS_PETICIONES') throw error;
    return error.data.segundos as number;
  }
}

describe('an account at one place', () => {
  test('five slips are free, then each further one doubles the wait', () => {
    const clock = fixedClock(START);
    const limites = createLimites(clock);
    for (let slip = 1; slip <= 5; slip++) expect(fail(limites, PHONE, 'ana')).toBe(0);
    expect(fail(limites, PHONE, 'ana')).toBe(2);
    clock.advance(2_000);
    expect(fail(limites, PHONE, 'ana')).toBe(0);
    expect(fail(limites, PHONE, 'ana')).toBe(4);
    clock.advance(4_000);
    expect(fail(limites, PHONE, 'ana')).toBe(0);
    expect(fail(limites, PHONE, 'ana')).toBe(8);
  });

  test('waiting never exceeds 15 minutes, and an hour of quiet forgets', () => {
    const clock = fixedClock(START);
    const limites = createLimites(clock);
    let longest = 0;
    for (let slip = 0; slip < 25; slip++) {
      const wait = fail(limites, PHONE, 'ana');
      longest = Math.max(longest, wait);
      clock.advance(wait * 1000);
    }
    expect(longest).toBe(900);
    clock.advance(3600_000);
    for (let slip = 1; slip <= 5; slip++) expect(fail(limites, PHONE, 'ana')).toBe(0);
  });

  test('being right starts over; another person and another place are not touched', () => {
    const limites = createLimites(fixedClock(START));
    for (let slip = 1; slip <= 4; slip++) fail(limites, PHONE, 'ana');
    limites.begin(PHONE, 'Ana ').succeeded();
    for (let slip = 1; slip <= 5; slip++) expect(fail(limites, PHONE, 'ana')).toBe(0);
    expect(fail(limites, PHONE, 'ana')).toBeGreaterThan(0);
    expect(fail(limites, PHONE, 'luis')).toBe(0);
    expect(fail(limites, '200.9.9.9', 'ana')).toBe(0);
  });

  test('guesses sent at once are counted before any is judged', () => {
    const limites = createLimites(fixedClock(START));
    const waits = Array.from({ length: 50 }, () => fail(limites, PHONE, 'ana'));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
  });

  test('an attempt that could not be judged does not count', () => {
    const limites = createLimites(fixedClock(START));
    for (let slip = 1; slip <= 50; slip++) limites.begin(PHONE, 'ana').undone();
    expect(fail(limites, PHONE, 'ana')).toBe(0);
  });
});

describe('one place', () => {
  test('trying many accounts is limited after 30', () => {
    const limites = createLimites(fixedClock(START));
    for (let slip = 1; slip <= 30; slip++) expect(fail(limites, PHONE, `u${slip}`)).toBe(0);
    expect(fail(limites, PHONE, 'u31')).toBe(2);
  });

  test("one's own log-ins don't pay for guesses at other accounts", () => {
    const limites = createLimites(fixedClock(START));
    for (let slip = 1; slip <= 29; slip++) {
      fail(limites, PHONE, `u${slip}`);
      if (slip % 5 === 0) limites.begin(PHONE, 'mine').succeeded();
    }
    expect(fail(limites, PHONE, 'u30')).toBe(0);
    expect(fail(limites, PHONE, 'u31')).toBe(2);
  });

  test('an IPv6 customer is one place, and IPv4 over IPv6 is IPv4', () => {
    expect(placeOf('2001:db8:1:2::5')).toBe(placeOf('2001:db8:1:2:ffff::1'));
    expect(placeOf('2001:db8:1:2::5')).not.toBe(placeOf('2001:db8:1:3::5'));
    expect(placeOf('::1')).toBe('0:0:0:0::/64');
    expect(placeOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
    expect(placeOf('::ffff:200.1.2.3')).toBe('200.1.2.3');
  });
});

test('memory is bounded', () => {
  const limites = createLimites(fixedClock(START));
  for (let slip = 0; slip < 5; slip++) fail(limites, '10.0.0.1', 'ana');
  for (let other = 0; other < 25_000; other++) limites.begin(`10.${other >> 8}.${other & 255}.7`, 'x');
  expect(fail(limites, '10.0.0.1', 'ana')).toBe(0);
});
