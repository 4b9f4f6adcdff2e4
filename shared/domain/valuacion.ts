import { type Cantidad, type Centavos, type Costo, importe } from './decimal.ts';

/** Stock of one product in one almacén at an instant. */
export interface Existente {
  almacenId: string;
  /** Signed: never clamped. */
  cantidad: Cantidad;
  tieneBase: boolean;
  /** Unit cost in force at that instant; null = "sin costo". */
  costo: Costo | null;
}

export interface TotalesExistencia {
  /** Products with stock, negative ones included. */
  productos: number;
  /** Value at cost of what is there (quantities above 0), pesos net of IVA. */
  valor: Centavos;
  /** "Falta registrar una entrada": how many are negative, and their value, which is not in `valor`. */
  negativos: number;
  valorNegativos: Centavos;
  /** With stock and without a cost: their value is not known, and is in no total. */
  sinCosto: number;
  /** With stock and without an inventory at or before that instant. */
  sinBase: number;
}

/** quantity × cost, rounded half to even to centavos; null where there is stock and no cost. */
export function valorDe({ cantidad, costo }: Pick<Existente, 'cantidad' | 'costo'>): Centavos | null {
  if (cantidad === 0n) return 0n;
  return costo === null ? null : importe(cantidad, costo);
}

export function totalesVacios(): TotalesExistencia {
  return { productos: 0, valor: 0n, negativos: 0, valorNegativos: 0n, sinCosto: 0, sinBase: 0 };
}

/** Adds one product to the totals. What is missing never lowers what is there: negatives are summed apart. */
export function sumaExistente(totales: TotalesExistencia, existente: Existente): void {
  if (existente.cantidad === 0n) return;
  totales.productos += 1;
  if (!existente.tieneBase) totales.sinBase += 1;
  const valor = valorDe(existente);
  if (valor === null) totales.sinCosto += 1;
  if (existente.cantidad < 0n) {
    totales.negativos += 1;
    totales.valorNegativos += valor ?? 0n;
  } else totales.valor += valor ?? 0n;
}

/** Totals by almacén, in the order in which they first appear. */
export function totalesPorAlmacen(existentes: Iterable<Existente>): Map<string, TotalesExistencia> {
  const porAlmacen = new Map<string, TotalesExistencia>();
  for (const uno of existentes) {
    let totales = porAlmacen.get(uno.almacenId);
    if (totales === undefined) {
      totales = totalesVacios();
      porAlmacen.set(uno.almacenId, totales);
    }
    sumaExistente(totales, uno);
  }
  return porAlmacen;
}
