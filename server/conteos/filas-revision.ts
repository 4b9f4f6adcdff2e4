import type { ContadoProducto, Liga, Linea } from '#shared/domain/conteo.ts';
import { lineasVivas } from '#shared/domain/conteo.ts';
import { CANTIDAD_ESCALA, COSTO_ESCALA, DINERO_ESCALA, importe, toDecimal } from '#shared/domain/decimal.ts';
import { expandeJuego, type PartesDe } from '#shared/domain/juegos.ts';
import type { Movimiento } from '#shared/domain/ledger.ts';
import type { RevisionProducto } from '#shared/domain/revision.ts';
import { PORCENTAJE_ESCALA, type Tolerancia } from '#shared/domain/tolerancia.ts';
import type * as consulta from './revision.sql.ts';

export const cantidad = (texto: string) => toDecimal(texto, CANTIDAD_ESCALA);

export function aLinea(row: consulta.LineaRow, conteoId: string): Linea {
  return {
    id: row.id,
    conteoId,
    intento: row.intento,
    ubicacionId: row.ubicacion_id,
    codigoCrudo: row.codigo_crudo,
    productoId: row.producto_id,
    cantidad: cantidad(row.cantidad),
    factor: cantidad(row.factor),
    tipo: row.tipo,
    anula: row.anula,
    condicion: row.condicion,
    usuarioId: row.usuario_id,
    instante: row.instante.getTime(),
    recibidoEn: row.recibido_en.getTime(),
  };
}

export function aMovimiento(row: consulta.MovimientoRow): Movimiento {
  return {
    id: row.id,
    tipo: row.tipo,
    subtipo: row.subtipo,
    cantidad: cantidad(row.cantidad),
    ocurridaEn: row.ocurrida_en.getTime(),
    precision: row.precision,
    orden: row.orden,
    createdAt: row.created_at.getTime(),
    referencia: row.referencia,
  };
}

/** All movements before the cut, folded into the one row that they amount to. */
export function resumenAntesDe(corte: Date, previo: { tiene_base: boolean; cantidad: string }): Movimiento {
  return {
    id: '00000000-0000-0000-0000-000000000000',
    tipo: previo.tiene_base ? 'inventario' : 'ajuste',
    subtipo: null,
    cantidad: cantidad(previo.cantidad),
    // Far enough before the cut that no slack of the till makes it uncertain.
    ocurridaEn: corte.getTime() - 86_400_000,
    precision: 'instante',
    orden: 0,
    createdAt: 0,
  };
}

export function agrupa<T>(filas: readonly T[], clave: (fila: T) => string): Map<string, T[]> {
  const grupos = new Map<string, T[]>();
  for (const fila of filas) {
    const grupo = grupos.get(clave(fila));
    if (grupo === undefined) grupos.set(clave(fila), [fila]);
    else grupo.push(fila);
  }
  return grupos;
}

export function toleranciaDe(conteo: consulta.ToleranciaRow): Tolerancia {
  return {
    unidades: conteo.tol_unidades === null ? null : cantidad(conteo.tol_unidades),
    porcentaje: conteo.tol_porcentaje === null ? null : toDecimal(conteo.tol_porcentaje, PORCENTAJE_ESCALA),
    pesos: conteo.tol_pesos === null ? null : toDecimal(conteo.tol_pesos, DINERO_ESCALA),
  };
}

/** Who wrote any line of each product: a link gives the product of a line that had only a code. */
export function quienesContaron(
  lineas: readonly Linea[],
  ligas: readonly Liga[],
  partesDe: PartesDe,
): Map<string, Set<string>> {
  const contaron = new Map<string, Set<string>>();
  const anota = (productoId: string | null, usuarioId: string) => {
    if (productoId === null) return;
    const personas = contaron.get(productoId);
    if (personas === undefined) contaron.set(productoId, new Set([usuarioId]));
    else personas.add(usuarioId);
  };
  for (const { productoId, usuarioId } of lineas) {
    anota(productoId, usuarioId);
    const partes = productoId === null ? null : partesDe(productoId);
    for (const parte of partes ?? []) anota(parte.productoId, usuarioId);
  }
  for (const viva of lineasVivas(lineas, ligas).flatMap((linea) => expandeJuego(linea, partesDe))) {
    anota(viva.productoId, viva.usuarioId);
  }
  return contaron;
}

/** Parts of the kits among the products. A service counts nothing, and neither does a kit without parts. */
export function partesDeJuegos(juegos: readonly consulta.JuegoRow[]): PartesDe {
  const porId = new Map(
    juegos.map(({ id, es_juego, partes }) => [
      id,
      es_juego
        ? (partes ?? []).map((p) => ({ productoId: p.productoId, cantidad: cantidad(p.cantidad) }))
        : [],
    ]),
  );
  return (productoId) => porId.get(productoId) ?? null;
}

export const personasDe = (c: ContadoProducto) => [...new Set(c.lineas.map((linea) => linea.usuarioId))];

/** Without base the counts themselves are compared: the book says nothing of what happened in between. */
export function aResultado(revision: RevisionProducto & { contaron: string[] }, costo: string | null) {
  const variacion = revision.variacion ?? revision.contado;
  return {
    intento: revision.intento,
    contaron: revision.contaron,
    variacion,
    teorico: revision.teorico ?? 0n,
    valor: costo === null ? null : importe(variacion, toDecimal(costo, COSTO_ESCALA)),
  };
}
