import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import type { Proposito } from '#shared/roles.ts';

/** The almacén with its shop, or undefined when it is unknown or inactive. */
export async function findAlmacen(tx: Tx, almacenId: string) {
  const { rows } = await sql<{ id: string; tienda_id: string; tienda_codigo: string; zona_horaria: string }>`
    select a.id, a.tienda_id, t.codigo as tienda_codigo, t.zona_horaria
      from inventario.almacenes a
      join inventario.tiendas t on t.id = a.tienda_id
     where a.id = ${almacenId} and a.is_active`.execute(tx);
  return rows[0];
}

/**
 * People who may count in the almacén's shop: active, of a counting role, of that shop (an admin belongs to all). In a
 * test count auditors too.
 */
export async function findAsignables(tx: Tx, tiendaId: string, proposito: Proposito) {
  const { rows } = await sql<{ id: string; nombre: string; rol: string }>`
    select u.id, u.nombre, u.rol
      from inventario.usuarios u
     where u.is_active
       and (u.rol in ('almacenista', 'gerente', 'admin') or (${proposito} = 'prueba' and u.rol = 'auditor'))
       and (u.rol = 'admin' or exists (
             select from inventario.usuario_tiendas ut where ut.usuario_id = u.id and ut.tienda_id = ${tiendaId}))
     order by (u.rol = 'almacenista') desc, lower(u.nombre), u.id`.execute(tx);
  return rows;
}

/** Bins of the almacén that are in one of the zones or in the list. */
export async function findUbicaciones(
  tx: Tx,
  almacenId: string,
  zonas: readonly string[],
  ids: readonly string[],
) {
  const { rows } = await sql<{ id: string }>`
    select id from inventario.ubicaciones
     where almacen_id = ${almacenId} and is_active
       and (zona = any(${zonas as string[]}::text[]) or id = any(${ids as string[]}::uuid[]))`.execute(tx);
  return rows.map((row) => row.id);
}

export interface NuevoConteo {
  id: string;
  folio: string;
  nombre: string;
  tiendaId: string;
  almacenId: string;
  alcance: string;
  categoriaId: string | null;
  claseAbc: string | null;
  ciego: boolean;
  dobleCiego: boolean;
  proposito: Proposito;
  comparaCon: string | null;
  reparto: string;
  tolUnidades: string | null;
  tolPorcentaje: string | null;
  tolPesos: string | null;
  vence: string | null;
  corrigeA: string | null;
  complementaA: string | null;
  creadoPor: string;
}

/** True when the row is new; false when this id exists already (the same request arrived twice). */
export async function insertConteo(tx: Tx, c: NuevoConteo): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    insert into inventario.conteos (id, folio, nombre, tienda_id, almacen_id, alcance, categoria_id, clase_abc, ciego,
                                    doble_ciego, proposito, compara_con, reparto, tol_unidades, tol_porcentaje, tol_pesos, vence, corrige_a, complementa_a, creado_por)
    values (${c.id}, ${c.folio}, ${c.nombre}, ${c.tiendaId}, ${c.almacenId}, ${c.alcance}, ${c.categoriaId}, ${c.claseAbc},
            ${c.ciego}, ${c.dobleCiego}, ${c.proposito}, ${c.comparaCon}, ${c.reparto}, ${c.tolUnidades}, ${c.tolPorcentaje}, ${c.tolPesos}, ${c.vence},
            ${c.corrigeA}, ${c.complementaA}, ${c.creadoPor})
    on conflict (id) do nothing
    returning id`.execute(tx);
  return rows.length === 1;
}

/** Is it a real conteo of that almacén in one of these states? */
export async function existsConteoReal(
  tx: Tx,
  conteoId: string,
  almacenId: string,
  estados: readonly string[],
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from inventario.conteos
     where id = ${conteoId} and almacen_id = ${almacenId} and proposito = 'conteo'
       and estado = any(${estados as string[]}::text[])`.execute(tx);
  return rows.length === 1;
}

export async function findConteoCreado(tx: Tx, id: string) {
  const { rows } = await sql<{
    folio: string | null;
    creado_por: string;
    productos: number;
    ubicaciones: number;
  }>`
    select c.folio, c.creado_por,
           (select count(*)::int from inventario.conteo_productos p where p.conteo_id = c.id) as productos,
           (select count(*)::int from inventario.conteo_ubicaciones u where u.conteo_id = c.id) as ubicaciones
      from inventario.conteos c where c.id = ${id}`.execute(tx);
  return rows[0];
}

export async function siguienteFolio(tx: Tx, tiendaId: string, anio: number): Promise<string> {
  const { rows } = await sql<{ folio: string }>`
    select inventario.siguiente_folio(${tiendaId}::uuid, ${anio}::smallint) as folio`.execute(tx);
  return rows[0]!.folio;
}

export async function insertContadores(
  tx: Tx,
  conteoId: string,
  contadores: readonly { id: string; nombre: string }[],
) {
  await sql`
    insert into inventario.conteo_contadores (conteo_id, usuario_id, nombre)
    select ${conteoId}::uuid, x.id, x.nombre
      from jsonb_to_recordset(${JSON.stringify(contadores)}::jsonb) as x(id uuid, nombre text)
    on conflict do nothing`.execute(tx);
}

export async function insertTolerancias(
  tx: Tx,
  conteoId: string,
  filas: readonly {
    clase_abc: string;
    unidades: string | null;
    porcentaje: string | null;
    pesos: string | null;
  }[],
) {
  await sql`
    insert into inventario.conteo_tolerancias (conteo_id, clase_abc, tol_unidades, tol_porcentaje, tol_pesos)
    select ${conteoId}::uuid, x.clase_abc, x.unidades, x.porcentaje, x.pesos
      from jsonb_to_recordset(${JSON.stringify(filas)}::jsonb)
        as x(clase_abc text, unidades numeric, porcentaje numeric, pesos numeric)`.execute(tx);
}

export async function insertUbicaciones(tx: Tx, conteoId: string, ids: readonly string[]) {
  await sql`
    insert into inventario.conteo_ubicaciones (conteo_id, ubicacion_id)
    select ${conteoId}::uuid, unnest(${ids as string[]}::uuid[])`.execute(tx);
}

/**
 * Freezes the scope's products. It looks at where things lie, at categories and classes, never at the stock: a list of
 * "only what has stock" would tell a blind counter what to expect.
 */
export async function insertProductosDelAlcance(
  tx: Tx,
  conteoId: string,
  alcance: {
    tipo: string;
    almacenId: string;
    ubicacionIds: readonly string[];
    categoriaId: string | null;
    claseAbc: string | null;
    productoIds: readonly string[];
  },
) {
  const elegidos = {
    ubicaciones: sql`select distinct producto_id as id from inventario.producto_ubicaciones
                      where ubicacion_id = any(${alcance.ubicacionIds as string[]}::uuid[])`,
    categoria: sql`with recursive rama as (
                     select id from inventario.categorias where id = ${alcance.categoriaId}
                     union select c.id from inventario.categorias c join rama on c.parent_id = rama.id)
                   select p.id from inventario.productos p join rama on rama.id = p.categoria_id`,
    abc: sql`select producto_id as id from inventario.producto_almacenes
              where almacen_id = ${alcance.almacenId} and clase_abc = ${alcance.claseAbc}`,
    lista: sql`select unnest(${alcance.productoIds as string[]}::uuid[]) as id`,
    almacen: sql`select distinct pu.producto_id as id from inventario.producto_ubicaciones pu
                   join inventario.ubicaciones u on u.id = pu.ubicacion_id where u.almacen_id = ${alcance.almacenId}
                 union select producto_id from inventario.producto_almacenes where almacen_id = ${alcance.almacenId}`,
  }[alcance.tipo];
  if (elegidos === undefined) return;
  await sql`
    insert into inventario.conteo_productos (conteo_id, producto_id)
    select ${conteoId}::uuid, p.id
      from inventario.productos p
      join (${elegidos}) elegido on elegido.id = p.id
     where p.is_active and p.fusionado_en is null and not p.es_servicio and not p.es_juego`.execute(tx);
}
