import { useEffect } from 'react';
import { useConsulta, useOrden } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';
import type { OpcionesImportacion } from '#shared/contracts/importar.ts';

export type Importacion = Awaited<ReturnType<typeof api.importar.una.query>>;
export type Listada = Awaited<ReturnType<typeof api.importar.lista.query>>['importaciones'][number];
export type FilaVista = Awaited<ReturnType<typeof api.importar.filas.query>>['filas'][number];
export type EstadoFila = FilaVista['estado'];

const EN_MARCHA: ReadonlySet<string> = new Set(['pending', 'processing', 'applying', 'reverting']);
/** While the server works; it writes its progress twice a second. */
const CADA_MS = 700;

export const trabaja = (u: { status: string } | undefined): boolean =>
  u !== undefined && EN_MARCHA.has(u.status);

/** Asks again while `activa`. */
function useRepite(activa: boolean, otraVez: () => unknown): void {
  useEffect(() => {
    if (!activa) return;
    const reloj = setInterval(() => void otraVez(), CADA_MS);
    return () => clearInterval(reloj);
  }, [activa, otraVez]);
}

export function useImportaciones(activa: boolean) {
  const consulta = useConsulta(['importar', 'lista'], () => api.importar.lista.query({ limite: 50 }), {
    activa,
  });
  useRepite(consulta.data?.importaciones.some(trabaja) === true, consulta.refetch);
  return consulta;
}

export function useImportacion(id: string, activa: boolean) {
  const consulta = useConsulta(['importar', 'una', id], () => api.importar.una.query({ id }), { activa });
  useRepite(trabaja(consulta.data), consulta.refetch);
  return consulta;
}

export function useFilas(u: Importacion, filtro: EstadoFila | null, limite: number) {
  return useConsulta(
    ['importar', 'filas', u.id, u.generacion, u.status, filtro, limite],
    () => api.importar.filas.query({ id: u.id, filtro, limite }),
    { activa: u.ensayo !== null, fresca: 60_000 },
  );
}

export function useProblemas(u: Importacion, activa: boolean) {
  return useConsulta(
    ['importar', 'problemas', u.id, u.generacion],
    () => api.importar.problemas.query({ id: u.id, limite: 200 }),
    { activa: activa && u.analisis !== null, fresca: 60_000 },
  );
}

export function useReparaciones(u: Importacion, activa: boolean) {
  return useConsulta(
    ['importar', 'reparaciones', u.id, u.generacion],
    () => api.importar.reparaciones.query({ id: u.id, limite: 200 }),
    { activa: activa && u.analisis !== null, fresca: 60_000 },
  );
}

export function useAlmacenesImportables(activa: boolean) {
  return useConsulta(['importar-almacenes'], () => api.importar.almacenes.query(), {
    activa,
    fresca: 300_000,
  });
}

/** The orders of one import; each asks for it anew when it ends. */
export function useOrdenes(id: string) {
  return {
    opciones: useOrden(
      (opciones: OpcionesImportacion) => api.importar.opciones.mutate({ id, opciones }),
      ['importar'],
    ),
    aplica: useOrden((generacion: number) => api.importar.aplica.mutate({ id, generacion }), ['importar']),
    cancela: useOrden((_: null) => api.importar.cancela.mutate({ id }), ['importar']),
    copia: useOrden((_: null) => api.importar.copia.mutate({ id }), ['importar', 'lista']),
    deshace: useOrden((_: null) => api.importar.deshace.mutate({ id }), ['importar']),
  };
}
