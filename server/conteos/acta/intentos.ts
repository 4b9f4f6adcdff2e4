import { conCeros } from '#shared/domain/ceros.ts';
import {
  type ContadoProducto,
  contadosPorIntento,
  cuentaParaLibro,
  type Linea,
} from '#shared/domain/conteo.ts';
import { CANTIDAD_ESCALA, type Cantidad, formatDecimal, toDecimal } from '#shared/domain/decimal.ts';
import { variacionProbada } from '#shared/domain/intervalo.ts';
import { tardiasDe } from '#shared/domain/tardias.ts';
import type { RevisionCargada } from '../carga-revision.ts';
import { limiteDe } from '../limite-tardias.ts';
import type { ActaProducto } from './forma.ts';

/** Attempts of each product from what had arrived when it was decided. */
export interface IntentosATiempo {
  readonly porProducto: ReadonlyMap<string, ContadoProducto[]>;
  /** Products that something arrived late for: their attempts differ from those of the review. */
  readonly conTardias: ReadonlySet<string>;
  readonly tardias: number;
}

/**
 * The review recomputes attempts from every line; an acta is of what was signed, so late lines and late voids of a
 * product stay out of its attempts too.
 */
export function intentosATiempo(cargada: RevisionCargada): IntentosATiempo {
  const { conteo, lineas, ligas, partesDe } = cargada;
  const ceros = [...cargada.ceros.values()];
  const cuenta = (unas: readonly Linea[]) =>
    contadosPorIntento(conCeros(unas, ligas, ceros, conteo.id, partesDe), ligas, {
      porEntregarEnLibro: conteo.descarga_al_entregar,
      partesDe,
    });
  const limite = limiteDe(conteo, cargada.resultados.values());
  const { productos, lineas: tardias } = tardiasDe(lineas, ligas, limite, partesDe);
  const porProducto = cuenta(lineas);
  const porCorte = new Map<number, Map<string, ContadoProducto[]>>();
  for (const productoId of productos.keys()) {
    const corte = limite(productoId) ?? Number.MAX_SAFE_INTEGER;
    let suyos = porCorte.get(corte);
    if (suyos === undefined) {
      suyos = cuenta(lineas.filter(({ recibidoEn }) => recibidoEn === null || recibidoEn <= corte));
      porCorte.set(corte, suyos);
    }
    const aTiempo = suyos.get(productoId);
    if (aTiempo === undefined) porProducto.delete(productoId);
    else porProducto.set(productoId, aTiempo);
  }
  return { porProducto, conTardias: new Set(productos.keys()), tardias };
}

const texto = (cantidad: Cantidad) => formatDecimal(cantidad, CANTIDAD_ESCALA);

function variacionDe(
  contado: Cantidad,
  revisada: { lo: Cantidad | null; hi: Cantidad | null } | undefined,
  firmado: { teorico: string | null; variacion: string } | undefined,
): string | null {
  if (firmado !== undefined) {
    return firmado.teorico === null ? null : texto(toDecimal(firmado.variacion, CANTIDAD_ESCALA));
  }
  if (revisada === undefined || revisada.lo === null || revisada.hi === null) return null;
  return texto(variacionProbada(contado, { lo: revisada.lo, hi: revisada.hi }));
}

/** The attempts of one product as the acta shows them, each with what each person counted. */
export function intentosDelActa(
  cargada: RevisionCargada,
  vueltas: readonly ContadoProducto[],
  nombres: ReadonlyMap<string, string>,
  conTardias: boolean,
): ActaProducto['intentos'] {
  const productoId = vueltas[0]?.productoId;
  const firmado = productoId === undefined ? undefined : cargada.resultados.get(productoId);
  const revisadas = productoId === undefined ? [] : (cargada.intentos.get(productoId) ?? []);
  const aprobado = firmado?.aprobado_en.getTime() ?? Number.POSITIVE_INFINITY;
  // Against the book as it was known then; where it learned more since, the other attempts have no figure any more.
  const tardios = (cargada.movimientos.get(productoId ?? '') ?? []).filter(
    (m) => m.conteo_id !== cargada.conteo.id && m.created_at.getTime() > aprobado,
  );
  const sabido = (instante: number) => tardios.every((m) => m.ocurrida_en.getTime() > instante);
  return vueltas.map((vuelta) => {
    const revisada = revisadas.find(({ intento }) => intento === vuelta.intento);
    const porPersona = new Map<string, Cantidad>();
    for (const linea of vuelta.lineas) {
      const suma = cuentaParaLibro(linea.condicion, cargada.conteo.descarga_al_entregar)
        ? linea.unidades
        : 0n;
      porPersona.set(linea.usuarioId, (porPersona.get(linea.usuarioId) ?? 0n) + suma);
    }
    const suyo = firmado?.intento === vuelta.intento ? firmado : undefined;
    // As signed; else as reviewed, where an overlap was settled; else the sum of what came in time.
    const contado =
      suyo !== undefined
        ? toDecimal(suyo.contado, CANTIDAD_ESCALA)
        : revisada === undefined || conTardias
          ? vuelta.contado
          : revisada.contado;
    return {
      intento: vuelta.intento,
      contado: texto(contado),
      instante: new Date(vuelta.instante).toISOString(),
      variacion: variacionDe(contado, sabido(vuelta.instante) ? revisada : undefined, suyo),
      contadores: [...porPersona].map(([id, unidades]) => ({
        nombre: nombres.get(id) ?? '',
        unidades: texto(unidades),
      })),
    };
  });
}
