import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import { conVersion } from './claves.ts';
import type { Asiento } from './movimiento.ts';

export interface VivaRow extends Asiento {
  id: string;
  origen_id: string;
  upload_id: string | null;
  reversada: boolean;
}

/** What stands under a natural key, and the version that the next movement of it takes. */
export interface Clave {
  readonly viva: VivaRow | null;
  readonly siguiente: number;
}

const COLUMNAS = sql`
  t.id, t.origen_id, t.upload_id, t.producto_id, t.almacen_id, t.tipo, t.subtipo, t.cantidad, t.precio, t.costo_unitario,
  t.descuento, t.impuesto, t.total, t.precision, t.orden, t.referencia, t.fecha_desde::text, t.fecha_hasta::text,
  to_char(t.ocurrida_en at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as ocurrida_en,
  exists (select from inventario.transacciones r where r.reversa_de = t.id) as reversada`;

/**
 * What stands under each key. A movement that was reversed is followed by its next version, a base by a later one: the last
 * that is there stands.
 */
export async function findClaves(tx: Tx, claves: readonly string[]): Promise<Map<string, Clave>> {
  const salida = new Map<string, Clave>();
  let faltan = [...new Set(claves)];
  for (let version = 1; faltan.length > 0; version++) {
    const buscadas = new Map(faltan.map((clave) => [conVersion(clave, version), clave]));
    const { rows } = await sql<VivaRow>`
      select ${COLUMNAS} from inventario.transacciones t
       where t.origen = 'archivo' and t.origen_id = any (${[...buscadas.keys()]}::text[])`.execute(tx);
    const siguen: string[] = [];
    for (const row of rows) {
      const clave = buscadas.get(row.origen_id)!;
      salida.set(clave, { viva: row.reversada ? null : row, siguiente: version + 1 });
      if (row.reversada || row.tipo === 'inventario') siguen.push(clave);
    }
    faltan = siguen;
  }
  return salida;
}

export interface AsientoNuevo extends Asiento {
  id: string;
  origen_id: string;
  metadata: Record<string, unknown>;
}

interface Autor {
  readonly uploadId: string;
  readonly userId: string;
  readonly at: Date;
}

/** Posts movements of an import; those whose id is there already are left as they are. Returns how many are new. */
export async function insertAsientos(tx: Tx, filas: readonly AsientoNuevo[], de: Autor): Promise<number> {
  if (filas.length === 0) return 0;
  const { rows } = await sql`
    insert into inventario.transacciones (id, producto_id, almacen_id, tienda_id, tipo, subtipo, cantidad, precio, costo,
                                          costo_unitario, descuento, impuesto, total, ocurrida_en, precision, orden, fecha,
                                          fecha_desde, fecha_hasta, referencia, origen, origen_id, upload_id, user_id,
                                          metadata, created_at)
    select x.id, x.producto_id, x.almacen_id, a.tienda_id, x.tipo, x.subtipo, x.cantidad, x.precio,
           round(x.costo_unitario, 2), x.costo_unitario, x.descuento, x.impuesto, x.total, x.ocurrida_en, x.precision,
           x.orden, (x.ocurrida_en at time zone 'UTC')::date, x.fecha_desde, x.fecha_hasta, x.referencia, 'archivo',
           x.origen_id, ${de.uploadId}, ${de.userId}, x.metadata, ${de.at}
      from jsonb_to_recordset(${JSON.stringify(filas)}::jsonb) as
           x(id uuid, producto_id uuid, almacen_id uuid, tipo text, subtipo text, cantidad numeric, precio numeric,
             costo_unitario numeric, descuento numeric, impuesto numeric, total numeric, ocurrida_en timestamptz,
             precision text, orden smallint, fecha_desde date, fecha_hasta date, referencia text, origen_id text,
             metadata jsonb)
      join inventario.almacenes a on a.id = x.almacen_id
     order by x.producto_id, x.almacen_id
    on conflict do nothing
    returning 1`.execute(tx);
  return rows.length;
}

/** Takes back movements at their own instants. `ids`: movement → id of its reversal. One that is reversed already stays so. */
export async function insertReversas(
  tx: Tx,
  ids: ReadonlyMap<string, string>,
  de: Autor & { metadata?: Record<string, unknown> },
): Promise<number> {
  if (ids.size === 0) return 0;
  const { rows } = await sql`
    insert into inventario.transacciones (id, producto_id, almacen_id, tienda_id, tipo, subtipo, cantidad, precio, costo,
                                          costo_unitario, descuento, impuesto, total, ocurrida_en, precision, orden, fecha,
                                          fecha_desde, fecha_hasta, referencia, reversa_de, origen, origen_id, upload_id,
                                          user_id, metadata, created_at)
    select x.reversa, t.producto_id, t.almacen_id, t.tienda_id, t.tipo, t.subtipo, -t.cantidad, t.precio, t.costo,
           t.costo_unitario, -t.descuento, -t.impuesto, -t.total, t.ocurrida_en, t.precision, t.orden, t.fecha,
           t.fecha_desde, t.fecha_hasta, t.referencia, t.id, 'archivo', 'reversa|' || t.id, ${de.uploadId}, ${de.userId},
           ${JSON.stringify(de.metadata ?? {})}::jsonb, ${de.at}
      from unnest(${[...ids.keys()]}::uuid[], ${[...ids.values()]}::uuid[]) as x(id, reversa)
      join inventario.transacciones t on t.id = x.id
     where not exists (select from inventario.transacciones r where r.reversa_de = t.id)
     order by t.producto_id, t.almacen_id
    on conflict do nothing
    returning 1`.execute(tx);
  return rows.length;
}

export interface Buscada {
  /** Place in the caller's list. */
  readonly i: number;
  readonly producto: string;
  readonly almacen: string;
  readonly tipo: string;
  readonly subtipo: string | null;
  readonly desde: string;
  readonly hasta: string;
  /** Instants of the first and the last of those days. */
  readonly t0: string;
  readonly t1: string;
  /** Its own instant. */
  readonly en: string;
}

const buscadas = (filas: readonly Buscada[]): RawBuilder<unknown> => sql`
  jsonb_to_recordset(${JSON.stringify(filas)}::jsonb) as
    x(i int, producto uuid, almacen uuid, tipo text, subtipo text, desde date, hasta date, t0 timestamptz, t1 timestamptz,
      en timestamptz)`;

export interface EncimadaRow {
  i: number;
  id: string;
  origen: string;
  origen_id: string;
  upload_id: string | null;
  conexion_id: string | null;
  nombre: string;
}

/** Movements of the same kind, product and almacén in those days that another file, the ERP or a till registered. */
export async function findEncimadas(
  tx: Tx,
  uploadId: string,
  filas: readonly Buscada[],
): Promise<EncimadaRow[]> {
  if (filas.length === 0) return [];
  const { rows } = await sql<EncimadaRow>`
    select x.i, t.id, t.origen, t.origen_id, t.upload_id, t.conexion_id,
           coalesce(u.filename, c.nombre, t.origen) as nombre
      from ${buscadas(filas)}
     cross join lateral (
       select m.* from inventario.transacciones m
        where m.producto_id = x.producto and m.almacen_id = x.almacen and m.ocurrida_en >= x.t0 and m.ocurrida_en <= x.t1
          and m.precision <> 'periodo'
       union all
       select m.* from inventario.transacciones m
        where m.producto_id = x.producto and m.almacen_id = x.almacen and m.precision = 'periodo'
          and m.fecha_hasta >= x.desde and m.fecha_desde <= x.hasta) t
      left join inventario.uploads u on u.id = t.upload_id
      left join inventario.conexiones c on c.id = t.conexion_id
     where t.tipo = x.tipo and t.subtipo is not distinct from x.subtipo and t.reversa_de is null
       and coalesce(t.origen, 'manual') <> 'manual' and t.upload_id is distinct from ${uploadId}::uuid
       and not exists (select from inventario.transacciones r where r.reversa_de = t.id)`.execute(tx);
  return rows;
}

export interface ConteoEncimaRow {
  i: number;
  conteo_id: string;
  folio: string;
  instante: Date;
  /** A base before it moves what was approved: it is not let in. */
  impide: boolean;
}

/** The first approved result at or after each row, which it was approved without; and for bases, of the same day before them. */
export async function findConteosEncima(tx: Tx, filas: readonly Buscada[]): Promise<ConteoEncimaRow[]> {
  if (filas.length === 0) return [];
  const { rows } = await sql<ConteoEncimaRow>`
    select x.i, r.conteo_id, r.folio, r.instante,
           x.tipo = 'inventario' and r.instante >= x.en and r.decision <> 'base' and not exists (
             select from inventario.transacciones b
              where b.producto_id = x.producto and b.almacen_id = x.almacen and b.tipo = 'inventario'
                and b.ocurrida_en > x.en and b.ocurrida_en <= r.instante) as impide
      from ${buscadas(filas)}
     cross join lateral (
       select c.id as conteo_id, coalesce(c.folio, c.nombre, 'conteo') as folio, k.instante, k.decision
         from inventario.conteo_resultados k join inventario.conteos c on c.id = k.conteo_id
        where k.producto_id = x.producto and c.almacen_id = x.almacen and k.decision <> 'prueba'
          and k.instante >= case when x.tipo = 'inventario' then x.t0 else x.en end
          and (x.tipo = 'inventario' or k.decision <> 'base')
        order by k.instante >= x.en desc, k.instante limit 1) r
     where r.instante >= x.en or r.instante <= x.t1`.execute(tx);
  return rows;
}

export interface BaseEncimaRow {
  i: number;
  id: string;
  origen_id: string | null;
  upload_id: string | null;
  nombre: string | null;
  fecha: string;
  mismo_dia: boolean;
}

/** Another base of the same day, else the next one after: it says what is there now, whatever this row says. */
export async function findBasesEncima(
  tx: Tx,
  uploadId: string,
  filas: readonly Buscada[],
): Promise<BaseEncimaRow[]> {
  if (filas.length === 0) return [];
  const { rows } = await sql<BaseEncimaRow>`
    select x.i, b.id, b.origen_id, b.upload_id, u.filename as nombre, b.fecha::text,
           b.ocurrida_en >= x.t0 and b.ocurrida_en <= x.t1 as mismo_dia
      from ${buscadas(filas)}
     cross join lateral (
       select b.id, b.origen_id, b.upload_id, b.fecha, b.ocurrida_en from inventario.transacciones b
        where b.producto_id = x.producto and b.almacen_id = x.almacen and b.tipo = 'inventario'
          and b.ocurrida_en >= case when x.tipo = 'inventario' then x.t0 else x.en end
          and b.upload_id is distinct from ${uploadId}::uuid
        order by b.ocurrida_en, b.orden, b.created_at limit 1) b
      left join inventario.uploads u on u.id = b.upload_id`.execute(tx);
  return rows;
}
