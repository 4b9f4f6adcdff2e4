import { AppError } from '../errores.ts';

/** Quantities travel as decimal text and are summed as bigint of 1e-5 units. */
export const CANTIDAD_ESCALA = 5;
/** Money is bigint centavos. */
export const DINERO_ESCALA = 2;
/** Unit costs are bigint millionths of a peso. */
export const COSTO_ESCALA = 6;

/** Bigint of 1e-5 units: `26` pieces are `2_600_000n`. */
export type Cantidad = bigint;
/** Bigint centavos: `$18.40` is `1_840n`. */
export type Centavos = bigint;
/** Unit cost, bigint of 1e-6 pesos: `$18.40` is `18_400_000n`. */
export type Costo = bigint;

/** A parsed value, or the code that says why there is none. */
export type Resultado<T, C extends string> = { ok: true; value: T } | { ok: false; code: C };

/** numeric(18,5) holds 13 integer digits; longer text is refused before it becomes a bigint. */
const MAX_DIGITOS = 18;
const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/**
 * Reads canonical decimal text (`-12.5`, never commas, exponents or spaces) as an integer of 10^-scale.
 * Trailing zeros beyond the scale are accepted because Postgres prints them; any other excess digit is not.
 */
export function parseDecimal(
  text: string,
  scale: number,
): Resultado<bigint, 'DECIMAL_INVALIDO' | 'DECIMAL_EXCEDE_ESCALA' | 'DECIMAL_EXCEDE_RANGO'> {
  const match = DECIMAL.exec(text);
  if (!match) return { ok: false, code: 'DECIMAL_INVALIDO' };
  const entero = match[2]!.replace(/^0+(?=\d)/, '');
  const fraccion = (match[3] ?? '').replace(/0+$/, '');
  if (fraccion.length > scale) return { ok: false, code: 'DECIMAL_EXCEDE_ESCALA' };
  if (entero.length + scale > MAX_DIGITOS) return { ok: false, code: 'DECIMAL_EXCEDE_RANGO' };
  const value = BigInt(entero + fraccion.padEnd(scale, '0'));
  return { ok: true, value: match[1] === '-' ? -value : value };
}

/** `parseDecimal` for text that our own code wrote: throws `ENTRADA_INVALIDA` instead of returning a code. */
export function toDecimal(text: string, scale: number): bigint {
  const parsed = parseDecimal(text, scale);
  if (parsed.ok) return parsed.value;
  throw new AppError('ENTRADA_INVALIDA', { detalle: `«${text.slice(0, 40)}» no es un número válido` });
}

/**
 * Canonical decimal text of an integer of 10^-scale: no exponent, no `-0`, no trailing zeros beyond
 * `minDecimales` (default 0). `formatDecimal(2_650_000n, 5)` is `26.5`.
 */
export function formatDecimal(value: bigint, scale: number, opts: { minDecimales?: number } = {}): string {
  const abs = value < 0n ? -value : value;
  const digits = abs.toString().padStart(scale + 1, '0');
  const entero = digits.slice(0, digits.length - scale);
  const min = Math.min(opts.minDecimales ?? 0, scale);
  let fraccion = digits.slice(digits.length - scale);
  let largo = fraccion.length;
  while (largo > min && fraccion[largo - 1] === '0') largo -= 1;
  fraccion = fraccion.slice(0, largo);
  return `${value < 0n ? '-' : ''}${entero}${fraccion ? `.${fraccion}` : ''}`;
}

/** Integer division rounded half to even, for any signs. Throws RangeError when `divisor` is 0. */
export function divideHalfEven(dividendo: bigint, divisor: bigint): bigint {
  const negativo = dividendo < 0n !== divisor < 0n;
  const n = dividendo < 0n ? -dividendo : dividendo;
  const d = divisor < 0n ? -divisor : divisor;
  const cociente = n / d;
  const doble = (n % d) * 2n;
  const sube = doble > d || (doble === d && cociente % 2n === 1n);
  const redondo = sube ? cociente + 1n : cociente;
  return negativo ? -redondo : redondo;
}

/** Changes the scale of a decimal, rounding half to even when digits are lost. */
export function cambiaEscala(value: bigint, de: number, a: number): bigint {
  return a >= de ? value * 10n ** BigInt(a - de) : divideHalfEven(value, 10n ** BigInt(de - a));
}

/** Product of two decimals of the given scales, in `escala`, rounded once, half to even. */
export function multiplica(a: bigint, escalaA: number, b: bigint, escalaB: number, escala: number): bigint {
  return cambiaEscala(a * b, escalaA + escalaB, escala);
}

/** Quantity × unit cost, in centavos. */
export function importe(cantidad: Cantidad, costo: Costo): Centavos {
  return multiplica(cantidad, CANTIDAD_ESCALA, costo, COSTO_ESCALA, DINERO_ESCALA);
}

/** Absolute value of a bigint. */
export function absoluto(value: bigint): bigint {
  return value < 0n ? -value : value;
}
