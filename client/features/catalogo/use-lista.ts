import { useEffect, useRef, useState } from 'react';
import { useConsulta } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import type { BusquedaCatalogo } from './busqueda-catalogo.ts';
import { consultaDe } from './busqueda-catalogo.ts';

export type Renglon = Awaited<ReturnType<typeof api.productos.lista.query>>['productos'][number];

/** The first page by the filters, and more of it when asked: each page begins where the one before ended. */
export function useLista(b: BusquedaCatalogo) {
  const consulta = consultaDe(b);
  const clave = JSON.stringify(consulta);
  const primera = useConsulta(['catalogo', clave], () => api.productos.lista.query(consulta));
  const [mas, setMas] = useState<{ de: unknown; filas: Renglon[]; despues: string | null } | null>(null);
  const [pidiendo, setPidiendo] = useState(false);
  const [falla, setFalla] = useState<string | null>(null);
  const vigente = useRef(primera.data);
  useEffect(() => {
    vigente.current = primera.data;
  });
  // Pages that follow another first page are of another list.
  const siguen = mas !== null && mas.de === primera.data ? mas : null;
  const despues = siguen === null ? (primera.data?.despues ?? null) : siguen.despues;
  const pide = async () => {
    if (despues === null || pidiendo) return;
    setPidiendo(true);
    setFalla(null);
    const de = primera.data;
    try {
      const pagina = await api.productos.lista.query({ ...consulta, despues });
      if (vigente.current === de)
        setMas({ de, filas: [...(siguen?.filas ?? []), ...pagina.productos], despues: pagina.despues });
    } catch (error) {
      setFalla(errorDe(error).mensaje);
    } finally {
      setPidiendo(false);
    }
  };
  return {
    consulta: primera,
    filas: [...(primera.data?.productos ?? []), ...(siguen?.filas ?? [])],
    total: primera.data?.total ?? null,
    pide: despues === null ? null : pide,
    pidiendo,
    falla,
  };
}
