import {
  absoluto,
  CANTIDAD_ESCALA,
  DINERO_ESCALA,
  formatDecimal,
  toDecimal,
} from '#shared/domain/decimal.ts';
import type { ActaProducto, Totales } from './forma.ts';

const pesos = (centavos: bigint) => formatDecimal(centavos, DINERO_ESCALA, { minDecimales: 2 });

/** Is there a variance, known and not zero? */
export function tieneDiferencia(p: Pick<ActaProducto, 'variacion'>): boolean {
  return p.variacion !== null && toDecimal(p.variacion, CANTIDAD_ESCALA) !== 0n;
}

/** Faltante, sobrante, neto and bruto apart, at cost. What has no cost is counted and in none of the sums. */
export function totalesDe(productos: readonly ActaProducto[], sinContar: number): Totales {
  const conDiferencia = productos.filter(tieneDiferencia);
  const valores = conDiferencia.flatMap(({ valor }) =>
    valor === null ? [] : [toDecimal(valor, DINERO_ESCALA)],
  );
  const suma = (unos: readonly bigint[]) => unos.reduce((total, uno) => total + uno, 0n);
  return {
    faltante: pesos(suma(valores.filter((valor) => valor < 0n))),
    sobrante: pesos(suma(valores.filter((valor) => valor > 0n))),
    neto: pesos(suma(valores)),
    bruto: pesos(suma(valores.map(absoluto))),
    productos: productos.length,
    exactos: productos.filter((p) => p.variacion !== null && !tieneDiferencia(p)).length,
    conDiferencia: conDiferencia.length,
    sinCosto: conDiferencia.length - valores.length,
    sinBase: productos.filter(({ teorico }) => teorico === null).length,
    incompletos: productos.filter((p) => p.decision === null && p.estado === 'incompleto').length,
    porDecidir: productos.filter(({ decision }) => decision === null).length,
    sinContar,
  };
}
