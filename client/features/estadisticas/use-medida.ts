import { useConsulta } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';
import type { MedidaArchivo } from '#shared/contracts/estadisticas.ts';
import { filtroDe, type Vista } from './vista.ts';

type Respuestas = { [M in MedidaArchivo]: Awaited<ReturnType<(typeof api.estadisticas)[M]['query']>> };
/** The answer with the measure that it is of, so that a table can take the right one. */
export type Medida = { [M in MedidaArchivo]: { medida: M; datos: Respuestas[M] } }[MedidaArchivo];

/** The measure of the URL, its first `limite` rows. */
export function useMedida(vista: Vista, limite: number, activa: boolean) {
  const filtro = filtroDe(vista);
  return useConsulta<Medida>(
    ['estadisticas', vista.medida, filtro, limite],
    async () => {
      const { medida } = vista;
      const pide = { ...filtro, cursor: null, limite };
      // why: vista.test.ts holds each filter against the schema of its procedure
      const datos = await api.estadisticas[medida].query(pide as never);
      return { medida, datos } as Medida;
    },
    { activa, fresca: 60_000 },
  );
}
