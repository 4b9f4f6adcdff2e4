import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

export interface Busqueda {
  /** '' = the dashboard itself. */
  ver: string;
  tienda: string;
  desde: string;
  hasta: string;
  zona: string | undefined;
  dias: string;
  clase: string;
}

const FECHA = /^\d{4}-\d{2}-\d{2}$/;
const texto = (valor: unknown) =>
  typeof valor === 'string' || typeof valor === 'number' ? String(valor).slice(0, 200) : '';
const fecha = (valor: unknown) => {
  const escrita = texto(valor);
  return FECHA.test(escrita) && !Number.isNaN(Date.parse(escrita)) ? escrita : '';
};

/** What the URL says, none of it trusted. */
export function leeBusqueda(search: Record<string, unknown>): Busqueda {
  const dias = texto(search.dias);
  return {
    ver: texto(search.ver),
    tienda: texto(search.tienda),
    desde: fecha(search.desde),
    hasta: fecha(search.hasta),
    zona: search.zona === undefined ? undefined : texto(search.zona),
    dias: /^\d{1,4}$/.test(dias) ? dias : '',
    clase: ['A', 'B', 'C'].includes(texto(search.clase)) ? texto(search.clase) : '',
  };
}

/** Filters of the dashboard and of the rows behind it, kept in the URL; a change replaces the entry. */
export function useBusqueda(): [Busqueda, (cambios: Record<string, string | undefined>) => void] {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const cambia = useCallback(
    (cambios: Record<string, string | undefined>) =>
      void navigate({
        to: '.',
        replace: true,
        resetScroll: false,
        search: ((antes: Record<string, unknown>) => ({
          ...antes,
          ...Object.fromEntries(Object.entries(cambios).map(([k, v]) => [k, v === '' ? undefined : v])),
        })) as never,
      }),
    [navigate],
  );
  return [leeBusqueda(search), cambia];
}
