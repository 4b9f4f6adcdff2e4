import type * as z from 'zod/mini';
import { audita } from '#server/auditoria/auditoria.sql.ts';
import type { Clock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { comoPersona } from '#server/sync/rol.sql.ts';
import { CostoTexto, PesosTexto } from '#shared/contracts/basicos.ts';
import type { TransaccionNueva } from '#shared/contracts/existencias.ts';
import { movimientoImportadoId } from '#shared/domain/ajuste-id.ts';
import { colocaSoloDia, fechaLocal } from '#shared/domain/instante.ts';
import { AppError } from '#shared/errores.ts';
import { findBasesAntesDeAprobado } from './base-anterior.sql.ts';
import { ADELANTO_MAXIMO_MS, defectoDe, totalDe } from './movimiento.ts';
import {
  findAlmacenIds,
  findProductoIds,
  findYaRegistradas,
  insertTransacciones,
  type MovimientoNuevo,
} from './transacciones.sql.ts';

type Nueva = z.infer<typeof TransaccionNueva>;

/** Sources that belong to the system itself: a script may not write in their name. */
const ORIGEN_RESERVADO = /^(manual|conteo|firma|merma|erp:|archivo(:|$))/;
const REFERENCIA_MAXIMA = 255;
const ORIGEN_MAXIMO = 200;
/** Nobody's ledger begins before it, and a year mistyped with three digits is caught. */
const MAS_VIEJA = Date.UTC(1900, 0, 1);

/**
 * Posts movements under the person's own rights, all or none, with their audit: everything wrong of one kind is named at
 * once. A movement that is there already is left alone, if it says the same.
 * Throws ENTRADA_INVALIDA, PRODUCTOS_DESCONOCIDOS, ALMACENES_DESCONOCIDOS, FECHA_FUTURA, MOVIMIENTO_DISTINTO,
 * BASE_ANTES_DE_APROBADO, PROHIBIDO.
 */
export async function registerTransacciones(
  db: Db,
  clock: Clock,
  usuarioId: string,
  nuevas: readonly Nueva[],
): Promise<{ insertadas: string[]; repetidas: string[] }> {
  const ahora = clock.now();
  exigeBienDichas(nuevas, ahora);
  return db.asService(async (tx) => {
    const hecho = await comoPersona(tx, usuarioId, async () => {
      const productos = await findProductoIds(tx, [...new Set(nuevas.map((n) => n.codigo))]);
      const almacenes = await findAlmacenIds(tx, [...new Set(nuevas.map((n) => n.almacen))]);
      const faltan = nuevas.filter((n) => !productos.has(n.codigo)).map((n) => n.codigo);
      if (faltan.length > 0) throw new AppError('PRODUCTOS_DESCONOCIDOS', { codigos: lista(faltan) });
      const sinAlmacen = nuevas.filter((n) => !almacenes.has(n.almacen)).map((n) => n.almacen);
      if (sinAlmacen.length > 0) throw new AppError('ALMACENES_DESCONOCIDOS', { codigos: lista(sinAlmacen) });
      const filas = nuevas.map((nueva): MovimientoNuevo => {
        const almacen = almacenes.get(nueva.almacen)!;
        const precio = nueva.precio ?? null;
        return {
          ...identidad(nueva, clock),
          codigo: nueva.codigo,
          producto_id: productos.get(nueva.codigo)!,
          almacen_id: almacen.id,
          tienda_id: almacen.tienda_id,
          tipo: nueva.tipo,
          subtipo: nueva.subtipo ?? null,
          cantidad: nueva.cantidad,
          precio,
          costo_unitario: nueva.costoUnitario ?? null,
          total: totalDe({ cantidad: nueva.cantidad, precio }),
          ...cuandoDe(nueva, almacen.zona_horaria, ahora),
          referencia: nueva.referencia ?? null,
          notas: nueva.notas ?? null,
          user_id: usuarioId,
          created_at: ahora.toISOString(),
        };
      });
      const insertadas = new Set(await insertTransacciones(tx, filas));
      const otras = filas.filter((fila) => !insertadas.has(fila.id));
      const estaban = await findYaRegistradas(tx, otras);
      const distintas = otras.filter((fila) => !estaban.has(fila.id)).map((fila) => fila.codigo);
      if (distintas.length > 0) throw new AppError('MOVIMIENTO_DISTINTO', { codigos: lista(distintas) });
      return { filas, insertadas, repetidas: [...estaban.values()] };
    });
    const escritas = hecho.filas.filter((fila) => hecho.insertadas.has(fila.id));
    const contra = await findBasesAntesDeAprobado(tx, escritas);
    if (contra.length > 0) throw new AppError('BASE_ANTES_DE_APROBADO', { codigos: lista(contra) });
    // One entry per shop: its auditor sees it by the shop.
    for (const tiendaId of new Set(escritas.map((fila) => fila.tienda_id))) {
      const ids = escritas.filter((fila) => fila.tienda_id === tiendaId).map((fila) => fila.id);
      await audita(tx, {
        id: clock.newId(),
        en: ahora,
        usuarioId,
        accion: 'transacciones.registradas',
        entidad: 'transaccion',
        entidadId: ids[0]!,
        tiendaId,
        datos: { ids },
      });
    }
    return { insertadas: [...hecho.insertadas], repetidas: hecho.repetidas };
  });
}

/** What can be judged without the database. */
function exigeBienDichas(nuevas: readonly Nueva[], ahora: Date): void {
  const defectos = nuevas.flatMap((nueva) => {
    const defecto = defectoDeNueva(nueva);
    return defecto === null ? [] : [`${nueva.codigo.slice(0, 100)}: ${defecto}`];
  });
  if (defectos.length > 0) throw new AppError('ENTRADA_INVALIDA', { detalle: lista(defectos) });
  const limite = ahora.getTime() + ADELANTO_MAXIMO_MS;
  const futuras = nuevas
    .filter((n) => n.ocurridaEn !== undefined && Date.parse(n.ocurridaEn) > limite)
    .map((n) => n.codigo);
  if (futuras.length > 0) throw new AppError('FECHA_FUTURA', { codigo: lista(futuras) });
}

/** Where the movement stands in the ledger. A date that has not come yet in the shop's zone is in the future. */
function cuandoDe(
  nueva: Nueva,
  zona: string,
  ahora: Date,
): Pick<MovimientoNuevo, 'ocurrida_en' | 'precision' | 'orden'> {
  if (nueva.ocurridaEn !== undefined) {
    return { ocurrida_en: new Date(nueva.ocurridaEn).toISOString(), precision: 'instante', orden: 0 };
  }
  if (nueva.fecha! > fechaLocal(ahora.getTime(), zona)) {
    throw new AppError('FECHA_FUTURA', { codigo: nueva.codigo });
  }
  const { ocurridaEn, orden } = colocaSoloDia(nueva.fecha!, nueva.momento!, zona, ahora.getTime());
  return { ocurrida_en: new Date(ocurridaEn).toISOString(), precision: 'dia', orden };
}

function defectoDeNueva(nueva: Nueva): string | null {
  const { precio = null, costoUnitario = null, subtipo = null, origen, origenId } = nueva;
  if (precio !== null && !PesosTexto.safeParse(precio).success) {
    return `el precio «${precio.slice(0, 30)}» no es un número con hasta 2 decimales`;
  }
  if (costoUnitario !== null && !CostoTexto.safeParse(costoUnitario).success) {
    return `el costo «${costoUnitario.slice(0, 30)}» no es un número con hasta 6 decimales`;
  }
  if ((nueva.referencia?.length ?? 0) > REFERENCIA_MAXIMA) {
    return `la referencia pasa de ${REFERENCIA_MAXIMA} letras`;
  }
  const { ocurridaEn, fecha, momento } = nueva;
  if ((ocurridaEn === undefined) === (fecha === undefined)) return 'va ocurridaEn o fecha, y solo una';
  if ((fecha === undefined) !== (momento === undefined)) {
    return 'con fecha di el momento: antes_de_abrir o al_cerrar';
  }
  if (Date.parse(ocurridaEn ?? fecha ?? '') < MAS_VIEJA) return 'la fecha es anterior a 1900';
  if ((origen === undefined) !== (origenId === undefined)) return 'origen y origenId van juntos';
  for (const texto of [origen, origenId]) {
    if (texto === undefined) continue;
    if (texto.trim() === '' || texto.length > ORIGEN_MAXIMO) {
      return `origen y origenId llevan de 1 a ${ORIGEN_MAXIMO} letras`;
    }
  }
  if (origen !== undefined && ORIGEN_RESERVADO.test(origen)) return `el origen «${origen}» está reservado`;
  return defectoDe({ tipo: nueva.tipo, subtipo, cantidad: nueva.cantidad, precio, costoUnitario });
}

function lista(textos: readonly string[]): string {
  const unicos = [...new Set(textos)];
  return unicos.length <= 10
    ? unicos.join(', ')
    : `${unicos.slice(0, 10).join(', ')} y ${unicos.length - 10} más`;
}

function identidad(nueva: Nueva, clock: Clock): { id: string; origen: string; origen_id: string } {
  if (nueva.origen !== undefined && nueva.origenId !== undefined) {
    const id = nueva.id ?? movimientoImportadoId(nueva.origen, nueva.origenId);
    return { id, origen: nueva.origen, origen_id: nueva.origenId };
  }
  const id = nueva.id ?? clock.newId();
  return { id, origen: 'manual', origen_id: id };
}
