import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { Db } from '#server/platform/db/db.ts';

const POR_PAR = 50;
const DIAS = 540;

/**
 * Two shops, 40 categories and `total` movements, 50 a product and almacén over 18 months: a base, a purchase in ten and sales
 * with their tax; one product in five sells in a third of the time only. By a superuser, without triggers, the indexes built
 * afterwards; then stock and sums by month as `npm run rebuild` makes them.
 */
export async function llenaEstadisticas(
  dueno: Db,
  { total, admin }: { total: number; admin: string },
): Promise<{ productos: number; almacenes: string[]; meses: number }> {
  const almacenes = [uuidv7(), uuidv7()];
  const productos = Math.round(total / POR_PAR / almacenes.length);
  const corre = (texto: string) => sql.raw(texto).execute(dueno.kysely);
  await corre('set session_replication_role = replica');
  for (const [i, almacen] of almacenes.entries()) {
    const tienda = uuidv7();
    await corre(
      `insert into inventario.tiendas (id, codigo, nombre) values ('${tienda}', 'B-0${i}', 'Banco ${i}')`,
    );
    await corre(
      `insert into inventario.almacenes (id, tienda_id, codigo, nombre) values ('${almacen}', '${tienda}', 'B-0${i}', 'Banco ${i}')`,
    );
  }
  await corre(`insert into auth.users (id, email) values ('${admin}', 'a@banco.mx')`);
  await corre(
    `insert into inventario.usuarios (id, correo, nombre, rol) values ('${admin}', 'a@banco.mx', 'Admin', 'admin')`,
  );
  await corre(
    `insert into inventario.categorias (id, nombre) select gen_random_uuid(), 'Categoría ' || n from generate_series(1, 40) n`,
  );
  await corre(`
    insert into inventario.productos (id, codigo, nombre, costo, precio, categoria_id)
    select gen_random_uuid(), 'B-' || lpad(n::text, 6, '0'), 'Producto ' || n, case when n % 10 = 0 then null else 10 + n % 500 end, 20 + n % 900, c.id
      from generate_series(1, ${productos}) n
      join (select id, row_number() over () as k from inventario.categorias) c on c.k = 1 + n % 40`);
  const { rows: indices } = await sql<{ nombre: string; def: string }>`
    select i.indexrelid::regclass::text as nombre, pg_get_indexdef(i.indexrelid) as def from pg_index i
     where i.indrelid = 'inventario.transacciones'::regclass
       and not exists (select from pg_constraint k where k.conindid = i.indexrelid)`.execute(dueno.kysely);
  for (const { nombre } of indices) await corre(`drop index ${nombre}`);
  // In the order of time, as in life, so a product's rows are spread over the heap.
  for (let k = 0; k < POR_PAR; k += 10)
    await corre(`
    insert into inventario.transacciones
      (id, producto_id, almacen_id, tienda_id, tipo, subtipo, cantidad, fecha, ocurrida_en, created_at, costo_unitario, precio, total, impuesto)
    select gen_random_uuid(), p.id, a.id, a.tienda_id, x.tipo, case when x.tipo = 'ajuste' then 'conteo' end,
           case x.tipo when 'inventario' then 100 when 'compra' then 12 when 'ajuste' then -1 else 1 + p.n % 3 end,
           (t.en at time zone 'America/Mexico_City')::date, t.en, t.en,
           case when x.tipo in ('compra', 'ajuste') and p.n % 3 = 0 then 10 + k % 7 end,
           case when x.tipo = 'venta' then p.precio end,
           case when x.tipo = 'venta' then (1 + p.n % 3) * p.precio end,
           case when x.tipo = 'venta' then round((1 + p.n % 3) * p.precio * 16 / 116, 2) else 0 end
      from (select id, precio, row_number() over () as n from inventario.productos) p
     cross join inventario.almacenes a
     cross join generate_series(${k}, ${k + 9}) k
     cross join lateral (
       select case when k = 0 then 'inventario' when k % 10 = 0 then 'compra' when k = 33 and p.n % 50 = 0 then 'ajuste' else 'venta' end as tipo) x
     cross join lateral (
       select now() - interval '${DIAS} days' + k * interval '${DIAS / POR_PAR} days' * (case when p.n % 5 = 0 then 0.33 else 1 end) + p.n * interval '1 second' as en) t
     order by k, p.n`);
  for (const { def } of indices) await corre(def);
  await corre('set session_replication_role = origin');
  await corre('select inventario.rehace_existencias()');
  await corre('select inventario.rehace_movimientos_mes()');
  await corre('vacuum analyze');
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::integer as n from inventario.movimientos_mes`.execute(dueno.kysely);
  return { productos, almacenes, meses: rows[0]!.n };
}
