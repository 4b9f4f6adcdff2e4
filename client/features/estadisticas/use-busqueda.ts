import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** What the URL holds, unchecked, and how to change some of it: '' leaves it; the back button leaves the screen. */
export function useBusqueda(): [
  Record<string, unknown>,
  (cambios: Record<string, string | undefined>) => void,
] {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const cambia = useCallback(
    (cambios: Record<string, string | undefined>) =>
      void navigate({
        to: '/estadisticas',
        replace: true,
        resetScroll: false,
        search: (antes: Record<string, unknown>) => ({
          ...antes,
          ...Object.fromEntries(Object.entries(cambios).map(([k, v]) => [k, v === '' ? undefined : v])),
        }),
      }),
    [navigate],
  );
  return [search, cambia];
}
