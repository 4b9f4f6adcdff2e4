import { useAlSincronizar, useConsulta } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';
import { useIdentidad } from '#client/offline/index.ts';
import { REVISA_CONTEOS } from '#shared/roles.ts';

export type PorFirmar = Awaited<ReturnType<typeof api.firmas.pendientes.query>>[number];

/** Where only the number is shown, it may be this old. */
const FRESCA_MS = 30_000;

/**
 * What waits for a second signature in my shops. Nothing for who may not see it. `alDia`: asked again after each sync, for
 * who decides on it; else half a minute old at most when its screen opens.
 */
export function usePorFirmar({ alDia = false }: { alDia?: boolean } = {}) {
  const identidad = useIdentidad();
  const activa = identidad != null && REVISA_CONTEOS.includes(identidad.rol);
  const consulta = useConsulta(
    ['firmas', 'pendientes'],
    () => api.firmas.pendientes.query(),
    alDia ? { activa } : { activa, fresca: FRESCA_MS },
  );
  useAlSincronizar(() => {
    if (activa && alDia) void consulta.refetch();
  });
  return consulta;
}
