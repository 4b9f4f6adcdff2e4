import { audita } from '#server/auditoria/auditoria.sql.ts';
import type { Clock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import type { Aprobacion, Aprueba } from '#shared/contracts/conteos.ts';
import { ajusteId } from '#shared/domain/ajuste-id.ts';
import { CANTIDAD_ESCALA, DINERO_ESCALA, formatDecimal, toDecimal } from '#shared/domain/decimal.ts';
import { AppError, mensajeDe } from '#shared/errores.ts';
import { APRUEBA_CONTEOS } from '#shared/roles.ts';
import type { Quien } from './acceso-conteo.ts';
import * as escribe from './aprueba.sql.ts';
import { aviso, avisosDe, avisosGenerales } from './avisos.ts';
import { codigosSinLigar, loadRevision, type RevisionCargada } from './carga-revision.ts';
import { exigePartesDobleCiego } from './doble-ciego.ts';
import { exigeRevisor } from './firmantes.ts';
import { findConteo, findPartes, lockConteo } from './revision.sql.ts';
import { findConteoParaRevisar, loadEquipos, loadNombres } from './revision.ts';

const texto = (cantidad: bigint) => formatDecimal(cantidad, CANTIDAD_ESCALA);

/** Same quantity, however many zeros its text carries. */
function igual(a: string | null, b: bigint | null): boolean {
  return a === null || b === null ? a === b : toDecimal(a, CANTIDAD_ESCALA) === b;
}

/**
 * Approves products of a conteo: one `ajuste` per variance (a base where the book has none), its result and the audit
 * row, all in one transaction. Approving again, from two tablets at once or after a restart, answers what was signed
 * and posts nothing: the ajuste's id is uuidv5 of (conteo, producto).
 * Throws NO_ENCONTRADO, PROHIBIDO, CONTEO_DE_PRUEBA, DOBLE_CIEGO_ABIERTO, MOTIVO_REQUERIDO; a product that cannot be approved comes back in `omitidos`.
 */
export async function approveProductos(
  db: Db,
  clock: Clock,
  quien: Quien,
  pedido: Aprueba,
): Promise<Aprobacion> {
  return db.asService(async (tx) => {
    await lockConteo(tx, pedido.conteoId);
    const conteo = await findConteoParaRevisar(tx, quien, pedido.conteoId);
    await exigeRevisor(tx, quien, conteo, APRUEBA_CONTEOS);
    if (conteo.proposito === 'prueba') throw new AppError('CONTEO_DE_PRUEBA');
    const pedidos = [...new Set(pedido.productoIds)].sort();
    await escribe.lockExistencias(tx, conteo.almacen_id, pedidos);
    // Before anything is read: a movement that waits for these rows meanwhile is later than the approval, not known to it.
    const en = clock.now();

    const cargada = await loadRevision(tx, conteo);
    const partes = await findPartes(tx, conteo.id);
    const nombres = await loadNombres(tx, cargada, partes);
    exigePartesDobleCiego(conteo, partes, nombres);
    const equipos = await loadEquipos(tx, partes, nombres);
    const generales = avisosGenerales(cargada, quien, partes, equipos, nombres);

    const aprobados: Aprobacion['aprobados'] = [];
    const omitidos: Aprobacion['omitidos'] = [];
    const porEscribir: string[] = [];
    const advertencias = [...generales.advertencias];
    for (const productoId of pedidos) {
      const hecho = cargada.resultados.get(productoId);
      if (hecho !== undefined) {
        aprobados.push({ productoId, ajusteId: hecho.ajuste_id, variacion: hecho.variacion, yaEstaba: true });
        continue;
      }
      const motivoDeOmitir = razonParaOmitir(cargada, quien, productoId, pedido, generales.bloqueos);
      if (motivoDeOmitir !== null) {
        omitidos.push({ productoId, ...motivoDeOmitir });
        continue;
      }
      advertencias.push(...avisosDe(cargada, quien, productoId).advertencias);
      porEscribir.push(productoId);
    }
    if (porEscribir.length > 0 && advertencias.length > 0 && pedido.motivo === null) {
      throw new AppError('MOTIVO_REQUERIDO', {
        avisos: advertencias.map((a) => aviso(a).mensaje).slice(0, 5),
      });
    }

    const filas = porEscribir.map((productoId) => resultadoNuevo(cargada, productoId));
    await escribe.insertAjustes(
      tx,
      {
        conteoId: conteo.id,
        almacenId: conteo.almacen_id,
        tiendaId: conteo.tienda_id,
        folio: conteo.folio,
        usuarioId: quien.id,
      },
      filas.flatMap((fila) =>
        fila.ajuste_id === null
          ? []
          : [
              {
                id: fila.ajuste_id,
                producto_id: fila.producto_id,
                tipo: fila.decision === 'base' ? ('inventario' as const) : ('ajuste' as const),
                cantidad: fila.decision === 'base' ? fila.contado : fila.variacion,
                ocurrida_en: fila.instante,
                costo_unitario: fila.costo_unitario,
                costo_fuente: fila.costo_fuente,
              },
            ],
      ),
    );
    if (filas.length > 0) {
      await escribe.insertResultados(
        tx,
        { conteoId: conteo.id, usuarioId: quien.id, motivo: pedido.motivo, en },
        filas,
      );
      await audita(tx, {
        id: clock.newId(),
        en,
        usuarioId: quien.id,
        accion: 'conteo.aprobado',
        entidad: 'conteo',
        entidadId: conteo.id,
        tiendaId: conteo.tienda_id,
        datos: {
          folio: conteo.folio,
          motivo: pedido.motivo,
          advertencias: advertencias.map((a) => a.code),
          productos: filas.map((fila) => ({
            producto: fila.producto_id,
            contado: fila.contado,
            teorico: fila.teorico,
            variacion: fila.variacion,
            decision: fila.decision,
            ajuste: fila.ajuste_id,
          })),
        },
      });
    }
    for (const fila of filas) {
      aprobados.push({
        productoId: fila.producto_id,
        ajusteId: fila.ajuste_id,
        variacion: fila.variacion,
        yaEstaba: false,
      });
    }
    const decididos = cargada.resultados.size + filas.length;
    const completo = decididos >= cargada.contados.size && codigosSinLigar(cargada).length === 0;
    if (completo && filas.length > 0) await escribe.closeConteo(tx, conteo.id, en);
    return { aprobados, omitidos, conteoCerrado: (await findConteo(tx, conteo.id))?.estado === 'cerrado' };
  });
}

function razonParaOmitir(
  cargada: RevisionCargada,
  quien: Quien,
  productoId: string,
  pedido: Aprueba,
  bloqueosGenerales: Parameters<typeof aviso>[0][],
): { code: string; mensaje: string } | null {
  const revision = cargada.revisiones.get(productoId);
  if (revision === undefined)
    return { code: 'PRODUCTO_SIN_CONTAR', mensaje: mensajeDe('PRODUCTO_SIN_CONTAR') };
  const bloqueo = bloqueosGenerales[0] ?? avisosDe(cargada, quien, productoId).bloqueos[0];
  if (bloqueo !== undefined) return aviso(bloqueo);
  const visto = pedido.vistos?.[productoId];
  if (
    visto !== undefined &&
    !(igual(visto.contado, revision.contado) && igual(visto.variacion, revision.variacion))
  ) {
    return { code: 'CAMBIO_MIENTRAS_REVISABAS', mensaje: mensajeDe('CAMBIO_MIENTRAS_REVISABAS') };
  }
  return null;
}

/** The figures that are signed for one product. */
export function resultadoNuevo(cargada: RevisionCargada, productoId: string): escribe.ResultadoNuevo {
  const revision = cargada.revisiones.get(productoId)!;
  const costo = cargada.costos.get(productoId);
  const decision = revision.efecto === 'nada' ? 'sin_ajuste' : revision.efecto;
  return {
    producto_id: productoId,
    intento: revision.intento,
    contado: texto(revision.contado),
    instante: new Date(revision.instante).toISOString(),
    teorico: revision.teorico === null ? null : texto(revision.teorico),
    lo: revision.lo === null ? null : texto(revision.lo),
    hi: revision.hi === null ? null : texto(revision.hi),
    variacion: texto(revision.variacion ?? 0n),
    decision,
    ajuste_id: decision === 'sin_ajuste' ? null : ajusteId(cargada.conteo.id, productoId),
    costo_unitario: costo?.costo_unitario ?? null,
    costo_fuente: costo?.fuente ?? 'sin_costo',
    valor:
      revision.valorVariacion === null
        ? null
        : formatDecimal(revision.valorVariacion, DINERO_ESCALA, { minDecimales: 2 }),
  };
}
