import { useEffect, useRef } from 'react';
import { useAlSincronizar } from '#client/app/query.ts';

/** What no hint of the server speaks of (phones, imports, signatures of others) is looked at this often. */
const CADA_MS = 60_000;

type Consulta = { refetch: () => unknown; isStale: boolean; isFetching: boolean };

/**
 * Asks again when the phone was levelled with the server (a hint came) and, with `reloj`, every minute while the screen is
 * looked at. What is still fresh, or being asked for, is asked again once it is not: it may have been read before what
 * happened. What is shown stays until the answer comes.
 */
export function useViva(consulta: Consulta, activa = true, { reloj = true }: { reloj?: boolean } = {}): void {
  const ultima = useRef(consulta);
  const espera = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pide = useRef(() => {});
  useEffect(() => {
    ultima.current = consulta;
    pide.current = () => {
      clearTimeout(espera.current);
      const { refetch, isStale, isFetching } = ultima.current;
      if (isStale && !isFetching) void refetch();
      else espera.current = setTimeout(() => pide.current(), reloj ? 1_500 : 15_000);
    };
  });
  useAlSincronizar(() => {
    if (activa) pide.current();
  });
  useEffect(() => () => clearTimeout(espera.current), []);
  useEffect(() => {
    if (!activa || !reloj) return;
    const cada = setInterval(() => {
      if (document.visibilityState === 'visible') pide.current();
    }, CADA_MS);
    return () => clearInterval(cada);
  }, [activa, reloj]);
}
