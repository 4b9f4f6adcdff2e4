import * as z from 'zod/mini';
import { CantidadTexto, Instante, Uuid } from '#shared/contracts/basicos.ts';
import { Existencia } from '#shared/contracts/existencias.ts';
import { TotalesValuados } from '#shared/contracts/valuadas.ts';

const Valuada = z.extend(Existencia, {
  cantidad: CantidadTexto,
  costoUnitario: z.nullable(z.string()),
  costoFuente: z.enum(['promedio', 'ultimo', 'catalogo', 'sin_costo']),
  valor: z.nullable(z.string()),
});

/** What `GET /api/existencias` answers: as of now, or with `al` valued and with totals. */
export const RespuestaExistencias = z.union([
  z.object({
    existencias: z.array(Valuada),
    /** Of everything that was asked for, however many rows were sent. */
    total: z.int(),
    almacenes: z.array(
      z.object({
        id: Uuid,
        codigo: z.string(),
        nombre: z.string(),
        tipo: z.string(),
        tienda: z.string(),
        zonaHoraria: z.string(),
        al: Instante,
        totales: TotalesValuados,
      }),
    ),
  }),
  z.object({ existencias: z.array(Existencia) }),
]);
