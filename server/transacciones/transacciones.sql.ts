import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import { productosDe } from '#server/productos/busca.sql.ts';

export interface TransaccionRow {
  id: string;
  codigo: string;
  nombre: string;
  almacen: string;
  tipo: string;
  subtipo: string | null;
  cantidad: string;
  efecto: string;
  precio: string | null;
  costo_unitario: string | null;
  costo_fuente: string | null;
  fecha: string;
  ocurrida_en: Date;
  /** The same with its microseconds, ISO in UTC: what a next page begins after. */
  ocurrida_en_micros: string;
  precision: string;
  referencia: string | null;
  notas: string | null;
  conteo_id: string | null;
  origen: string | null;
  origen_id: string | null;
  created_at: Date;
}

export interface FiltroTransacciones {
  /** What a code may be written as (`lookupKeys`). */
  claves: readonly string[] | null;
  productoId: string | null;
  almacen: string | null;
  tipo: string | null;
  conteo: string | null;
  desde: Date | null;
  hasta: Date | null;
  despues: { ocurridaEn: string; id: string } | null;
  limite: number;
}

/** Movements, newest first by (ocurrida_en, id), under row-level security. */
export async function findTransacciones(tx: Tx, f: FiltroTransacciones): Promise<TransaccionRow[]> {
  const { rows } = await sql<TransaccionRow>`
    select t.id, p.codigo, p.nombre, a.codigo as almacen, t.tipo, t.subtipo, t.cantidad, t.efecto, t.precio,
           t.costo_unitario, t.costo_fuente, t.fecha, t.ocurrida_en,
           to_char(t.ocurrida_en at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as ocurrida_en_micros,
           t.precision, t.referencia, t.notas, t.conteo_id, t.origen, t.origen_id, t.created_at
      from inventario.transacciones t
      join inventario.productos p on p.id = t.producto_id
      join inventario.almacenes a on a.id = t.almacen_id
     where (${f.claves === null} or t.producto_id in (${productosDe(f.claves ?? [])}))
       and (${f.productoId}::uuid is null or t.producto_id = ${f.productoId}::uuid)
       and (${f.almacen}::text is null or a.codigo = ${f.almacen})
       and (${f.tipo}::text is null or t.tipo = ${f.tipo})
       and (${f.conteo}::uuid is null or t.conteo_id = ${f.conteo}::uuid)
       and (${f.desde}::timestamptz is null or t.ocurrida_en >= ${f.desde}::timestamptz)
       and (${f.hasta}::timestamptz is null or t.ocurrida_en <= ${f.hasta}::timestamptz)
       and (${f.despues?.id ?? null}::uuid is null
            or (t.ocurrida_en, t.id) < (${f.despues?.ocurridaEn ?? null}::timestamptz, ${f.despues?.id ?? null}::uuid))
     order by t.ocurrida_en desc, t.id desc
     limit ${f.limite}`.execute(tx);
  return rows;
}

/** Ids of products by their own code. */
export async function findProductoIds(tx: Tx, codigos: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ codigo: string; id: string }>`
    select codigo, id from inventario.productos where codigo = any(${codigos as string[]}::text[])`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.codigo, row.id]));
}

/** Almacenes by code that this person sees. */
export async function findAlmacenIds(tx: Tx, codigos: readonly string[]) {
  const { rows } = await sql<{ codigo: string; id: string; tienda_id: string; zona_horaria: string }>`
    select a.codigo, a.id, a.tienda_id, t.zona_horaria from inventario.almacenes a
      join inventario.tiendas t on t.id = a.tienda_id
     where a.is_active and a.codigo = any(${codigos as string[]}::text[])`.execute(tx);
  return new Map(rows.map((row) => [row.codigo, row]));
}

export interface MovimientoNuevo {
  id: string;
  /** The product's own code, for sentences. */
  codigo: string;
  producto_id: string;
  almacen_id: string;
  tienda_id: string;
  tipo: string;
  subtipo: string | null;
  cantidad: string;
  precio: string | null;
  costo_unitario: string | null;
  total: string | null;
  ocurrida_en: string;
  precision: 'instante' | 'dia';
  orden: number;
  referencia: string | null;
  notas: string | null;
  origen: string;
  origen_id: string;
  user_id: string;
  created_at: string;
}

const FILAS = sql`
  x(id uuid, producto_id uuid, almacen_id uuid, tienda_id uuid, tipo text, subtipo text, cantidad numeric, precio numeric,
    costo_unitario numeric, total numeric, ocurrida_en timestamptz, precision text, orden smallint, referencia text, notas text, origen text,
    origen_id text, user_id uuid, created_at timestamptz)`;

/** Posts movements; those whose id or (origen, origen_id) is there already are left as they are. Returns the new ids. */
export async function insertTransacciones(tx: Tx, filas: readonly MovimientoNuevo[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    insert into inventario.transacciones (id, producto_id, almacen_id, tienda_id, tipo, subtipo, cantidad, precio,
                                          costo_unitario, total, ocurrida_en, precision, orden, fecha, referencia, notas, origen, origen_id,
                                          user_id, created_at)
    select x.id, x.producto_id, x.almacen_id, x.tienda_id, x.tipo, x.subtipo, x.cantidad, x.precio, x.costo_unitario,
           x.total, x.ocurrida_en, x.precision, x.orden, (x.ocurrida_en at time zone 'UTC')::date, x.referencia, x.notas, x.origen,
           x.origen_id, x.user_id, x.created_at
      from jsonb_to_recordset(${JSON.stringify(filas)}::jsonb) as ${FILAS}
     order by x.producto_id, x.almacen_id
    on conflict do nothing
    returning id`.execute(tx);
  return rows.map((row) => row.id);
}

/**
 * Of movements that were not inserted, the id under which each is there, by the id that was asked for. One that says
 * something else, or that this person doesn't see, is absent.
 */
export async function findYaRegistradas(
  tx: Tx,
  filas: readonly MovimientoNuevo[],
): Promise<Map<string, string>> {
  if (filas.length === 0) return new Map();
  const { rows } = await sql<{ pedida: string; hallada: string }>`
    select x.id as pedida, y.hallada
      from jsonb_to_recordset(${JSON.stringify(filas)}::jsonb) as ${FILAS}
      join inventario.tiendas z on z.id = x.tienda_id
     cross join lateral (
       select (array_agg(t.id))[1] as hallada,
              coalesce(bool_and((t.producto_id, t.almacen_id, t.tipo, t.subtipo, t.cantidad, t.precision, t.orden)
                is not distinct from
                (x.producto_id, x.almacen_id, x.tipo, x.subtipo, x.cantidad, x.precision, x.orden)
                -- A day-only row of today stands where its first sending put it.
                and case when x.precision = 'dia'
                         then (t.ocurrida_en at time zone z.zona_horaria)::date
                              = (x.ocurrida_en at time zone z.zona_horaria)::date
                         else t.ocurrida_en = x.ocurrida_en end), false) as igual
         from inventario.transacciones t
        where t.id = x.id or (t.origen = x.origen and t.origen_id = x.origen_id)) y
     where y.igual`.execute(tx);
  return new Map(rows.map((row) => [row.pedida, row.hallada]));
}
