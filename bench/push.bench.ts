/**
 * Push of a long count: `node bench/push.bench.ts [lineas]`, on PostgreSQL (where one is installed) and on PGlite. The
 * batches are cut and packed as a phone does it (500 mutations or 256 KB, each turno once); the clock runs from the first
 * call of the handler to the last answer, without HTTP. Beside it the processor of this process and of PostgreSQL's
 * (Linux), which a busy machine changes little. Target on PostgreSQL: 10,000 lines in ≤ 5 s. The throw-away PostgreSQL
 * runs with fsync off: with it on, add one flush a batch.
 */
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { sql } from 'kysely';
import pg from 'pg';
import { empaca } from '#client/app/push-red.ts';
import { newId } from '#server/platform/clock.ts';
import { createDb } from '#server/platform/db/create-db.ts';
import type { Db } from '#server/platform/db/db.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { push } from '#server/sync/push.ts';
import { MAX_BYTES_PUSH, MAX_MUTACIONES, type Mutacion } from '#shared/contracts/sync.ts';
import { findPostgres, startCluster } from '#tests/db/cluster.ts';
import { testTienda, testUser } from '#tests/db/people.ts';
import { migratedPglite } from '#tests/db/pglite-cache.ts';
import { linea, Telefono } from '#tests/sync/telefono.ts';

const LINEAS = Number(process.argv[2] ?? 10_000);
const PRODUCTOS = 1_000;

function lotes(diario: readonly Mutacion[]): Mutacion[][] {
  const todos: Mutacion[][] = [];
  let lote: Mutacion[] = [];
  let bytes = 0;
  for (const mutacion of diario) {
    const largo = Buffer.byteLength(JSON.stringify({ ...mutacion, turno: 0 })) + 1;
    if (lote.length === MAX_MUTACIONES || bytes + largo > MAX_BYTES_PUSH - 4096) {
      todos.push(lote);
      lote = [];
      bytes = 0;
    }
    lote.push(mutacion);
    bytes += largo;
  }
  return [...todos, lote];
}

/** Seconds of processor of a process so far; NaN where there is no /proc. */
function procesador(pid: number): number {
  try {
    const campos = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(campos[11]) + Number(campos[12])) / 100;
  } catch {
    return Number.NaN;
  }
}

async function mide(nombre: string, db: Db): Promise<void> {
  const tienda = await testTienda(db);
  const ana = await testUser(db, { rol: 'almacenista', tiendas: [tienda] });
  const productos = Array.from({ length: PRODUCTOS }, () => newId());
  const conteo = newId();
  await db.asService(async (tx) => {
    await sql`insert into inventario.productos (id, codigo, nombre)
              select p, 'B' || p, 'Producto' from unnest(${productos}::uuid[]) p`.execute(tx);
    await sql`insert into inventario.conteos (id, tienda_id, almacen_id, alcance, creado_por)
              values (${conteo}, ${tienda.id}, ${tienda.almacenId}, 'almacen', ${ana.id})`.execute(tx);
    await sql`insert into inventario.conteo_contadores values (${conteo}, ${ana.id}, 'Ana')`.execute(tx);
  });
  const tel = await new Telefono(db).registra(ana);
  for (let i = 0; i < LINEAS; i++) {
    tel.guarda(ana, 'conteo.linea/1', linea(conteo, { productoId: productos[i % PRODUCTOS]! }));
  }
  const partes = lotes(tel.diario);
  const tiempos: number[] = [];
  const { rows: sesion } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db.kysely);
  const antesPg = procesador(sesion[0]!.pid);
  const antesNode = process.cpuUsage();
  for (const parte of partes) {
    const antes = performance.now();
    const salida = await push(
      tel.port,
      empaca({
        deviceId: tel.deviceId,
        secret: tel.secret,
        epoch: null,
        desfaseEnviarMs: 0,
        oldestMid: 1,
        pending: parte.length,
        mutations: parte,
      }),
    );
    tiempos.push(performance.now() - antes);
    if (salida.kind !== 'ok') throw new Error(`push answered ${salida.kind}`);
  }
  const { user, system } = process.cpuUsage(antesNode);
  const pgCpu = procesador(sesion[0]!.pid) - antesPg;
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from inventario.conteo_lineas where conteo_id = ${conteo}`.execute(db.kysely);
  if (rows[0]?.n !== LINEAS) throw new Error(`${rows[0]?.n} lines of ${LINEAS} are there`);
  const s = tiempos.reduce((a, b) => a + b, 0) / 1000;
  const p95 = [...tiempos].sort((a, b) => a - b)[Math.floor(tiempos.length * 0.95)]!;
  console.log(
    `push ${nombre}: ${LINEAS} líneas en ${s.toFixed(2)} s, ${Math.round(LINEAS / s)} líneas/s, ${partes.length} lotes, p95 de un lote ${Math.round(p95)} ms; procesador ${((user + system) / 1e6).toFixed(2)} s${db.kind === 'postgres' ? ` + ${pgCpu.toFixed(2)} de PostgreSQL` : ''} · carga ${loadavg()[0]!.toFixed(1)}`,
  );
}

if (findPostgres() === undefined) {
  console.log('push PostgreSQL: no hay uno instalado aquí');
} else {
  const cluster = await startCluster();
  const admin = new pg.Client({ connectionString: cluster.adminUrl });
  await admin.connect();
  await admin.query('create database banco owner devcompras');
  await admin.end();
  const db = await createDb({ kind: 'postgres', url: cluster.ownerUrl('banco'), max: 1 });
  await migrate(db);
  await mide('PostgreSQL', db);
  await db.close();
  await cluster.stop();
}
const embebida = await createDb({ kind: 'pglite', dataDir: undefined, dump: await migratedPglite() });
await mide('PGlite', embebida);
await embebida.close();
