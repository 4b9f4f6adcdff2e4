import { useConsulta } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';

/** The stock of a date. Almacén and category '' are all of them. */
export function useValuadas(de: { al: string; almacen: string; categoria: string }, activa: boolean) {
  const { al, almacen, categoria } = de;
  return useConsulta(
    ['valuadas', al, almacen, categoria],
    () =>
      api.existencias.valuadas.query({
        al,
        almacenId: almacen || null,
        categoriaId: categoria || null,
      }),
    // A past date changes only by what is registered late: going back and forth asks again after a minute.
    { activa, fresca: 60_000 },
  );
}
