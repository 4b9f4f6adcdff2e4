import { useConsulta } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';
import type { Proposito } from '#shared/roles.ts';

/** People who may count in an almacén; in a test count auditors too. */
export function useAsignables(almacenId: string | null, proposito: Proposito = 'conteo') {
  return useConsulta(
    ['asignables', almacenId, proposito],
    () => api.conteos.asignables.query({ almacenId: almacenId!, proposito }),
    { activa: almacenId !== null, fresca: 60_000 },
  );
}
