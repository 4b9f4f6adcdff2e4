/**
 * Pull of a catalogue and of daily changes: `node bench/pull.bench.ts [productos]`, on PostgreSQL (where one is
 * installed) and on PGlite. First the whole catalogue of 100,000 products with a code each, page by page, as an
 * almacenista; then 30 pulls of 500 changed products. Without HTTP; the JSON text is made, as a server would.
 * Target on PostgreSQL: 500 changes p95 ≤ 300 ms.
 */
import { sql } from 'kysely';
import pg from 'pg';
import { createDb } from '#server/platform/db/create-db.ts';
import type { Db } from '#server/platform/db/db.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { findPostgres, startCluster } from '#tests/db/cluster.ts';
import { testTienda, testUser } from '#tests/db/people.ts';
import { migratedPglite } from '#tests/db/pglite-cache.ts';
import { Telefono } from '#tests/sync/telefono.ts';

const PRODUCTOS = Number(process.argv[2] ?? 100_000);
const PAGINA = 2_000;
const CAMBIOS = 500;
const VECES = 30;

async function mide(nombre: string, db: Db): Promise<void> {
  const tienda = await testTienda(db);
  const ana = await testUser(db, { rol: 'almacenista', tiendas: [tienda] });
  for (let desde = 0; desde < PRODUCTOS; desde += PAGINA) {
    await db.asService(async (tx) => {
      await sql`insert into inventario.productos (id, codigo, nombre)
                select gen_random_uuid(), 'B' || i, 'Balata delantera para auto compacto ' || i
                  from generate_series(${desde}::int, ${Math.min(desde + PAGINA, PRODUCTOS) - 1}::int) i`.execute(
        tx,
      );
      await sql`insert into inventario.codigos_barras (id, codigo, producto_id)
                select gen_random_uuid(), '750' || substr(p.codigo, 2), p.id from inventario.productos p
                 where substr(p.codigo, 2)::int >= ${desde}`.execute(tx);
    });
  }
  await db.pool.query('analyze');
  const tel = await new Telefono(db).registra(ana);
  const inicio = performance.now();
  const paginas: number[] = [];
  let bytes = 0;
  let filas = 0;
  for (let hecho = false; !hecho; ) {
    const antes = performance.now();
    const salida = await tel.baja(ana, PAGINA);
    bytes += JSON.stringify(salida).length;
    paginas.push(performance.now() - antes);
    filas += salida.pages.flatMap((p) => Object.values(p.upserts)).reduce((n, rows) => n + rows.length, 0);
    hecho = salida.done;
  }
  console.log(
    `pull ${nombre}: ${filas} filas en ${((performance.now() - inicio) / 1000).toFixed(1)} s, ${paginas.length} páginas, p95 de una página ${p95(paginas)} ms, ${(bytes / 1e6).toFixed(1)} MB sin comprimir`,
  );

  const tiempos: number[] = [];
  for (let i = 0; i < VECES; i++) {
    await sql`update inventario.productos set nombre = nombre || '.' where id in (
                select id from inventario.productos order by codigo offset ${i * 97} limit ${CAMBIOS})`.execute(
      db.kysely,
    );
    const antes = performance.now();
    JSON.stringify(await tel.baja(ana, PAGINA));
    tiempos.push(performance.now() - antes);
  }
  console.log(`pull ${nombre}: ${CAMBIOS} cambios, ${VECES} veces, p95 ${p95(tiempos)} ms`);
}

function p95(tiempos: readonly number[]): number {
  return Math.round([...tiempos].sort((a, b) => a - b)[Math.floor(tiempos.length * 0.95)]!);
}

if (findPostgres() === undefined) {
  console.log('pull PostgreSQL: no hay uno instalado aquí');
} else {
  const cluster = await startCluster();
  const admin = new pg.Client({ connectionString: cluster.adminUrl });
  await admin.connect();
  await admin.query('create database banco owner devcompras');
  await admin.end();
  const db = await createDb({ kind: 'postgres', url: cluster.ownerUrl('banco'), max: 4 });
  await migrate(db);
  await mide('PostgreSQL', db);
  await db.close();
  await cluster.stop();
}
const embebida = await createDb({ kind: 'pglite', dataDir: undefined, dump: await migratedPglite() });
await mide('PGlite', embebida);
await embebida.close();
