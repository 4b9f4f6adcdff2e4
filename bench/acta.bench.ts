/**
 * The acta of a conteo of 5,000 lines: composed on a throw-away PostgreSQL, then as PDF, Excel and CSV, each in a process
 * of its own as the server makes it, in runs that alternate with peers over the same rows: pdfkit's own table and a plain
 * exceljs sheet. Run: `node bench/acta.bench.ts [lines] [runs]`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { composeActa } from '#server/conteos/acta/compone.ts';
import { approveProductos } from '#server/conteos/aprueba.ts';
import { systemClock } from '#server/platform/clock.ts';
import { createDb } from '#server/platform/db/create-db.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { startCluster } from '../tests/db/cluster.ts';
import { escenaConteo } from '../tests/db/escena-conteo.ts';

const LINEAS = Number(process.argv[2] ?? 5_000);
const VUELTAS = Number(process.argv[3] ?? 7);
const MODOS = ['pdf', 'pdfkit', 'xlsx', 'exceljs', 'csv'] as const;

const mediana = (unos: number[]): number => unos.sort((a, b) => a - b)[Math.floor(unos.length / 2)]!;

const cluster = await startCluster();
const admin = new pg.Client({ connectionString: cluster.adminUrl });
await admin.connect();
await admin.query('create database banco owner devcompras');
await admin.end();
const db = await createDb({ kind: 'postgres', url: cluster.ownerUrl('banco'), max: 4 });
await migrate(db);
const carpeta = mkdtempSync(path.join(tmpdir(), 'acta-'));
try {
  const e = await escenaConteo(db);
  const conteo = uuidv7();
  await e.conteo([e.ana], conteo);
  await db.asService(async (tx) => {
    await sql`
      insert into inventario.productos (id, codigo, nombre, costo)
      select gen_random_uuid(), 'G-' || lpad(n::text, 5, '0'), 'Refacción de prueba número ' || n, 10 + n % 90
        from generate_series(1, ${LINEAS}) n`.execute(tx);
    await sql`
      insert into inventario.transacciones (id, producto_id, tienda_id, almacen_id, tipo, cantidad, ocurrida_en, fecha, origen, origen_id)
      select gen_random_uuid(), id, ${e.tienda.id}, ${e.tienda.almacenId}, 'inventario', 5, '2026-03-01T12:00:00Z', '2026-03-01', 'banco', id::text
        from inventario.productos`.execute(tx);
    // One in five differs.
    await sql`
      insert into inventario.conteo_lineas (id, conteo_id, ubicacion_id, producto_id, cantidad, tipo, usuario_id, contado_en, instante, fuente, nota)
      select gen_random_uuid(), ${conteo}, ${e.bins.A1}, id, case when n % 5 = 0 then 4 else 5 end, 'suma', ${e.ana.id},
             '2026-03-02T12:00:00Z', '2026-03-02T12:00:00Z', 'pistola', case when n % 50 = 0 then 'caja abierta' end
        from (select id, row_number() over (order by codigo) as n from inventario.productos) p`.execute(tx);
  });
  const jefe = e.quien(e.gerente);
  const { rows } = await sql<{ id: string }>`select id from inventario.productos`.execute(db.kysely);
  await approveProductos(db, systemClock, jefe, {
    conteoId: conteo,
    productoIds: rows.map(({ id }) => id),
    motivo: 'banco',
  });
  const compuestas: number[] = [];
  const procesador: number[] = [];
  let acta = await composeActa(db, systemClock, jefe, conteo);
  for (let vuelta = 0; vuelta < VUELTAS; vuelta += 1) {
    const antes = performance.now();
    const cpu = process.cpuUsage();
    acta = await composeActa(db, systemClock, jefe, conteo);
    compuestas.push(performance.now() - antes);
    const { user, system } = process.cpuUsage(cpu);
    procesador.push((user + system) / 1000);
  }
  const archivo = path.join(carpeta, 'acta.json');
  writeFileSync(archivo, JSON.stringify(acta));
  console.log(
    `${acta.huella.lineas} lines, ${acta.productos.length} products, load ${loadavg()[0]!.toFixed(1)}\n` +
      `composed on PostgreSQL: median ${mediana(compuestas).toFixed(0)} ms of ${VUELTAS}, ${mediana(procesador).toFixed(0)} ms of the server's processor`,
  );

  type Corrida = { ms: number; cpuMs: number; bytes: number; paginas: number; memoriaMb: number };
  const corridas = new Map<string, Corrida[]>(MODOS.map((modo) => [modo, []]));
  for (let vuelta = 0; vuelta < VUELTAS; vuelta += 1) {
    for (const modo of MODOS) {
      const una = path.join(import.meta.dirname, 'acta', 'una.ts');
      const salida = execFileSync(process.execPath, ['--no-warnings', una, modo, archivo], {
        encoding: 'utf8',
      });
      corridas.get(modo)!.push(JSON.parse(salida) as Corrida);
    }
  }
  for (const [modo, unas] of corridas) {
    console.log(
      `${modo.padEnd(8)} median ${mediana(unas.map(({ ms }) => ms))
        .toFixed(0)
        .padStart(6)} ms · ` +
        `${mediana(unas.map(({ cpuMs }) => cpuMs))
          .toFixed(0)
          .padStart(5)} ms of processor · ` +
        `${mediana(unas.map(({ memoriaMb }) => memoriaMb)).toFixed(0)} MB peak · ` +
        `${(unas[0]!.bytes / 1000).toFixed(0)} kB · ${unas[0]!.paginas} ${modo.startsWith('pdf') ? 'pages' : 'sheets'}`,
    );
  }
  console.log(`load ${loadavg()[0]!.toFixed(1)}`);
} finally {
  rmSync(carpeta, { recursive: true, force: true });
  await db.close();
  await cluster.stop();
}
