import { useMemo } from 'react';
import { useConsulta } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';
import { aplana, arbolDe, rutaDe } from '#shared/domain/catalogo/arbol.ts';

/** The tree of categories with its counts, and as the choices of a select: `Llantas › Rin 16`. */
export function useArbol() {
  const consulta = useConsulta(['categorias'], () => api.categorias.lista.query(), { fresca: 60_000 });
  const { data } = consulta;
  return useMemo(() => {
    const todas = data ?? [];
    const vigentes = todas.filter((c) => c.isActive);
    return {
      consulta,
      todas,
      opciones: aplana(arbolDe(vigentes)).map(({ rama }) => ({
        value: rama.id,
        label: rutaDe(vigentes, rama.id),
      })),
      nombre: (id: string | null) => (id === null ? null : (todas.find((c) => c.id === id)?.nombre ?? null)),
    };
  }, [consulta, data]);
}
