import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/**
 * Filters and order of a list, kept in the URL: `[what stands there, unchecked, change some of it]`. An empty value
 * leaves the URL; changes replace the entry, so that the back button leaves the screen.
 */
export function useBusquedaUrl(): [
  Record<string, unknown>,
  (cambios: Record<string, string | undefined>) => void,
] {
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
  return [search, cambia];
}
