import { absoluto, divideHalfEven } from '../decimal.ts';

/** Less than 2 % is the same to whoever looks at a picture. */
const IGUAL = 200n;
/** From three times on, a multiple says it better. */
const VECES = 20_000n;

export interface Cambio {
  sentido: 'sube' | 'baja' | 'igual';
  /** Hundredths of a percent, without sign; null: before there was nothing to compare with. */
  centesimas: bigint | null;
}

/** How `ahora` stands against `antes`, both of one unit. */
export function cambioDe(ahora: bigint, antes: bigint): Cambio {
  const diferencia = ahora - antes;
  const sentido = diferencia > 0n ? 'sube' : diferencia < 0n ? 'baja' : 'igual';
  if (antes === 0n) return { sentido, centesimas: sentido === 'igual' ? 0n : null };
  const centesimas = divideHalfEven(absoluto(diferencia) * 10_000n, absoluto(antes));
  return { sentido: centesimas < IGUAL ? 'igual' : sentido, centesimas };
}

/** `12 % más que la anterior`, `casi lo mismo que…`, `3.4 veces la anterior`. `deVeces`: what follows "veces", where it differs. */
export function comparado(ahora: bigint, antes: bigint, que: string, deVeces = que): string {
  const { sentido, centesimas } = cambioDe(ahora, antes);
  if (sentido === 'igual') return `${ahora === antes ? 'lo mismo que' : 'casi lo mismo que'} ${que}`;
  if (centesimas === null) return `${sentido === 'sube' ? 'más que' : 'menos que'} ${que}`;
  if (sentido === 'sube' && centesimas >= VECES) return `${veces(ahora, antes)} veces ${deVeces}`;
  return `${parteEntera(centesimas)} % ${sentido === 'sube' ? 'más que' : 'menos que'} ${que}`;
}

function veces(ahora: bigint, antes: bigint): string {
  const decimas = divideHalfEven(absoluto(ahora) * 10n, absoluto(antes));
  return decimas % 10n === 0n || decimas >= 100n
    ? String(decimas / 10n)
    : `${decimas / 10n}.${decimas % 10n}`;
}

const parteEntera = (centesimas: bigint) => String(divideHalfEven(centesimas, 100n));

/** Whole percent of a part; `menos de 1` where it is some but rounds to none. */
export function parteDe(parte: bigint, todo: bigint): string {
  if (todo === 0n) return '0 %';
  const entero = divideHalfEven(parte * 100n, todo);
  if (entero === 0n && parte > 0n) return 'menos de 1 %';
  if (entero === 100n && parte < todo) return 'más de 99 %';
  return `${entero} %`;
}

/** Mean of some amounts, half to even; null of none. */
export function promedio(valores: readonly bigint[]): bigint | null {
  if (valores.length === 0) return null;
  return divideHalfEven(
    valores.reduce((suma, valor) => suma + valor, 0n),
    BigInt(valores.length),
  );
}
