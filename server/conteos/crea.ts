import type * as z from 'zod/mini';
import { audita } from '#server/auditoria/auditoria.sql.ts';
import type { Clock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import type { ConteoCreado, CreaConteo } from '#shared/contracts/conteos.ts';
import { fechaLocal } from '#shared/domain/instante.ts';
import { AppError } from '#shared/errores.ts';
import { type Proposito, planeaEn, VE_EXISTENCIAS } from '#shared/roles.ts';
import type { Quien } from './acceso-conteo.ts';
import { exigeTienda } from './acceso-conteo.ts';
import {
  existsConteoReal,
  findAlmacen,
  findAsignables,
  findConteoCreado,
  findUbicaciones,
  insertContadores,
  insertConteo,
  insertProductosDelAlcance,
  insertTolerancias,
  insertUbicaciones,
  siguienteFolio,
} from './crea.sql.ts';

/** Who may be asked to count in an almacén. Throws NO_ENCONTRADO for one of another shop. */
export async function listAsignables(
  db: Db,
  quien: Quien,
  almacenId: string,
  proposito: Proposito = 'conteo',
) {
  return db.asService(async (tx) => {
    const almacen = await findAlmacen(tx, almacenId);
    if (almacen === undefined) throw new AppError('NO_ENCONTRADO');
    exigeTienda(quien, almacen.tienda_id, planeaEn(proposito));
    return findAsignables(tx, almacen.tienda_id, proposito);
  });
}

/**
 * Plans a conteo: freezes its bins and products, names its counters, gives the folio. Sending the same id twice gives
 * the same conteo. Throws PROHIBIDO, NO_ENCONTRADO, CONTADOR_NO_ASIGNABLE, CONTADOR_VE_EXISTENCIAS, ALCANCE_VACIO,
 * CORRIGE_NO_CERRADO, COMPARA_NO_VALIDO.
 */
export async function createConteo(
  db: Db,
  clock: Clock,
  quien: Quien,
  plan: CreaConteo,
  complementaA: string | null = null,
): Promise<z.infer<typeof ConteoCreado>> {
  return db.asService(async (tx) => {
    const almacen = await findAlmacen(tx, plan.almacenId);
    if (almacen === undefined) throw new AppError('NO_ENCONTRADO');
    const proposito = plan.proposito ?? 'conteo';
    exigeTienda(quien, almacen.tienda_id, planeaEn(proposito));

    const yaEsta = await findConteoCreado(tx, plan.id);
    if (yaEsta !== undefined) {
      if (yaEsta.creado_por !== quien.id) throw new AppError('NO_ENCONTRADO');
      return {
        id: plan.id,
        folio: yaEsta.folio ?? '',
        productos: yaEsta.productos,
        ubicaciones: yaEsta.ubicaciones,
      };
    }

    const posibles = await findAsignables(tx, almacen.tienda_id, proposito);
    const asignables = new Map(posibles.map((u) => [u.id, u]));
    const contadores = [...new Set(plan.contadores)].map((id) => {
      const usuario = asignables.get(id);
      if (usuario === undefined) throw new AppError('CONTADOR_NO_ASIGNABLE');
      if (plan.ciego && VE_EXISTENCIAS.some((rol) => rol === usuario.rol)) {
        throw new AppError('CONTADOR_VE_EXISTENCIAS', { nombre: usuario.nombre });
      }
      return usuario;
    });

    const corrigeA = plan.corrigeA ?? null;
    if (
      corrigeA !== null &&
      (proposito === 'prueba' || !(await existsConteoReal(tx, corrigeA, almacen.id, ['cerrado'])))
    ) {
      throw new AppError('CORRIGE_NO_CERRADO');
    }
    const comparaCon = plan.comparaCon ?? null;
    if (
      comparaCon !== null &&
      (proposito !== 'prueba' ||
        !(await existsConteoReal(tx, comparaCon, almacen.id, ['en_revision', 'cerrado'])))
    ) {
      throw new AppError('COMPARA_NO_VALIDO');
    }

    const ubicacionIds =
      plan.alcance === 'ubicaciones'
        ? await findUbicaciones(tx, almacen.id, plan.zonas, plan.ubicacionIds)
        : [];
    if (plan.alcance === 'ubicaciones' && ubicacionIds.length === 0) throw new AppError('ALCANCE_VACIO');

    const anio = Number(fechaLocal(clock.now().getTime(), almacen.zona_horaria).slice(0, 4));
    await insertConteo(tx, {
      id: plan.id,
      folio: await siguienteFolio(tx, almacen.tienda_id, anio),
      nombre: plan.nombre.trim(),
      tiendaId: almacen.tienda_id,
      almacenId: almacen.id,
      alcance: plan.alcance,
      categoriaId: plan.alcance === 'categoria' ? plan.categoriaId : null,
      claseAbc: plan.alcance === 'abc' ? plan.claseAbc : null,
      ciego: plan.ciego,
      // Blind for who reviews means nothing where who counts is not.
      dobleCiego: plan.ciego && (plan.dobleCiego ?? false),
      proposito,
      comparaCon,
      reparto: plan.reparto,
      tolUnidades: plan.tolUnidades,
      tolPorcentaje: plan.tolPorcentaje,
      tolPesos: plan.tolPesos,
      vence: plan.vence,
      corrigeA,
      complementaA,
      creadoPor: quien.id,
    });
    await insertContadores(tx, plan.id, contadores);
    await insertTolerancias(
      tx,
      plan.id,
      Object.entries(plan.tolerancias ?? {}).map(([clase, limites]) => ({ clase_abc: clase, ...limites })),
    );
    await insertUbicaciones(tx, plan.id, ubicacionIds);
    await insertProductosDelAlcance(tx, plan.id, {
      tipo: plan.alcance,
      almacenId: almacen.id,
      ubicacionIds,
      categoriaId: plan.categoriaId,
      claseAbc: plan.claseAbc,
      productoIds: plan.productoIds,
    });
    const creado = await findConteoCreado(tx, plan.id);
    if (creado === undefined) throw new AppError('ERROR_INTERNO');
    if (plan.alcance !== 'libre' && plan.alcance !== 'ubicaciones' && creado.productos === 0) {
      throw new AppError('ALCANCE_VACIO');
    }
    await audita(tx, {
      id: clock.newId(),
      en: clock.now(),
      usuarioId: quien.id,
      accion: 'conteo.creado',
      entidad: 'conteo',
      entidadId: plan.id,
      tiendaId: almacen.tienda_id,
      datos: {
        folio: creado.folio,
        alcance: plan.alcance,
        ciego: plan.ciego,
        ...(proposito === 'conteo' ? {} : { proposito }),
        ...(corrigeA === null ? {} : { corrigeA }),
        ...(comparaCon === null ? {} : { comparaCon }),
        ...(complementaA === null ? {} : { complementaA }),
        contadores: contadores.map((c) => c.id),
      },
    });
    return {
      id: plan.id,
      folio: creado.folio ?? '',
      productos: creado.productos,
      ubicaciones: creado.ubicaciones,
    };
  });
}
