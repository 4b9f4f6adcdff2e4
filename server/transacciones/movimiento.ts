import {
  CANTIDAD_ESCALA,
  DINERO_ESCALA,
  formatDecimal,
  multiplica,
  toDecimal,
} from '#shared/domain/decimal.ts';

/** A phone's or a till's clock may run ahead by this much; beyond it a movement "of tomorrow" is a mistake. */
export const ADELANTO_MAXIMO_MS = 2 * 60_000;

/** What a person or a till says of a movement; numbers as decimal text of their column's scale. */
export interface Dicho {
  readonly tipo: string;
  readonly subtipo: string | null;
  readonly cantidad: string;
  readonly precio: string | null;
  readonly costoUnitario: string | null;
}

/** Why a movement cannot be registered, to go into a sentence; null when it can. */
export function defectoDe({ tipo, subtipo, cantidad, precio, costoUnitario }: Dicho): string | null {
  const piezas = toDecimal(cantidad, CANTIDAD_ESCALA);
  if (piezas < 0n) return 'la cantidad es negativa';
  if (piezas === 0n && tipo !== 'inventario') return 'la cantidad es cero';
  if (precio?.startsWith('-')) return 'el precio es negativo';
  if (costoUnitario?.startsWith('-')) return 'el costo es negativo';
  if (tipo === 'devolucion' && subtipo === null) {
    return 'falta decir si la devolución es de_cliente o a_proveedor';
  }
  if (tipo !== 'devolucion' && subtipo !== null) {
    return 'solo una devolución dice si es de_cliente o a_proveedor';
  }
  return null;
}

/** Pesos of the movement, rounded once, half to even; null without a price. */
export function totalDe({ cantidad, precio }: Pick<Dicho, 'cantidad' | 'precio'>): string | null {
  if (precio === null) return null;
  const centavos = multiplica(
    toDecimal(cantidad, CANTIDAD_ESCALA),
    CANTIDAD_ESCALA,
    toDecimal(precio, DINERO_ESCALA),
    DINERO_ESCALA,
    DINERO_ESCALA,
  );
  return formatDecimal(centavos, DINERO_ESCALA);
}
