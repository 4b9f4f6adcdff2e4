import type * as z from 'zod/mini';
import type { Clock } from '#server/platform/clock.ts';
import type { Db, Tx } from '#server/platform/db/db.ts';
import type { ConteoCreado, CreaComplementario, CreaConteo, Tardias } from '#shared/contracts/conteos.ts';
import { CANTIDAD_ESCALA, formatDecimal } from '#shared/domain/decimal.ts';
import { tardiasDe } from '#shared/domain/tardias.ts';
import { AppError } from '#shared/errores.ts';
import { PLANEA_CONTEOS, VE_EXISTENCIAS } from '#shared/roles.ts';
import { exigeTienda, type Quien } from './acceso-conteo.ts';
import { findAsignables } from './crea.sql.ts';
import { createConteo } from './crea.ts';
import { aLinea, cantidad, partesDeJuegos } from './filas-revision.ts';
import { limiteDe } from './limite-tardias.ts';
import * as consulta from './revision.sql.ts';
import { findConteoParaRevisar } from './revision.ts';
import { findComplementos, findParaComplemento } from './tardias.sql.ts';

/** Late lines of a conteo by product, from the stored lines: they are in none of its figures. */
async function loadTardias(tx: Tx, conteo: consulta.ConteoRow) {
  const lineas = (await consulta.findLineas(tx, conteo.id)).map((row) => aLinea(row, conteo.id));
  const ligas = (await consulta.findLigas(tx, conteo.id)).map((row) => ({
    id: row.id,
    lineaId: row.linea_id,
    estado: row.estado,
    productoId: row.producto_id,
    factor: row.factor === null ? null : cantidad(row.factor),
    en: row.en.getTime(),
  }));
  const resultados = await consulta.findResultados(tx, conteo.id);
  const juegos = await consulta.findJuegos(tx, conteo.id);
  return tardiasDe(lineas, ligas, limiteDe(conteo, resultados), partesDeJuegos(juegos));
}

/**
 * What arrived after its product was approved, or after the conteo closed or was cancelled, and the conteos that were
 * opened for it. Throws NO_ENCONTRADO, PROHIBIDO, REVISION_CONTASTE_CIEGO.
 */
export async function listTardias(db: Db, quien: Quien, conteoId: string): Promise<z.infer<typeof Tardias>> {
  return db.asService(
    async (tx) => {
      const conteo = await findConteoParaRevisar(tx, quien, conteoId);
      const { productos, sinLigar } = await loadTardias(tx, conteo);
      const conocidos = await consulta.findProductos(tx, [...productos.keys()]);
      return {
        productos: conocidos.map(({ id, codigo, nombre, unidad }) => ({
          productoId: id,
          codigo,
          nombre,
          unidad,
          unidades: formatDecimal(productos.get(id)!.unidades, CANTIDAD_ESCALA),
          lineas: productos.get(id)!.lineas,
        })),
        sinLigar,
        complementos: await findComplementos(tx, conteoId),
      };
    },
    { isolation: 'repeatable read', readOnly: true },
  );
}

/**
 * Opens a new conteo of the products with late lines, for the same people as far as they may still count there. The
 * first one stays as it was signed. Sending the same id twice gives the same conteo.
 * Throws NO_ENCONTRADO, PROHIBIDO, REVISION_CONTASTE_CIEGO, CONTEO_DE_PRUEBA, SIN_TARDIAS, CONTADOR_NO_ASIGNABLE, ALCANCE_VACIO.
 */
export async function createComplementario(
  db: Db,
  clock: Clock,
  quien: Quien,
  pedido: z.infer<typeof CreaComplementario>,
): Promise<z.infer<typeof ConteoCreado>> {
  const plan = await db.asService(async (tx): Promise<CreaConteo> => {
    const conteo = await findConteoParaRevisar(tx, quien, pedido.conteoId);
    exigeTienda(quien, conteo.tienda_id, PLANEA_CONTEOS);
    if (conteo.proposito === 'prueba') throw new AppError('CONTEO_DE_PRUEBA');
    const { productos } = await loadTardias(tx, conteo);
    if (productos.size === 0) throw new AppError('SIN_TARDIAS');
    const asignables = new Map((await findAsignables(tx, conteo.tienda_id, 'conteo')).map((u) => [u.id, u]));
    const contadores = (await findParaComplemento(tx, conteo.id)).filter((id) => {
      const rol = asignables.get(id)?.rol;
      return rol !== undefined && !(conteo.ciego && VE_EXISTENCIAS.some((ve) => ve === rol));
    });
    if (contadores.length === 0) throw new AppError('CONTADOR_NO_ASIGNABLE');
    const porClase = await consulta.findTolerancias(tx, conteo.id);
    return {
      id: pedido.id,
      nombre: `Complemento de ${conteo.folio ?? conteo.nombre}`.slice(0, 200),
      almacenId: conteo.almacen_id,
      alcance: 'lista',
      zonas: [],
      ubicacionIds: [],
      categoriaId: null,
      claseAbc: null,
      productoIds: [...productos.keys()],
      ciego: conteo.ciego,
      reparto: conteo.reparto,
      contadores,
      vence: null,
      tolUnidades: conteo.tol_unidades,
      tolPorcentaje: conteo.tol_porcentaje,
      tolPesos: conteo.tol_pesos,
      tolerancias: Object.fromEntries(
        [...porClase].map(([clase, t]) => [
          clase,
          { unidades: t.tol_unidades, porcentaje: t.tol_porcentaje, pesos: t.tol_pesos },
        ]),
      ),
    };
  });
  return createConteo(db, clock, quien, plan, pedido.conteoId);
}
