import { valueExistencias } from '#server/existencias/valuadas.ts';
import type { Claims, Db } from '#server/platform/db/db.ts';
import type { ValorAl } from '#shared/contracts/tablero.ts';

/** Worth of the stock of each almacén at the end of a day: the totals of `/existencias/valuadas`, by the same reckoning. */
export async function valueAl(db: Db, claims: Claims, al: string): Promise<ValorAl> {
  const { almacenes } = await valueExistencias(db, claims, {
    claves: null,
    almacen: null,
    categoria: null,
    al,
    ceros: false,
  });
  return {
    al,
    almacenes: almacenes.map(({ id, tipo, totales: { productos, valor, sinCosto } }) => ({
      id,
      tipo,
      productos,
      valor,
      sinCosto,
    })),
  };
}
