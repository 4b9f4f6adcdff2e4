import { useEffect, useRef } from 'react';
import { useAlSincronizar } from '#client/app/query.ts';

/** What no hint of the server speaks of (phones, imports, signatures of others) is looked at this often. */
const CADA_MS = 60_000;

type Consulta = { refetch: () => unknown; isStale: boolean; isFetching: boolean };

/**
 * Asks again when the phone was levelled with the server (a hint came) and, with `reloj`, every minute while the screen is
 * looked at; never for what is still fresh. What is shown stays until the answer comes.
 */
export function useViva(consulta: Consulta, activa = true, { reloj = true }: { reloj?: boolean } = {}): void {
  const ultima = useRef(consulta);
  useEffect(() => {
    ultima.current = consulta;
  });
  useAlSincronizar(() => {
    if (activa) pideSiHaceFalta(ultima.current);
  });
  useEffect(() => {
    if (!activa || !reloj) return;
    const cada = setInterval(() => {
      if (document.visibilityState === 'visible') pideSiHaceFalta(ultima.current);
    }, CADA_MS);
    return () => clearInterval(cada);
  }, [activa, reloj]);
}

function pideSiHaceFalta({ refetch, isStale, isFetching }: Consulta): void {
  if (isStale && !isFetching) void refetch();
}
