import type { Claims, Db } from '#server/platform/db/db.ts';
import type {
  EstadisticaGrupos,
  EstadisticaProductos,
  PideGrupos,
  PideProductos,
} from '#shared/contracts/estadisticas.ts';
import { CANTIDAD_ESCALA, divideHalfEven, formatDecimal, toDecimal } from '#shared/domain/decimal.ts';
import { fraseDeGrupos, fraseDeMovimientos } from '#shared/domain/estadisticas/frases.ts';
import { tantoPorCiento } from '#shared/domain/estadisticas/partes.ts';
import type { Cifras } from './cifras.sql.ts';
import { corta, leeCursor } from './cursor.ts';
import { findGrupos } from './grupos.sql.ts';
import { findProductos } from './productos.sql.ts';

const NUMERO = /^-?\d{1,40}(\.\d{1,20})?$/;
const UUID = /^[0-9a-f-]{36}$/;

/** Pesos without what the database's arithmetic left behind the cents. */
export const pesos = (texto: string): string => formatDecimal(toDecimal(texto, 2), 2, { minDecimales: 2 });
export const cantidad = (texto: string): string =>
  formatDecimal(toDecimal(texto, CANTIDAD_ESCALA), CANTIDAD_ESCALA);

function aCifras(c: Cifras) {
  const sinMargen = c.costo === null || c.margen === null;
  return {
    movimientos: c.movimientos,
    unidades: cantidad(c.unidades),
    importe: pesos(c.importe),
    neto: pesos(c.neto),
    costo: c.costo === null ? null : pesos(c.costo),
    margen: sinMargen ? null : pesos(c.margen!),
    margenPct: sinMargen ? null : tantoPorCiento(toDecimal(c.margen!, 2), toDecimal(c.neto_con_costo, 2)),
    sinCosto: cantidad(c.sin_costo),
  };
}

function promedio(unidades: string, movimientos: number): string {
  if (movimientos <= 0) return '0';
  return formatDecimal(
    divideHalfEven(toDecimal(unidades, CANTIDAD_ESCALA), BigInt(movimientos)),
    CANTIDAD_ESCALA,
  );
}

/** The plan's statistics by product, of what the person may see: units, pesos, net of IVA, cost and margin. */
export async function measureProductos(
  db: Db,
  claims: Claims,
  pide: PideProductos,
): Promise<EstadisticaProductos> {
  const cursor = leeCursor(pide.cursor, pide.orden === 'codigo' ? undefined : NUMERO);
  if (cursor !== null && !UUID.test(cursor.id)) leeCursor('');
  const { total, filas } = await db.withUser(
    claims,
    (tx) => findProductos(tx, pide, { orden: pide.orden, dir: pide.dir, cursor, limite: pide.limite }),
    { readOnly: true },
  );
  const { pagina, siguiente } = corta(filas, pide.limite, (f) => ({ clave: f.clave, id: f.producto_id }));
  const suma = { productos: total.productos, ...aCifras(total) };
  return {
    frase: fraseDeMovimientos(pide, suma),
    total: suma,
    filas: pagina.map((f) => ({
      productoId: f.producto_id,
      codigo: f.codigo,
      nombre: f.nombre,
      unidad: f.unidad,
      categoria: f.categoria,
      precio: pesos(f.precio),
      promedio: promedio(f.unidades, f.movimientos),
      tiendas: f.tiendas,
      primera: f.primera,
      ultima: f.ultima,
      ...aCifras(f),
    })),
    siguiente,
  };
}

/** The same figures by shop, category, kind or time. */
export async function measureGrupos(db: Db, claims: Claims, pide: PideGrupos): Promise<EstadisticaGrupos> {
  const rows = await db.withUser(claims, (tx) => findGrupos(tx, pide, pide.por), { readOnly: true });
  const filas = rows.map((f) => ({ clave: f.clave, nombre: f.nombre, ...aCifras(f) }));
  return { frase: fraseDeGrupos(pide, filas), filas };
}
