import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface TiendaRow {
  id: string;
  codigo: string;
  nombre: string;
  direccion: string | null;
  ciudad: string | null;
  estado: string | null;
  codigoPostal: string | null;
  telefono: string | null;
  email: string | null;
  gerente: string | null;
  zonaHoraria: string;
  isActive: boolean;
}
export interface AlmacenRow {
  id: string;
  tiendaId: string;
  codigo: string;
  nombre: string;
  tipo: string;
  isActive: boolean;
  ubicaciones: number;
  conExistencia: number;
}
export interface UbicacionRow {
  id: string;
  almacenId: string;
  codigo: string;
  zona: string;
  nombre: string | null;
  isActive: boolean;
  productos: number;
}

/** `null`: every shop. */
export async function selectTiendas(tx: Tx, ids: readonly string[] | null): Promise<TiendaRow[]> {
  const { rows } = await sql<TiendaRow>`
    select t.id, t.codigo, t.nombre, t.direccion, t.ciudad, t.estado, t.codigo_postal as "codigoPostal", t.telefono, t.email,
           t.gerente, t.zona_horaria as "zonaHoraria", t.is_active as "isActive"
      from inventario.tiendas t where ${ids === null} or t.id = any(${[...(ids ?? [])]}::uuid[])
     order by t.is_active desc, t.codigo`.execute(tx);
  return rows;
}

export async function selectAlmacenes(tx: Tx, ids: readonly string[] | null): Promise<AlmacenRow[]> {
  const { rows } = await sql<AlmacenRow>`
    select a.id, a.tienda_id as "tiendaId", a.codigo, a.nombre, a.tipo, a.is_active as "isActive",
           (select count(*)::int from inventario.ubicaciones u where u.almacen_id = a.id and u.is_active) as ubicaciones,
           (select count(*)::int from inventario.existencias e where e.almacen_id = a.id and e.cantidad <> 0) as "conExistencia"
      from inventario.almacenes a where ${ids === null} or a.tienda_id = any(${[...(ids ?? [])]}::uuid[])
     order by a.is_active desc, (a.tipo = 'general') desc, a.codigo`.execute(tx);
  return rows;
}

export async function selectUbicaciones(tx: Tx, almacenId: string): Promise<UbicacionRow[]> {
  const { rows } = await sql<UbicacionRow>`
    select u.id, u.almacen_id as "almacenId", u.codigo, u.zona, u.nombre, u.is_active as "isActive",
           (select count(*)::int from inventario.producto_ubicaciones x where x.ubicacion_id = u.id) as productos
      from inventario.ubicaciones u where u.almacen_id = ${almacenId}
     order by u.codigo collate "C" limit 20000`.execute(tx);
  return rows;
}

export async function findAlmacen(
  tx: Tx,
  id: string,
): Promise<{ tiendaId: string; tipo: string; isActive: boolean; tiendaActiva: boolean } | undefined> {
  const { rows } = await sql<{ tiendaId: string; tipo: string; isActive: boolean; tiendaActiva: boolean }>`
    select a.tienda_id as "tiendaId", a.tipo, a.is_active as "isActive", t.is_active as "tiendaActiva"
      from inventario.almacenes a join inventario.tiendas t on t.id = a.tienda_id where a.id = ${id} for update of a`.execute(
    tx,
  );
  return rows[0];
}

export async function findUbicacion(
  tx: Tx,
  id: string,
): Promise<{ almacenId: string; tiendaId: string; codigo: string } | undefined> {
  const { rows } = await sql<{ almacenId: string; tiendaId: string; codigo: string }>`
    select u.almacen_id as "almacenId", a.tienda_id as "tiendaId", u.codigo
      from inventario.ubicaciones u join inventario.almacenes a on a.id = u.almacen_id where u.id = ${id} for update of u`.execute(
    tx,
  );
  return rows[0];
}

export async function existsTienda(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`select 1 from inventario.tiendas where id = ${id}`.execute(tx);
  return rows.length > 0;
}

export async function hasGeneral(tx: Tx, tiendaId: string, salvo: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from inventario.almacenes where tienda_id = ${tiendaId} and tipo = 'general' and id <> ${salvo}`.execute(
    tx,
  );
  return rows.length > 0;
}

/** Products with stock, in one almacén or in a whole shop. */
export async function countConExistencia(
  tx: Tx,
  de: { tiendaId?: string; almacenId?: string },
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from inventario.existencias e join inventario.almacenes a on a.id = e.almacen_id
     where e.cantidad <> 0 and (a.tienda_id = ${de.tiendaId ?? null}::uuid or a.id = ${de.almacenId ?? null}::uuid)`.execute(
    tx,
  );
  return rows[0]?.n ?? 0;
}

export async function selectConteosDe(
  tx: Tx,
  de: { tiendaId?: string; almacenId?: string },
): Promise<string[]> {
  const { rows } = await sql<{ folio: string }>`
    select coalesce(c.folio, c.nombre) as folio from inventario.conteos c
     where c.estado in ('planeado', 'abierto', 'en_revision')
       and (c.tienda_id = ${de.tiendaId ?? null}::uuid or c.almacen_id = ${de.almacenId ?? null}::uuid)
     order by 1 limit 5`.execute(tx);
  return rows.map((r) => r.folio);
}

export async function findUbicacionRepetida(
  tx: Tx,
  almacenId: string,
  codigo: string,
  salvo: string,
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from inventario.ubicaciones where almacen_id = ${almacenId} and upper(codigo) = upper(${codigo}) and id <> ${salvo}`.execute(
    tx,
  );
  return rows.length > 0;
}

/** Which of these codes are there already, in capitals. */
export async function selectCodigosDe(
  tx: Tx,
  almacenId: string,
  codigos: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ codigo: string }>`
    select upper(codigo) as codigo from inventario.ubicaciones
     where almacen_id = ${almacenId} and upper(codigo) = any(${[...codigos]}::text[]) and is_active`.execute(
    tx,
  );
  return rows.map((r) => r.codigo);
}

/** Makes the bins that are missing and brings back those out of use. Returns how many. */
export async function insertUbicaciones(
  tx: Tx,
  almacenId: string,
  filas: readonly { id: string; codigo: string; zona: string }[],
): Promise<number> {
  const { rows } = await sql`
    insert into inventario.ubicaciones as u (id, almacen_id, codigo, zona)
    select x.id, ${almacenId}::uuid, x.codigo, x.zona
      from jsonb_to_recordset(${JSON.stringify(filas)}::jsonb) as x(id uuid, codigo text, zona text)
    on conflict (almacen_id, codigo) do update set is_active = true where not u.is_active
    returning 1`.execute(tx);
  return rows.length;
}
