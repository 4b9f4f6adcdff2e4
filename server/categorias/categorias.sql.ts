import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface CategoriaRow {
  id: string;
  nombre: string;
  descripcion: string | null;
  parentId: string | null;
  nivel: number;
  path: string | null;
  isActive: boolean;
  /** Products in use that lie in it itself. */
  productos: number;
}

export async function selectCategorias(tx: Tx): Promise<CategoriaRow[]> {
  const { rows } = await sql<CategoriaRow>`
    select c.id, c.nombre, c.descripcion, c.parent_id as "parentId", c.nivel, c.path, c.is_active as "isActive",
           coalesce(n.productos, 0)::int as productos
      from inventario.categorias c
      left join (select p.categoria_id, count(*) as productos from inventario.productos p
                  where p.is_active and p.fusionado_en is null group by 1) n on n.categoria_id = c.id
     order by inventario.pliega(c.nombre), c.id`.execute(tx);
  return rows;
}

/** The whole tree, taken for this transaction: moves and merges go one after another. */
export async function lockArbol(
  tx: Tx,
): Promise<{ id: string; nombre: string; parentId: string | null; isActive: boolean }[]> {
  await sql`select pg_advisory_xact_lock(hashtext('inventario.categorias'))`.execute(tx);
  const { rows } = await sql<{ id: string; nombre: string; parentId: string | null; isActive: boolean }>`
    select id, nombre, parent_id as "parentId", is_active as "isActive" from inventario.categorias order by id for update`.execute(
    tx,
  );
  return rows;
}

export async function findPorNombre(
  tx: Tx,
  nombre: string,
  salvo: string,
): Promise<{ id: string; nombre: string } | undefined> {
  const { rows } = await sql<{ id: string; nombre: string }>`
    select id, nombre from inventario.categorias
     where inventario.pliega(nombre) = inventario.pliega(${nombre}) and id <> ${salvo} limit 1`.execute(tx);
  return rows[0];
}

export async function insertCategoria(
  tx: Tx,
  c: { id: string; nombre: string; descripcion: string | null; parentId: string | null },
): Promise<void> {
  await sql`insert into inventario.categorias (id, nombre, descripcion, parent_id)
            values (${c.id}, ${c.nombre}, ${c.descripcion}, ${c.parentId})`.execute(tx);
}

export async function updateCategoria(
  tx: Tx,
  c: { id: string; nombre: string; descripcion: string | null },
): Promise<void> {
  await sql`update inventario.categorias set nombre = ${c.nombre}, descripcion = ${c.descripcion} where id = ${c.id}`.execute(
    tx,
  );
}

export async function setPadre(tx: Tx, id: string, parentId: string | null): Promise<void> {
  await sql`update inventario.categorias set parent_id = ${parentId} where id = ${id}`.execute(tx);
}

export async function setActiva(tx: Tx, id: string, activa: boolean): Promise<void> {
  await sql`update inventario.categorias set is_active = ${activa} where id = ${id}`.execute(tx);
}

export async function findCategoria(
  tx: Tx,
  id: string,
): Promise<{ nombre: string; descripcion: string | null } | undefined> {
  const { rows } = await sql<{ nombre: string; descripcion: string | null }>`
    select nombre, descripcion from inventario.categorias where id = ${id} for update`.execute(tx);
  return rows[0];
}

export async function countProductosDe(tx: Tx, id: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from inventario.productos
     where categoria_id = ${id} and is_active and fusionado_en is null`.execute(tx);
  return rows[0]?.n ?? 0;
}

/** Products and daughters of one pass to the other. Returns how many products. */
export async function vaciaEn(tx: Tx, de: string, a: string): Promise<number> {
  await sql`update inventario.categorias set parent_id = ${a} where parent_id = ${de}`.execute(tx);
  const { rows } =
    await sql`update inventario.productos set categoria_id = ${a} where categoria_id = ${de} returning 1`.execute(
      tx,
    );
  return rows.length;
}
