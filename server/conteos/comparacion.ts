import type { Tx } from '#server/platform/db/db.ts';
import type { ProductoRevisado } from '#shared/contracts/conteos.ts';
import { contadosPorIntento } from '#shared/domain/conteo.ts';
import { CANTIDAD_ESCALA, formatDecimal, toDecimal } from '#shared/domain/decimal.ts';
import type { RevisionCargada } from './carga-revision.ts';
import { findMovidos } from './comparacion.sql.ts';
import { aLinea, cantidad, partesDeJuegos } from './filas-revision.ts';
import { findConteo, findJuegos, findLigas, findLineas, findResultados } from './revision.sql.ts';

const texto = (unidades: bigint) => formatDecimal(unidades, CANTIDAD_ESCALA);

/** What a real conteo counted per product: signed where it was, else by the lines of its last attempt so far. */
async function contadoPor(tx: Tx, conteoId: string): Promise<Map<string, { contado: bigint; en: number }>> {
  const conteo = (await findConteo(tx, conteoId))!;
  const ligas = (await findLigas(tx, conteoId)).map((row) => ({
    id: row.id,
    lineaId: row.linea_id,
    estado: row.estado,
    productoId: row.producto_id,
    factor: row.factor === null ? null : cantidad(row.factor),
    en: row.en.getTime(),
  }));
  const lineas = (await findLineas(tx, conteoId)).map((row) => aLinea(row, conteoId));
  const intentos = contadosPorIntento(lineas, ligas, {
    porEntregarEnLibro: conteo.descarga_al_entregar,
    partesDe: partesDeJuegos(await findJuegos(tx, conteoId)),
  });
  const contados = new Map(
    [...intentos].map(([id, vueltas]) => {
      const ultima = vueltas.at(-1)!;
      return [id, { contado: ultima.contado, en: ultima.instante }];
    }),
  );
  for (const row of await findResultados(tx, conteoId)) {
    contados.set(row.producto_id, { contado: cantidad(row.contado), en: row.instante.getTime() });
  }
  return contados;
}

export type Comparacion = ReadonlyMap<string, NonNullable<ProductoRevisado['comparado']>>;

/**
 * The products of a test count beside what its real conteo counted, carried to the instant of the test by the goods that
 * moved in between. Empty without a conteo to compare with; products that it did not count are absent.
 */
export async function loadComparacion(tx: Tx, cargada: RevisionCargada): Promise<Comparacion> {
  const { conteo } = cargada;
  if (conteo.compara_con === null || cargada.contados.size === 0) return new Map();
  const suyos = await contadoPor(tx, conteo.compara_con);
  const aqui = new Map(
    [...cargada.contados.keys()].map((id) => {
      const firmado = cargada.resultados.get(id);
      const revision = cargada.revisiones.get(id)!;
      return [
        id,
        firmado === undefined
          ? { contado: revision.contado, en: revision.instante }
          : { contado: cantidad(firmado.contado), en: firmado.instante.getTime() },
      ];
    }),
  );
  const comunes = [...aqui.keys()].filter((id) => suyos.has(id));
  const movidos = await findMovidos(
    tx,
    conteo.almacen_id,
    comunes.map((id) => ({
      producto_id: id,
      desde: new Date(suyos.get(id)!.en).toISOString(),
      hasta: new Date(aqui.get(id)!.en).toISOString(),
    })),
  );
  return new Map(
    comunes.map((id) => {
      const suyo = suyos.get(id)!;
      const movido = toDecimal(movidos.get(id) ?? '0', CANTIDAD_ESCALA);
      return [
        id,
        {
          contado: texto(suyo.contado),
          instante: new Date(suyo.en).toISOString(),
          movido: texto(movido),
          diferencia: texto(aqui.get(id)!.contado - suyo.contado - movido),
        },
      ];
    }),
  );
}
