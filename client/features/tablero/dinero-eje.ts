import { divideHalfEven, formatDecimal } from '#shared/domain/decimal.ts';
import { MENOS, pesos } from '#shared/formato.ts';

/** Whole pesos of centavos, half to even: what is read from afar has no cents. */
export const enteros = (centavos: bigint): bigint => divideHalfEven(centavos, 100n) * 100n;

const MIL = 100_000n;
const MILLON = 100_000_000n;

/** `$200 mil`, `$1.2 M`, `$850`: at an axis. */
export function dineroEje(centavos: bigint): string {
  const abs = centavos < 0n ? -centavos : centavos;
  if (abs < 10n * MIL) return pesos(enteros(centavos));
  const [unidad, nombre] = abs >= MILLON ? [MILLON, 'M'] : [MIL, 'mil'];
  const decimas = divideHalfEven(abs * 10n, unidad!);
  return `${centavos < 0n ? MENOS : ''}$${formatDecimal(decimas, 1)} ${nombre}`;
}
