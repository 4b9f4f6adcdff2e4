import type * as z from 'zod/mini';
import { audita } from '#server/auditoria/auditoria.sql.ts';
import type { Clock } from '#server/platform/clock.ts';
import type { Claims, Db } from '#server/platform/db/db.ts';
import type { TransaccionNueva } from '#shared/contracts/existencias.ts';
import { movimientoImportadoId } from '#shared/domain/ajuste-id.ts';
import { AppError } from '#shared/errores.ts';
import {
  findAlmacenIds,
  findProductoIds,
  insertTransacciones,
  type MovimientoNuevo,
} from './transacciones.sql.ts';

type Nueva = z.infer<typeof TransaccionNueva>;

/** A phone's or a till's clock may run ahead by this much; beyond it a movement "of tomorrow" is a mistake. */
export const ADELANTO_MAXIMO_MS = 2 * 60_000;

/** Sources that belong to the system itself: a script may not write in their name. */
const ORIGEN_RESERVADO = /^(manual|conteo|erp:|archivo:)/;

/**
 * Posts movements under the person's own rights, all or none: every wrong row is named at once.
 * Throws ENTRADA_INVALIDA, PRODUCTOS_DESCONOCIDOS, ALMACENES_DESCONOCIDOS, FECHA_FUTURA, PROHIBIDO.
 */
export async function registerTransacciones(
  db: Db,
  clock: Clock,
  quien: { id: string; claims: Claims },
  nuevas: readonly Nueva[],
): Promise<{ insertadas: string[]; repetidas: string[] }> {
  const ahora = clock.now();
  const result = await db.withUser(quien.claims, async (tx) => {
    const productos = await findProductoIds(tx, [...new Set(nuevas.map((n) => n.codigo))]);
    const almacenes = await findAlmacenIds(tx, [...new Set(nuevas.map((n) => n.almacen))]);
    const faltan = nuevas.filter((n) => !productos.has(n.codigo)).map((n) => n.codigo);
    if (faltan.length > 0) throw new AppError('PRODUCTOS_DESCONOCIDOS', { codigos: lista(faltan) });
    const sinAlmacen = nuevas.filter((n) => !almacenes.has(n.almacen)).map((n) => n.almacen);
    if (sinAlmacen.length > 0) throw new AppError('ALMACENES_DESCONOCIDOS', { codigos: lista(sinAlmacen) });
    const filas = nuevas.map((nueva): MovimientoNuevo => {
      const ocurridaEn = new Date(nueva.ocurridaEn);
      if (ocurridaEn.getTime() > ahora.getTime() + ADELANTO_MAXIMO_MS) {
        throw new AppError('FECHA_FUTURA', { codigo: nueva.codigo });
      }
      if (nueva.cantidad.startsWith('-')) {
        throw new AppError('ENTRADA_INVALIDA', { detalle: `la cantidad de ${nueva.codigo} es negativa` });
      }
      if (nueva.tipo === 'devolucion' && (nueva.subtipo ?? null) === null) {
        throw new AppError('ENTRADA_INVALIDA', {
          detalle: `falta decir si la devolución de ${nueva.codigo} es de_cliente o a_proveedor`,
        });
      }
      const { id, origen, origenId } = identidad(nueva, clock);
      const almacen = almacenes.get(nueva.almacen)!;
      return {
        id,
        producto_id: productos.get(nueva.codigo)!,
        almacen_id: almacen.id,
        tienda_id: almacen.tienda_id,
        tipo: nueva.tipo,
        subtipo: nueva.tipo === 'devolucion' ? (nueva.subtipo ?? null) : null,
        cantidad: nueva.cantidad,
        precio: nueva.precio ?? null,
        costo_unitario: nueva.costoUnitario ?? null,
        ocurrida_en: ocurridaEn.toISOString(),
        referencia: nueva.referencia ?? null,
        notas: nueva.notas ?? null,
        origen,
        origen_id: origenId,
        user_id: quien.id,
      };
    });
    const insertadas = await insertTransacciones(tx, filas);
    const hechas = new Set(insertadas);
    return {
      insertadas,
      repetidas: filas.map((fila) => fila.id).filter((id) => !hechas.has(id)),
      tienda: filas[0]!.tienda_id,
    };
  });
  if (result.insertadas.length > 0) {
    await db.asService((tx) =>
      audita(tx, {
        id: clock.newId(),
        en: ahora,
        usuarioId: quien.id,
        accion: 'transacciones.registradas',
        entidad: 'transaccion',
        entidadId: result.insertadas[0]!,
        tiendaId: result.tienda,
        datos: { ids: result.insertadas },
      }),
    );
  }
  return { insertadas: result.insertadas, repetidas: result.repetidas };
}

function lista(codigos: readonly string[]): string {
  const unicos = [...new Set(codigos)];
  return unicos.length <= 10
    ? unicos.join(', ')
    : `${unicos.slice(0, 10).join(', ')} y ${unicos.length - 10} más`;
}

function identidad(nueva: Nueva, clock: Clock): { id: string; origen: string; origenId: string } {
  if (nueva.origen !== undefined && nueva.origenId !== undefined) {
    if (ORIGEN_RESERVADO.test(nueva.origen)) {
      throw new AppError('ENTRADA_INVALIDA', { detalle: `el origen «${nueva.origen}» está reservado` });
    }
    const id = nueva.id ?? movimientoImportadoId(nueva.origen, nueva.origenId);
    return { id, origen: nueva.origen, origenId: nueva.origenId };
  }
  const id = nueva.id ?? clock.newId();
  return { id, origen: 'manual', origenId: id };
}
