import type * as z from 'zod/mini';
import type { Claims, Db } from '#server/platform/db/db.ts';
import type { PideResultados, Resultados } from '#shared/contracts/tablero.ts';
import { findResultadosContados } from './resultados.sql.ts';

/** What was counted and approved in those days, with the totals of all of it. */
export async function listResultados(
  db: Db,
  claims: Claims,
  pide: z.infer<typeof PideResultados>,
): Promise<Resultados> {
  const { total, filas } = await db.withUser(claims, (tx) => findResultadosContados(tx, pide, pide), {
    readOnly: true,
  });
  return {
    total,
    filas: filas.map(({ conteo_id, producto_id, ...fila }) => ({
      conteoId: conteo_id,
      productoId: producto_id,
      ...fila,
    })),
  };
}
