/**
 * What others feel while 100,000 rows × 8 columns are uploaded, tried and applied: the real server in a process of its own on a
 * throw-away PostgreSQL, asked ten times a second for stock, movements and lists meanwhile.
 * Run: `npm run bench:importar-carga [-- rows [--mata]]`. Ends with 1 when the p95 is over 100 ms. With `--mata` the server is
 * killed (-9) in the middle of applying and started again: every row must be in the books once.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import ExcelJS from 'exceljs';
import { sql } from 'kysely';
import pg from 'pg';
import { signAccessToken } from '#server/acceso/access-token.ts';
import { llavesOf } from '#server/acceso/llaves.ts';
import { createDeps } from '#server/app.ts';
import { readEnv } from '#server/env.ts';
import { newId } from '#server/platform/clock.ts';
import { createDb } from '#server/platform/db/create-db.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { createLogger } from '#server/platform/logger.ts';
import { startCluster } from '../tests/db/cluster.ts';
import { testTienda, testUser } from '../tests/db/people.ts';

const FILAS = Number(process.argv[2] ?? 100_000);
const MATA = process.argv.includes('--mata');
const PRODUCTOS = 10_000;
const META_MS = 100;
const CADA_MS = 100;
const PUERTO = Number(process.env.PORT ?? 4345);
const RAIZ = path.resolve(import.meta.dirname, '..');

const clave = (i: number) => `B-${String(i % PRODUCTOS).padStart(6, '0')}`;

/** Three months of a till: 8 columns. */
async function hazArchivo(): Promise<string> {
  const ruta = path.join(mkdtempSync(path.join(tmpdir(), 'devcompras-bench-')), 'ventas B-01.xlsx');
  const libro = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: ruta, useSharedStrings: true });
  const hoja = libro.addWorksheet('Ventas');
  hoja.addRow(['Folio', 'Fecha', 'Hora', 'Clave', 'Descripción', 'Cantidad', 'Precio', 'Importe']).commit();
  for (let i = 0; i < FILAS; i++) {
    const dia = `${String(1 + (i % 28)).padStart(2, '0')}/${String(1 + (i % 3)).padStart(2, '0')}/2026`;
    const hora = `${String(9 + (i % 10)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`;
    hoja
      .addRow([
        `F-${Math.floor(i / 3)}`,
        dia,
        hora,
        clave(i * 7),
        `Producto ${(i * 7) % PRODUCTOS}`,
        1 + (i % 5),
        120.5,
        120.5 * (1 + (i % 5)),
      ])
      .commit();
  }
  await libro.commit();
  return ruta;
}

class Sonda {
  readonly #rutas: readonly string[];
  readonly #base: string;
  readonly #headers: Record<string, string>;
  #fase = 'sola';
  #vive = true;
  readonly #tiempos = new Map<string, number[]>();
  readonly #fin: Promise<void>;

  constructor(base: string, token: string, rutas: readonly string[]) {
    this.#base = base;
    this.#headers = { authorization: `Bearer ${token}` };
    this.#rutas = rutas;
    this.#fin = this.#corre();
  }

  async #corre(): Promise<void> {
    const sueltas: Promise<void>[] = [];
    for (let i = 0; this.#vive; i++) {
      sueltas.push(this.#una(this.#rutas[i % this.#rutas.length]!, this.#fase));
      await sleep(CADA_MS);
    }
    await Promise.all(sueltas);
  }

  async #una(ruta: string, fase: string): Promise<void> {
    const desde = performance.now();
    const r = await fetch(this.#base + ruta, { headers: this.#headers });
    await r.arrayBuffer();
    if (!r.ok) throw new Error(`${ruta}: ${r.status}`);
    for (const clave of [fase, `  ${fase} ${ruta.split('?')[0]}`]) {
      const lista = this.#tiempos.get(clave) ?? [];
      lista.push(performance.now() - desde);
      this.#tiempos.set(clave, lista);
    }
  }

  entra(fase: string): void {
    this.#fase = fase;
  }

  async acaba(): Promise<Map<string, number[]>> {
    this.#vive = false;
    await this.#fin;
    return this.#tiempos;
  }
}

const percentil = (lista: number[], p: number): number =>
  lista.toSorted((a, b) => a - b)[Math.min(lista.length - 1, Math.floor(lista.length * p))] ?? 0;

const cluster = await startCluster();
const admin = new pg.Client({ connectionString: cluster.adminUrl });
await admin.connect();
await admin.query('create database banco owner devcompras');
await admin.end();
const url = cluster.ownerUrl('banco');
const db = await createDb({ kind: 'postgres', url, max: 2 });
await migrate(db);
const tienda = await testTienda(db, { codigo: 'B-01' });
const gerente = await testUser(db, { rol: 'gerente', tiendas: [tienda] });
await db.asService((tx) =>
  sql`insert into inventario.productos (id, codigo, nombre, costo)
      select gen_random_uuid(), 'B-' || lpad(n::text, 6, '0'), 'Producto ' || n, 50 from generate_series(0, ${PRODUCTOS - 1}) n`.execute(
    tx,
  ),
);
const deps = await createDeps(readEnv({}), db, createLogger('silent'));
const now = new Date();
const token = await signAccessToken(await (await llavesOf(deps)).signer(), {
  userId: gerente.id,
  email: gerente.correo,
  sessionId: newId(),
  loggedInAt: now,
  now,
});
await deps.events.close();

const archivo = await hazArchivo();
const base = `http://127.0.0.1:${PUERTO}`;
async function arranca(): Promise<ChildProcess> {
  const proceso = spawn(process.execPath, ['--no-warnings', 'server/main.ts'], {
    cwd: RAIZ,
    env: {
      ...process.env,
      PORT: String(PUERTO),
      DATABASE_URL: url,
      DEMO: '0',
      RATE_PER_MINUTE: '1000000',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const vive = () =>
    fetch(`${base}/api/health`).then(
      (r) => r.ok,
      () => false,
    );
  while (!(await vive())) await sleep(200);
  return proceso;
}
let servidor = await arranca();

const headers = { authorization: `Bearer ${token}` };
const consulta = async (p: string, input: unknown) => {
  const r = await fetch(`${base}/api/trpc/${p}?input=${encodeURIComponent(JSON.stringify(input))}`, {
    headers,
  });
  return (
    (await r.json()) as {
      result: {
        data: { status: string; generacion: number; ensayo: { nuevos: number; faltan: unknown[] } | null };
      };
    }
  ).result.data;
};
let pico = 0;
async function espera(id: string, estados: readonly string[]) {
  for (;;) {
    const u = await consulta('importar.una', { id });
    const rss = Number(
      /VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${servidor.pid}/status`, 'utf8').catch(() => ''))?.[1] ?? 0,
    );
    pico = Math.max(pico, rss / 1024);
    if (estados.includes(u.status)) return u;
    if (u.status === 'failed') throw new Error(JSON.stringify(u));
    await sleep(500);
  }
}

const sonda = new Sonda(base, token, [
  `/api/existencias?codigo=${clave(42)}`,
  `/api/transacciones?codigo=${clave(42)}&limite=20`,
  `/api/trpc/importar.lista?input=${encodeURIComponent('{}')}`,
  `/api/existencias?almacen=B-01&limite=50`,
]);
await sleep(4_000);
const reloj = { ensayo: 0, aplica: 0 };
let desde = performance.now();
sonda.entra('ensayo');
const forma = new FormData();
forma.append('archivo', new Blob([await readFile(archivo)]), path.basename(archivo));
const { id } = (await (
  await fetch(`${base}/api/uploads`, { method: 'POST', headers, body: forma })
).json()) as { id: string };
const lista = await espera(id, ['ready']);
reloj.ensayo = (performance.now() - desde) / 1000;
if (lista.ensayo === null || lista.ensayo.nuevos !== FILAS || lista.ensayo.faltan.length > 0)
  throw new Error(JSON.stringify(lista.ensayo));
desde = performance.now();
sonda.entra('aplica');
const r = await fetch(`${base}/api/trpc/importar.aplica`, {
  method: 'POST',
  headers: { ...headers, 'content-type': 'application/json' },
  body: JSON.stringify({ id, generacion: lista.generacion }),
});
if (!r.ok) throw new Error(await r.text());
if (MATA) {
  await sonda.acaba();
  const aplicados = async () =>
    (
      await sql<{ n: number }>`select count(aplicado_en)::int as n from inventario.importacion_lotes`.execute(
        db.kysely,
      )
    ).rows[0]!.n;
  while ((await aplicados()) < 3) await sleep(50);
  servidor.kill('SIGKILL');
  const habia = await aplicados();
  servidor = await arranca();
  console.log(`Muerto con ${habia} lotes aplicados y arrancado otra vez.`);
}
await espera(id, ['completed']);
const enLibro = await sql<{ n: number; unidades: string }>`
  select count(*)::int as n, sum(cantidad)::float8::text as unidades from inventario.transacciones where upload_id = ${id}`.execute(
  db.kysely,
);
let unidades = 0;
for (let i = 0; i < FILAS; i++) unidades += 1 + (i % 5);
if (enLibro.rows[0]!.n !== FILAS || Number(enLibro.rows[0]!.unidades) !== unidades)
  throw new Error(JSON.stringify(enLibro.rows));
reloj.aplica = (performance.now() - desde) / 1000;
const tiempos = await sonda.acaba();
servidor.kill('SIGTERM');
await db.close();
await cluster.stop();

console.log(
  `${FILAS} filas × 8 columnas, ${PRODUCTOS} productos. Carga de la máquina: ${loadavg()
    .map((n) => n.toFixed(1))
    .join(' ')}. Memoria máxima del servidor: ${Math.round(pico)} MB.`,
);
console.log(`Ensayo ${reloj.ensayo.toFixed(1)} s, aplicar ${reloj.aplica.toFixed(1)} s.`);
let mal = false;
for (const [fase, lista2] of tiempos) {
  const p95 = percentil(lista2, 0.95);
  if (/^(ensayo|aplica)$/.test(fase) && p95 > META_MS) mal = true;
  console.log(
    `${fase}: ${lista2.length} peticiones, p50 ${percentil(lista2, 0.5).toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, máximo ${Math.max(...lista2).toFixed(0)} ms`,
  );
}
process.exitCode = mal ? 1 : 0;
