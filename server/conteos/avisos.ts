import {
  type AvisoAprobacion,
  type Avisos,
  avisosDelConteo,
  avisosDelProducto,
} from '#shared/domain/aprobacion.ts';
import { DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { mensajeDe } from '#shared/errores.ts';
import type { Quien } from './acceso-conteo.ts';
import { codigosSinLigar, type RevisionCargada } from './carga-revision.ts';
import type { ParteRow } from './revision.sql.ts';

/** What the phones of the counters last said; null when nobody asked. */
export interface EquipoVisto {
  nombre: string;
  usuario: string | null;
  visto: string | null;
  sinEnviar: number;
}

export function aprobadorDe(quien: Quien) {
  return {
    usuarioId: quien.id,
    rol: quien.rol,
    limite: quien.limiteAjuste === null ? null : toDecimal(quien.limiteAjuste, DINERO_ESCALA),
  };
}

/** The sentence of a warning or block. */
export function aviso({ code, data }: AvisoAprobacion): { code: string; mensaje: string } {
  return { code, mensaje: mensajeDe(code, data) };
}

/** Blocks and warnings of the whole conteo for this person. */
export function avisosGenerales(
  cargada: RevisionCargada,
  quien: Quien,
  partes: readonly ParteRow[],
  equipos: readonly EquipoVisto[],
  nombres: ReadonlyMap<string, string>,
): Avisos {
  const { conteo } = cargada;
  const instantes = [...cargada.contados.values()].map((c) => c.instante);
  return avisosDelConteo({
    aprobador: aprobadorDe(quien),
    estado: conteo.estado as 'abierto',
    lineasSinLigar: codigosSinLigar(cargada).length,
    noCuentan: cargada.noCuentan.map(({ codigo, nombre }) => `${codigo} ${nombre}`),
    partes: partes.map((parte) => ({
      nombre: nombres.get(parte.usuario_id) ?? '',
      terminada: parte.terminada_en !== null,
      lineasDichas: parte.lineas,
      lineasRecibidas: parte.recibidas,
    })),
    equipos: equipos.map((equipo) => ({
      nombre: equipo.usuario ?? equipo.nombre,
      sinEnviar: equipo.sinEnviar,
    })),
    movimientosHasta: conteo.movimientos_hasta?.getTime() ?? null,
    ultimoInstante: instantes.length === 0 ? conteo.abierto_en.getTime() : Math.max(...instantes),
    zona: conteo.zona_horaria,
  });
}

/** Blocks and warnings of one product for this person. */
export function avisosDe(cargada: RevisionCargada, quien: Quien, productoId: string): Avisos {
  const revision = cargada.revisiones.get(productoId)!;
  const movimientos = cargada.movimientos.get(productoId) ?? [];
  const ajenos = movimientos.filter((m) => m.conteo_id !== cargada.conteo.id);
  const otro = cargada.posteriores.get(productoId);
  return avisosDelProducto({
    aprobador: aprobadorDe(quien),
    revision,
    contaron: [...(cargada.contaron.get(productoId) ?? []), ...quienPusoCero(cargada, productoId)],
    intentosDifieren: cargada.veredictos.get(productoId)?.estado === 'desacuerdo',
    recuentoPendiente: cargada.recuentosPendientes.has(productoId),
    abiertoEn: cargada.conteo.abierto_en.getTime(),
    manuales: ajenos.flatMap((m) =>
      m.origen === 'manual' && m.user_id !== null
        ? [{ usuarioId: m.user_id, ocurridaEn: m.ocurrida_en.getTime(), createdAt: m.created_at.getTime() }]
        : [],
    ),
    posteriores: [
      ...(otro === undefined ? [] : [{ tipo: 'conteo' as const, instante: otro.instante.getTime() }]),
      ...ajenos
        .filter((m) => m.tipo === 'inventario')
        .map((m) => ({ tipo: 'base' as const, instante: m.ocurrida_en.getTime() })),
    ],
    zona: cargada.conteo.zona_horaria,
  });
}

/** A declared zero counts as counting where approving it would post something; where the book agrees it posts nothing. */
function quienPusoCero(cargada: RevisionCargada, productoId: string): string[] {
  const cero = cargada.ceros.get(productoId);
  const efecto = cargada.revisiones.get(productoId)?.efecto;
  return cero !== undefined && (efecto === 'ajuste' || efecto === 'base') ? [cero.por] : [];
}
