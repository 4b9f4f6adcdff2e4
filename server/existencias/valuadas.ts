import type { Claims, Db } from '#server/platform/db/db.ts';
import type { ExistenciasValuadas } from '#shared/contracts/valuadas.ts';
import {
  CANTIDAD_ESCALA,
  type Centavos,
  COSTO_ESCALA,
  DINERO_ESCALA,
  formatDecimal,
  toDecimal,
} from '#shared/domain/decimal.ts';
import { totalesPorAlmacen, totalesVacios, valorDe } from '#shared/domain/valuacion.ts';
import { type FiltroValuadas, findAlmacenes, findValuadas } from './valuadas.sql.ts';

const pesosTexto = (centavos: Centavos) => formatDecimal(centavos, DINERO_ESCALA, { minDecimales: 2 });

/** Stock at an instant, valued, with the totals of each almacén. Empty for a role that may not see it. */
export async function valueExistencias(
  db: Db,
  claims: Claims,
  filtro: FiltroValuadas,
): Promise<ExistenciasValuadas> {
  const { almacenes, rows } = await db.withUser(
    claims,
    async (tx) => ({ almacenes: await findAlmacenes(tx, filtro), rows: await findValuadas(tx, filtro) }),
    { readOnly: true, isolation: 'repeatable read' },
  );
  const filas = rows.map((row) => ({
    row,
    almacenId: row.almacen_id,
    cantidad: toDecimal(row.cantidad, CANTIDAD_ESCALA),
    tieneBase: row.tiene_base,
    costo: row.costo_unitario === null ? null : toDecimal(row.costo_unitario, COSTO_ESCALA),
  }));
  const totales = totalesPorAlmacen(filas);
  return {
    almacenes: almacenes.map((a) => {
      const t = totales.get(a.id) ?? totalesVacios();
      return {
        id: a.id,
        codigo: a.codigo,
        nombre: a.nombre,
        tipo: a.tipo,
        tienda: a.tienda,
        zonaHoraria: a.zona_horaria,
        al: a.al.toISOString(),
        totales: { ...t, valor: pesosTexto(t.valor), valorNegativos: pesosTexto(t.valorNegativos) },
      };
    }),
    filas: filas.map(({ row, ...existente }) => {
      const valor = valorDe(existente);
      return {
        productoId: row.producto_id,
        codigo: row.codigo,
        nombre: row.nombre,
        unidad: row.unidad,
        almacenId: row.almacen_id,
        cantidad: row.cantidad,
        tieneBase: row.tiene_base,
        costo:
          existente.costo === null ? null : formatDecimal(existente.costo, COSTO_ESCALA, { minDecimales: 2 }),
        fuente: row.fuente,
        valor: valor === null ? null : pesosTexto(valor),
      };
    }),
  };
}
