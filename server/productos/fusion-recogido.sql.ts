import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import type { FusionRow } from './fusion.sql.ts';

export interface Recogido {
  ubicaciones: string[];
  erp: string[];
  kits: { id: string; partes: { productoId: string; cantidad: string }[] }[];
  proveedores: string[];
  listas: string[];
  recuentos: { conteoId: string; intento: number }[];
}

/** Everything else that names the origin and passes on: its bins, its ERP rows, kits, suppliers, lists of open conteos. */
export async function selectRecogido(tx: Tx, origen: string): Promise<Recogido> {
  const { rows } = await sql<Recogido>`
    select array(select u.ubicacion_id::text from inventario.producto_ubicaciones u where u.producto_id = ${origen}) as ubicaciones,
           array(select e.id::text from inventario.erp_productos e where e.producto_id = ${origen}) as erp,
           (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'partes', p.partes)), '[]') from inventario.productos p
             where p.partes @> jsonb_build_array(jsonb_build_object('productoId', ${origen}::text))) as kits,
           array(select v.proveedor_id::text from inventario.producto_proveedores v where v.producto_id = ${origen}) as proveedores,
           array(select x.conteo_id::text from inventario.conteo_productos x join inventario.conteos c on c.id = x.conteo_id
                  where x.producto_id = ${origen} and c.estado in ('planeado', 'abierto', 'en_revision')
                    and not exists (select from inventario.conteo_resultados r where r.conteo_id = c.id and r.producto_id = ${origen})) as listas,
           (select coalesce(jsonb_agg(jsonb_build_object('conteoId', x.conteo_id, 'intento', x.intento)), '[]')
              from inventario.conteo_intento_productos x join inventario.conteos c on c.id = x.conteo_id
             where x.producto_id = ${origen} and c.estado in ('planeado', 'abierto', 'en_revision')
               and not exists (select from inventario.conteo_resultados r where r.conteo_id = c.id and r.producto_id = ${origen})) as recuentos`.execute(
    tx,
  );
  return rows[0]!;
}

/** Bins, suppliers, ERP rows, kits and lists name the destination now. What it had itself stands. Returns what was added. */
export async function passRecogido(
  tx: Tx,
  origen: string,
  destino: string,
  r: Recogido,
): Promise<{ ubicaciones: string[]; proveedores: string[]; listas: string[] }> {
  const ubicaciones = await sql<{ id: string }>`
    insert into inventario.producto_ubicaciones (producto_id, ubicacion_id)
    select ${destino}::uuid, x.id from unnest(${r.ubicaciones}::uuid[]) x(id) on conflict do nothing
    returning ubicacion_id::text as id`.execute(tx);
  await sql`delete from inventario.producto_ubicaciones where producto_id = ${origen}`.execute(tx);
  const proveedores = await sql<{ id: string }>`
    insert into inventario.producto_proveedores (producto_id, proveedor_id, codigo_proveedor, costo, minimo_compra, empaque)
    select ${destino}::uuid, v.proveedor_id, v.codigo_proveedor, v.costo, v.minimo_compra, v.empaque
      from inventario.producto_proveedores v where v.producto_id = ${origen} on conflict do nothing
    returning proveedor_id::text as id`.execute(tx);
  await sql`update inventario.erp_productos set producto_id = ${destino} where id = any(${r.erp}::uuid[])`.execute(
    tx,
  );
  const listas = await sql<{ id: string }>`
    insert into inventario.conteo_productos (conteo_id, producto_id)
    select x.id, ${destino}::uuid from unnest(${r.listas}::uuid[]) x(id) on conflict do nothing
    returning conteo_id::text as id`.execute(tx);
  await sql`delete from inventario.conteo_productos where producto_id = ${origen} and conteo_id = any(${r.listas}::uuid[])`.execute(
    tx,
  );
  await sql`
    insert into inventario.conteo_intento_productos (conteo_id, intento, producto_id)
    select x."conteoId", x.intento, ${destino}::uuid
      from jsonb_to_recordset(${JSON.stringify(r.recuentos)}::jsonb) as x("conteoId" uuid, intento int) on conflict do nothing`.execute(
    tx,
  );
  await sql`
    delete from inventario.conteo_intento_productos d
     using jsonb_to_recordset(${JSON.stringify(r.recuentos)}::jsonb) as x("conteoId" uuid, intento int)
     where d.conteo_id = x."conteoId" and d.intento = x.intento and d.producto_id = ${origen}`.execute(tx);
  return {
    ubicaciones: ubicaciones.rows.map((x) => x.id),
    proveedores: proveedores.rows.map((x) => x.id),
    listas: listas.rows.map((x) => x.id),
  };
}

/** Links the lines of open conteos that were counted under the origin. Returns their ids. */
export async function insertLigas(
  tx: Tx,
  l: { origen: string; destino: string; por: string; en: Date; motivo: string },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    insert into inventario.conteo_linea_ligas (id, linea_id, conteo_id, estado, producto_id, factor, motivo, por, en)
    select gen_random_uuid(), x.id, x.conteo_id, 'ligada', ${l.destino}::uuid, x.factor, ${l.motivo}, ${l.por}::uuid, ${l.en}
      from (
        select n.id, n.conteo_id, coalesce(g.factor, n.factor) as factor,
               case when g.estado in ('ligada', 'propuesta') then g.producto_id when g.estado is null then n.producto_id end as producto
          from inventario.conteo_lineas n
          join inventario.conteos c on c.id = n.conteo_id and c.estado in ('planeado', 'abierto', 'en_revision')
          left join lateral (select q.estado, q.producto_id, q.factor from inventario.conteo_linea_ligas q
                              where q.conteo_id = n.conteo_id and q.linea_id = n.id order by q.en desc, q.id desc limit 1) g on true
         where n.tipo <> 'anula'
           and (n.producto_id = ${l.origen} or exists (select from inventario.conteo_linea_ligas q
                                                        where q.conteo_id = n.conteo_id and q.linea_id = n.id and q.producto_id = ${l.origen}))
           and not exists (select from inventario.conteo_resultados r where r.conteo_id = c.id and r.producto_id in (${l.origen}::uuid, ${l.destino}::uuid))
      ) x where x.producto = ${l.origen}::uuid
    returning linea_id::text as id`.execute(tx);
  return rows.map((r) => r.id);
}

/** Links those lines back to the product under which they were counted. */
export async function returnLigas(tx: Tx, f: FusionRow, por: string, en: Date): Promise<void> {
  await sql`
    insert into inventario.conteo_linea_ligas (id, linea_id, conteo_id, estado, producto_id, factor, motivo, por, en)
    select gen_random_uuid(), n.id, n.conteo_id, 'ligada', ${f.origenId}::uuid, g.factor, 'Se deshizo la unión', ${por}::uuid, ${en}
      from inventario.conteo_lineas n
      join inventario.conteos c on c.id = n.conteo_id and c.estado in ('planeado', 'abierto', 'en_revision')
     cross join lateral (select q.producto_id, q.factor from inventario.conteo_linea_ligas q
                          where q.conteo_id = n.conteo_id and q.linea_id = n.id order by q.en desc, q.id desc limit 1) g
     where n.id = any(${f.datos.lineas}::uuid[]) and g.producto_id = ${f.destinoId}::uuid`.execute(tx);
}

/** Puts back what `passRecogido` passed on. */
export async function returnRecogido(tx: Tx, f: FusionRow): Promise<void> {
  const { recogido: r, agregado } = f.datos;
  await sql`delete from inventario.producto_ubicaciones where producto_id = ${f.destinoId} and ubicacion_id = any(${agregado.ubicaciones}::uuid[])`.execute(
    tx,
  );
  await sql`insert into inventario.producto_ubicaciones (producto_id, ubicacion_id)
            select ${f.origenId}::uuid, x.id from unnest(${r.ubicaciones}::uuid[]) x(id) on conflict do nothing`.execute(
    tx,
  );
  await sql`delete from inventario.producto_proveedores where producto_id = ${f.destinoId} and proveedor_id = any(${agregado.proveedores}::uuid[])`.execute(
    tx,
  );
  await sql`update inventario.erp_productos set producto_id = ${f.origenId} where id = any(${r.erp}::uuid[])`.execute(
    tx,
  );
  await sql`delete from inventario.conteo_productos where producto_id = ${f.destinoId} and conteo_id = any(${agregado.listas}::uuid[])`.execute(
    tx,
  );
  await sql`insert into inventario.conteo_productos (conteo_id, producto_id)
            select x.id, ${f.origenId}::uuid from unnest(${r.listas}::uuid[]) x(id) on conflict do nothing`.execute(
    tx,
  );
  await sql`
    insert into inventario.conteo_intento_productos (conteo_id, intento, producto_id)
    select x."conteoId", x.intento, ${f.origenId}::uuid
      from jsonb_to_recordset(${JSON.stringify(r.recuentos)}::jsonb) as x("conteoId" uuid, intento int) on conflict do nothing`.execute(
    tx,
  );
}
