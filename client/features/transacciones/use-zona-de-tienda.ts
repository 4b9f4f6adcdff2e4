import { useEffect, useState } from 'react';
import { elCache } from '#client/offline/index.ts';
import type { Zona } from '#shared/domain/instante.ts';

/** What a shop has when nobody said otherwise (column default of `tiendas.zona_horaria`). */
const ZONA_COMUN = 'America/Mexico_City';

/** IANA zone of a shop from the phone's cache. */
export function useZonaDeTienda(tiendaId: string | null | undefined): Zona {
  const [leida, setLeida] = useState<{ tiendaId: string; zona: string }>();
  useEffect(() => {
    if (!tiendaId) return;
    let viva = true;
    void elCache()
      .db.tiendas.get(tiendaId)
      .then((tienda) => viva && tienda && setLeida({ tiendaId, zona: tienda.zonaHoraria }));
    return () => {
      viva = false;
    };
  }, [tiendaId]);
  return leida !== undefined && leida.tiendaId === tiendaId ? leida.zona : ZONA_COMUN;
}
