import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import { preparaSumas } from './alcance.sql.ts';
import { type Cifras, conCifras, type FiltroCifras, SUMA_CIFRAS } from './cifras.sql.ts';

export interface GrupoRow extends Cifras {
  clave: string;
  nombre: string;
}
export type Grupo = 'tienda' | 'almacen' | 'categoria' | 'tipo' | 'mes' | 'semana' | 'dia';

/** Days and weeks are read from the ledger: the sums know months only. More than this would be no chart anyway. */
const DIAS_MAXIMOS = 400;

const TEXTO = sql`movimientos, unidades, importe::text as importe, neto::text as neto, costo::text as costo, margen::text as margen,
  neto_con_costo::text as neto_con_costo, sin_costo`;

/** The figures by group, under row-level security; by time the earliest first, else the most pesos first. */
export async function findGrupos(tx: Tx, f: FiltroCifras, por: Grupo): Promise<GrupoRow[]> {
  await preparaSumas(tx);
  if (por === 'semana' || por === 'dia') return findPorDias(tx, f, por);
  if (por === 'tipo') return findPorTipo(tx, f);
  const mes = por === 'mes';
  const de = {
    tienda: sql`select x.*, a.tienda_id::text as k, s.nombre as n from cifras x join inventario.almacenes a on a.id = x.almacen_id join inventario.tiendas s on s.id = a.tienda_id`,
    almacen: sql`select x.*, a.id::text as k, a.nombre as n from cifras x join inventario.almacenes a on a.id = x.almacen_id`,
    categoria: sql`select x.*, coalesce(c.id::text, '') as k, coalesce(c.nombre, 'Sin categoría') as n from cifras x join inventario.productos p on p.id = x.producto_id left join inventario.categorias c on c.id = p.categoria_id`,
    mes: sql`select x.*, x.g as k, x.g as n from cifras x`,
  }[por];
  const { rows } = await sql<GrupoRow>`
    ${conCifras(f, mes ? sql`to_char(cuando, 'YYYY-MM-01')` : undefined)}, con as (${de}),
    por as (select k as clave, n as nombre, ${SUMA_CIFRAS} from con group by k, n)
    select clave, nombre, ${TEXTO} from por
     order by ${mes ? sql`clave` : sql`por.importe desc, nombre`}`.execute(tx);
  return rows;
}

/** Each kind in its own units and pesos, so one question a kind. */
async function findPorTipo(tx: Tx, f: FiltroCifras): Promise<GrupoRow[]> {
  const tipos =
    f.tipo === null ? ['venta', 'compra', 'devolucion', 'ajuste', 'transferencia', 'inventario'] : [f.tipo];
  const grupos: GrupoRow[] = [];
  for (const tipo of tipos) {
    const { rows } = await sql<GrupoRow>`
      ${conCifras({ ...f, tipo })}, por as (select ${SUMA_CIFRAS} from cifras)
      select ${tipo}::text as clave, ${tipo}::text as nombre, ${TEXTO} from por where movimientos is not null`.execute(
      tx,
    );
    grupos.push(...rows);
  }
  return grupos;
}

async function findPorDias(tx: Tx, f: FiltroCifras, por: 'semana' | 'dia'): Promise<GrupoRow[]> {
  const { rows: fin } = await sql<{ hasta: string; desde: string }>`
    select x.hasta::text as hasta, greatest(${f.desde}::date, x.hasta - ${DIAS_MAXIMOS}::integer)::text as desde
      from (select least(${f.hasta}::date, max(ultima)) as hasta from inventario.movimientos_mes) x
     where x.hasta is not null`.execute(tx);
  const rango = fin[0];
  if (rango === undefined) return [];
  // A month's sum cannot be taken apart: every day of the range as a loose one.
  const grupo =
    por === 'dia'
      ? sql`to_char(cuando, 'YYYY-MM-DD')`
      : sql`to_char(date_trunc('week', cuando::timestamp), 'YYYY-MM-DD')`;
  const { rows } = await sql<GrupoRow>`
    ${conCifras({ ...f, ...rango, sueltos: true }, grupo)}, por as (select g as clave, g as nombre, ${SUMA_CIFRAS} from cifras group by g)
    select clave, nombre, ${TEXTO} from por order by clave`.execute(tx);
  return rows;
}
