import type { ConteoDetalle, LineaVista } from '#client/offline/index.ts';
import { renglonHojaId } from '#shared/domain/ajuste-id.ts';
import { cantidadTexto, UNA_UNIDAD } from '#shared/domain/cantidad.ts';
import { type LineaViva, lineasVivas, unidadesDe } from '#shared/domain/conteo.ts';
import type { Captura } from '#shared/domain/hoja-captura.ts';

export type DeQuien = { conteoId: string; intento: number; usuarioId: string };

/** What of a row is captured already, by me on any phone. */
export type EstadoRenglon = {
  /** The living line; null when there is none. */
  previa: LineaVista | null;
  /** Id of the line that comes next. */
  siguiente: string;
};

/** Ids follow from the row, so the lines themselves say what is captured: nothing else has to be remembered. */
export function estadoRenglon(
  lineas: ReadonlyMap<string, LineaVista>,
  de: DeQuien,
  renglon: number,
): EstadoRenglon {
  let previa: LineaVista | null = null;
  for (let vez = 0; ; vez += 1) {
    const id = renglonHojaId(de, renglon, vez);
    const linea = lineas.get(id);
    if (linea === undefined) return { previa, siguiente: id };
    if (!linea.anulada) previa = linea;
  }
}

/** What the field shows of a captured row: `2x12`, `29`, `0`. */
export function textoDeLinea(linea: Pick<LineaVista, 'tipo' | 'cantidad' | 'factor'>): string {
  if (linea.tipo === 'cero') return '0';
  if (linea.factor === UNA_UNIDAD) return cantidadTexto(linea.cantidad);
  return `${cantidadTexto(linea.cantidad)}x${cantidadTexto(linea.factor)}`;
}

/** True when the line says the same units: capturing it again changes nothing. */
export function mismaCantidad(
  linea: Pick<LineaVista, 'tipo' | 'cantidad' | 'factor'>,
  captura: Captura,
): boolean {
  if (captura.tipo === 'vacia') return false;
  if (captura.tipo === 'cero') return linea.tipo === 'cero';
  return linea.tipo === 'suma' && unidadesDe(linea) === captura.unidades;
}

/** My lines that count; what the server refused counts nowhere. */
export function vivasDe({ lineas }: Pick<ConteoDetalle, 'lineas'>): LineaViva[] {
  return lineasVivas(lineas.filter(({ estado }) => estado !== 'rechazada'));
}

/** Units of mine of a product in a bin that come from elsewhere than these lines. */
export function llevoAparte(
  vivas: readonly LineaViva[],
  de: { intento: number; productoId: string; ubicacionId: string | null },
  propias: ReadonlySet<string>,
): bigint {
  return vivas
    .filter(
      (linea) =>
        linea.intento === de.intento &&
        linea.productoId === de.productoId &&
        linea.ubicacionId === de.ubicacionId &&
        linea.condicion === 'vendible' &&
        !propias.has(linea.id),
    )
    .reduce((suma, { unidades }) => suma + unidades, 0n);
}
