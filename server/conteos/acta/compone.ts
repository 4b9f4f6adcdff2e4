import type { Clock } from '#server/platform/clock.ts';
import type { Db, Tx } from '#server/platform/db/db.ts';
import { lineasVivas } from '#shared/domain/conteo.ts';
import { CANTIDAD_ESCALA, formatDecimal, toDecimal } from '#shared/domain/decimal.ts';
import type { RenglonHuella } from '#shared/domain/huella-acta.ts';
import type { Quien } from '../acceso-conteo.ts';
import { codigosSinLigar, loadRevision, type RevisionCargada } from '../carga-revision.ts';
import { exigePartesDobleCiego } from '../doble-ciego.ts';
import { agrupa } from '../filas-revision.ts';
import * as consulta from '../revision.sql.ts';
import { findConteoParaRevisar } from '../revision.ts';
import * as q from './acta.sql.ts';
import type { Acta, ActaIntento, ActaLinea } from './forma.ts';
import { computeHuella, type Huella } from './huella.ts';
import { intentosATiempo } from './intentos.ts';
import { alcanceEnPalabras, RECETA } from './palabras.ts';
import { aprobacionesDe, faltasDe, personasDe } from './personas.ts';
import { productoDelActa } from './producto-acta.ts';
import { totalesDe } from './totales.ts';

const texto = (cantidad: bigint) => formatDecimal(cantidad, CANTIDAD_ESCALA);
const TERMINADO = new Set(['cerrado', 'cancelado']);

/** The instant up to which an acta's huella reaches: the end of the conteo, else the present. */
export function corteDe(conteo: Pick<consulta.ConteoRow, 'fin_en'>, ahora: Date): Date {
  return conteo.fin_en ?? ahora;
}

/**
 * The acta of a conteo, whatever its state, from one snapshot. Figures that were signed stand as they were signed; what
 * arrived late is in none of them. Only for who may review it.
 * Throws NO_ENCONTRADO, PROHIBIDO, REVISION_CONTASTE_CIEGO, DOBLE_CIEGO_ABIERTO.
 */
export async function composeActa(db: Db, clock: Clock, quien: Quien, conteoId: string): Promise<Acta> {
  const ahora = clock.now();
  return db.asService(
    async (tx) => {
      const conteo = await findConteoParaRevisar(tx, quien, conteoId);
      return compose(tx, await loadRevision(tx, conteo), ahora);
    },
    { isolation: 'repeatable read', readOnly: true },
  );
}

async function compose(tx: Tx, cargada: RevisionCargada, ahora: Date): Promise<Acta> {
  const { conteo } = cargada;
  const partes = await consulta.findPartes(tx, conteo.id);
  const cabecera = await q.findCabecera(tx, conteo.id);
  const rondas = conPrimera(await q.findIntentos(tx, conteo.id), conteo);
  const vacias = await q.findVaciasDichas(tx, conteo.id);
  const traslapes = await q.findTraslapesDecididos(tx, conteo.id);
  const nombres = await consulta.findNombres(tx, [
    ...new Set([
      cabecera.creado_por,
      ...(cabecera.cancelado_por === null ? [] : [cabecera.cancelado_por]),
      ...partes.flatMap((p) => [p.usuario_id, ...(p.cerrada_por === null ? [] : [p.cerrada_por])]),
      ...rondas.flatMap(({ pedido_por }) => (pedido_por === null ? [] : [pedido_por])),
      ...vacias.map(({ por }) => por),
      ...[...traslapes.values()].flatMap((t) => [t.por, ...(t.usuario_id === null ? [] : [t.usuario_id])]),
      ...[...cargada.resultados.values()].map(({ aprobado_por }) => aprobado_por),
      ...[...cargada.ceros.values()].map(({ por }) => por),
      ...cargada.ligas.map(({ por }) => por),
      ...cargada.lineas.map(({ usuarioId }) => usuarioId),
    ]),
  ]);
  exigePartesDobleCiego(conteo, partes, nombres);
  const bins = [
    ...cargada.lineas.flatMap(({ ubicacionId }) => (ubicacionId === null ? [] : [ubicacionId])),
    ...[...cargada.revisiones.values()].flatMap((revision) => revision.ubicacionesFaltantes),
  ];
  const ubicaciones = await q.findUbicaciones(tx, [...new Set(bins)]);
  const intentos = intentosATiempo(cargada);
  const motivos = await q.findMotivos(tx, conteo.id);
  const alrededor = {
    nombres,
    ubicaciones,
    motivos,
    asientos: await q.findAsientos(tx, conteo.id),
    vacias: agrupa(vacias, (row) => row.producto_id),
    traslapes,
    intentos,
  };
  const productos = [...cargada.productos.values()]
    .filter(({ id }) => intentos.porProducto.has(id) || cargada.resultados.has(id))
    .map((producto) => productoDelActa(cargada, producto, alrededor));
  const dichos = new Set(productos.map(({ productoId }) => productoId));
  const alcance = new Set(cargada.alcance.productoIds);
  const sinContar = [...cargada.productos.values()]
    .filter(({ id }) => alcance.has(id) && !dichos.has(id))
    .map(({ codigo, nombre, unidad }) => ({ codigo, nombre, unidad }));
  const corte = corteDe(conteo, ahora);
  const alCorte = partesAlCorte(partes, cargada, corte);
  const huella = await computeHuella(tx, conteo.id, corte);
  const sinLigar = codigosSinLigar(cargada).length;
  const declarados = new Set(productos.flatMap((p) => (p.ceroDeclarado === null ? [] : [p.productoId])));
  return {
    conteo: cabeceraDe(conteo, cabecera, nombres),
    generadaEn: ahora.toISOString(),
    borrador: TERMINADO.has(conteo.estado)
      ? null
      : { faltas: faltasDe(partes, nombres, productos, sinLigar, cargada.recuentosPendientes.size) },
    huella: {
      algoritmo: 'SHA-256',
      valor: huella.valor,
      lineas: huella.lineas,
      corte: corte.toISOString(),
      receta: RECETA,
    },
    totales: totalesDe(productos, sinContar.length),
    intentos: rondasDe(rondas, alCorte, nombres, await q.findMotivosDePartes(tx, conteo.id)),
    aprobaciones: aprobacionesDe(
      cargada.resultados.values(),
      motivos,
      await q.findAdvertencias(tx, conteo.id),
      nombres,
    ),
    personas: personasDe(
      alCorte,
      [...cargada.ceros.values()].map((c) => ({ por: c.por, declarado: declarados.has(c.productoId) })),
      cargada.resultados.values(),
      nombres,
    ),
    productos,
    sinContar,
    sinProducto: sinProductoDe(cargada, nombres, await q.findMotivosDeLigas(tx, conteo.id)),
    contraAjustes: (await q.findContraAjustesDecididos(tx, conteo.id)).map(
      ({ cantidad, en, transaccion_id, ...resto }) => ({
        ...resto,
        cantidad: texto(toDecimal(cantidad, CANTIDAD_ESCALA)),
        en: en.toISOString(),
        transaccionId: transaccion_id,
      }),
    ),
    tardias: intentos.tardias,
    lineas: await lineasDe(tx, huella, cargada, ubicaciones, nombres),
  };
}

function cabeceraDe(
  conteo: consulta.ConteoRow,
  cabecera: q.CabeceraRow,
  nombres: ReadonlyMap<string, string>,
): Acta['conteo'] {
  const nombre = (id: string) => nombres.get(id) ?? '';
  return {
    id: conteo.id,
    folio: conteo.folio,
    nombre: conteo.nombre,
    tienda: conteo.tienda,
    almacen: conteo.almacen,
    zonaHoraria: conteo.zona_horaria,
    alcance: alcanceEnPalabras(conteo.alcance, cabecera),
    ciego: conteo.ciego,
    dobleCiego: conteo.doble_ciego,
    proposito: conteo.proposito,
    reparto: conteo.reparto,
    estado: conteo.estado,
    tolerancia: {
      unidades: conteo.tol_unidades,
      porcentaje: conteo.tol_porcentaje,
      pesos: conteo.tol_pesos,
    },
    creadoPor: nombre(cabecera.creado_por),
    abiertoEn: conteo.abierto_en.toISOString(),
    enRevisionEn: cabecera.en_revision_en?.toISOString() ?? null,
    terminadoEn: conteo.fin_en?.toISOString() ?? null,
    vence: conteo.vence?.toISOString() ?? null,
    cancelacion:
      cabecera.cancelado_por === null
        ? null
        : { por: nombre(cabecera.cancelado_por), motivo: cabecera.motivo_cancelacion ?? '' },
    corrigeA: cabecera.corrige_a,
    complementaA: cabecera.complementa_a,
    comparaCon: cabecera.compara_con,
    complementos: cabecera.complementos,
    movimientosHasta: conteo.movimientos_hasta?.toISOString() ?? null,
  };
}

/** Parts with the lines that had come by the cut. */
function partesAlCorte(
  partes: readonly consulta.ParteRow[],
  cargada: RevisionCargada,
  corte: Date,
): consulta.ParteRow[] {
  const porParte = agrupa(
    cargada.lineas.filter(({ recibidoEn }) => (recibidoEn ?? 0) <= corte.getTime()),
    ({ usuarioId, intento }) => `${usuarioId} ${intento}`,
  );
  return partes.map((parte) => ({
    ...parte,
    recibidas: porParte.get(`${parte.usuario_id} ${parte.intento}`)?.length ?? 0,
  }));
}

type Ronda = Awaited<ReturnType<typeof q.findIntentos>>[number];

/** The first attempt has a row of its own only where something was said of it. */
function conPrimera(rondas: readonly Ronda[], conteo: consulta.ConteoRow): Ronda[] {
  if (rondas.some(({ intento }) => intento === 1)) return [...rondas];
  const primera = {
    intento: 1,
    motivo: null,
    pedido_por: null,
    created_at: conteo.abierto_en,
    productos: 0,
    controles: 0,
  };
  return [primera, ...rondas];
}

/** Reason of the empty part that asking for a recount closes for who only counts again. */
const SOLO_RECUENTA = 'recuento';

function rondasDe(
  rondas: readonly Ronda[],
  partes: readonly consulta.ParteRow[],
  nombres: ReadonlyMap<string, string>,
  motivos: ReadonlyMap<string, string>,
): ActaIntento[] {
  const nombre = (id: string) => nombres.get(id) ?? '';
  return rondas.map((ronda) => ({
    intento: ronda.intento,
    pedidoPor: ronda.pedido_por === null ? null : nombre(ronda.pedido_por),
    pedidoEn: ronda.created_at.toISOString(),
    motivo: ronda.motivo,
    productos: ronda.productos,
    controles: ronda.controles,
    contadores: partes
      .filter(({ usuario_id, intento, recibidas }) => {
        const soloRecuenta = motivos.get(`${usuario_id} ${intento}`) === SOLO_RECUENTA && recibidas === 0;
        return intento === ronda.intento && !soloRecuenta;
      })
      .map((parte) => ({
        nombre: nombre(parte.usuario_id),
        lineas: parte.recibidas,
        terminadaEn: parte.terminada_en?.toISOString() ?? null,
        cerradaPor: parte.cerrada_por === null ? null : nombre(parte.cerrada_por),
        motivo: motivos.get(`${parte.usuario_id} ${parte.intento}`) ?? null,
      })),
  }));
}

function sinProductoDe(
  cargada: RevisionCargada,
  nombres: ReadonlyMap<string, string>,
  motivos: ReadonlyMap<string, string>,
): Acta['sinProducto'] {
  return lineasVivas(cargada.lineas, cargada.ligas)
    .filter(({ productoId }) => productoId === null)
    .map(({ codigoCrudo, unidades, usuarioId, liga }) => ({
      codigoCrudo: codigoCrudo ?? '',
      unidades: texto(unidades),
      contador: nombres.get(usuarioId) ?? '',
      estado: liga === null || liga.estado === 'ligada' ? 'sin_ligar' : liga.estado,
      motivo: liga === null ? null : (motivos.get(liga.id) ?? null),
    }));
}

async function lineasDe(
  tx: Tx,
  huella: Huella,
  cargada: RevisionCargada,
  ubicaciones: ReadonlyMap<string, string>,
  nombres: ReadonlyMap<string, string>,
): Promise<ActaLinea[]> {
  // Of a line whose code was linked, the product that it counts for.
  const vivas = lineasVivas(cargada.lineas, cargada.ligas);
  const productoDe = new Map(vivas.map(({ id, productoId }) => [id, productoId]));
  const deRenglon = ({ id, producto_id }: RenglonHuella) => productoDe.get(id) ?? producto_id;
  const otros = huella.renglones.map(deRenglon).filter((id) => id !== '' && !cargada.productos.has(id));
  // What was only in voided lines.
  const ajenos = await consulta.findProductos(tx, [...new Set(otros)]);
  const productos = new Map([...cargada.productos, ...ajenos.map((row) => [row.id, row] as const)]);
  return huella.renglones.map((renglon) => {
    const producto = productos.get(deRenglon(renglon));
    return {
      huella: renglon,
      codigo: producto?.codigo ?? '',
      nombre: producto?.nombre ?? '',
      ubicacion: ubicaciones.get(renglon.ubicacion_id) ?? '',
      persona: nombres.get(renglon.usuario_id) ?? '',
    };
  });
}
