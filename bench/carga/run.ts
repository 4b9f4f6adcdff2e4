/**
 * `npm run bench:carga -- [--telefonos 10,50,100,200,400] [--servidores 1,2] [--segundos 30] [--cada 3000] [--semilla N]
 * [--vaciado 180] [--filas 1] [--una 1] [--json FILE]`: phones at once against server processes over one PostgreSQL.
 * Phones are the app's engine in processes of their own, one for each hundred; all are switched on in the same instant,
 * and what is measured begins once every one is level. First, what one call of each kind costs by itself (`--una 0`
 * leaves it out). `--filas 0` is the control: servers that admit everything. `--regreso N`: instead, each phone comes back
 * from a shift without signal with N lines, all in the same instant (regreso.ts). The throw-away PostgreSQL runs with fsync
 * off.
 */
import { fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startCluster } from '#tests/db/cluster.ts';
import { basePostgres, creaBase } from '#tests/golpes/bases.ts';
import { hazEscenas } from '#tests/golpes/escena.ts';
import { NODE, type Proceso } from '#tests/golpes/proceso.ts';
import type { Dicho, Medida, Tarea } from './generador.ts';
import { cpuDe, cpuDeFamilia, rssDe } from './procesador.ts';
import { imprimeRegreso, regreso } from './regreso.ts';
import { type Escalon, imprime } from './tabla.ts';
import type { Mano } from './telefono.ts';
import { unaPorUna } from './una.ts';

const { values } = parseArgs({
  options: {
    telefonos: { type: 'string', default: '10,50,100,200,400' },
    servidores: { type: 'string', default: '1,2' },
    segundos: { type: 'string', default: '30' },
    cada: { type: 'string', default: '3000' },
    semilla: { type: 'string', default: '20261124' },
    vaciado: { type: 'string', default: '180' },
    filas: { type: 'string', default: '1' },
    una: { type: 'string', default: '1' },
    /** Lines with which each phone comes back; instead of scanning. */
    regreso: { type: 'string' },
    json: { type: 'string' },
  },
});
const numeros = (texto: string) => texto.split(',').map(Number);
const SEGUNDOS = Number(values.segundos);
const CADA_MS = Number(values.cada);
const SEMILLA = Number(values.semilla);
/** Phones of one shop. */
const POR_TIENDA = 10;
/** Phones of one process. */
const POR_PROCESO = 100;
const VACIADO_MS = Number(values.vaciado) * 1_000;
const ABIERTO = '9999/9999';
const ENTORNO: Record<string, string> =
  values.filas === '1'
    ? {}
    : {
        LANE_PUSH: ABIERTO,
        LANE_PULL: ABIERTO,
        LANE_HELLO: ABIERTO,
        LANE_LOGIN: ABIERTO,
        LANE_WAIT_MS: '600000',
      };
const MUESTRA_MS = 500;

const cluster = await startCluster({ max_connections: '100', autovacuum: 'on' });
const admin = new pg.Client({ connectionString: cluster.adminUrl });
await admin.connect();
const { rows } = await admin.query<{ data_directory: string }>('show data_directory');
const postmaster = Number(
  readFileSync(path.join(rows[0]!.data_directory, 'postmaster.pid'), 'utf8').split('\n')[0],
);

interface Consumo {
  readonly servidores: number[];
  readonly postgres: number;
}
const consumo = (servidores: readonly Proceso[]): Consumo => ({
  servidores: servidores.map(({ pid }) => cpuDe(pid)),
  postgres: cpuDeFamilia(postmaster),
});

/** Starts a process of phones; `fase` is told when it measures and when its queues are empty. */
function genera(tarea: Tarea, fase: (kind: Dicho['kind']) => void): Promise<Medida> {
  const child = fork(path.join(import.meta.dirname, 'generador.ts'), { execPath: NODE });
  return new Promise((resolve, reject) => {
    child.on('message', (dicho: Dicho) => {
      fase(dicho.kind);
      if (dicho.kind === 'fin') resolve(dicho.medida);
    });
    child.once('exit', (code) => reject(new Error(`the phones ended with ${code}`)));
    child.send(tarea);
  });
}

async function escalon(
  nombre: string,
  servidores: readonly Proceso[],
  url: string,
  cuantos: number,
): Promise<Escalon> {
  const manos = await hazManos(url, cuantos);
  const procesos = Math.ceil(cuantos / POR_PROCESO);
  const faltan = { nivelados: procesos, vacios: procesos };
  let [antes, despues] = [consumo(servidores), consumo(servidores)];
  let [desde, hasta] = [0, 0];
  const cuenta = (kind: Dicho['kind']) => {
    if (kind !== 'nivelados' && kind !== 'vacios') return;
    faltan[kind] -= 1;
    if (faltan[kind] > 0) return;
    if (kind === 'nivelados') [antes, desde] = [consumo(servidores), performance.now()];
    else [despues, hasta] = [consumo(servidores), performance.now()];
  };
  let rssMb = 0;
  let conexiones = 0;
  let ocupadas = 0;
  const toma = setInterval(() => {
    rssMb = Math.max(rssMb, ...servidores.map(({ pid }) => rssDe(pid)));
    const sql = `select count(*)::int as n, count(*) filter (where state <> 'idle')::int as o
                   from pg_stat_activity where application_name = 'devcompras'`;
    void admin.query<{ n: number; o: number }>(sql).then(({ rows: [fila] }) => {
      conexiones = Math.max(conexiones, fila!.n);
      ocupadas = Math.max(ocupadas, fila!.o);
    });
  }, MUESTRA_MS);
  const oficina: number[] = [];
  const pregunta = setInterval(() => {
    const antesDe = performance.now();
    const headers = { authorization: `Bearer ${manos[0]!.token}` };
    void fetch(`http://127.0.0.1:${servidores[0]!.puerto}/api/trpc/sync.rechazos`, { headers })
      .then(async (respuesta) => {
        await respuesta.text();
        oficina.push(respuesta.ok ? performance.now() - antesDe : Number.POSITIVE_INFINITY);
      })
      .catch(() => oficina.push(Number.POSITIVE_INFINITY));
  }, MUESTRA_MS);
  const medidas = await Promise.all(
    Array.from({ length: procesos }, (_, i) =>
      genera(
        {
          bases: servidores.map(({ puerto }) => `http://127.0.0.1:${puerto}`),
          manos: manos.filter((_mano, n) => n % procesos === i),
          segundos: SEGUNDOS,
          cadaMs: CADA_MS,
          vaciadoMs: VACIADO_MS,
          semilla: SEMILLA + 1_000 * i,
        },
        cuenta,
      ),
    ),
  );
  clearInterval(toma);
  clearInterval(pregunta);
  oficina.sort((a, b) => a - b);
  const conteos = medidas.flatMap((medida) => medida.conteos);
  const base = new pg.Client({ connectionString: url });
  await base.connect();
  const { rows: hay } = await base.query<{ n: number; distintas: number }>(
    `select count(*)::int as n, count(distinct id)::int as distintas
       from inventario.conteo_lineas where conteo_id = any($1::uuid[])`,
    [conteos],
  );
  await base.end();
  return {
    nombre,
    telefonos: cuantos,
    procesos: servidores.length,
    medidas,
    segundos: (hasta - desde) / 1_000,
    cpuServidorS: despues.servidores.map((s, i) => s - antes.servidores[i]!),
    cpuPostgresS: despues.postgres - antes.postgres,
    rssMb,
    conexiones,
    ocupadas,
    oficinaP50: oficina[Math.floor(oficina.length / 2)] ?? 0,
    oficinaP95: oficina[Math.floor(oficina.length * 0.95)] ?? 0,
    enLaBase: hay[0]!.n,
    vivos: servidores.every(({ vivo }) => vivo),
    carga: os.loadavg()[0]!,
  };
}

/** People of as many shops as it takes, with their tokens: the database may be closed afterwards. */
async function hazManos(url: string, cuantos: number): Promise<Mano[]> {
  const escenas = await basePostgres(url).abre((db) =>
    hazEscenas(db, Math.ceil(cuantos / POR_TIENDA), POR_TIENDA),
  );
  return Promise.all(
    escenas
      .flatMap(({ almacenId, personas }) => personas.map((persona) => ({ almacenId, persona })))
      .slice(0, cuantos)
      .map(async ({ almacenId, persona }) => ({ almacenId, token: await persona.token() })),
  );
}

const hechos: Escalon[] = [];
const deRegreso: object[] = [];
try {
  for (const procesos of numeros(values.servidores)) {
    const url = await creaBase(cluster, `carga_${procesos}`);
    const base = basePostgres(url);
    const servidores: Proceso[] = [];
    for (let i = 0; i < procesos; i += 1) servidores.push(await base.arranca(ENTORNO));
    if (values.regreso !== undefined) {
      for (const cuantos of numeros(values.telefonos)) {
        const hecho = await regreso(servidores, await hazManos(url, cuantos), {
          lineas: Number(values.regreso),
          plazoMs: VACIADO_MS,
          semilla: SEMILLA,
          consumo: () => consumo(servidores),
          url,
        });
        deRegreso.push(hecho);
        imprimeRegreso(hecho, deRegreso.length === 1);
      }
      for (const servidor of servidores) await servidor.apaga();
      continue;
    }
    if (values.una === '1' && hechos.length === 0) {
      const [mano] = await hazManos(url, 1);
      await unaPorUna(servidores[0]!, mano!, postmaster);
    }
    for (const cuantos of numeros(values.telefonos)) {
      const hecho = await escalon(`${procesos} × ${cuantos}`, servidores, url, cuantos);
      hechos.push(hecho);
      imprime(hecho, hechos.length === 1);
    }
    for (const servidor of servidores) await servidor.apaga();
  }
  if (values.json !== undefined)
    writeFileSync(values.json, JSON.stringify([...hechos, ...deRegreso], null, 1));
} finally {
  await admin.end();
  await cluster.stop();
}
