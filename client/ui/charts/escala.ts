/** What a chart draws is a whole number of the smallest unit: centavos, hundredths of a percent. null = not known. */
export type Valor = bigint | null;

export interface Eje {
  min: bigint;
  max: bigint;
  /** Round values between both, lowest first. */
  marcas: readonly bigint[];
}

/** Smallest of 1, 2 or 5 × 10ⁿ that covers `rango` in at most `tramos` steps. */
export function pasoRedondo(rango: bigint, tramos: number): bigint {
  const n = BigInt(tramos);
  const justo = rango <= 0n ? 1n : (rango + n - 1n) / n;
  for (let potencia = 1n; ; potencia *= 10n) {
    for (const veces of [1n, 2n, 5n]) if (veces * potencia >= justo) return veces * potencia;
  }
}

const abajo = (valor: bigint, paso: bigint) => {
  const resto = valor % paso;
  return valor - resto - (resto < 0n ? paso : 0n);
};

/**
 * Axis for these values. `desdeCero`: lengths are compared, so 0 is in it; else the range is that of the values, with room
 * around a flat line. `tope`: nothing is more than this (100 %).
 */
export function ejeDe(
  valores: readonly Valor[],
  { desdeCero = false, tramos = 3, tope }: { desdeCero?: boolean; tramos?: number; tope?: bigint } = {},
): Eje {
  const conocidos = valores.filter((v) => v !== null);
  if (desdeCero || conocidos.length === 0) conocidos.push(0n);
  let min = conocidos[0]!;
  let max = min;
  for (const valor of conocidos) {
    if (valor < min) min = valor;
    if (valor > max) max = valor;
  }
  if (min === max) {
    const holgura = (min < 0n ? -min : min) / 10n || 1n;
    max += holgura;
    if (!desdeCero || min < 0n) min -= holgura;
  }
  const paso = pasoRedondo(max - min, tramos);
  min = abajo(min, paso);
  max = abajo(max + paso - 1n, paso);
  if (tope !== undefined && max > tope) max = tope;
  const marcas: bigint[] = [];
  for (let marca = min; marca <= max; marca += paso) marcas.push(marca);
  return { min, max, marcas };
}

/** Where a value lies between both ends of the axis, 0 to 100 with two decimals; outside it stays at the end. */
export function porCiento(valor: bigint, { min, max }: Pick<Eje, 'min' | 'max'>): number {
  if (max <= min) return 0;
  const lugar = Number(((valor - min) * 10_000n) / (max - min)) / 100;
  return Math.min(100, Math.max(0, lugar));
}
