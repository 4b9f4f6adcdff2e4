import { useState } from 'react';
import type { ConteoDetalle } from '#client/offline/index.ts';

const clave = (conteoId: string) => `ubicacion:${conteoId}`;

/** Remembered by the tab only: a convenience, never truth (each line carries its own bin). */
function lee(conteoId: string): string | null {
  try {
    return sessionStorage.getItem(clave(conteoId));
  } catch {
    return null; // private mode may refuse storage
  }
}

/** The bin in force: it stays until another is read or chosen, also over a reload. */
export function useUbicacionRecordada(conteo: ConteoDetalle): [string | null, (id: string | null) => void] {
  const [ubicacionId, setUbicacionId] = useState<string | null>(() => {
    const recordada = lee(conteo.id);
    if (recordada !== null && conteo.ubicaciones.some((u) => u.id === recordada)) return recordada;
    return conteo.alcance === 'ubicaciones' && conteo.ubicaciones.length === 1
      ? conteo.ubicaciones[0]!.id
      : null;
  });
  return [
    ubicacionId,
    (id) => {
      setUbicacionId(id);
      try {
        if (id === null) sessionStorage.removeItem(clave(conteo.id));
        else sessionStorage.setItem(clave(conteo.id), id);
      } catch {
        // private mode may refuse storage; the choice still holds on this screen
      }
    },
  ];
}
