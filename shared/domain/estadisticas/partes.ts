import { divideHalfEven, formatDecimal } from '../decimal.ts';

/** `parte` of `todo` as percent with two decimals (`31.25`), rounded half to even; null of nothing. Both of one scale. */
export function tantoPorCiento(parte: bigint, todo: bigint): string | null {
  if (todo === 0n) return null;
  return formatDecimal(divideHalfEven(parte * 10_000n, todo), 2);
}

/** `part` of a whole as percent without decimals, for a sentence: the sign stays with its number. */
export function enteroPorCiento(parte: bigint, todo: bigint): string | null {
  if (todo === 0n) return null;
  return `${divideHalfEven(parte * 100n, todo)} %`;
}
