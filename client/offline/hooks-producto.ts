import type { FilaCodigoBarras, FilaUbicacion } from '#shared/contracts/filas.ts';
import { elCache } from './bases.ts';
import { conCatalogo } from './catalogo.ts';
import { useLive } from './live.ts';
import { comparaCodigo } from './vista-conteos.ts';

/** Codes in use of a product: pieces before packs. */
export function useCodigos(productoId: string): FilaCodigoBarras[] | undefined {
  return useLive(`codigos:${productoId}`, async () => {
    const rows = await conCatalogo(elCache().db, (lectura) => lectura.codigosDe([productoId]));
    return rows
      .filter((row) => row.isActive)
      .sort((a, b) => Number(a.factor) - Number(b.factor) || comparaCodigo(a.codigo, b.codigo));
  });
}

/** Known bins of a product in the shops of this phone. */
export function useUbicacionesDeProducto(productoId: string): FilaUbicacion[] | undefined {
  return useLive(`lugares:${productoId}`, async () => {
    const { db } = elCache();
    const lugares = await db.producto_ubicaciones.where('productoId').equals(productoId).toArray();
    const rows = await db.ubicaciones.bulkGet(lugares.map((lugar) => lugar.ubicacionId));
    return rows
      .flatMap((row) => (row?.isActive ? [row] : []))
      .sort((a, b) => comparaCodigo(a.codigo, b.codigo));
  });
}
