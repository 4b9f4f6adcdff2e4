import { useAlSincronizar, useConsulta } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';
import { useIdentidad } from '#client/offline/index.ts';
import { REVISA_CONTEOS } from '#shared/roles.ts';

export type PorFirmar = Awaited<ReturnType<typeof api.firmas.pendientes.query>>[number];

/** What waits for a second signature in my shops; asked again after each sync. Nothing for who may not see it. */
export function usePorFirmar() {
  const identidad = useIdentidad();
  const activa = identidad != null && REVISA_CONTEOS.includes(identidad.rol);
  const consulta = useConsulta(['firmas', 'pendientes'], () => api.firmas.pendientes.query(), { activa });
  useAlSincronizar(() => {
    if (activa) void consulta.refetch();
  });
  return consulta;
}
