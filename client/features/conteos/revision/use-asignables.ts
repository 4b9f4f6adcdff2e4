import { useConsulta } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';

/** People who may count in an almacén. */
export function useAsignables(almacenId: string | null) {
  return useConsulta(
    ['asignables', almacenId],
    () => api.conteos.asignables.query({ almacenId: almacenId! }),
    { activa: almacenId !== null, fresca: 60_000 },
  );
}
