import type { Tx } from '#server/platform/db/db.ts';
import {
  type ContadoProducto,
  contadoPorProducto,
  type Liga,
  type Linea,
  lineasSinLigar,
  lineasVivas,
} from '#shared/domain/conteo.ts';
import { CANTIDAD_ESCALA, COSTO_ESCALA, DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { limitesDelMes } from '#shared/domain/instante.ts';
import type { Movimiento } from '#shared/domain/ledger.ts';
import { recuentosPendientes } from '#shared/domain/recuento.ts';
import { type EntradaRevision, type RevisionProducto, revisaProducto } from '#shared/domain/revision.ts';
import { PORCENTAJE_ESCALA, type Tolerancia } from '#shared/domain/tolerancia.ts';
import * as consulta from './revision.sql.ts';

const cantidad = (texto: string) => toDecimal(texto, CANTIDAD_ESCALA);

/** Everything known of a conteo's products, from one snapshot, with the domain's verdict on each. */
export interface RevisionCargada {
  conteo: consulta.ConteoRow;
  lineas: Linea[];
  notas: Map<string, string>;
  /** Lines whose phone's clock disagreed with itself by more than two minutes. */
  dudosas: Set<string>;
  ligas: (Liga & { por: string })[];
  alcance: { productoIds: string[]; ubicacionIds: string[] };
  productos: Map<string, consulta.ProductoRow>;
  contados: Map<string, ContadoProducto>;
  revisiones: Map<string, RevisionProducto>;
  costos: Map<string, { costo_unitario: string | null; fuente: string }>;
  movimientos: Map<string, consulta.MovimientoRow[]>;
  resultados: Map<string, consulta.ResultadoRow>;
  /** Products that another conteo decided later: instant of the latest. */
  posteriores: Map<string, { instante: Date; decision: string }>;
  /** Products of a recount that nobody has counted again yet. */
  recuentosPendientes: Set<string>;
  /** Everybody who wrote any line of the product, voided ones and earlier intentos included. */
  contaron: Map<string, Set<string>>;
}

function aLinea(row: consulta.LineaRow, conteoId: string): Linea {
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

function aMovimiento(row: consulta.MovimientoRow): Movimiento {
  return {
    id: row.id,
    tipo: row.tipo,
    subtipo: row.subtipo,
    cantidad: cantidad(row.cantidad),
    ocurridaEn: row.ocurrida_en.getTime(),
    precision: row.precision,
    orden: row.orden,
    createdAt: row.created_at.getTime(),
  };
}

/** All movements before the cut, folded into the one row that they amount to. */
function resumenAntesDe(corte: Date, previo: { tiene_base: boolean; cantidad: string }): Movimiento {
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

function agrupa<T>(filas: readonly T[], clave: (fila: T) => string): Map<string, T[]> {
  const grupos = new Map<string, T[]>();
  for (const fila of filas) {
    const grupo = grupos.get(clave(fila));
    if (grupo === undefined) grupos.set(clave(fila), [fila]);
    else grupo.push(fila);
  }
  return grupos;
}

export function toleranciaDe(conteo: consulta.ConteoRow): Tolerancia {
  return {
    unidades: conteo.tol_unidades === null ? null : cantidad(conteo.tol_unidades),
    porcentaje: conteo.tol_porcentaje === null ? null : toDecimal(conteo.tol_porcentaje, PORCENTAJE_ESCALA),
    pesos: conteo.tol_pesos === null ? null : toDecimal(conteo.tol_pesos, DINERO_ESCALA),
  };
}

/** Who wrote any line of each product: a link gives the product of a line that had only a code. */
function quienesContaron(lineas: readonly Linea[], ligas: readonly Liga[]): Map<string, Set<string>> {
  const contaron = new Map<string, Set<string>>();
  const anota = (productoId: string | null, usuarioId: string) => {
    if (productoId === null) return;
    const personas = contaron.get(productoId);
    if (personas === undefined) contaron.set(productoId, new Set([usuarioId]));
    else personas.add(usuarioId);
  };
  for (const linea of lineas) anota(linea.productoId, linea.usuarioId);
  for (const viva of lineasVivas(lineas, ligas)) anota(viva.productoId, viva.usuarioId);
  return contaron;
}

/**
 * Reads a conteo for its review. Lines that came after a product's approval stay out of its figures (`tardia`); a
 * product's older movements arrive folded into one row, so the cost grows with the recent ones only.
 */
export async function loadRevision(tx: Tx, conteo: consulta.ConteoRow): Promise<RevisionCargada> {
  const filas = await consulta.findLineas(tx, conteo.id);
  const lineas = filas.map((row) => aLinea(row, conteo.id));
  const ligas = (await consulta.findLigas(tx, conteo.id)).map((row) => ({
    id: row.id,
    lineaId: row.linea_id,
    estado: row.estado,
    productoId: row.producto_id,
    factor: row.factor === null ? null : cantidad(row.factor),
    en: row.en.getTime(),
    por: row.por,
  }));
  const alcance = await consulta.findAlcance(tx, conteo.id);
  const resultados = new Map(
    (await consulta.findResultados(tx, conteo.id)).map((row) => [row.producto_id, row]),
  );
  const contados = contadoPorProducto(lineas, ligas);
  const propuestos = ligas.flatMap((liga) => (liga.productoId === null ? [] : [liga.productoId]));
  const ids = [...new Set([...alcance.productoIds, ...contados.keys(), ...propuestos])];
  const contadosIds = [...contados.keys()];
  const productos = new Map((await consulta.findProductos(tx, ids)).map((row) => [row.id, row]));

  const base: Omit<RevisionCargada, 'revisiones' | 'costos' | 'movimientos' | 'posteriores'> = {
    conteo,
    lineas,
    dudosas: new Set(filas.flatMap((row) => (row.reloj_dudoso ? [row.id] : []))),
    notas: new Map(filas.flatMap((row) => (row.nota === null ? [] : [[row.id, row.nota]]))),
    ligas,
    alcance,
    productos,
    contados,
    resultados,
    contaron: quienesContaron(lineas, ligas),
    recuentosPendientes: recuentosPendientes(await consulta.findListasDeRecuento(tx, conteo.id), contados),
  };
  if (contadosIds.length === 0) {
    return {
      ...base,
      revisiones: new Map(),
      costos: new Map(),
      movimientos: new Map(),
      posteriores: new Map(),
    };
  }

  const primero = Math.min(...[...contados.values()].map((c) => c.desde));
  const holguraMs = conteo.holgura_s * 1000;
  // A movement known only by its month may have happened on any day of it: read from the month's start.
  const corte = new Date(limitesDelMes(primero - holguraMs, conteo.zona_horaria).inicio);
  const previos = new Map(
    (await consulta.findTeoricosAntesDe(tx, conteo.almacen_id, contadosIds, corte)).map((row) => [
      row.producto_id,
      row,
    ]),
  );
  const movimientos = agrupa(
    await consulta.findMovimientosDesde(tx, conteo.almacen_id, contadosIds, corte),
    (row) => row.producto_id,
  );
  const costos = await consulta.findCostos(
    tx,
    conteo.almacen_id,
    [...contados.values()].map((c) => ({ producto_id: c.productoId, instante: new Date(c.instante) })),
  );
  const factores = agrupa(await consulta.findFactores(tx, contadosIds), (row) => row.producto_id);
  const conocidas = agrupa(
    await consulta.findUbicacionesConocidas(tx, conteo.almacen_id, contadosIds),
    (row) => row.producto_id,
  );
  const vacias = agrupa(await consulta.findVacias(tx, conteo.id), (row) => row.producto_id);
  const traslapes = new Map(
    (await consulta.findTraslapes(tx, conteo.id)).map((row) => [row.producto_id, row]),
  );
  const enTransito = await consulta.findEnTransito(tx, conteo.almacen_id, contadosIds);
  const posteriores = new Map(
    (
      await consulta.findResultadosPosteriores(
        tx,
        conteo.id,
        conteo.almacen_id,
        contadosIds,
        new Date(primero),
      )
    ).map((row) => [row.producto_id, row]),
  );
  const usadas = new Set(lineas.flatMap((linea) => (linea.ubicacionId === null ? [] : [linea.ubicacionId])));
  const ubicacionesAlcance: EntradaRevision['ubicacionesAlcance'] =
    conteo.alcance === 'ubicaciones'
      ? new Set(alcance.ubicacionIds)
      : conteo.alcance === 'libre'
        ? usadas
        : 'todas';

  const entrada = (
    contado: ContadoProducto,
    gemelos: EntradaRevision['evidencia']['gemelos'],
  ): EntradaRevision => {
    const id = contado.productoId;
    const previo = previos.get(id);
    const traslape = traslapes.get(id);
    const costo = costos.get(id)?.costo_unitario ?? null;
    const recientes = (movimientos.get(id) ?? [])
      .filter((row) => row.conteo_id !== conteo.id)
      .map(aMovimiento);
    return {
      contado,
      reparto: conteo.reparto,
      decisionTraslape:
        traslape === undefined ? null : { decision: traslape.decision, usuarioId: traslape.usuario_id },
      movimientos: previo === undefined ? recientes : [resumenAntesDe(corte, previo), ...recientes],
      holguraMs,
      zona: conteo.zona_horaria,
      costo: costo === null ? null : toDecimal(costo, COSTO_ESCALA),
      tolerancia: toleranciaDe(conteo),
      ubicacionesConocidas: (conocidas.get(id) ?? []).map((row) => row.ubicacion_id),
      ubicacionesAlcance,
      ubicacionesVacias: (vacias.get(id) ?? []).map((row) => row.ubicacion_id),
      evidencia: {
        unidad: productos.get(id)?.unidad ?? 'PZA',
        factores: (factores.get(id) ?? []).map((row) => ({
          factor: cantidad(row.factor),
          nombre: row.nombre ?? 'caja',
        })),
        gemelos,
        enTransito: cantidad(enTransito.get(id) ?? '0'),
      },
    };
  };

  const primeras = new Map([...contados].map(([id, contado]) => [id, revisaProducto(entrada(contado, []))]));
  const gemelosDe = buscaGemelos(primeras, productos);
  const revisiones = new Map(
    [...contados].map(([id, contado]) => {
      const gemelos = gemelosDe(id);
      return [id, gemelos.length === 0 ? primeras.get(id)! : revisaProducto(entrada(contado, gemelos))];
    }),
  );
  return { ...base, revisiones, costos, movimientos, posteriores };
}

/** Products of this conteo with exactly the opposite variance: the label of one may have been put on the other. */
function buscaGemelos(
  revisiones: Map<string, RevisionProducto>,
  productos: Map<string, consulta.ProductoRow>,
) {
  const porVariacion = agrupa(
    [...revisiones.values()].filter((r) => r.variacion !== null && r.variacion !== 0n),
    (r) => String(r.variacion),
  );
  return (id: string) => {
    const variacion = revisiones.get(id)?.variacion ?? null;
    if (variacion === null || variacion === 0n) return [];
    return (porVariacion.get(String(-variacion)) ?? []).slice(0, 2).map((r) => ({
      codigo: productos.get(r.productoId)?.codigo ?? '',
      nombre: productos.get(r.productoId)?.nombre ?? '',
      variacion: r.variacion!,
    }));
  };
}

/** Lines that still wait for a product, with what was said of them. */
export function codigosSinLigar(cargada: RevisionCargada) {
  return lineasSinLigar(cargada.lineas, cargada.ligas);
}
