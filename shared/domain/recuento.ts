import type { ContadoProducto } from './conteo.ts';
import { absoluto, type Cantidad, type Centavos } from './decimal.ts';
import { dentroDeTolerancia, type Tolerancia } from './tolerancia.ts';

/** One control for every four products asked for, at least one, at most five. */
const PEDIDOS_POR_CONTROL = 4;
const CONTROLES_MAX = 5;

/**
 * Products without variance that a recount carries along, so that being asked to recount says nothing about the stock.
 * The choice depends on `semilla` (the id of the recount) only: asking again gives the same ones.
 */
export function eligeControles(
  sinVariacion: readonly string[],
  pedidos: readonly string[],
  semilla: string,
): string[] {
  const yaPedidos = new Set(pedidos);
  const cuantos = Math.min(CONTROLES_MAX, Math.ceil(pedidos.length / PEDIDOS_POR_CONTROL));
  return sinVariacion
    .filter((productoId) => !yaPedidos.has(productoId))
    .map((productoId) => ({ productoId, lugar: revuelve(`${semilla}:${productoId}`) }))
    .sort((a, b) => a.lugar - b.lugar || (a.productoId < b.productoId ? -1 : 1))
    .slice(0, cuantos)
    .map(({ productoId }) => productoId);
}

/** FNV-1a, 32 bits: spreads ids evenly, the same on every machine. */
function revuelve(texto: string): number {
  let huella = 0x811c9dc5;
  for (let i = 0; i < texto.length; i += 1) {
    huella = Math.imul(huella ^ texto.charCodeAt(i), 0x01000193);
  }
  return huella >>> 0;
}

/** Products of a recount's list that nobody has counted in that intento yet: their earlier figure is in doubt. */
export function recuentosPendientes(
  listas: Iterable<{ intento: number; productoId: string }>,
  contados: ReadonlyMap<string, Pick<ContadoProducto, 'intento'>>,
): Set<string> {
  const pendientes = new Set<string>();
  for (const { intento, productoId } of listas) {
    if ((contados.get(productoId)?.intento ?? 0) < intento) pendientes.add(productoId);
  }
  return pendientes;
}

/** What one intento said of a product. */
export interface ResultadoIntento {
  intento: number;
  /** Who counted the product in it. */
  contaron: readonly string[];
  /** Against the book at that intento's own instant, so that sales between two intentos don't look like a disagreement. */
  variacion: Cantidad;
  teorico: Cantidad;
  /** Variance at cost; null = "sin costo". */
  valor: Centavos | null;
}

export type VeredictoRecuento =
  /** Counted once. */
  | { estado: 'unico' }
  /** Two intentos agree within tolerance: the later of them stands. */
  | { estado: 'acuerdo'; intento: number }
  /** No two agree: a third count, by none of `contaron`. */
  | { estado: 'desacuerdo'; contaron: string[] };

/** "Two attempts that agree within tolerance stand; else a third by a third person." The latest agreement wins. */
export function juzgaIntentos(
  resultados: readonly ResultadoIntento[],
  tolerancia: Tolerancia,
): VeredictoRecuento {
  const orden = [...resultados].sort((a, b) => b.intento - a.intento);
  if (orden.length < 2) return { estado: 'unico' };
  for (const [i, tarde] of orden.entries()) {
    for (const antes of orden.slice(i + 1)) {
      if (coinciden(tarde, antes, tolerancia)) return { estado: 'acuerdo', intento: tarde.intento };
    }
  }
  return {
    estado: 'desacuerdo',
    contaron: [...new Set(orden.flatMap(({ contaron }) => contaron))].sort(),
  };
}

function coinciden(a: ResultadoIntento, b: ResultadoIntento, tolerancia: Tolerancia): boolean {
  return dentroDeTolerancia({
    variacion: a.variacion - b.variacion,
    teorico: a.teorico,
    valor: a.valor === null || b.valor === null ? null : absoluto(a.valor - b.valor),
    tolerancia,
  });
}
