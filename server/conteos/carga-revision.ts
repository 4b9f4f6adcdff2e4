import type { Tx } from '#server/platform/db/db.ts';
import { CERCANIA_MS } from '#shared/domain/causas-libro.ts';
import { type CeroDeclarado, conCeros } from '#shared/domain/ceros.ts';
import {
  type ContadoProducto,
  contadosPorIntento,
  type Liga,
  type Linea,
  lineasSinLigar,
} from '#shared/domain/conteo.ts';
import { COSTO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { limitesDelMes } from '#shared/domain/instante.ts';
import type { PartesDe } from '#shared/domain/juegos.ts';
import { juzgaIntentos, recuentosPendientes, type VeredictoRecuento } from '#shared/domain/recuento.ts';
import { type EntradaRevision, type RevisionProducto, revisaProducto } from '#shared/domain/revision.ts';
import { findNotas } from './apuntes.sql.ts';
import { loadEvidencia } from './evidencia.ts';
import {
  agrupa,
  aLinea,
  aMovimiento,
  aResultado,
  cantidad,
  partesDeJuegos,
  personasDe,
  quienesContaron,
  resumenAntesDe,
  toleranciaDe,
} from './filas-revision.ts';
import * as consulta from './revision.sql.ts';

/** Everything known of a conteo's products, from one snapshot, with the domain's verdict on each. */
export interface RevisionCargada {
  conteo: consulta.ConteoRow;
  lineas: Linea[];
  notas: Map<string, string>;
  /** Zeros that a manager declared, by product, also those that yielded to a line. */
  ceros: Map<string, CeroDeclarado>;
  /** Services and kits without parts that somebody counted: they count nothing. */
  noCuentan: { codigo: string; nombre: string }[];
  partesDe: PartesDe;
  /** Lines whose phone's clock disagreed with itself by more than two minutes. */
  dudosas: Set<string>;
  ligas: (Liga & { por: string })[];
  alcance: { productoIds: string[]; ubicacionIds: string[] };
  productos: Map<string, consulta.ProductoRow>;
  contados: Map<string, ContadoProducto>;
  revisiones: Map<string, RevisionProducto>;
  /** All attempts of each product, earliest first, each against the book at its own instant. */
  intentos: Map<string, (RevisionProducto & { contaron: string[] })[]>;
  veredictos: Map<string, VeredictoRecuento>;
  clases: Map<string, string>;
  /** Lote, caducidad and DOT of the lines that have any. */
  lotes: Map<string, Pick<consulta.LineaRow, 'lote' | 'caduca' | 'dot'>>;
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
  const juegos = await consulta.findJuegos(tx, conteo.id);
  const partesDe = partesDeJuegos(juegos);
  const ceros = await consulta.findCeros(tx, conteo.id);
  const porIntento = contadosPorIntento(conCeros(lineas, ligas, ceros, conteo.id, partesDe), ligas, {
    porEntregarEnLibro: conteo.descarga_al_entregar,
    partesDe,
  });
  const contados = new Map([...porIntento].map(([id, intentos]) => [id, intentos.at(-1)!]));
  const propuestos = ligas.flatMap((liga) => (liga.productoId === null ? [] : [liga.productoId]));
  const ids = [...new Set([...alcance.productoIds, ...contados.keys(), ...propuestos])];
  const contadosIds = [...contados.keys()];
  const productos = new Map((await consulta.findProductos(tx, ids)).map((row) => [row.id, row]));

  const base: Omit<
    RevisionCargada,
    'revisiones' | 'intentos' | 'veredictos' | 'costos' | 'movimientos' | 'posteriores'
  > = {
    conteo,
    lineas,
    dudosas: new Set(filas.flatMap((row) => (row.reloj_dudoso ? [row.id] : []))),
    notas: await findNotas(tx, conteo.id),
    ligas,
    alcance,
    productos,
    clases: await consulta.findClases(tx, conteo.almacen_id, ids),
    lotes: new Map(
      filas.flatMap((row) => ((row.lote ?? row.caduca ?? row.dot) === null ? [] : [[row.id, row]])),
    ),
    contados,
    resultados,
    ceros: new Map(ceros.map((c) => [c.productoId, c])),
    partesDe,
    noCuentan: juegos.filter(({ id }) => partesDe(id)?.length === 0),
    contaron: quienesContaron(lineas, ligas, partesDe),
    recuentosPendientes: recuentosPendientes(await consulta.findListasDeRecuento(tx, conteo.id), contados),
  };
  if (contadosIds.length === 0) {
    return {
      ...base,
      revisiones: new Map(),
      intentos: new Map(),
      veredictos: new Map(),
      costos: new Map(),
      movimientos: new Map(),
      posteriores: new Map(),
    };
  }

  const primero = Math.min(...[...porIntento.values()].flat().map((c) => c.desde));
  const holguraMs = conteo.holgura_s * 1000;
  // A movement known only by its month may have happened on any day of it: read from the month's start.
  const mes = limitesDelMes(primero - holguraMs, conteo.zona_horaria).inicio;
  const corte = new Date(Math.min(mes, primero - CERCANIA_MS));
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
  const conocidas = agrupa(
    await consulta.findUbicacionesConocidas(tx, conteo.almacen_id, contadosIds),
    (row) => row.producto_id,
  );
  const vacias = agrupa(await consulta.findVacias(tx, conteo.id), (row) => row.producto_id);
  const evidenciaDe = await loadEvidencia(tx, conteo, productos, [...porIntento.values()].flat(), (id) => {
    const sin = new Set(vacias.get(id)?.map((row) => row.ubicacion_id));
    return (conocidas.get(id) ?? []).flatMap((row) => (sin.has(row.ubicacion_id) ? [] : [row.codigo]));
  });
  const traslapes = new Map(
    (await consulta.findTraslapes(tx, conteo.id)).map((row) => [row.producto_id, row]),
  );
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

  const porClase = await consulta.findTolerancias(tx, conteo.id);
  const toleranciaPara = (id: string) => toleranciaDe(porClase.get(base.clases.get(id) ?? '') ?? conteo);

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
      tolerancia: toleranciaPara(id),
      porEntregarEnLibro: conteo.descarga_al_entregar,
      ubicacionesConocidas: (conocidas.get(id) ?? []).map((row) => row.ubicacion_id),
      ubicacionesAlcance,
      ubicacionesVacias: (vacias.get(id) ?? []).map((row) => row.ubicacion_id),
      evidencia: { ...evidenciaDe(contado), gemelos },
    };
  };

  const intentos = new Map(
    [...porIntento].map(([id, vueltas]) => [
      id,
      vueltas.map((c) => ({ ...revisaProducto(entrada(c, [])), contaron: personasDe(c) })),
    ]),
  );
  const veredictos = new Map<string, VeredictoRecuento>();
  const primeras = new Map<string, RevisionProducto>();
  for (const [id, vueltas] of intentos) {
    const costo = costos.get(id)?.costo_unitario ?? null;
    const veredicto = juzgaIntentos(
      vueltas.map((vuelta) => aResultado(vuelta, costo)),
      toleranciaPara(id),
    );
    veredictos.set(id, veredicto);
    const vale = veredicto.estado === 'acuerdo' ? veredicto.intento : vueltas.at(-1)!.intento;
    const cual = vueltas.findIndex(({ intento }) => intento === vale);
    primeras.set(id, vueltas[cual]!);
    contados.set(id, porIntento.get(id)![cual]!);
  }
  // An earlier attempt that stands is valued at its own instant.
  const anteriores = [...primeras.values()].filter((r) => r !== intentos.get(r.productoId)!.at(-1));
  if (anteriores.length > 0) {
    const suyos = await consulta.findCostos(
      tx,
      conteo.almacen_id,
      anteriores.map((r) => ({ producto_id: r.productoId, instante: new Date(r.instante) })),
    );
    for (const [id, costo] of suyos) {
      costos.set(id, costo);
      primeras.set(id, revisaProducto(entrada(contados.get(id)!, [])));
    }
  }
  const gemelosDe = buscaGemelos(primeras, productos);
  const revisiones = new Map(
    [...contados].map(([id, contado]) => {
      const gemelos = gemelosDe(id);
      return [id, gemelos.length === 0 ? primeras.get(id)! : revisaProducto(entrada(contado, gemelos))];
    }),
  );
  return { ...base, revisiones, intentos, veredictos, costos, movimientos, posteriores };
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
