/**
 * The dashboard's procedures at 2,000,000 transacciones (33,400 products, 60 movements each, two shops), 400 conteos of 200
 * results, 120,000 late-able lines, on a throw-away PostgreSQL, as an admin and as a gerente ask for them: under row-level
 * security. Prints the median and p95 of 20 calls each. Run: `npm run bench:tablero [-- products]`.
 */
import { loadavg } from 'node:os';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { measureAlmacenes } from '#server/estadisticas/mide.ts';
import { systemClock } from '#server/platform/clock.ts';
import { createDb } from '#server/platform/db/create-db.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { countFirmas, lookAhora } from '#server/tablero/ahora.ts';
import { findCurva } from '#server/tablero/curva.sql.ts';
import { listResultados } from '#server/tablero/resultados.ts';
import { valueAl } from '#server/tablero/valor.ts';
import type { Rol } from '#shared/roles.ts';
import { startCluster } from '../tests/db/cluster.ts';

const PRODUCTOS = Number(process.argv[2] ?? 33_400);
const POR_PRODUCTO = 60;
const DIAS = 540;
const CONTEOS = 400;
const RESULTADOS = 200;
const VECES = 20;
const TIENDAS = [uuidv7(), uuidv7()];
const ALMACENES = [uuidv7(), uuidv7()];
const [GERENTE, ADMIN] = [uuidv7(), uuidv7()];

/** By a superuser, without triggers or foreign keys, its indexes built afterwards: a tenth of the time. */
async function llena(c: pg.Client): Promise<void> {
  const [t, a] = [TIENDAS, ALMACENES];
  await c.query(`
    set session_replication_role = replica;
    insert into inventario.tiendas (id, codigo, nombre) values ('${t[0]}', 'B-01', 'Banco'), ('${t[1]}', 'B-02', 'Norte');
    insert into inventario.almacenes (id, tienda_id, codigo, nombre)
    values ('${a[0]}', '${t[0]}', 'B-01', 'Banco'), ('${a[1]}', '${t[1]}', 'B-02', 'Norte');
    insert into auth.users (id, email) values ('${GERENTE}', 'g@banco.mx'), ('${ADMIN}', 'a@banco.mx');
    insert into inventario.usuarios (id, correo, nombre, rol)
    values ('${GERENTE}', 'g@banco.mx', 'Gerente', 'gerente'), ('${ADMIN}', 'a@banco.mx', 'Admin', 'admin');
    insert into inventario.usuario_tiendas (usuario_id, tienda_id) values ('${GERENTE}', '${t[0]}');
    insert into inventario.productos (id, codigo, nombre, costo)
    select gen_random_uuid(), 'B-' || lpad(n::text, 6, '0'), 'Producto ' || n, case when n % 10 = 0 then null else 10 end
      from generate_series(1, ${PRODUCTOS}) n;
    insert into inventario.producto_almacenes (producto_id, almacen_id, clase_abc, minimo)
    select p.id, x.a, 'B', case when random() < 0.3 then 20 end
      from inventario.productos p cross join (values ('${a[0]}'::uuid), ('${a[1]}'::uuid)) x(a);
    insert into sync.device (id, secret_hash, pending_reported, oldest_pending_at, usuario_id, last_seen)
    select gen_random_uuid(), 'x', n % 7, now() - n * interval '1 hour', '${GERENTE}', now() - n * interval '1 hour'
      from generate_series(1, 200) n`);
  const { rows: indices } = await c.query<{ nombre: string; def: string }>(`
    select i.indexrelid::regclass::text as nombre, pg_get_indexdef(i.indexrelid) as def from pg_index i
     where i.indrelid in ('inventario.transacciones'::regclass, 'inventario.conteo_lineas'::regclass)
       and not exists (select from pg_constraint k where k.conindid = i.indexrelid)`);
  for (const { nombre } of indices) await c.query(`drop index ${nombre}`);
  // Rows arrive interleaved by time, as in life, so a product's rows are spread over the heap.
  await c.query(`
    insert into inventario.transacciones
      (id, producto_id, almacen_id, tienda_id, tipo, cantidad, fecha, ocurrida_en, created_at, costo_unitario, total, impuesto)
    select gen_random_uuid(), p.id, case when p.n % 3 = 0 then '${a[1]}' else '${a[0]}' end::uuid,
           case when p.n % 3 = 0 then '${t[1]}' else '${t[0]}' end::uuid,
           case when k = 0 then 'inventario' when k % 10 = 0 then 'compra' else 'venta' end,
           case when k = 0 then 60 when k % 10 = 0 then 12 else 2 end, t.en::date, t.en, t.en,
           case when k % 10 = 0 and k > 0 then 10 + k % 7 end, 46.40, 6.40
      from (select id, row_number() over () as n from inventario.productos) p
     cross join generate_series(0, ${POR_PRODUCTO - 1}) k
     cross join lateral (select now() - interval '${DIAS} days' + k * interval '${DIAS / POR_PRODUCTO} days' + p.n * interval '1 second' as en) t
     order by k, p.n`);
  await c.query(`
    create temporary table cuales as
    select gen_random_uuid() as id, n, case when n % 3 = 0 then 1 else 0 end as cual,
           now() - n * interval '12 hours' as en from generate_series(1, ${CONTEOS}) n;
    insert into inventario.conteos (id, folio, tienda_id, almacen_id, alcance, creado_por, estado, abierto_en, en_revision_en, cerrado_en, vence)
    select id, 'F-' || n, (array['${t[0]}', '${t[1]}']::uuid[])[cual + 1], (array['${a[0]}', '${a[1]}']::uuid[])[cual + 1], 'lista', '${GERENTE}',
           case when n <= 4 then 'en_revision' when n <= 8 then 'abierto' else 'cerrado' end, en, en, case when n > 8 then en end,
           case when n <= 8 then en end from cuales;
    create temporary table contadas as
    select c.id as conteo, c.n, c.en, p.id as producto, p.k
      from cuales c join (select id, row_number() over () as k from inventario.productos) p
        on p.k between (c.n * 97) % (${PRODUCTOS} - ${RESULTADOS}) and (c.n * 97) % (${PRODUCTOS} - ${RESULTADOS}) + ${RESULTADOS} - 1;
    insert into inventario.conteo_lineas (id, conteo_id, intento, producto_id, cantidad, factor, tipo, usuario_id, contado_en, instante, recibido_en, fuente)
    select gen_random_uuid(), conteo, 1, producto, 5, 1, 'suma', '${ADMIN}', en, en, en - interval '1 hour' + case when n % 40 = 9 and k % 50 = 0 then interval '2 hours' else interval '0' end, 'pistola'
      from contadas;
    insert into inventario.conteo_resultados (conteo_id, producto_id, intento, contado, instante, teorico, variacion, decision, costo_unitario, costo_fuente, valor, aprobado_por, aprobado_en)
    select conteo, producto, 1, 5, en, 5 + (k % 20 = 0)::int, -(k % 20 = 0)::int, 'sin_ajuste', 10, 'promedio', -10 * (k % 20 = 0)::int, '${ADMIN}', en
      from contadas where n > 8`);
  for (const { def } of indices) await c.query(def);
  await c.query('set session_replication_role = origin');
  await c.query('select inventario.rehace_existencias()');
  await c.query('select inventario.rehace_movimientos_mes()');
  await c.query('vacuum analyze');
}

const cluster = await startCluster();
const maestro = new pg.Client({ connectionString: cluster.adminUrl });
await maestro.connect();
await maestro.query('create database banco owner devcompras');
await maestro.end();
const db = await createDb({ kind: 'postgres', url: cluster.ownerUrl('banco'), max: 2 });
await migrate(db);
const c = new pg.Client({ connectionString: cluster.adminUrl.replace(/\/[^/]*$/, '/banco') });
await c.connect();
await llena(c);
const antesDeMedir = performance.now();
await measureAlmacenes(db, systemClock, null);
console.log(`measured in ${(performance.now() - antesDeMedir).toFixed(0)} ms`);
await c.query('vacuum analyze inventario.producto_medidas');
await c.end();

const quien = (id: string, rol: Rol) => ({
  id,
  nombre: '',
  rol,
  tiendaIds: rol === 'admin' ? TIENDAS : [TIENDAS[0]!],
  limiteAjuste: null,
});
const hace = (dias: number) => new Date(Date.now() - dias * 86_400_000).toISOString().slice(0, 10);
const donde = { tiendaIds: [], almacenId: null, categoriaId: null };
console.log(`${PRODUCTOS * POR_PRODUCTO} transacciones, load ${loadavg()[0]!.toFixed(1)}`);
for (const [id, rol] of [
  [ADMIN, 'admin'],
  [GERENTE, 'gerente'],
] as const) {
  const claims = { sub: id, role: 'authenticated' };
  for (const [nombre, pide, veces] of [
    ['ahora', () => lookAhora({ db, clock: systemClock, quien: quien(id, rol), claims }), VECES],
    ['firmas', () => countFirmas(db, quien(id, rol)), VECES],
    ['curva', () => db.withUser(claims, (tx) => findCurva(tx, []), { readOnly: true }), VECES],
    [
      'resultados, 90 days',
      () => listResultados(db, claims, { ...donde, desde: hace(90), hasta: null, zona: null, limite: 100 }),
      VECES,
    ],
    ['valor, today', () => valueAl(db, claims, hace(0)), 3],
    ['valor, 6 months ago', () => valueAl(db, claims, hace(180)), 3],
  ] as const) {
    const ms: number[] = [];
    for (let vez = 0; vez < veces; vez += 1) {
      const antes = performance.now();
      await pide();
      ms.push(performance.now() - antes);
    }
    ms.sort((x, y) => x - y);
    const en = (parte: number) => ms[Math.min(ms.length - 1, Math.floor(ms.length * parte))]!.toFixed(0);
    console.log(`${rol.padEnd(8)} ${nombre.padEnd(22)} median ${en(0.5)} ms, p95 ${en(0.95)} ms`);
  }
}
await db.close();
await cluster.stop();
process.exit(0);
