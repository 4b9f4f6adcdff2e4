import type { Clock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import {
  CANTIDAD_ESCALA,
  COSTO_ESCALA,
  divideHalfEven,
  formatDecimal,
  importe,
  toDecimal,
} from '#shared/domain/decimal.ts';
import { clasificaAbc } from '#shared/domain/estadisticas/abc.ts';
import { clasificaXyz, SEMANAS_XYZ, variabilidad } from '#shared/domain/estadisticas/xyz.ts';
import { fechaLocal } from '#shared/domain/instante.ts';
import * as q from './mide.sql.ts';

/** Statements of the embedded database hold everything else up: never more products at once. */
const TRAMO = 1000;
const DIAS_RITMO = 90;
const DIA_MS = 86_400_000;

const enDias = (fecha: string): number => Math.floor(Date.parse(fecha) / DIA_MS);
/** Monday of a day's week, in days since 1970, which began on a Thursday. */
const lunesDe = (dia: number): number => dia - ((dia + 3) % 7);
const aFecha = (dia: number): string => new Date(dia * DIA_MS).toISOString().slice(0, 10);

/**
 * Measures costs, paces, classes ABC and XYZ and last counts of every product with movements, of one almacén or of all. Does
 * the same however often it is called. A class that a person fixed stays.
 */
export async function measureAlmacenes(
  db: Db,
  clock: Clock,
  almacenId: string | null,
  signal?: AbortSignal,
): Promise<{ almacenes: number; productos: number }> {
  const almacenes = await db.asService((tx) => q.findAlmacenesPorMedir(tx, almacenId));
  let productos = 0;
  for (const almacen of almacenes) productos += await measureAlmacen(db, clock.now(), almacen, signal);
  return { almacenes: almacenes.length, productos };
}

async function measureAlmacen(
  db: Db,
  ahora: Date,
  almacen: q.AlmacenPorMedir,
  signal: AbortSignal | undefined,
): Promise<number> {
  const hoy = fechaLocal(ahora.getTime(), almacen.zona_horaria);
  const lunes = lunesDe(enDias(hoy));
  const ids = await db.asService((tx) => q.findProductosPorMedir(tx, almacen.id));
  const pasados: q.PasadoRow[] = [];
  for (let desde = 0; desde < ids.length; desde += TRAMO) {
    signal?.throwIfAborted();
    const tramo = {
      almacenId: almacen.id,
      productoIds: ids.slice(desde, desde + TRAMO),
      ahora,
      hoy,
      lunes: aFecha(lunes),
      semanas: SEMANAS_XYZ,
    };
    pasados.push(...(await db.asService((tx) => q.findPasado(tx, tramo), { readOnly: true })));
  }
  const umbrales = { a: almacen.umbral_a, b: almacen.umbral_b };
  const ventas = clasificaAbc(
    pasados.map((p) => ({ id: p.producto_id, valor: toDecimal(p.venta_neta, 2) })),
    umbrales,
  );
  const existencia = clasificaAbc(
    pasados.map((p) => ({ id: p.producto_id, valor: valorDe(p) })),
    umbrales,
  );
  const medidas = pasados.map((p): q.MedidaNueva => {
    const primero = p.primer_movimiento === null ? null : enDias(p.primer_movimiento);
    const semanas = primero === null ? 0 : Math.min(SEMANAS_XYZ, (lunes - lunesDe(primero)) / 7);
    const variacion = variabilidad(semanas, p.suma, p.cuadrados);
    const [abcVentas, abcExistencia] = [ventas.get(p.producto_id)!, existencia.get(p.producto_id)!];
    return {
      producto_id: p.producto_id,
      costo_unitario: p.costo_unitario,
      costo_fuente: p.costo_fuente,
      venta_neta: p.venta_neta,
      venta_diaria: ritmo(p.vendidas, primero === null ? DIAS_RITMO : enDias(hoy) - primero + 1),
      semanas,
      variabilidad: variacion === null ? null : Math.min(variacion, 99_999),
      abc_ventas: abcVentas,
      abc_existencia: abcExistencia,
      xyz: clasificaXyz(variacion),
      primer_movimiento: p.primer_movimiento,
      ultima_venta: p.ultima_venta,
      ultimo_conteo: p.ultimo_conteo,
      conteos: p.conteos,
      conteos_mal: p.conteos_mal,
      clase_abc: almacen.abc_por === 'ventas' ? abcVentas : abcExistencia,
    };
  });
  for (let desde = 0; desde < medidas.length; desde += TRAMO) {
    signal?.throwIfAborted();
    await db.asService((tx) => q.upsertMedidas(tx, almacen.id, ahora, medidas.slice(desde, desde + TRAMO)));
  }
  await db.asService((tx) => q.deleteMedidasViejas(tx, almacen.id, ahora));
  return medidas.length;
}

/** Stock at cost, centavos; what is missing, or has no cost, is worth nothing here. */
function valorDe({ existencia, costo_unitario }: q.PasadoRow): bigint {
  if (costo_unitario === null) return 0n;
  return importe(toDecimal(existencia, CANTIDAD_ESCALA), toDecimal(costo_unitario, COSTO_ESCALA));
}

/** Units a day over 90 days, or since the first movement; what customers gave back beyond what was sold is no pace. */
function ritmo(vendidas: string, edad: number): string {
  const unidades = toDecimal(vendidas, CANTIDAD_ESCALA);
  if (unidades <= 0n) return '0';
  return formatDecimal(
    divideHalfEven(unidades, BigInt(Math.max(1, Math.min(DIAS_RITMO, edad)))),
    CANTIDAD_ESCALA,
  );
}
