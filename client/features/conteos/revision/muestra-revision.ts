import type { ProductoRevisado } from '#shared/contracts/conteos.ts';

/** A product of a review, for tests: exact, undecided, without anything in its way. */
export function productoRevisado(codigo: string, cambios: Partial<ProductoRevisado> = {}): ProductoRevisado {
  return {
    productoId: `id-${codigo}`,
    codigo,
    nombre: `Producto ${codigo}`,
    unidad: 'PZA',
    decimales: 0,
    intento: 1,
    contado: '10',
    desde: '2026-03-02T16:00:00.000Z',
    instante: '2026-03-02T16:04:00.000Z',
    teorico: '10',
    lo: '10',
    hi: '10',
    variacion: '0',
    valor: '0.00',
    costoUnitario: '10',
    costoFuente: 'promedio',
    estado: 'cuadra',
    dentroTolerancia: true,
    efecto: 'sin_ajuste',
    causas: [],
    relojDudoso: false,
    contadores: [],
    movimientos: [],
    ubicacionesFaltantes: [],
    bloqueos: [],
    aprobado: null,
    ...cambios,
  };
}

/** With a variance of so many units, worth so many pesos. */
export function conVariacionDe(codigo: string, variacion: string, valor: string | null): ProductoRevisado {
  return productoRevisado(codigo, {
    variacion,
    valor,
    estado: 'variacion',
    efecto: 'ajuste',
    dentroTolerancia: false,
  });
}
