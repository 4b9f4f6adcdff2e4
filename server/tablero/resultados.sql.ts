import { sql } from 'kysely';
import { type Alcance, conAlcance, type Dias, esDelAlcance } from '#server/estadisticas/alcance.sql.ts';
import { enDias, ZONA } from '#server/estadisticas/conteos.sql.ts';
import type { Tx } from '#server/platform/db/db.ts';

export interface ResultadoRow {
  conteo_id: string;
  folio: string | null;
  producto_id: string;
  codigo: string;
  nombre: string;
  unidad: string;
  almacen: string;
  zona: string;
  fecha: string;
  contado: string;
  teorico: string;
  variacion: string;
  valor: string | null;
}
export interface TotalResultados {
  productos: number;
  exactos: number;
  diferencia: string;
}

/** The rows that `findExactitud` sums, by its own conditions; what differs by most pesos first. Under row-level security. */
export async function findResultadosContados(
  tx: Tx,
  f: Alcance & Dias,
  { zona, limite }: { zona: string | null; limite: number },
): Promise<{ total: TotalResultados; filas: ResultadoRow[] }> {
  const { rows } = await sql<{ total: TotalResultados; filas: ResultadoRow[] }>`
    ${conAlcance(f)}, x as materialized (
      select r.conteo_id, k.folio, r.producto_id, p.codigo, p.nombre, p.unidad, a.nombre as almacen,
             ${ZONA} as zona, (r.instante at time zone a.zona_horaria)::date::text as fecha,
             r.contado, r.teorico, r.variacion, r.valor
        from alm a
        join inventario.conteos k on k.almacen_id = a.id and k.proposito = 'conteo'
        join inventario.conteo_resultados r on r.conteo_id = k.id
        join inventario.productos p on p.id = r.producto_id
       where r.decision <> 'prueba' and r.teorico is not null
         and ${enDias(sql`(r.instante at time zone a.zona_horaria)::date`, f)} and ${esDelAlcance(f)}
    ), suyos as (select * from x where ${zona}::text is null or zona = ${zona}),
    primeros as (
      select * from suyos order by abs(valor) desc nulls last, (variacion = 0), codigo, conteo_id limit ${limite}
    )
    select (select jsonb_build_object('productos', count(*)::integer,
                     'exactos', (count(*) filter (where variacion = 0))::integer,
                     'diferencia', coalesce(sum(abs(valor)), 0)::numeric(18,2)::text) from suyos) as total,
           (select coalesce(jsonb_agg(jsonb_build_object('conteo_id', conteo_id, 'folio', folio, 'producto_id', producto_id,
                     'codigo', codigo, 'nombre', nombre, 'unidad', unidad, 'almacen', almacen, 'zona', zona, 'fecha', fecha,
                     'contado', contado::text, 'teorico', teorico::text, 'variacion', variacion::text, 'valor', valor::text)), '[]')
              from primeros) as filas`.execute(tx);
  return rows[0]!;
}
