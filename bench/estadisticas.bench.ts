/**
 * Statistics over 2,000,000 transacciones (20,000 products in two almacenes, 18 months) on a throw-away PostgreSQL, as an admin
 * asks for them: under row-level security, each measure with several filters. Then what keeping the sums costs an import of
 * 100,000 rows, with and without their trigger, in turns. Run: `npm run bench:estadisticas [-- transacciones] [--pglite]
 * [--explain]`; on the embedded database `--pglite 200000`.
 */
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import * as conteos from '#server/estadisticas/conteos.ts';
import * as medidas from '#server/estadisticas/medidas.ts';
import { measureAlmacenes } from '#server/estadisticas/mide.ts';
import { measureGrupos, measureProductos } from '#server/estadisticas/productos.ts';
import { systemClock } from '#server/platform/clock.ts';
import { createDb } from '#server/platform/db/create-db.ts';
import type { Db } from '#server/platform/db/db.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { llenaEstadisticas } from './estadisticas/llena.ts';

const ARGS = process.argv.slice(2);
const EN_PGLITE = ARGS.includes('--pglite');
const TOTAL = Number(ARGS.find((a) => /^\d+$/.test(a)) ?? (EN_PGLITE ? 200_000 : 2_000_000));
const VUELTAS = Number(process.env.VUELTAS ?? 5);
const ADMIN = uuidv7();

async function abre(): Promise<{ db: Db; dueno: Db; cierra: () => Promise<void> }> {
  if (EN_PGLITE) {
    const db = await createDb({ kind: 'pglite', dataDir: undefined });
    return { db, dueno: db, cierra: () => db.close() };
  }
  const { startCluster } = await import('../tests/db/cluster.ts');
  const cluster = await startCluster();
  const admin = await createDb({ kind: 'postgres', url: cluster.adminUrl, max: 1 });
  await sql`create database banco owner devcompras`.execute(admin.kysely);
  await admin.close();
  const db = await createDb({ kind: 'postgres', url: cluster.ownerUrl('banco'), max: 1 });
  // A superuser, who may load without triggers.
  const dueno = await createDb({
    kind: 'postgres',
    url: cluster.adminUrl.replace(/\/[^/]*$/, '/banco'),
    max: 1,
  });
  return {
    db,
    dueno,
    cierra: async () => {
      await db.close();
      await dueno.close();
      await cluster.stop();
    },
  };
}

const { db, dueno, cierra } = await abre();
await migrate(db);
let antes = performance.now();
const { productos, almacenes, meses } = await llenaEstadisticas(dueno, { total: TOTAL, admin: ADMIN });
const segundos = () => ((performance.now() - antes) / 1000).toFixed(1);
console.log(
  `${db.kind}: ${TOTAL} transacciones, ${productos} products × ${almacenes.length} almacenes, ${meses} sums by month; filled in ${segundos()} s; load ${loadavg()[0]!.toFixed(1)}`,
);
antes = performance.now();
await measureAlmacenes(db, systemClock, null);
console.log(`nightly measure (costs, paces, ABC, XYZ, last counts): ${segundos()} s`);
await sql`vacuum analyze inventario.producto_medidas, inventario.producto_almacenes`.execute(dueno.kysely);

const claims = { sub: ADMIN };
const donde = { tiendaIds: [], almacenId: null, categoriaId: null };
const uno = { ...donde, almacenId: almacenes[0]! };
const hace = (dias: number) => new Date(Date.now() - dias * 86_400_000).toISOString().slice(0, 10);
const siempre = { desde: null, hasta: null };
const pagina = { dir: 'desc' as const, cursor: null, limite: 50 };
const medida = { ...pagina, orden: 'valor' as const };
const venta = { tipo: 'venta' as const };
const productosDe = (f: object) =>
  measureProductos(db, claims, { ...donde, ...siempre, ...venta, ...pagina, orden: 'importe', ...f });
const gruposDe = (por: 'tienda' | 'categoria' | 'mes' | 'semana' | 'dia' | 'tipo', f: object) =>
  measureGrupos(db, claims, { ...donde, ...siempre, ...venta, por, ...f });

const CASOS: Record<string, () => Promise<unknown>> = {
  'productos, 30 days': () => productosDe({ desde: hace(30), hasta: hace(0) }),
  'productos, 90 days': () => productosDe({ desde: hace(90), hasta: hace(0) }),
  'productos, a year': () => productosDe({ desde: hace(365), hasta: hace(0) }),
  'productos, everything': () => productosDe({}),
  'productos, everything, all kinds': () => productosDe({ tipo: null }),
  'productos, a year, one almacén': () => productosDe({ ...uno, desde: hace(365), hasta: hace(0) }),
  'grupos by shop, 90 days': () => gruposDe('tienda', { desde: hace(90), hasta: hace(0) }),
  'grupos by category, a year': () => gruposDe('categoria', { desde: hace(365), hasta: hace(0) }),
  'grupos by month, everything': () => gruposDe('mes', {}),
  'grupos by week, 13 weeks': () => gruposDe('semana', { desde: hace(91), hasta: hace(0) }),
  'grupos by day, 30 days': () => gruposDe('dia', { desde: hace(30), hasta: hace(0) }),
  'grupos by kind, 90 days': () => gruposDe('tipo', { tipo: null, desde: hace(90), hasta: hace(0) }),
  valor: () => medidas.measureValor(db, systemClock, claims, { ...donde, ...medida }),
  'valor by shop': () => medidas.measureValorGrupos(db, systemClock, claims, { ...donde, por: 'tienda' }),
  'valor by category': () =>
    medidas.measureValorGrupos(db, systemClock, claims, { ...donde, por: 'categoria' }),
  cobertura: () => medidas.measureCobertura(db, systemClock, claims, { ...donde, ...medida, hasta: null }),
  abc: () =>
    medidas.measureAbc(db, systemClock, claims, {
      ...donde,
      ...medida,
      por: 'ventas',
      clase: null,
      xyz: null,
    }),
  'dead stock': () => medidas.measureSinVenta(db, systemClock, claims, { ...donde, ...medida, dias: 90 }),
  'days since last count': () =>
    medidas.measureSinConteo(db, systemClock, claims, { ...donde, ...medida, dias: 0 }),
  merma: () =>
    conteos.measureMerma(db, claims, { ...donde, ...siempre, por: 'categoria', cursor: null, limite: 50 }),
};

/** Processor that the one connection of PostgreSQL has used, ms: what a busy machine does not blur. Undefined where Linux is not. */
const pid = EN_PGLITE
  ? undefined
  : (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db.kysely)).rows[0]!.pid;
function cpuMs(): number | undefined {
  try {
    const campos = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(campos[11]) + Number(campos[12])) * 10;
  } catch {
    return undefined;
  }
}

const todos: number[] = [];
const procesador: number[] = [];
for (const [nombre, corre] of Object.entries(CASOS)) {
  const ms: number[] = [];
  const cpus: number[] = [];
  for (let vez = 0; vez < VUELTAS; vez += 1) {
    const t = performance.now();
    const cpu = cpuMs();
    await corre();
    ms.push(performance.now() - t);
    if (cpu !== undefined) cpus.push(cpuMs()! - cpu);
  }
  procesador.push(...cpus);
  todos.push(...ms);
  console.log(
    `${nombre.padEnd(36)} ${ms.map((m) => m.toFixed(0)).join(' / ')} ms${cpus.length === 0 ? '' : `; CPU ${cpus.join(' / ')}`}`,
  );
}
function dicho(de: number[]): string {
  const orden = [...de].sort((a, b) => a - b);
  const en = (p: number) =>
    orden[Math.min(orden.length - 1, Math.floor(orden.length * p))]?.toFixed(0) ?? '?';
  return `p50 ${en(0.5)} ms, p95 ${en(0.95)} ms, worst ${en(1)} ms`;
}
console.log(
  `all: ${dicho(todos)}${EN_PGLITE ? '' : `; CPU of PostgreSQL: ${dicho(procesador)}`}; load ${loadavg()[0]!.toFixed(1)}`,
);

if (ARGS.includes('--importa') || !EN_PGLITE) {
  const { importa } = await import('./estadisticas/importa.ts');
  await importa(db, dueno, almacenes[0]!, cpuMs);
}
await cierra();
