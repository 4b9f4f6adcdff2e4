import { aLinea, cantidad, partesDeJuegos, quienesContaron } from '#server/conteos/filas-revision.ts';
import {
  type ConteoRow,
  findCeros,
  findJuegos,
  findLigas,
  findLineas,
  findTraslapes,
} from '#server/conteos/revision.sql.ts';
import type { Tx } from '#server/platform/db/db.ts';
import { conCeros } from '#shared/domain/ceros.ts';
import { contadosPorIntento } from '#shared/domain/conteo.ts';
import type { Cantidad } from '#shared/domain/decimal.ts';
import { danadoDe } from '#shared/domain/merma.ts';
import type { ResultadoRow } from './mermas.sql.ts';

/**
 * Damaged units inside an approved figure, and everybody who wrote a line of the product. Only what had arrived when it was
 * approved: late lines change no result, so they move nothing either.
 */
export async function loadDanado(
  tx: Tx,
  conteo: ConteoRow,
  productoId: string,
  resultado: ResultadoRow,
): Promise<{ danado: Cantidad; contaron: string[] }> {
  const limite = resultado.aprobado_en.getTime();
  const todas = (await findLineas(tx, conteo.id)).map((row) => aLinea(row, conteo.id));
  const ligas = (await findLigas(tx, conteo.id)).map((row) => ({
    id: row.id,
    lineaId: row.linea_id,
    estado: row.estado,
    productoId: row.producto_id,
    factor: row.factor === null ? null : cantidad(row.factor),
    en: row.en.getTime(),
  }));
  const partesDe = partesDeJuegos(await findJuegos(tx, conteo.id));
  const contaron = [...(quienesContaron(todas, ligas, partesDe).get(productoId) ?? [])];
  const aTiempo = todas.filter(({ recibidoEn }) => recibidoEn !== null && recibidoEn <= limite);
  const ligasATiempo = ligas.filter(({ en }) => en <= limite);
  const ceros = await findCeros(tx, conteo.id);
  const intentos = contadosPorIntento(
    conCeros(aTiempo, ligasATiempo, ceros, conteo.id, partesDe),
    ligasATiempo,
    {
      porEntregarEnLibro: conteo.descarga_al_entregar,
      partesDe,
    },
  ).get(productoId);
  const contado = intentos?.find(({ intento }) => intento === resultado.intento);
  if (contado === undefined) return { danado: 0n, contaron };
  const decision = (await findTraslapes(tx, conteo.id)).find((row) => row.producto_id === productoId);
  return {
    danado: danadoDe(
      contado,
      cantidad(resultado.contado),
      conteo.reparto,
      decision === undefined ? null : { decision: decision.decision, usuarioId: decision.usuario_id },
      conteo.descarga_al_entregar,
    ),
    contaron,
  };
}
