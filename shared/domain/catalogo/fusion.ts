/**
 * Joining two products: the origin's stock passes to the product that stays. Movements stay where they are; a pair of
 * `transferencia` (out of the origin, into the destination) carries the origin's stock over at one instant, and from then
 * on each later movement of the origin has its own pair. So teorico(origin) = 0 and teorico(destination) = the sum of both
 * at every instant from there on, and before it each book is as it was.
 */

/** A movement of the origin after the instant, in the ledger's order. */
export interface Movimiento {
  readonly en: number;
  readonly efecto: bigint;
}

export interface Par {
  readonly en: number;
  /** Units that pass from the origin to the destination; negative the other way. */
  readonly cantidad: bigint;
}

/** The pairs of one almacén: what stood at the instant, then each later movement at its own. */
export function paresDe(en: number, habia: bigint, despues: readonly Movimiento[]): Par[] {
  const pares = [{ en, cantidad: habia }, ...despues.map((m) => ({ en: m.en, cantidad: m.efecto }))];
  return pares.filter((par) => par.cantidad !== 0n);
}

/** What of one almacén decides the instant; ms, null where there is none. */
export interface HechosAlmacen {
  readonly ahora: number;
  /** First living line of either product in a conteo that has not decided them. */
  readonly primeraLinea: number | null;
  /** Last base, or last approved count, of either product. */
  readonly ultimaBase: number | null;
  /** First open instant of the shop's books. */
  readonly cerradoHasta: number | null;
  /** Last movement of the origin. */
  readonly ultimoMovimiento: number | null;
}

/**
 * When the stock passes: now, or just before the first line of a count that is still open, so that the expected stock at
 * that count's instant holds both. null: between that line and now one of the books got a base (or was closed), and no
 * instant is right for both; that count has to be decided first.
 */
export function instanteDeFusion(h: HechosAlmacen): number | null {
  if (h.primeraLinea === null) return Math.max(h.ahora, h.ultimoMovimiento ?? 0, h.cerradoHasta ?? 0);
  const antes = h.primeraLinea - 1;
  if (h.ultimaBase !== null && h.ultimaBase >= antes) return null;
  if (h.cerradoHasta !== null && antes < h.cerradoHasta) return null;
  return antes;
}

/** A code of the origin and what becomes of it. */
export interface CodigoDeFusion {
  readonly id: string;
  readonly codigo: string;
  readonly factor: string;
}
export interface PasoCodigo {
  readonly id: string;
  readonly codigo: string;
  /** `pasa`: to the destination. `sobra`: it has the same. `choca`: it has it with another factor, and somebody chooses. */
  readonly paso: 'pasa' | 'sobra' | 'choca';
  readonly factorOrigen: string;
  readonly factorDestino: string | null;
}

export function pasosDeCodigos(
  origen: readonly CodigoDeFusion[],
  destino: readonly CodigoDeFusion[],
  mismo: (a: string, b: string) => boolean,
): PasoCodigo[] {
  const de = new Map(destino.map((c) => [c.codigo, c]));
  return origen.map(({ id, codigo, factor }) => {
    const otro = de.get(codigo);
    const paso = otro === undefined ? 'pasa' : mismo(factor, otro.factor) ? 'sobra' : 'choca';
    return { id, codigo, paso, factorOrigen: factor, factorDestino: otro?.factor ?? null };
  });
}

/** Parts of a kit with the origin replaced; where the kit had both, their quantities are summed. null: it has no origin. */
export function partesUnidas(
  partes: readonly { productoId: string; cantidad: string }[],
  origen: string,
  destino: string,
  suma: (a: string, b: string) => string,
): { productoId: string; cantidad: string }[] | null {
  if (!partes.some((p) => p.productoId === origen)) return null;
  const unidas = new Map<string, string>();
  for (const { productoId, cantidad } of partes) {
    const id = productoId === origen ? destino : productoId;
    const habia = unidas.get(id);
    unidas.set(id, habia === undefined ? cantidad : suma(habia, cantidad));
  }
  return [...unidas].map(([productoId, cantidad]) => ({ productoId, cantidad }));
}
