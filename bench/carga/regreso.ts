/**
 * Phones that come back from a shift without signal all in the same instant, each with its lines: seconds until each is
 * level and has nothing left to send, and what that costs the server. Every line must be in the database once.
 */
import { type ChildProcess, fork } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { NODE, type Proceso } from '#tests/golpes/proceso.ts';
import type { Dicho, Regreso } from './generador.ts';
import type { Mano } from './telefono.ts';

/** Phones of one process. */
const POR_PROCESO = 50;

interface Opciones {
  readonly lineas: number;
  readonly plazoMs: number;
  readonly semilla: number;
  /** Seconds of processor so far. */
  readonly consumo: () => { servidores: number[]; postgres: number };
  readonly url: string;
}

export interface DeRegreso {
  readonly servidores: number;
  readonly telefonos: number;
  readonly lineas: number;
  /** Seconds, ascending, of those that got there. */
  readonly listosS: readonly number[];
  readonly cpuServidorS: number;
  readonly cpuPostgresS: number;
  readonly cpuGeneradorS: number;
  /** Answers of 429 and 503, and calls without one. */
  readonly rehusadas: number;
  readonly sinRespuesta: number;
  readonly enLaBase: number;
  readonly carga: number;
}

/** Resolves with the process once its phones have their lines. */
async function prepara(tarea: object): Promise<{ child: ChildProcess; regreso: Promise<Regreso> }> {
  const child = fork(path.join(import.meta.dirname, 'generador.ts'), { execPath: NODE });
  const regreso = new Promise<Regreso>((resolve, reject) => {
    child.on('message', (dicho: Dicho) => dicho.kind === 'regreso' && resolve(dicho.regreso));
    child.once('exit', (code) => reject(new Error(`the phones ended with ${code}`)));
  });
  // why: whoever waits for it hears of it below
  regreso.catch(() => {});
  child.send(tarea);
  await Promise.race([
    regreso,
    new Promise<void>((ya) =>
      child.on('message', (dicho: Dicho) => {
        if (dicho.kind === 'preparados') ya();
      }),
    ),
  ]);
  return { child, regreso };
}

export async function regreso(
  servidores: readonly Proceso[],
  manos: readonly Mano[],
  { lineas, plazoMs, semilla, consumo, url }: Opciones,
): Promise<DeRegreso> {
  const procesos = Math.ceil(manos.length / POR_PROCESO);
  const listos = await Promise.all(
    Array.from({ length: procesos }, (_, i) =>
      prepara({
        bases: servidores.map(({ puerto }) => `http://127.0.0.1:${puerto}`),
        manos: manos.filter((_mano, n) => n % procesos === i),
        segundos: 0,
        cadaMs: 0,
        vaciadoMs: plazoMs,
        semilla: semilla + 1_000 * i,
        regreso: lineas,
      }),
    ),
  );
  const antes = consumo();
  for (const { child } of listos) child.send('ya');
  const hechos = await Promise.all(listos.map(({ regreso: hecho }) => hecho));
  const despues = consumo();
  const base = new pg.Client({ connectionString: url });
  await base.connect();
  const { rows } = await base.query<{ n: number }>(
    'select count(*)::int as n from inventario.conteo_lineas where conteo_id = any($1::uuid[])',
    [hechos.flatMap(({ conteos }) => conteos)],
  );
  await base.end();
  const suma = (valores: readonly number[]) => valores.reduce((a, b) => a + b, 0);
  const estados = (si: (estado: string) => boolean) =>
    suma(
      hechos.flatMap(({ estados: todos }) => Object.entries(todos).flatMap(([k, n]) => (si(k) ? [n] : []))),
    );
  return {
    servidores: servidores.length,
    telefonos: manos.length,
    lineas,
    listosS: hechos
      .flatMap(({ listosMs }) => listosMs.filter((ms) => ms !== null).map((ms) => ms / 1_000))
      .sort((a, b) => a - b),
    cpuServidorS: suma(despues.servidores) - suma(antes.servidores),
    cpuPostgresS: despues.postgres - antes.postgres,
    cpuGeneradorS: suma(hechos.map(({ cpuS }) => cpuS)),
    rehusadas: estados((k) => k.startsWith('429') || k.startsWith('503')),
    sinRespuesta: estados((k) => k.startsWith('0 ')),
    enLaBase: rows[0]!.n,
    carga: os.loadavg()[0]!,
  };
}

/** A row of Markdown, the first with its heading. */
export function imprimeRegreso(r: DeRegreso, titulo: boolean): void {
  if (titulo) {
    console.log(
      '| servidores × teléfonos | líneas de cada uno | nivelados p50, p95, el último | CPU servidor + PostgreSQL | CPU por 1,000 líneas | 429 y 503; sin respuesta | faltan en la base | CPU del generador | carga |',
    );
    console.log(`|${'---|'.repeat(9)}`);
  }
  const s = (parte: number) =>
    `${(r.listosS[Math.min(r.listosS.length - 1, Math.floor(r.listosS.length * parte))] ?? Number.NaN).toFixed(1)}`;
  const total = r.telefonos * r.lineas;
  const faltan = r.telefonos - r.listosS.length;
  const celdas = [
    `${r.servidores} × ${r.telefonos}`,
    r.lineas.toLocaleString('en-US'),
    faltan > 0 ? `${faltan} no llegaron` : `${s(0.5)}, ${s(0.95)}, ${s(1)} s`,
    `${r.cpuServidorS.toFixed(1)} + ${r.cpuPostgresS.toFixed(1)} s`,
    `${(((r.cpuServidorS + r.cpuPostgresS) / total) * 1_000_000).toFixed(0)} ms`,
    `${r.rehusadas}; ${r.sinRespuesta}`,
    String(total - r.enLaBase),
    `${r.cpuGeneradorS.toFixed(1)} s`,
    r.carga.toFixed(1),
  ];
  console.log(`| ${celdas.join(' | ')} |`);
}
