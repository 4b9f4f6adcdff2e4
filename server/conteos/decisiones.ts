import type * as z from 'zod/mini';
import { audita } from '#server/auditoria/auditoria.sql.ts';
import type { Clock } from '#server/platform/clock.ts';
import type { Db, Tx } from '#server/platform/db/db.ts';
import type {
  CancelaConteo,
  CierraPartes,
  DeclaraVacia,
  LigaCodigo,
  PideRecuento,
  ResuelveTraslape,
} from '#shared/contracts/conteos.ts';
import { gtinKey, limpiaCodigo } from '#shared/domain/codigos.ts';
import { eligeControles } from '#shared/domain/recuento.ts';
import { AppError } from '#shared/errores.ts';
import { PLANEA_CONTEOS, planeaEn, VE_EXISTENCIAS } from '#shared/roles.ts';
import { exigeTienda, type Quien } from './acceso-conteo.ts';
import { loadRevision, type RevisionCargada } from './carga-revision.ts';
import { findAsignables, insertContadores } from './crea.sql.ts';
import * as escribe from './decisiones.sql.ts';
import { type ConteoRow, findConteo, findLigas, findResultados, lockConteo } from './revision.sql.ts';

export interface Contexto {
  tx: Tx;
  conteo: ConteoRow;
  en: Date;
  audita(accion: string, datos: Record<string, unknown>): Promise<void>;
}

/**
 * Runs a decision on an open conteo: locked, authorised, audited in the same transaction. A manager's; on a test count
 * also an auditor's.
 */
export async function decide<T>(
  db: Db,
  clock: Clock,
  quien: Quien,
  conteoId: string,
  fn: (contexto: Contexto) => Promise<T>,
): Promise<T> {
  return db.asService(async (tx) => {
    await lockConteo(tx, conteoId);
    const conteo = await findConteo(tx, conteoId);
    if (conteo === undefined) throw new AppError('NO_ENCONTRADO');
    exigeTienda(quien, conteo.tienda_id, planeaEn(conteo.proposito));
    if (conteo.estado === 'cerrado' || conteo.estado === 'cancelado') throw new AppError('CONTEO_NO_ABIERTO');
    const en = clock.now();
    return fn({
      tx,
      conteo,
      en,
      audita: (accion, datos) =>
        audita(tx, {
          id: clock.newId(),
          en,
          usuarioId: quien.id,
          accion,
          entidad: 'conteo',
          entidadId: conteoId,
          tiendaId: conteo.tienda_id,
          datos: { folio: conteo.folio, ...datos },
        }),
    });
  });
}

async function exigeSinAprobar(tx: Tx, conteoId: string, productoIds: readonly string[]): Promise<void> {
  const aprobados = new Set((await findResultados(tx, conteoId)).map((row) => row.producto_id));
  if (productoIds.some((id) => aprobados.has(id))) throw new AppError('CONTEO_YA_APROBADO');
}

/** Closes the parts that nobody sent, so that the review can start. Lines that arrive later still count until approval. */
export function closePartes(db: Db, clock: Clock, quien: Quien, pedido: z.infer<typeof CierraPartes>) {
  return decide(db, clock, quien, pedido.conteoId, async ({ tx, en, audita }) => {
    const cerradas = await escribe.insertPartesCerradas(tx, pedido.conteoId, quien.id, pedido.motivo, en);
    const paso = await escribe.updateEstado(tx, pedido.conteoId, ['planeado', 'abierto'], 'en_revision', en);
    if (cerradas.length > 0 || paso)
      await audita('conteo.partes_cerradas', { cerradas, motivo: pedido.motivo });
    return { cerradas: cerradas.length };
  });
}

/** "That bin holds none of this product", said by a manager instead of counting it. */
export function declareVacia(db: Db, clock: Clock, quien: Quien, pedido: z.infer<typeof DeclaraVacia>) {
  return decide(db, clock, quien, pedido.conteoId, async ({ tx, en, audita }) => {
    await exigeSinAprobar(tx, pedido.conteoId, [pedido.productoId]);
    await escribe.upsertVacia(tx, { ...pedido, por: quien.id, en });
    await audita('conteo.ubicacion_vacia', {
      producto: pedido.productoId,
      ubicacion: pedido.ubicacionId,
      motivo: pedido.motivo,
    });
    return { ok: true as const };
  });
}

/** Chooses what two different totals of one bin mean: both, or one person's. */
export function resolveTraslape(
  db: Db,
  clock: Clock,
  quien: Quien,
  pedido: z.infer<typeof ResuelveTraslape>,
) {
  return decide(db, clock, quien, pedido.conteoId, async ({ tx, en, audita }) => {
    await exigeSinAprobar(tx, pedido.conteoId, [pedido.productoId]);
    if (pedido.decision === 'uno' && pedido.usuarioId === null) {
      throw new AppError('ENTRADA_INVALIDA', { detalle: 'falta decir la cuenta de quién vale' });
    }
    await escribe.upsertTraslape(tx, { ...pedido, por: quien.id, en });
    await audita('conteo.traslape', {
      producto: pedido.productoId,
      decision: pedido.decision,
      usuario: pedido.usuarioId,
    });
    return { ok: true as const };
  });
}

/** Says what unknown codes are. With `aprender` the code becomes one more code of the product. */
export function linkCodigos(db: Db, clock: Clock, quien: Quien, pedido: z.infer<typeof LigaCodigo>) {
  return decide(db, clock, quien, pedido.conteoId, async ({ tx, en, audita }) => {
    // What a product is called everywhere is the catalogue's, also when it is learnt in a test count.
    if (pedido.aprender && !PLANEA_CONTEOS.includes(quien.rol)) throw new AppError('PROHIBIDO');
    const lineas = await escribe.findLineasPorId(tx, pedido.conteoId, pedido.lineaIds);
    if (lineas.length !== new Set(pedido.lineaIds).size) throw new AppError('LINEA_DE_OTRO_CONTEO');
    if (pedido.estado === 'pendiente' && pedido.motivo === null) throw new AppError('MOTIVO_REQUERIDO');
    const { productoId } = pedido;
    if (pedido.estado === 'ligada') {
      if (productoId === null)
        throw new AppError('ENTRADA_INVALIDA', { detalle: 'falta elegir el producto' });
      if (!(await escribe.existsProductoActivo(tx, productoId))) throw new AppError('PRODUCTO_INACTIVO');
      await exigeSinAprobar(tx, pedido.conteoId, [productoId]);
    }
    const anteriores = (await findLigas(tx, pedido.conteoId)).filter(
      (liga) =>
        liga.estado === 'ligada' && pedido.lineaIds.includes(liga.linea_id) && liga.producto_id !== null,
    );
    await exigeSinAprobar(
      tx,
      pedido.conteoId,
      anteriores.map((liga) => liga.producto_id!),
    );
    await escribe.insertLigas(
      tx,
      lineas.map((linea) => ({
        id: clock.newId(),
        linea_id: linea.id,
        conteo_id: pedido.conteoId,
        estado: pedido.estado,
        producto_id: pedido.estado === 'ligada' ? productoId : null,
        factor: pedido.estado === 'ligada' ? pedido.factor : null,
        motivo: pedido.motivo,
        por: quien.id,
        en: en.toISOString(),
      })),
    );
    if (pedido.aprender && pedido.estado === 'ligada' && productoId !== null) {
      const codigos = new Set(
        lineas.flatMap((l) => (l.codigo_crudo === null ? [] : [limpiaCodigo(l.codigo_crudo)])),
      );
      for (const codigo of codigos) {
        await escribe.insertCodigoAprendido(tx, {
          id: clock.newId(),
          codigo,
          claveGtin: gtinKey(codigo),
          productoId,
          factor: pedido.factor ?? '1',
        });
      }
    }
    await audita('conteo.codigos_ligados', {
      lineas: pedido.lineaIds,
      estado: pedido.estado,
      producto: productoId,
      factor: pedido.factor,
      aprendido: pedido.aprender,
      motivo: pedido.motivo,
    });
    return { ligadas: lineas.length };
  });
}

/** Asks other people to count some products again, blind. The conteo is open again for them; the rest stays decided. */
export function requestRecuento(db: Db, clock: Clock, quien: Quien, pedido: z.infer<typeof PideRecuento>) {
  return decide(db, clock, quien, pedido.conteoId, async ({ tx, conteo, en, audita }) => {
    await exigeSinAprobar(tx, pedido.conteoId, pedido.productoIds);
    const posibles = await findAsignables(tx, conteo.tienda_id, conteo.proposito);
    const asignables = new Map(posibles.map((u) => [u.id, u]));
    const productos = new Set(pedido.productoIds);
    const cargada = await loadRevision(tx, conteo);
    // In any attempt, voided lines and codes linked later included: a third count is by a third person.
    const contaron = new Set(pedido.productoIds.flatMap((id) => [...(cargada.contaron.get(id) ?? [])]));
    const contadores = [...new Set(pedido.contadores)].map((id) => {
      const usuario = asignables.get(id);
      if (usuario === undefined) throw new AppError('CONTADOR_NO_ASIGNABLE');
      if (conteo.ciego && VE_EXISTENCIAS.some((rol) => rol === usuario.rol)) {
        throw new AppError('CONTADOR_VE_EXISTENCIAS', { nombre: usuario.nombre });
      }
      if (contaron.has(id)) throw new AppError('RECUENTO_MISMA_PERSONA', { nombre: usuario.nombre });
      return usuario;
    });
    // Called only for the recount, they have no part of the first intento to send: without this it would wait for ever.
    await insertContadores(tx, pedido.conteoId, contadores);
    const llamados = contadores.map((c) => c.id);
    await escribe.insertPartesCerradas(tx, pedido.conteoId, quien.id, 'recuento', en, llamados);
    const intento = (await escribe.findUltimoIntento(tx, pedido.conteoId)) + 1;
    const controles = controlesPara(cargada, pedido.productoIds);
    await escribe.insertIntento(tx, {
      conteoId: pedido.conteoId,
      intento,
      motivo: pedido.motivo,
      por: quien.id,
      productoIds: [...productos, ...controles],
      controles,
      contadores: llamados,
    });
    await escribe.updateEstado(tx, pedido.conteoId, ['planeado', 'en_revision'], 'abierto', en);
    await audita('conteo.recuento_pedido', {
      intento,
      productos: pedido.productoIds,
      contadores: pedido.contadores,
      motivo: pedido.motivo,
    });
    return { intento };
  });
}

/** Products without variance that go along, so that being asked to recount says nothing about the stock. */
function controlesPara(cargada: RevisionCargada, pedidos: readonly string[]): string[] {
  const { conteo, revisiones, resultados } = cargada;
  const sinVariacion = [...revisiones.values()].filter(
    (r) => r.estado === 'cuadra' && !resultados.has(r.productoId),
  );
  return eligeControles(
    sinVariacion.map((r) => r.productoId),
    pedidos,
    conteo.id,
  );
}

/** Cancels a conteo. Its lines are kept; what was already approved stays posted. */
export function cancelConteo(db: Db, clock: Clock, quien: Quien, pedido: z.infer<typeof CancelaConteo>) {
  return decide(db, clock, quien, pedido.conteoId, async ({ tx, en, audita }) => {
    if (!(await escribe.cancelConteo(tx, pedido.conteoId, quien.id, pedido.motivo, en))) {
      throw new AppError('CONTEO_NO_ABIERTO');
    }
    await audita('conteo.cancelado', { motivo: pedido.motivo });
    return { ok: true as const };
  });
}
