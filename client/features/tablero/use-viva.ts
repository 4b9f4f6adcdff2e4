import { useEffect } from 'react';
import { useAlSincronizar } from '#client/app/query.ts';

/** What no hint of the server speaks of (phones, imports, signatures of others) is looked at this often. */
const CADA_MS = 60_000;

type Consulta = { refetch: () => unknown; isStale: boolean; isFetching: boolean };

/** Asks again when the phone was levelled with the server (a hint came), and every minute while the screen is looked at. */
export function useViva(consulta: Consulta, activa = true): void {
  useAlSincronizar(() => {
    if (activa && consulta.isStale && !consulta.isFetching) void consulta.refetch();
  });
  const { refetch } = consulta;
  useEffect(() => {
    if (!activa) return;
    const cada = setInterval(() => {
      if (document.visibilityState === 'visible') void refetch();
    }, CADA_MS);
    return () => clearInterval(cada);
  }, [activa, refetch]);
}
