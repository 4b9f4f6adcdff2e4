/**
 * Valued stock at a date of 20,000 products with 60 movements each (1,200,000), on a throw-away PostgreSQL, as a gerente
 * asks for it: under row-level security, with costs and totals. Run: `node bench/valuadas.bench.ts [products]`.
 */
import { loadavg } from 'node:os';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { valueExistencias } from '#server/existencias/valuadas.ts';
import { createDb } from '#server/platform/db/create-db.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { startCluster } from '../tests/db/cluster.ts';

const PRODUCTOS = Number(process.argv[2] ?? 20_000);
const POR_PRODUCTO = 60;
const DIAS = 540;
const [TIENDA, ALMACEN, GERENTE] = [uuidv7(), uuidv7(), uuidv7()];

/** By a superuser, without triggers or foreign keys, its indexes built afterwards: a tenth of the time. */
async function llena(c: pg.Client): Promise<void> {
  await c.query(`
    set session_replication_role = replica;
    insert into inventario.tiendas (id, codigo, nombre) values ('${TIENDA}', 'B-01', 'Banco');
    insert into inventario.almacenes (id, tienda_id, codigo, nombre) values ('${ALMACEN}', '${TIENDA}', 'B-01', 'Banco');
    insert into auth.users (id, email) values ('${GERENTE}', 'g@banco.mx');
    insert into inventario.usuarios (id, correo, nombre, rol) values ('${GERENTE}', 'g@banco.mx', 'Gerente', 'gerente');
    insert into inventario.usuario_tiendas (usuario_id, tienda_id) values ('${GERENTE}', '${TIENDA}');
    insert into inventario.productos (id, codigo, nombre, costo)
    select gen_random_uuid(), 'B-' || lpad(n::text, 6, '0'), 'Producto ' || n, case when n % 10 = 0 then null else 10 end
      from generate_series(1, ${PRODUCTOS}) n`);
  const { rows: indices } = await c.query<{ nombre: string; def: string }>(`
    select i.indexrelid::regclass::text as nombre, pg_get_indexdef(i.indexrelid) as def from pg_index i
     where i.indrelid = 'inventario.transacciones'::regclass
       and not exists (select from pg_constraint k where k.conindid = i.indexrelid)`);
  for (const { nombre } of indices) await c.query(`drop index ${nombre}`);
  // Rows arrive interleaved by time, as in life, so a product's rows are spread over the heap.
  await c.query(`
    insert into inventario.transacciones
      (id, producto_id, almacen_id, tienda_id, tipo, cantidad, fecha, ocurrida_en, created_at, costo_unitario)
    select gen_random_uuid(), p.id, '${ALMACEN}', '${TIENDA}',
           case when k = 0 then 'inventario' when k % 10 = 0 then 'compra' else 'venta' end,
           case when k = 0 then 100 when k % 10 = 0 then 12 else 1 end, date '2025-06-01', t.en, t.en,
           case when k % 10 = 0 and k > 0 and p.n % 3 = 0 then 10 + k % 7 end
      from (select id, row_number() over () as n from inventario.productos) p
     cross join generate_series(0, ${POR_PRODUCTO - 1}) k
     cross join lateral (select now() - interval '${DIAS} days' + k * interval '${DIAS / POR_PRODUCTO} days' + p.n * interval '1 second' as en) t
     order by k, p.n`);
  for (const { def } of indices) await c.query(def);
  await c.query('set session_replication_role = origin');
  await c.query('select inventario.rehace_existencias()');
  await c.query('vacuum analyze');
}

const cluster = await startCluster();
const admin = new pg.Client({ connectionString: cluster.adminUrl });
await admin.connect();
await admin.query('create database banco owner devcompras');
await admin.end();
const db = await createDb({ kind: 'postgres', url: cluster.ownerUrl('banco'), max: 2 });
await migrate(db);
const c = new pg.Client({ connectionString: cluster.adminUrl.replace(/\/[^/]*$/, '/banco') });
await c.connect();
await llena(c);
await c.end();

const hace = (dias: number) => new Date(Date.now() - dias * 86_400_000).toISOString().slice(0, 10);
console.log(`${PRODUCTOS} products, ${PRODUCTOS * POR_PRODUCTO} movements, load ${loadavg()[0]!.toFixed(1)}`);
for (const dias of [1, 30, 270, 500]) {
  const ms: number[] = [];
  let salida = { filas: 0, kB: 0 };
  for (let vez = 0; vez < 3; vez += 1) {
    const antes = performance.now();
    const v = await valueExistencias(
      db,
      { sub: GERENTE },
      { claves: null, almacen: null, categoria: null, al: hace(dias), ceros: false },
    );
    ms.push(performance.now() - antes);
    salida = { filas: v.filas.length, kB: Math.round(JSON.stringify(v).length / 1000) };
  }
  const tiempos = ms.map((uno) => uno.toFixed(0)).join(' / ');
  console.log(`${String(dias).padStart(3)} days ago: ${tiempos} ms, ${salida.filas} rows, ${salida.kB} kB`);
}
await db.close();
await cluster.stop();
