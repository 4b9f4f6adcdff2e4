import { useEffect, useState } from 'react';
import { elCache, type FilaUbicacion } from '#client/offline/index.ts';

/** Things that the zones hold, from the phone's own copy: bins, or the products that lie in them. null while it is read. */
export function useEnZona(
  tipo: 'producto' | 'ubicacion',
  ubicaciones: readonly FilaUbicacion[] | undefined,
  zonas: readonly string[],
): number | null {
  const [cuantos, setCuantos] = useState<number | null>(null);
  useEffect(() => {
    setCuantos(null);
    if (ubicaciones === undefined) return;
    const elegidas = ubicaciones.filter(({ zona }) => zonas.length === 0 || zonas.includes(zona));
    if (tipo === 'ubicacion') {
      setCuantos(elegidas.length);
      return;
    }
    let vigente = true;
    void elCache()
      .db.producto_ubicaciones.where('ubicacionId')
      .anyOf(elegidas.map(({ id }) => id))
      .toArray()
      .then((filas) => vigente && setCuantos(new Set(filas.map(({ productoId }) => productoId)).size));
    return () => {
      vigente = false;
    };
  }, [tipo, ubicaciones, zonas]);
  return cuantos;
}
