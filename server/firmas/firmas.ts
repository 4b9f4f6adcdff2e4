import { audita } from '#server/auditoria/auditoria.sql.ts';
import { exigeTienda, type Quien } from '#server/conteos/acceso-conteo.ts';
import { lockExistencias } from '#server/conteos/aprueba.sql.ts';
import type { Clock } from '#server/platform/clock.ts';
import type { Db, Tx } from '#server/platform/db/db.ts';
import { ajusteFirmadoId, contraAjusteId } from '#shared/domain/ajuste-id.ts';
import {
  absoluto,
  CANTIDAD_ESCALA,
  COSTO_ESCALA,
  DINERO_ESCALA,
  formatDecimal,
  importe,
  toDecimal,
} from '#shared/domain/decimal.ts';
import { AppError, mensajeDe } from '#shared/errores.ts';
import { fechaHoraVista, pesos } from '#shared/formato.ts';
import { APRUEBA_CONTEOS } from '#shared/roles.ts';
import * as q from './firmas.sql.ts';

/** `id`: of the proposal, or of the movement whose contra-ajuste it is. */
export interface Decision {
  tipo: 'manual' | 'contra_ajuste';
  id: string;
  /** null signs; a reason rejects or discards. */
  motivo: string | null;
}

/** Pesos of what would post, signed; null without a cost. */
function valorDe(fila: q.PorFirmarRow): bigint | null {
  if (fila.costo_unitario === null) return null;
  return importe(toDecimal(fila.cantidad, CANTIDAD_ESCALA), toDecimal(fila.costo_unitario, COSTO_ESCALA));
}

/** Why this person may not sign it; null when they may. What is theirs alone is asked first, the limit last. */
function impedimento(quien: Quien, fila: q.PorFirmarRow): AppError | null {
  if (!APRUEBA_CONTEOS.includes(quien.rol)) return new AppError('APROBACION_ROL');
  if (fila.autor_id === quien.id)
    return new AppError(fila.tipo === 'manual' ? 'FIRMA_PROPIA' : 'FIRMA_MOVISTE');
  if (fila.conto) return new AppError('FIRMA_CONTASTE');
  const valor = valorDe(fila);
  if (quien.rol === 'admin' || quien.limiteAjuste === null) return null;
  // Nobody can say that it is within the limit.
  if (valor === null) return new AppError('FIRMA_SIN_COSTO');
  const limite = toDecimal(quien.limiteAjuste, DINERO_ESCALA);
  if (absoluto(valor) <= limite) return null;
  return new AppError('FIRMA_LIMITE', { valor: pesos(absoluto(valor)), limite: pesos(limite) });
}

/**
 * Why this person may not say no. A proposal by hand posts nothing when it is rejected: anybody but its author may. To
 * discard a contra-ajuste leaves the books away from what was approved: it takes the same person as signing it.
 */
function impedimentoDeRechazo(quien: Quien, fila: q.PorFirmarRow): AppError | null {
  if (fila.tipo === 'contra_ajuste' || fila.autor_id === quien.id) return impedimento(quien, fila);
  return APRUEBA_CONTEOS.includes(quien.rol) ? null : new AppError('APROBACION_ROL');
}

const dicho = (error: AppError | null) =>
  error === null ? null : { code: error.code, mensaje: mensajeDe(error.code, error.data), data: error.data };

/** Everything that waits for a signature in the shops of this person, and what keeps them from deciding it. */
export async function listPorFirmar(db: Db, quien: Quien) {
  const mirada = { usuarioId: quien.id, tiendas: quien.rol === 'admin' ? null : quien.tiendaIds };
  return db.asService(
    async (tx) => {
      const filas = [...(await q.findPropuestas(tx, mirada)), ...(await q.findContraAjustes(tx, mirada))];
      return filas.map((fila) => {
        const valor = valorDe(fila);
        return {
          id: fila.id,
          tipo: fila.tipo,
          productoId: fila.producto_id,
          codigo: fila.codigo,
          nombre: fila.nombre,
          unidad: fila.unidad,
          almacen: fila.almacen,
          almacenNombre: fila.almacen_nombre,
          tienda: fila.tienda,
          zonaHoraria: fila.zona_horaria,
          cantidad: fila.cantidad,
          valor: valor === null ? null : formatDecimal(valor, DINERO_ESCALA, { minDecimales: 2 }),
          costoFuente: fila.costo_fuente,
          motivo: fila.motivo,
          folio: fila.folio,
          conteoId: fila.conteo_id,
          contado: fila.contado,
          instante: fila.instante.toISOString(),
          /** Where it would post: the first open instant if its own is closed. */
          asiento: fila.asiento.toISOString(),
          movimientoEn: fila.movimiento_en?.toISOString() ?? null,
          movimiento:
            fila.movimiento_tipo === null
              ? null
              : {
                  tipo: fila.movimiento_tipo,
                  subtipo: fila.movimiento_subtipo,
                  cantidad: fila.movimiento_cantidad!,
                  referencia: fila.movimiento_referencia,
                },
          registradoEn: fila.registrado_en.toISOString(),
          /** Who proposed it, or registered the movement; null for what no person entered. */
          propuso: fila.autor,
          existencia: fila.existencia,
          existenciaDespues: fila.existencia_despues,
          mio: fila.autor_id === quien.id,
          impedimento: dicho(impedimento(quien, fila)),
          impedimentoRechazo: dicho(impedimentoDeRechazo(quien, fila)),
        };
      });
    },
    { readOnly: true },
  );
}

/**
 * Signs, or with a reason rejects, what waits: one movement and its audit in one transaction. Signing again, or from two
 * tablets, answers the same movement. Throws NO_ENCONTRADO, PROHIBIDO, FIRMA_*.
 */
export async function decideFirma(
  db: Db,
  clock: Clock,
  quien: Quien,
  pedido: Decision,
): Promise<{ transaccionId: string | null }> {
  return db.asService(async (tx) => {
    const hallada = await hallaPendiente(tx, quien, pedido);
    if ('transaccionId' in hallada) return hallada;
    const { fila } = hallada;
    const firma = pedido.motivo === null;
    const impide = (firma ? impedimento : impedimentoDeRechazo)(quien, fila);
    if (impide !== null) throw impide;
    const en = clock.now();
    const id =
      fila.tipo === 'manual'
        ? ajusteFirmadoId(fila.id)
        : contraAjusteId(fila.conteo_id!, fila.producto_id, fila.movimiento_id!);
    if (firma) await q.insertAsiento(tx, fila, { id, usuarioId: quien.id, en, ...palabrasDe(fila) });
    if (fila.tipo === 'manual') {
      await q.decidePropuesta(tx, {
        id: fila.id,
        estado: firma ? 'firmado' : 'rechazado',
        por: quien.id,
        en,
        motivo: pedido.motivo,
        transaccionId: firma ? id : null,
      });
    } else {
      const decision = firma ? 'firmado' : 'descartado';
      await q.insertContra(tx, fila, { id, decision, por: quien.id, en, motivo: pedido.motivo });
    }
    await audita(tx, {
      id: clock.newId(),
      en,
      usuarioId: quien.id,
      accion: `${fila.tipo === 'manual' ? 'ajuste' : 'contra_ajuste'}.${firma ? 'firmado' : 'rechazado'}`,
      entidad: fila.tipo === 'manual' ? 'ajuste_propuesto' : 'contra_ajuste',
      entidadId: fila.tipo === 'manual' ? fila.id : id,
      tiendaId: fila.tienda_id,
      datos: {
        producto: fila.producto_id,
        cantidad: fila.cantidad,
        conteo: fila.conteo_id,
        movimiento: fila.movimiento_id,
        transaccion: firma ? id : null,
        motivo: pedido.motivo ?? fila.motivo,
      },
    });
    return { transaccionId: firma ? id : null };
  });
}

/** The row, held until commit, or the outcome if it was decided the same way before. */
async function hallaPendiente(
  tx: Tx,
  quien: Quien,
  { tipo, id, motivo }: Decision,
): Promise<{ fila: q.PorFirmarRow } | { transaccionId: string | null }> {
  if (tipo === 'manual') {
    const propuesta = await q.lockPropuesta(tx, id);
    if (propuesta === undefined) throw new AppError('NO_ENCONTRADO');
    exigeTienda(quien, propuesta.tienda_id, APRUEBA_CONTEOS);
    if (propuesta.estado !== 'propuesto')
      return yaDecidida(propuesta.estado === 'firmado', propuesta, motivo);
    const fila = (await q.findPropuestas(tx, { usuarioId: quien.id, tiendas: [propuesta.tienda_id] }, id))[0];
    if (fila === undefined) throw new AppError('NO_ENCONTRADO');
    await lockExistencias(tx, fila.almacen_id, [fila.producto_id]);
    return { fila };
  }
  const movimiento = await q.findMovimiento(tx, id);
  if (movimiento === undefined) throw new AppError('NO_ENCONTRADO');
  exigeTienda(quien, movimiento.tienda_id, APRUEBA_CONTEOS);
  await lockExistencias(tx, movimiento.almacen_id, [movimiento.producto_id]);
  const decidida = await q.findDecisionDeContra(tx, id);
  if (decidida !== undefined) return yaDecidida(decidida.decision === 'firmado', decidida, motivo);
  const fila = (
    await q.findContraAjustes(tx, { usuarioId: quien.id, tiendas: [movimiento.tienda_id] }, id)
  )[0];
  if (fila === undefined) throw new AppError('FIRMA_YA_DECIDIDA');
  return { fila };
}

function yaDecidida(firmada: boolean, hecha: { transaccion_id: string | null }, motivo: string | null) {
  if (firmada !== (motivo === null)) throw new AppError('FIRMA_YA_DECIDIDA');
  return { transaccionId: hecha.transaccion_id };
}

/** A posting at the first open instant names the true one. */
function palabrasDe(fila: q.PorFirmarRow): { notas: string | null; metadata: Record<string, unknown> } {
  if (fila.asiento.getTime() === fila.instante.getTime()) return { notas: fila.motivo, metadata: {} };
  const cuando = fechaHoraVista(fila.instante.getTime(), fila.zona_horaria);
  const aviso = `Corresponde al ${cuando}; ese periodo está cerrado.`;
  return {
    notas: fila.motivo === null ? aviso : `${fila.motivo} · ${aviso}`,
    metadata: { instante_real: fila.instante.toISOString() },
  };
}
