import type { Tx } from '#server/platform/db/db.ts';
import { fusionIds } from '#shared/domain/ajuste-id.ts';
import { pliegaCodigo } from '#shared/domain/busqueda.ts';
import { decimalCorto } from '#shared/domain/catalogo/campo.ts';
import {
  instanteDeFusion,
  type PasoCodigo,
  paresDe,
  pasosDeCodigos,
} from '#shared/domain/catalogo/fusion.ts';
import { CANTIDAD_ESCALA, formatDecimal, toDecimal } from '#shared/domain/decimal.ts';
import { AppError } from '#shared/errores.ts';
import * as sql from './fusion.sql.ts';

/** Both products, taken for this transaction. Throws FUSION_MISMO, NO_ENCONTRADO, FUSION_NO_VIGENTE, FUSION_UNIDADES, FUSION_JUEGO. */
export async function ambosVigentes(
  tx: Tx,
  origenId: string,
  destinoId: string,
): Promise<{ origen: sql.ProductoDeFusion; destino: sql.ProductoDeFusion }> {
  if (origenId === destinoId) throw new AppError('FUSION_MISMO');
  const filas = await sql.lockAmbos(tx, [origenId, destinoId]);
  const [origen, destino] = [origenId, destinoId].map((id) => filas.find((f) => f.id === id));
  if (origen === undefined || destino === undefined) throw new AppError('NO_ENCONTRADO');
  if (origen.fusionadoEn !== null) throw new AppError('FUSION_NO_VIGENTE', { codigo: origen.codigo });
  if (destino.fusionadoEn !== null || !destino.isActive)
    throw new AppError('FUSION_NO_VIGENTE', { codigo: destino.codigo });
  if (
    pliegaCodigo(origen.unidad) !== pliegaCodigo(destino.unidad) ||
    origen.decimales !== destino.decimales
  ) {
    const como = (p: sql.ProductoDeFusion) =>
      p.decimales === 0 ? p.unidad : `${p.unidad} con ${p.decimales} decimales`;
    throw new AppError('FUSION_UNIDADES', { origen: como(origen), destino: como(destino) });
  }
  if (origen.esJuego !== destino.esJuego || origen.esServicio !== destino.esServicio)
    throw new AppError('FUSION_JUEGO');
  return { origen, destino };
}

export interface PlanAlmacen extends sql.AlmacenDeFusion {
  /** When the stock passes; null: a conteo under way has to be decided first. */
  en: Date | null;
}

export async function planAlmacenes(
  tx: Tx,
  origenId: string,
  destinoId: string,
  ahora: Date,
): Promise<PlanAlmacen[]> {
  const almacenes = await sql.selectAlmacenes(tx, origenId, destinoId);
  return almacenes.map((a) => {
    const en = instanteDeFusion({
      ahora: ahora.getTime(),
      primeraLinea: a.primeraLinea?.getTime() ?? null,
      ultimaBase: a.ultimaBase?.getTime() ?? null,
      cerradoHasta: a.cerradoHasta?.getTime() ?? null,
      ultimoMovimiento: a.ultimoMovimiento?.getTime() ?? null,
    });
    return { ...a, en: en === null ? null : new Date(en) };
  });
}

export function planCodigos(
  codigos: readonly sql.CodigoDe[],
  origenId: string,
  destinoId: string,
): PasoCodigo[] {
  const de = (id: string) => codigos.filter((c) => c.productoId === id);
  const activos = new Set(codigos.filter((c) => c.isActive).map((c) => c.id));
  // A code that the origin no longer uses passes on as it is; it never clashes.
  return pasosDeCodigos(de(origenId), de(destinoId), (a, b) => decimalCorto(a) === decimalCorto(b)).map(
    (paso) => (paso.paso === 'choca' && !activos.has(paso.id) ? { ...paso, paso: 'sobra' as const } : paso),
  );
}

/** The movements of one almacén: out of the origin, into the destination, at the instant and at each later movement. */
export async function renglonesDe(
  tx: Tx,
  f: { id: string; por: string; referencia: string; origenId: string; destinoId: string },
  a: PlanAlmacen & { en: Date },
): Promise<sql.Renglon[]> {
  if (a.origenMovimientos === 0) return [];
  const cantidad = (texto: string) => toDecimal(texto, CANTIDAD_ESCALA);
  const texto = (n: bigint) => formatDecimal(n, CANTIDAD_ESCALA);
  const habia = cantidad(await sql.selectTeorico(tx, f.origenId, a.almacenId, a.en));
  const despues = (await sql.selectMovimientosDespues(tx, f.origenId, a.almacenId, a.en)).map((m) => ({
    en: m.en.getTime(),
    efecto: cantidad(m.efecto),
  }));
  // A destination that never was in this almacén takes over what was counted, not only what moved.
  const estrena = a.origenBase && a.destinoMovimientos === 0;
  const fila = (
    id: string,
    lado: 'salida' | 'entrada',
    cuanto: bigint,
    en: number,
    traspaso: string | null,
  ): sql.Renglon => ({
    id,
    producto_id: lado === 'salida' ? f.origenId : f.destinoId,
    almacen_id: a.almacenId,
    tipo: traspaso === null ? 'inventario' : 'transferencia',
    subtipo: traspaso === null ? null : lado,
    cantidad: texto(cuanto),
    ocurrida_en: new Date(en).toISOString(),
    traspaso_id: traspaso,
    reversa_de: null,
    referencia: f.referencia,
    origen: `fusion:${f.id}`,
    origen_id: id,
    user_id: f.por,
  });
  const filas = paresDe(a.en.getTime(), habia, despues).flatMap((par, n) => {
    const ids = fusionIds(f.id, a.almacenId, n);
    const primero = estrena && par.en === a.en.getTime() && n === 0 && habia !== 0n;
    return [
      fila(ids.salida, 'salida', -par.cantidad, par.en, ids.traspaso),
      fila(ids.entrada, 'entrada', par.cantidad, par.en, primero ? null : ids.traspaso),
    ];
  });
  if (estrena && habia === 0n) {
    filas.unshift(fila(fusionIds(f.id, a.almacenId, 'base').entrada, 'entrada', 0n, a.en.getTime(), null));
  }
  return filas;
}
