import type { LineaVista, Lugar, RenglonContado } from '#client/offline/index.ts';

/** What was written about a row, newest line first, each said once. */
export function notasDe(renglon: Pick<RenglonContado, 'lineas'>): string[] {
  return [...new Set(renglon.lineas.flatMap((linea) => linea.nota ?? []))];
}

const NOTA_MAX = 500;

/** Correcting a quantity voids the lines that carried the notes: what they said goes on with the new line. */
export function notaQueSigue(
  lineas: readonly LineaVista[],
  lugar: Lugar,
  ademas: string | null = null,
): string | null {
  const suyas = lineas.filter(
    (linea) =>
      !linea.anulada &&
      linea.tipo !== 'anula' &&
      linea.intento === lugar.intento &&
      linea.productoId === lugar.productoId &&
      linea.ubicacionId === lugar.ubicacionId &&
      linea.condicion === (lugar.condicion ?? 'vendible'),
  );
  const notas = [...notasDe({ lineas: suyas }), ...(ademas === null ? [] : [ademas])];
  return notas.join('\n').slice(0, NOTA_MAX) || null;
}
