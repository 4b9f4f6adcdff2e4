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
import { AppError } from '#shared/errores.ts';
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

/** Everything that waits for a signature in the shops of this person. */
export async function listPorFirmar(db: Db, quien: Quien) {
  const tiendas = quien.rol === 'admin' ? null : quien.tiendaIds;
  return db.asService(
    async (tx) => {
      const filas = [...(await q.findPropuestas(tx, tiendas)), ...(await q.findContraAjustes(tx, tiendas))];
      return filas.map((fila) => {
        const valor = valorDe(fila);
        return {
          id: fila.id,
          tipo: fila.tipo,
          productoId: fila.producto_id,
          codigo: fila.codigo,
          nombre: fila.nombre,
          almacen: fila.almacen,
          cantidad: fila.cantidad,
          valor: valor === null ? null : formatDecimal(valor, DINERO_ESCALA, { minDecimales: 2 }),
          motivo: fila.motivo,
          folio: fila.folio,
          instante: fila.instante.toISOString(),
          movimientoEn: fila.movimiento_en?.toISOString() ?? null,
          registradoEn: fila.registrado_en.toISOString(),
          mio: fila.autor_id === quien.id,
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
    if (firma) await exigeOtraPersona(tx, quien, fila);
    else if (fila.tipo === 'manual' && fila.autor_id === quien.id) throw new AppError('FIRMA_PROPIA');
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
    const fila = (await q.findPropuestas(tx, [propuesta.tienda_id], id))[0];
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
  const fila = (await q.findContraAjustes(tx, [movimiento.tienda_id], id))[0];
  if (fila === undefined) throw new AppError('FIRMA_YA_DECIDIDA');
  return { fila };
}

function yaDecidida(firmada: boolean, hecha: { transaccion_id: string | null }, motivo: string | null) {
  if (firmada !== (motivo === null)) throw new AppError('FIRMA_YA_DECIDIDA');
  return { transaccionId: hecha.transaccion_id };
}

async function exigeOtraPersona(tx: Tx, quien: Quien, fila: q.PorFirmarRow): Promise<void> {
  if (fila.autor_id === quien.id)
    throw new AppError(fila.tipo === 'manual' ? 'FIRMA_PROPIA' : 'FIRMA_MOVISTE');
  if (await q.findConto(tx, fila, quien.id)) throw new AppError('FIRMA_CONTASTE');
  const valor = valorDe(fila);
  if (quien.rol === 'admin' || quien.limiteAjuste === null) return;
  // Nobody can say that it is within the limit.
  if (valor === null) throw new AppError('FIRMA_SIN_COSTO');
  const limite = toDecimal(quien.limiteAjuste, DINERO_ESCALA);
  if (absoluto(valor) > limite) {
    throw new AppError('FIRMA_LIMITE', { valor: pesos(absoluto(valor)), limite: pesos(limite) });
  }
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
