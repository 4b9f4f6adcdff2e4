import { useConsulta } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';

export type Periodo = Awaited<ReturnType<typeof api.periodos.lista.query>>[number];

export function usePeriodos(activa: boolean) {
  return useConsulta(['periodos'], () => api.periodos.lista.query(), { activa });
}

/** What would stay inside if the shop closed up to that day; asked only for a day that can be closed. */
export function useAvisosDeCierre(tiendaId: string, hasta: string | null) {
  return useConsulta(
    ['periodos', 'avisos', tiendaId, hasta],
    () => api.periodos.avisos.query({ tiendaId, hasta: hasta ?? '' }),
    { activa: hasta !== null },
  );
}
