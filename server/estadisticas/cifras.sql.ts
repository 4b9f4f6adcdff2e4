import { type RawBuilder, sql } from 'kysely';
import {
  type Alcance,
  conAlcance,
  type Dias,
  esDelAlcance,
  filasMovidas,
  sumaDeUnidades,
  sumaDeVenta,
} from './alcance.sql.ts';

export interface FiltroCifras extends Alcance, Dias {
  readonly tipo: string | null;
}

/** Texts: jsonb would carry numbers as doubles. */
export interface Cifras {
  movimientos: number;
  unidades: string;
  importe: string;
  neto: string;
  costo: string | null;
  margen: string | null;
  neto_con_costo: string;
  sin_costo: string;
}

/** Kinds whose pesos are a sale's, so that cost and margin say something. */
const SE_VENDE = (tipo: string | null): boolean => tipo === null || tipo === 'venta';

/** What a price of product `p` is divided by to be net. */
export const TASA = sql`case when p.precio_con_iva and p.iva_tasa = '16' then 1.16 when p.precio_con_iva and p.iva_tasa = '8' then 1.08 else 1.00 end`;

/**
 * `cifras (producto_id, almacen_id, …)`: the figures of each product and almacén of the question. Prices: the movement's, else the catalogue's. Net: less the tax written down, else by the product's rate. Cost: of the
 * movement itself, else the unit cost in force when it was measured last; what has neither is in `sin_costo` and in no margin.
 */
export function conCifras(f: FiltroCifras): RawBuilder<unknown> {
  const s = (columna: string) => sumaDeVenta(columna, f.tipo);
  const vende = SE_VENDE(f.tipo);
  return sql`${conAlcance(f)}, filas as (${filasMovidas(f)}
    ), sumas as (
      select producto_id, almacen_id, sum(movimientos) as movimientos, ${sumaDeUnidades(f.tipo)} as unidades,
             ${s('importe')} as importe, ${s('impuesto')} as impuesto, ${s('sin_impuesto')} as sin_impuesto,
             ${s('sin_precio')} as sin_precio, ${s('unidades')} as vendidas, ${s('costo')} as costo, ${s('con_costo')} as con_costo,
             min(primera) as primera, max(ultima) as ultima
        from filas group by producto_id, almacen_id
    ), cifras as (
      select coalesce(p.fusionado_en, p.id) as producto_id, x.almacen_id, a.tienda_id, x.movimientos, x.unidades, x.primera, x.ultima,
             x.importe + q.supuesto as importe, n.neto,
             case when ${vende} and q.conocidas <> 0 then x.costo + q.faltan * coalesce(m.costo_unitario, 0) end as costo,
             case when not ${vende} or x.vendidas = 0 then 0 when q.conocidas = x.vendidas then n.neto
                  else n.neto * q.conocidas / x.vendidas end as neto_con_costo,
             case when ${vende} then x.vendidas - q.conocidas else 0 end as sin_costo
        from sumas x
        join alm a on a.id = x.almacen_id
        join inventario.productos p on p.id = x.producto_id
        left join inventario.producto_medidas m on m.producto_id = x.producto_id and m.almacen_id = x.almacen_id
       cross join lateral (
         select case when ${vende} then x.sin_precio * p.precio else 0 end as supuesto,
                ${TASA} as tasa,
                x.vendidas - x.con_costo as faltan,
                case when m.costo_unitario is null then x.con_costo else x.vendidas end as conocidas) q
       cross join lateral (
         select x.importe - x.impuesto - x.sin_impuesto
                + case when x.sin_impuesto + q.supuesto = 0 then 0 else (x.sin_impuesto + q.supuesto) / q.tasa end as neto) n
       where ${esDelAlcance(f)}
    )`;
}

/** The figures of a group, each rounded once. */
export const SUMA_CIFRAS = sql`sum(movimientos)::integer as movimientos, sum(unidades) as unidades,
  round(sum(importe), 2) as importe, round(sum(neto), 2) as neto, round(sum(costo), 2) as costo,
  round(sum(neto_con_costo), 2) as neto_con_costo, round(sum(neto_con_costo), 2) - round(sum(costo), 2) as margen,
  sum(sin_costo) as sin_costo`;

/** The columns of `Cifras` from a row `f` of those. */
export const TEXTO_CIFRAS = sql`f.movimientos, f.unidades::numeric(18,5)::text as unidades, f.importe::text as importe, f.neto::text as neto,
  f.costo::text as costo, f.margen::text as margen, f.neto_con_costo::text as neto_con_costo, f.sin_costo::numeric(18,5)::text as sin_costo`;
