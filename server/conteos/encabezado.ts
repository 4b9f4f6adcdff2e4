import type { Tx } from '#server/platform/db/db.ts';
import type { Revision } from '#shared/contracts/conteos.ts';
import { planeaEn } from '#shared/roles.ts';
import { esDeTienda, type Quien } from './acceso-conteo.ts';
import { findCorregido, findFolio } from './comparacion.sql.ts';
import { type ConteoRow, findTolerancias } from './revision.sql.ts';

/** What a review says of the conteo itself: its plan, its rules, and the conteos that it names. */
export async function encabezado(tx: Tx, quien: Quien, conteo: ConteoRow): Promise<Revision['conteo']> {
  return {
    id: conteo.id,
    folio: conteo.folio,
    nombre: conteo.nombre,
    estado: conteo.estado,
    almacen: conteo.almacen,
    tienda: conteo.tienda,
    zonaHoraria: conteo.zona_horaria,
    ciego: conteo.ciego,
    reparto: conteo.reparto,
    alcance: conteo.alcance,
    abiertoEn: conteo.abierto_en.toISOString(),
    vence: conteo.vence?.toISOString() ?? null,
    tolUnidades: conteo.tol_unidades,
    tolPorcentaje: conteo.tol_porcentaje,
    tolPesos: conteo.tol_pesos,
    almacenId: conteo.almacen_id,
    tolerancias: Object.fromEntries(
      [...(await findTolerancias(tx, conteo.id))].map(([clase, t]) => [
        clase,
        { unidades: t.tol_unidades, porcentaje: t.tol_porcentaje, pesos: t.tol_pesos },
      ]),
    ),
    decide: esDeTienda(quien, conteo.tienda_id) && planeaEn(conteo.proposito).includes(quien.rol),
    proposito: conteo.proposito,
    dobleCiego: conteo.doble_ciego,
    corrigeA: await findCorregido(tx, conteo.id),
    comparaCon: conteo.compara_con === null ? null : await findFolio(tx, conteo.compara_con),
  };
}
