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
    ${conAlcance(f)}, r as materialized (
      select c.conteo_id, k.folio, c.producto_id, c.intento, p.codigo, p.nombre, p.unidad, a.nombre as almacen,
             (c.instante at time zone a.zona_horaria)::date::text as fecha, c.contado, c.teorico, c.variacion, c.valor
        from alm a
        join inventario.conteos k on k.almacen_id = a.id and k.proposito = 'conteo'
        join inventario.conteo_resultados c on c.conteo_id = k.id
        join inventario.productos p on p.id = c.producto_id
       where c.decision <> 'prueba' and c.teorico is not null
         and ${enDias(sql`(c.instante at time zone a.zona_horaria)::date`, f)} and ${esDelAlcance(f)}
    ), suyos as materialized (select * from r where ${zona}::text is null or ${ZONA} = ${zona}),
    -- The zone is read from the lines: of the rows that are sent, unless it is what was asked for.
    primeros as (
      select r.*, ${ZONA} as zona
        from (select * from suyos order by abs(valor) desc nulls last, (variacion = 0), codigo, conteo_id limit ${limite}) r
    )
    select (select jsonb_build_object('productos', count(*)::integer,
                     'exactos', (count(*) filter (where variacion = 0))::integer,
                     'diferencia', coalesce(sum(abs(valor)), 0)::numeric(18,2)::text) from suyos) as total,
           (select coalesce(jsonb_agg(jsonb_build_object('conteo_id', conteo_id, 'folio', folio, 'producto_id', producto_id,
                     'codigo', codigo, 'nombre', nombre, 'unidad', unidad, 'almacen', almacen, 'zona', zona, 'fecha', fecha,
                     'contado', contado::text, 'teorico', teorico::text, 'variacion', variacion::text, 'valor', valor::text) order by abs(valor) desc nulls last, (variacion = 0), codigo, conteo_id), '[]')
              from primeros) as filas`.execute(tx);
  return rows[0]!;
}
