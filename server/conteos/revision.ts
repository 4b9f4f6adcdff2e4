import type { Db, Tx } from '#server/platform/db/db.ts';
import type { CodigoSinLigar, ProductoRevisado, Revision } from '#shared/contracts/conteos.ts';
import { CANTIDAD_ESCALA, DINERO_ESCALA, formatDecimal, toDecimal } from '#shared/domain/decimal.ts';
import { tardiasDe } from '#shared/domain/tardias.ts';
import { AppError } from '#shared/errores.ts';
import { REVISA_CONTEOS } from '#shared/roles.ts';
import type { Quien } from './acceso-conteo.ts';
import { findFotos } from './apuntes.sql.ts';
import { aviso, avisosDe, avisosGenerales, type EquipoVisto } from './avisos.ts';
import { codigosSinLigar, loadRevision, type RevisionCargada } from './carga-revision.ts';
import { type Comparacion, loadComparacion } from './comparacion.ts';
import { faltanPartesDobleCiego, nombresDe } from './doble-ciego.ts';
import { encabezado } from './encabezado.ts';
import { agrupa } from './filas-revision.ts';
import { exigeRevisor } from './firmantes.ts';
import { limiteDe } from './limite-tardias.ts';
import * as consulta from './revision.sql.ts';
import { lotesDe, resumenDe } from './sumas-revision.ts';

const texto = (cantidad: bigint) => formatDecimal(cantidad, CANTIDAD_ESCALA);
const pesosTexto = (centavos: bigint) => formatDecimal(centavos, DINERO_ESCALA, { minDecimales: 2 });
const iso = (ms: number) => new Date(ms).toISOString();

/** The conteo that this person may review. A counter of a blind conteo never may, whatever the role. */
export async function findConteoParaRevisar(
  tx: Tx,
  quien: Quien,
  conteoId: string,
): Promise<consulta.ConteoRow> {
  const conteo = await consulta.findConteo(tx, conteoId);
  if (conteo === undefined) throw new AppError('NO_ENCONTRADO');
  await exigeRevisor(tx, quien, conteo, REVISA_CONTEOS);
  if (conteo.ciego) {
    const partes = await consulta.findPartes(tx, conteoId);
    if (partes.some((parte) => parte.usuario_id === quien.id && parte.recibidas > 0)) {
      throw new AppError('REVISION_CONTASTE_CIEGO');
    }
  }
  return conteo;
}

/**
 * The review of a conteo: per product, counted against the interval that the book allows at the scans' instants, what
 * blocks or warns, what is missing. Throws NO_ENCONTRADO, PROHIBIDO, REVISION_CONTASTE_CIEGO.
 */
export async function reviewConteo(db: Db, quien: Quien, conteoId: string): Promise<Revision> {
  return db.asService(
    async (tx) => {
      const conteo = await findConteoParaRevisar(tx, quien, conteoId);
      return composeRevision(tx, quien, await loadRevision(tx, conteo));
    },
    { isolation: 'repeatable read', readOnly: true },
  );
}

export async function loadEquipos(
  tx: Tx,
  partes: readonly consulta.ParteRow[],
  nombres: ReadonlyMap<string, string>,
): Promise<EquipoVisto[]> {
  const usuarios = [...new Set(partes.map((parte) => parte.usuario_id))];
  return (await consulta.findEquipos(tx, usuarios)).map((equipo) => ({
    nombre: equipo.nombre ?? 'Teléfono',
    usuario: equipo.usuario_id === null ? null : (nombres.get(equipo.usuario_id) ?? null),
    visto: equipo.last_seen?.toISOString() ?? null,
    sinEnviar: equipo.pending_reported,
  }));
}

export async function loadNombres(tx: Tx, cargada: RevisionCargada, partes: readonly consulta.ParteRow[]) {
  const ids = new Set(partes.map((parte) => parte.usuario_id));
  for (const parte of partes) if (parte.cerrada_por !== null) ids.add(parte.cerrada_por);
  for (const linea of cargada.lineas) ids.add(linea.usuarioId);
  for (const liga of cargada.ligas) ids.add(liga.por);
  for (const resultado of cargada.resultados.values()) ids.add(resultado.aprobado_por);
  return consulta.findNombres(tx, [...ids]);
}

async function composeRevision(tx: Tx, quien: Quien, cargada: RevisionCargada): Promise<Revision> {
  const { conteo } = cargada;
  const partes = await consulta.findPartes(tx, conteo.id);
  const nombres = await loadNombres(tx, cargada, partes);
  const equipos = await loadEquipos(tx, partes, nombres);
  const conocidas = await consulta.findUbicacionesConocidas(tx, conteo.almacen_id, [
    ...cargada.contados.keys(),
  ]);
  const ubicaciones = await consulta.findUbicaciones(tx, [
    ...new Set([
      ...cargada.lineas.flatMap((linea) => (linea.ubicacionId === null ? [] : [linea.ubicacionId])),
      ...conocidas.map((row) => row.ubicacion_id),
    ]),
  ]);
  const generales = avisosGenerales(cargada, quien, partes, equipos, nombres);
  const fotos = await findFotos(tx, conteo.id);
  const fotosDe = agrupa(fotos, (foto) => foto.linea_id);
  const prueba = conteo.proposito === 'prueba';
  const esperados = faltanPartesDobleCiego(conteo, partes);
  const comparacion = await loadComparacion(tx, cargada);
  const productos =
    esperados.length > 0
      ? []
      : [...cargada.productos.values()]
          .filter((producto) => cargada.contados.has(producto.id))
          .map((producto) =>
            productoRevisado(cargada, quien, producto, nombres, ubicaciones, fotosDe, comparacion),
          );
  const sinContarIds = new Set(cargada.alcance.productoIds.filter((id) => !cargada.contados.has(id)));
  const limite = limiteDe(conteo, cargada.resultados.values());
  const tardias = tardiasDe(cargada.lineas, cargada.ligas, limite, cargada.partesDe).lineas;
  return {
    conteo: await encabezado(tx, quien, conteo),
    movimientosHasta: conteo.movimientos_hasta?.toISOString() ?? null,
    partes: partes.map((parte) => ({
      usuarioId: parte.usuario_id,
      nombre: nombres.get(parte.usuario_id) ?? '',
      intento: parte.intento,
      terminadaEn: parte.terminada_en?.toISOString() ?? null,
      cerradaPor: parte.cerrada_por === null ? null : (nombres.get(parte.cerrada_por) ?? ''),
      lineasDichas: parte.lineas,
      lineasRecibidas: parte.recibidas,
      devuelta:
        parte.devuelta_en === null
          ? null
          : { en: parte.devuelta_en.toISOString(), nota: parte.nota_devolucion ?? '' },
    })),
    equipos,
    productos,
    sinContar: [...cargada.productos.values()]
      .filter((producto) => esperados.length === 0 && sinContarIds.has(producto.id))
      .map(({ id, codigo, nombre, unidad }) => ({ productoId: id, codigo, nombre, unidad })),
    codigosSinLigar: esperados.length > 0 ? [] : codigosParaLigar(cargada, nombres, ubicaciones, fotos),
    tardias,
    // A test count is approved by nobody: there is nothing to warn of or to stop.
    advertencias: prueba ? [] : generales.advertencias.map(aviso),
    bloqueos: (esperados.length === 0
      ? prueba
        ? []
        : generales.bloqueos
      : [{ code: 'DOBLE_CIEGO_ABIERTO' as const, data: { faltan: nombresDe(esperados, nombres) } }]
    ).map(aviso),
    resumen: resumenDe(productos),
  };
}

function productoRevisado(
  cargada: RevisionCargada,
  quien: Quien,
  producto: consulta.ProductoRow,
  nombres: ReadonlyMap<string, string>,
  ubicaciones: ReadonlyMap<string, { codigo: string; zona: string }>,
  fotosDe: ReadonlyMap<string, readonly { sha256: string }[]>,
  comparacion: Comparacion,
): ProductoRevisado {
  const revision = cargada.revisiones.get(producto.id)!;
  const contado = cargada.contados.get(producto.id)!;
  const costo = cargada.costos.get(producto.id);
  const resultado = cargada.resultados.get(producto.id);
  const enVentana = new Set(revision.movimientosVentana.map((m) => m.id));
  const porContador = new Map<string, ProductoRevisado['contadores'][number]>();
  for (const linea of contado.lineas) {
    const lugar = linea.ubicacionId === null ? undefined : ubicaciones.get(linea.ubicacionId);
    const ubicacion = lugar?.codigo ?? null;
    const clave = `${linea.usuarioId} ${ubicacion ?? ''}`;
    const previo = porContador.get(clave);
    porContador.set(clave, {
      usuarioId: linea.usuarioId,
      nombre: nombres.get(linea.usuarioId) ?? '',
      ubicacion,
      zona: lugar?.zona ?? null,
      unidades: texto(toDecimal(previo?.unidades ?? '0', CANTIDAD_ESCALA) + linea.unidades),
      lineas: (previo?.lineas ?? 0) + 1,
    });
  }
  const figuras =
    resultado === undefined
      ? {
          contado: texto(revision.contado),
          instante: iso(revision.instante),
          teorico: revision.teorico === null ? null : texto(revision.teorico),
          lo: revision.lo === null ? null : texto(revision.lo),
          hi: revision.hi === null ? null : texto(revision.hi),
          variacion: revision.variacion === null ? null : texto(revision.variacion),
          valor: revision.valorVariacion === null ? null : pesosTexto(revision.valorVariacion),
          costoUnitario: costo?.costo_unitario ?? null,
          costoFuente: costo?.fuente ?? 'sin_costo',
        }
      : // An approved result is never recomputed: it stands on the figures that were signed.
        {
          contado: resultado.contado,
          instante: resultado.instante.toISOString(),
          teorico: resultado.teorico,
          lo: resultado.lo,
          hi: resultado.hi,
          variacion: resultado.teorico === null ? null : resultado.variacion,
          valor: resultado.valor,
          costoUnitario: resultado.costo_unitario,
          costoFuente: resultado.costo_fuente ?? 'sin_costo',
        };
  return {
    productoId: producto.id,
    codigo: producto.codigo,
    nombre: producto.nombre,
    unidad: producto.unidad,
    decimales: producto.decimales,
    intento: revision.intento,
    intentos: (cargada.intentos.get(producto.id) ?? []).map((vuelta) => ({
      intento: vuelta.intento,
      contado: texto(vuelta.contado),
      instante: iso(vuelta.instante),
      variacion: vuelta.variacion === null ? null : texto(vuelta.variacion),
      contaron: vuelta.contaron.map((id) => nombres.get(id) ?? ''),
    })),
    intentosDifieren: cargada.veredictos.get(producto.id)?.estado === 'desacuerdo',
    claseAbc: cargada.clases.get(producto.id) ?? null,
    recuentoSugerido:
      resultado === undefined &&
      cargada.clases.get(producto.id) === 'A' &&
      revision.movimientosVentana.length > 0,
    porCondicion: Object.fromEntries(
      Object.entries(contado.porCondicion).map(([condicion, unidades]) => [condicion, texto(unidades)]),
    ),
    lotes: lotesDe(cargada, contado),
    notas: contado.lineas.flatMap((linea) => {
      const nota = cargada.notas.get(linea.id);
      return nota === undefined ? [] : [{ contador: nombres.get(linea.usuarioId) ?? '', nota }];
    }),
    fotos: contado.lineas.flatMap((linea) => (fotosDe.get(linea.id) ?? []).map((foto) => foto.sha256)),
    desde: iso(revision.desde),
    ...figuras,
    estado: revision.estado,
    dentroTolerancia: revision.dentroTolerancia,
    efecto: resultado === undefined && cargada.conteo.proposito !== 'prueba' ? revision.efecto : 'nada',
    comparado: comparacion.get(producto.id) ?? null,
    causas: revision.causas,
    relojDudoso: contado.lineas.some((linea) => cargada.dudosas.has(linea.id)),
    contadores: [...porContador.values()],
    movimientos: (cargada.movimientos.get(producto.id) ?? [])
      .filter((row) => enVentana.has(row.id))
      .map((row) => ({
        id: row.id,
        tipo: row.tipo,
        cantidad: row.cantidad,
        efecto: row.efecto,
        ocurridaEn: row.ocurrida_en.toISOString(),
        precision: row.precision,
        referencia: row.referencia,
        registradaEn: row.created_at.toISOString(),
      })),
    ubicacionesFaltantes: revision.ubicacionesFaltantes.map((id) => ({
      id,
      codigo: ubicaciones.get(id)?.codigo ?? '',
    })),
    bloqueos:
      resultado === undefined && cargada.conteo.proposito !== 'prueba'
        ? avisosDe(cargada, quien, producto.id).bloqueos.map(aviso)
        : [],
    aprobado:
      resultado === undefined
        ? null
        : {
            por: nombres.get(resultado.aprobado_por) ?? '',
            en: resultado.aprobado_en.toISOString(),
            ajusteId: resultado.ajuste_id,
            variacion: resultado.variacion,
          },
  };
}

function codigosParaLigar(
  cargada: RevisionCargada,
  nombres: ReadonlyMap<string, string>,
  ubicaciones: ReadonlyMap<string, { codigo: string; zona: string }>,
  fotos: readonly { linea_id: string; sha256: string }[],
): CodigoSinLigar[] {
  return codigosSinLigar(cargada).map((linea) => {
    const propuesta = linea.liga?.estado === 'propuesta' ? linea.liga : null;
    const producto = propuesta?.productoId ? cargada.productos.get(propuesta.productoId) : undefined;
    const liga = propuesta === null ? undefined : cargada.ligas.find(({ id }) => id === propuesta.id);
    return {
      lineaId: linea.id,
      codigoCrudo: linea.codigoCrudo ?? '',
      unidades: texto(linea.unidades),
      contador: nombres.get(linea.usuarioId) ?? '',
      ubicacion: linea.ubicacionId === null ? null : (ubicaciones.get(linea.ubicacionId)?.codigo ?? null),
      nota: cargada.notas.get(linea.id) ?? null,
      fotos: fotos.filter((foto) => foto.linea_id === linea.id).map((foto) => foto.sha256),
      instante: iso(linea.instante),
      estado: propuesta === null ? 'sin_ligar' : 'propuesta',
      propuesta:
        propuesta?.productoId == null
          ? null
          : {
              productoId: propuesta.productoId,
              nombre: producto?.nombre ?? '',
              factor: texto(propuesta.factor ?? linea.factor),
              por: liga === undefined ? '' : (nombres.get(liga.por) ?? ''),
            },
    };
  });
}
