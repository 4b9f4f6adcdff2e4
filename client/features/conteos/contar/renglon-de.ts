import type { LineaVista, RenglonContado } from '#client/offline/index.ts';
import type { Ultimo } from './use-contar.ts';

/** The row of `Contado` that the card on screen stands for: of that product (or raw code), in that bin and condition. */
export function renglonDe(
  contado: readonly RenglonContado[] | undefined,
  ultimo: Ultimo | null,
  ubicacionId: string | null,
  condicion: LineaVista['condicion'],
): RenglonContado | undefined {
  if (ultimo === null) return undefined;
  return contado?.find(
    (renglon) =>
      renglon.ubicacionId === ubicacionId &&
      renglon.condicion === condicion &&
      (ultimo.tipo === 'producto'
        ? renglon.productoId === ultimo.producto.id
        : renglon.productoId === null && renglon.codigo === ultimo.codigo),
  );
}
