import { audita } from '#server/auditoria/auditoria.sql.ts';
import type { Quien } from '#server/conteos/acceso-conteo.ts';
import { lockExistencias } from '#server/conteos/aprueba.sql.ts';
import { aviso } from '#server/conteos/avisos.ts';
import { exigeRevisor } from '#server/conteos/firmantes.ts';
import { type ConteoRow, findCostos, lockConteo } from '#server/conteos/revision.sql.ts';
import { findConteoParaRevisar } from '#server/conteos/revision.ts';
import type { Clock } from '#server/platform/clock.ts';
import type { Db, Tx } from '#server/platform/db/db.ts';
import type { DecideMerma, Merma } from '#shared/contracts/mermas.ts';
import { mermaIds } from '#shared/domain/ajuste-id.ts';
import {
  CANTIDAD_ESCALA,
  type Cantidad,
  COSTO_ESCALA,
  DINERO_ESCALA,
  formatDecimal,
  importe,
  toDecimal,
} from '#shared/domain/decimal.ts';
import { bloqueosDeMerma, bloqueosDeTraspaso, type EntradaMerma } from '#shared/domain/merma.ts';
import { AppError } from '#shared/errores.ts';
import { cantidadVista } from '#shared/formato.ts';
import { APRUEBA_CONTEOS } from '#shared/roles.ts';
import { loadDanado } from './danado.ts';
import * as q from './mermas.sql.ts';

const texto = (cantidad: Cantidad) => formatDecimal(cantidad, CANTIDAD_ESCALA);

interface Situacion {
  danado: Cantidad;
  valor: bigint | null;
  costo: { costo_unitario: string | null; fuente: string } | undefined;
  destino: q.DestinoRow | undefined;
  entrada: EntradaMerma;
}

/** null: the product is not approved here, or nothing of it is damaged, or it lies in a merma already. */
async function loadSituacion(
  tx: Tx,
  quien: Quien,
  conteo: ConteoRow,
  productoId: string,
): Promise<Situacion | null> {
  const resultado = await q.findResultado(tx, conteo.id, productoId);
  if (resultado === undefined) throw new AppError('MERMA_NO_APROBADO');
  if (resultado.decision === 'prueba') return null;
  if ((await q.findTipoDeAlmacen(tx, conteo.almacen_id)) === 'merma') return null;
  const { danado, contaron } = await loadDanado(tx, conteo, productoId, resultado);
  if (danado === 0n) return null;
  const { instante } = resultado;
  const hechos = await q.findHechos(tx, {
    conteoId: conteo.id,
    productoId,
    almacenId: conteo.almacen_id,
    usuarioId: quien.id,
    instante,
    abiertoEn: conteo.abierto_en,
  });
  const costo = (await findCostos(tx, conteo.almacen_id, [{ producto_id: productoId, instante }])).get(
    productoId,
  );
  const unitario = costo?.costo_unitario ?? null;
  const valor = unitario === null ? null : importe(danado, toDecimal(unitario, COSTO_ESCALA));
  return {
    danado,
    valor,
    costo,
    destino: await q.findDestino(tx, conteo.tienda_id),
    entrada: {
      quien: {
        usuarioId: quien.id,
        esAdmin: quien.rol === 'admin',
        limite: quien.limiteAjuste === null ? null : toDecimal(quien.limiteAjuste, DINERO_ESCALA),
      },
      contaron,
      movio: hechos.movio,
      instante: instante.getTime(),
      posteriores: [
        ...(hechos.conteo === null ? [] : [{ tipo: 'conteo' as const, instante: hechos.conteo.getTime() }]),
        ...(hechos.base === null ? [] : [{ tipo: 'base' as const, instante: hechos.base.getTime() }]),
      ],
      valor,
      zona: conteo.zona_horaria,
    },
  };
}

/**
 * What was counted as damaged of an approved product, what was decided about it, and what this person may decide; null
 * where nothing of it was damaged. Throws NO_ENCONTRADO, PROHIBIDO, REVISION_CONTASTE_CIEGO, MERMA_NO_APROBADO.
 */
export async function findMermaDe(
  db: Db,
  quien: Quien,
  pedido: { conteoId: string; productoId: string },
): Promise<Merma | null> {
  return db.asService(
    async (tx) => {
      const conteo = await findConteoParaRevisar(tx, quien, pedido.conteoId);
      const s = await loadSituacion(tx, quien, conteo, pedido.productoId);
      if (s === null) return null;
      const hecha = await q.findMerma(tx, conteo.id, pedido.productoId);
      const puede = APRUEBA_CONTEOS.includes(quien.rol);
      const traspaso = bloqueosDeTraspaso(s.entrada);
      if (s.destino === undefined)
        traspaso.push({ code: 'MERMA_SIN_ALMACEN', data: { tienda: conteo.tienda } });
      return {
        danado: texto(s.danado),
        valor: s.valor === null ? null : formatDecimal(s.valor, DINERO_ESCALA, { minDecimales: 2 }),
        origen: conteo.almacen,
        destino: s.destino?.nombre ?? null,
        decidida:
          hecha === undefined
            ? null
            : {
                decision: hecha.decision,
                cantidad: hecha.cantidad,
                motivo: hecha.motivo,
                por: hecha.por,
                en: hecha.en.toISOString(),
              },
        bloqueos: [
          ...(puede ? [] : [{ code: 'APROBACION_ROL' as const, data: {} }]),
          ...bloqueosDeMerma(s.entrada),
        ].map(aviso),
        bloqueosTraspaso: traspaso.map(aviso),
      };
    },
    { readOnly: true },
  );
}

/**
 * Moves the damaged goods of an approved product to the shop's almacén of tipo merma (two `transferencia` rows with one
 * `traspaso_id`), or with a reason leaves them where they are; with its audit, in one transaction. Deciding the same again,
 * from two tablets or after a restart, answers what was decided and writes nothing. The goods change place now, so the
 * transfer always falls in an open period.
 * Throws NO_ENCONTRADO, PROHIBIDO, APROBACION_CONTASTE, APROBACION_MOVISTE, FIRMA_LIMITE, FIRMA_SIN_COSTO, MERMA_*.
 */
export async function decideMerma(
  db: Db,
  clock: Clock,
  quien: Quien,
  pedido: DecideMerma,
): Promise<{ traspasoId: string | null }> {
  return db.asService(async (tx) => {
    await lockConteo(tx, pedido.conteoId);
    const conteo = await findConteoParaRevisar(tx, quien, pedido.conteoId);
    await exigeRevisor(tx, quien, conteo, APRUEBA_CONTEOS);
    const { conteoId, productoId } = pedido;
    const pasa = pedido.decision === 'traspasa';
    const hecha = await q.findMerma(tx, conteoId, productoId);
    if (hecha !== undefined) {
      if ((hecha.decision === 'traspasado') !== pasa) throw new AppError('MERMA_YA_DECIDIDA');
      return { traspasoId: hecha.traspaso_id };
    }
    const destino = pasa ? await q.findDestino(tx, conteo.tienda_id) : undefined;
    // Whoever posts a movement takes these rows in this order too.
    for (const almacen of [conteo.almacen_id, ...(destino === undefined ? [] : [destino.id])].sort())
      await lockExistencias(tx, almacen, [productoId]);
    const s = await loadSituacion(tx, quien, conteo, productoId);
    if (s === null) throw new AppError('MERMA_NADA');
    const bloqueo = [...bloqueosDeMerma(s.entrada), ...(pasa ? bloqueosDeTraspaso(s.entrada) : [])][0];
    if (bloqueo !== undefined) throw new AppError(bloqueo.code, bloqueo.data);
    // What the person saw: all of it, never more than was counted.
    if (toDecimal(pedido.cantidad, CANTIDAD_ESCALA) !== s.danado)
      throw new AppError('MERMA_CANTIDAD', { danado: cantidadVista(s.danado) });
    if (pasa && destino === undefined) throw new AppError('MERMA_SIN_ALMACEN', { tienda: conteo.tienda });

    const en = clock.now();
    const ids = mermaIds(conteoId, productoId);
    if (pasa) {
      await q.insertTraspaso(tx, {
        ids,
        conteoId,
        productoId,
        tiendaId: conteo.tienda_id,
        origen: conteo.almacen_id,
        destino: destino!.id,
        cantidad: texto(s.danado),
        costo: s.costo?.costo_unitario ?? null,
        costoFuente: s.costo?.fuente ?? 'sin_costo',
        folio: conteo.folio,
        en,
        usuarioId: quien.id,
      });
    }
    const traspasoId = pasa ? ids.traspaso : null;
    const motivo = pedido.decision === 'deja' ? pedido.motivo : null;
    await q.insertMerma(tx, {
      conteoId,
      productoId,
      cantidad: texto(s.danado),
      traspasoId,
      motivo,
      por: quien.id,
      en,
    });
    await audita(tx, {
      id: clock.newId(),
      en,
      usuarioId: quien.id,
      accion: pasa ? 'merma.traspasada' : 'merma.descartada',
      entidad: 'conteo',
      entidadId: conteoId,
      tiendaId: conteo.tienda_id,
      datos: {
        folio: conteo.folio,
        producto: productoId,
        cantidad: texto(s.danado),
        destino: destino?.codigo ?? null,
        traspaso: traspasoId,
        motivo,
      },
    });
    return { traspasoId };
  });
}
