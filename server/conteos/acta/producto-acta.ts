import {
  CANTIDAD_ESCALA,
  type Cantidad,
  COSTO_ESCALA,
  DINERO_ESCALA,
  formatDecimal,
  importe,
  toDecimal,
} from '#shared/domain/decimal.ts';
import { variacionProbada } from '#shared/domain/intervalo.ts';
import type { RevisionCargada } from '../carga-revision.ts';
import type { ProductoRow, ResultadoRow } from '../revision.sql.ts';
import { lotesDe } from '../sumas-revision.ts';
import type * as q from './acta.sql.ts';
import type { ActaProducto } from './forma.ts';
import { type IntentosATiempo, intentosDelActa } from './intentos.ts';

const texto = (cantidad: Cantidad) => formatDecimal(cantidad, CANTIDAD_ESCALA);
const canonico = (cantidad: string | null) =>
  cantidad === null ? null : texto(toDecimal(cantidad, CANTIDAD_ESCALA));
const costo = (valor: string | null) =>
  valor === null ? null : formatDecimal(toDecimal(valor, COSTO_ESCALA), COSTO_ESCALA, { minDecimales: 2 });

/** What was read beside the review, by product. */
export interface Alrededor {
  readonly nombres: ReadonlyMap<string, string>;
  readonly ubicaciones: ReadonlyMap<string, string>;
  readonly motivos: ReadonlyMap<string, string>;
  readonly asientos: ReadonlyMap<string, Date>;
  readonly vacias: ReadonlyMap<string, readonly Awaited<ReturnType<typeof q.findVaciasDichas>>[number][]>;
  readonly traslapes: Awaited<ReturnType<typeof q.findTraslapesDecididos>>;
  readonly intentos: IntentosATiempo;
}

type Cifras = Pick<
  ActaProducto,
  | 'intento'
  | 'contado'
  | 'teorico'
  | 'lo'
  | 'hi'
  | 'instante'
  | 'variacion'
  | 'costoUnitario'
  | 'costoFuente'
  | 'valor'
>;

/** The figures that were signed; they are never computed again. */
function firmadas(r: ResultadoRow): Cifras {
  return {
    intento: r.intento,
    contado: canonico(r.contado)!,
    teorico: canonico(r.teorico),
    lo: canonico(r.lo),
    hi: canonico(r.hi),
    instante: r.instante.toISOString(),
    variacion: r.teorico === null ? null : canonico(r.variacion),
    costoUnitario: costo(r.costo_unitario),
    costoFuente: r.costo_fuente ?? 'sin_costo',
    valor: r.teorico === null || r.valor === null ? null : pesos(toDecimal(r.valor, DINERO_ESCALA)),
  };
}

const pesos = (centavos: bigint) => formatDecimal(centavos, DINERO_ESCALA, { minDecimales: 2 });

/** The figures of the review, of what had arrived in time. */
function revisadas(cargada: RevisionCargada, productoId: string, de: Alrededor): Cifras {
  const revision = cargada.revisiones.get(productoId)!;
  const vigente = cargada.costos.get(productoId);
  const aTiempo = de.intentos.porProducto
    .get(productoId)!
    .find(({ intento }) => intento === revision.intento);
  const conTardias = de.intentos.conTardias.has(productoId) && aTiempo !== undefined;
  const contado = conTardias ? aTiempo.contado : revision.contado;
  const { lo, hi } = revision;
  const variacion =
    conTardias && lo !== null && hi !== null ? variacionProbada(contado, { lo, hi }) : revision.variacion;
  const unitario = vigente?.costo_unitario ?? null;
  return {
    intento: revision.intento,
    contado: texto(contado),
    teorico: revision.teorico === null ? null : texto(revision.teorico),
    lo: lo === null ? null : texto(lo),
    hi: hi === null ? null : texto(hi),
    instante: new Date(revision.instante).toISOString(),
    variacion: variacion === null ? null : texto(variacion),
    costoUnitario: costo(unitario),
    costoFuente: vigente?.fuente ?? 'sin_costo',
    valor:
      variacion === null || unitario === null
        ? null
        : pesos(importe(variacion, toDecimal(unitario, COSTO_ESCALA))),
  };
}

/** One product of the acta. It was counted in time. */
export function productoDelActa(
  cargada: RevisionCargada,
  producto: ProductoRow,
  de: Alrededor,
): ActaProducto {
  const { id } = producto;
  const resultado = cargada.resultados.get(id);
  const revision = cargada.revisiones.get(id);
  const cifras = resultado === undefined ? revisadas(cargada, id, de) : firmadas(resultado);
  const vueltas = de.intentos.porProducto.get(id) ?? [];
  const vale = vueltas.find(({ intento }) => intento === cifras.intento);
  const lineas = vale?.lineas ?? [];
  const nombre = (quien: string) => de.nombres.get(quien) ?? '';
  const cero = cargada.ceros.get(id);
  const asiento = resultado?.ajuste_id == null ? undefined : de.asientos.get(resultado.ajuste_id);
  const traslape = de.traslapes.get(id);
  return {
    productoId: id,
    codigo: producto.codigo,
    nombre: producto.nombre,
    unidad: producto.unidad,
    claseAbc: cargada.clases.get(id) ?? null,
    ...cifras,
    // The review goes on with what the ledger learns; what was decided does not.
    estado: resultado === undefined ? (revision?.estado ?? 'cuadra') : 'decidido',
    decision: resultado?.decision ?? null,
    ajusteId: resultado?.ajuste_id ?? null,
    aprobadoPor: resultado === undefined ? null : nombre(resultado.aprobado_por),
    aprobadoEn: resultado?.aprobado_en.toISOString() ?? null,
    motivo: de.motivos.get(id) ?? null,
    asentadoEn:
      resultado === undefined || asiento === undefined || asiento.getTime() === resultado.instante.getTime()
        ? null
        : asiento.toISOString(),
    intentos: intentosDelActa(cargada, vueltas, de.nombres, de.intentos.conTardias.has(id)),
    // One that yielded to a line was never needed.
    ceroDeclarado:
      cero === undefined || !lineas.some((linea) => linea.id === `cero:${id}`)
        ? null
        : { por: nombre(cero.por), en: new Date(cero.en).toISOString() },
    condiciones: Object.fromEntries(
      Object.entries(vale?.porCondicion ?? {})
        .filter(([condicion]) => condicion !== 'vendible')
        .map(([condicion, unidades]) => [condicion, texto(unidades)]),
    ),
    lotes: vale === undefined ? [] : lotesDe(cargada, vale),
    notas: vueltas
      .flatMap((vuelta) => vuelta.lineas)
      .flatMap((linea) => {
        const nota = cargada.notas.get(linea.id);
        return nota === undefined ? [] : [{ contador: nombre(linea.usuarioId), nota }];
      }),
    ubicacionesFaltantes:
      resultado === undefined
        ? (revision?.ubicacionesFaltantes ?? []).map((bin) => de.ubicaciones.get(bin) ?? '')
        : [],
    vacias: (de.vacias.get(id) ?? []).map((v) => ({
      ubicacion: v.codigo,
      motivo: v.motivo,
      por: nombre(v.por),
    })),
    traslape:
      traslape === undefined
        ? null
        : {
            decision: traslape.decision,
            de: traslape.usuario_id === null ? null : nombre(traslape.usuario_id),
            por: nombre(traslape.por),
          },
    relojDudoso: lineas.some((linea) => cargada.dudosas.has(linea.id)),
  };
}
