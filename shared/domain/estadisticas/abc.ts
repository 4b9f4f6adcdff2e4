export type ClaseAbc = 'A' | 'B' | 'C';

export interface UmbralesAbc {
  /** Percent of the whole value at which A ends. */
  readonly a: number;
  /** And B; above `a`. */
  readonly b: number;
}
export const UMBRALES_ABC: UmbralesAbc = { a: 80, b: 95 };

/**
 * Pareto's classes of one almacén by value (of a year's sales, or of stock), centavos. Most valuable first, a product is A
 * while those before it hold less than the first threshold, so the one that crosses it still is; then B, then C. What is worth
 * nothing, or less, is C. Ties go by id, so that a night does not change what another decided.
 */
export function clasificaAbc(
  valores: Iterable<{ readonly id: string; readonly valor: bigint }>,
  { a, b }: UmbralesAbc = UMBRALES_ABC,
): Map<string, ClaseAbc> {
  const orden = [...valores].sort((x, y) =>
    x.valor === y.valor ? (x.id < y.id ? -1 : 1) : x.valor > y.valor ? -1 : 1,
  );
  const total = orden.reduce((suma, { valor }) => (valor > 0n ? suma + valor : suma), 0n);
  const clases = new Map<string, ClaseAbc>();
  let antes = 0n;
  for (const { id, valor } of orden) {
    const de = (umbral: number) => antes * 100n < total * BigInt(umbral);
    clases.set(id, valor <= 0n ? 'C' : de(a) ? 'A' : de(b) ? 'B' : 'C');
    if (valor > 0n) antes += valor;
  }
  return clases;
}
