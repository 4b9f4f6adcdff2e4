import {
  QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
} from '@tanstack/react-query';
import { useEffect } from 'react';
import { useEstadoEnvio, useIdentidad } from '#client/offline/index.ts';
import { alOlvidar } from './al-olvidar.ts';
import { errorDe } from './trpc.ts';

export { useAlSincronizar } from './al-sincronizar.ts';

/**
 * Reads and orders of the office screens, which exist only online. Nothing here is kept on disk: what a manager saw
 * leaves with the tab, and is forgotten when another person takes the phone.
 */
const cliente = new QueryClient({
  defaultOptions: {
    queries: {
      // `navigator.onLine` lies in both directions; a try that fails tells more, and keeps what was loaded.
      networkMode: 'always',
      refetchOnReconnect: true,
      refetchOnWindowFocus: true,
      gcTime: 12 * 3_600_000,
      staleTime: 5_000,
      retry: (failures, error) => failures < 1 && REINTENTABLES.has(errorDe(error).code),
      retryDelay: 700,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

const REINTENTABLES: ReadonlySet<string> = new Set(['SIN_SENAL', 'SERVIDOR_OCUPADO']);

let dueno: string | null = null;

alOlvidar(() => {
  void cliente.cancelQueries();
  cliente.clear();
});

/** Who asks is part of every key, and the answers for the former person go when somebody else asks. */
function useDueno(): string | null {
  const usuarioId = useIdentidad()?.usuarioId ?? null;
  useEffect(() => {
    if (usuarioId === null || usuarioId === dueno) return;
    if (dueno !== null) cliente.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== usuarioId });
    dueno = usuarioId;
  }, [usuarioId]);
  return usuarioId;
}

export type OpcionesConsulta = { activa?: boolean; fresca?: number };

/** One read. `clave` names it and its arguments; while it is refetched or fails, the last answer stays in `data`. */
export function useConsulta<T>(
  clave: readonly unknown[],
  lee: () => Promise<T>,
  { activa = true, fresca }: OpcionesConsulta = {},
): UseQueryResult<T> {
  const usuarioId = useDueno();
  return useQuery(
    {
      queryKey: [usuarioId, ...clave],
      queryFn: lee,
      enabled: activa && usuarioId !== null,
      ...(fresca === undefined ? {} : { staleTime: fresca }),
    },
    cliente,
  );
}

/** One order. When it ends, well or badly, the reads whose key begins with `refresca` are asked again. */
export function useOrden<Args, T>(
  manda: (args: Args) => Promise<T>,
  refresca: readonly unknown[],
): UseMutationResult<T, Error, Args> {
  const usuarioId = useIdentidad()?.usuarioId ?? null;
  return useMutation(
    {
      mutationFn: manda,
      onSettled: () => cliente.invalidateQueries({ queryKey: [usuarioId, ...refresca] }),
    },
    cliente,
  );
}

/** Asks again the reads whose key begins with `clave`, of whoever is in. */
export function refresca(clave: readonly unknown[]): void {
  if (dueno !== null) void cliente.invalidateQueries({ queryKey: [dueno, ...clave] });
}

/** False only when the phone knows that it has no signal. */
export function useHaySenal(): boolean {
  return useEstadoEnvio().estado !== 'sin_senal';
}
