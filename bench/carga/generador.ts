/**
 * A process full of phones. It is told what to do once, by IPC, says when all are level, and ends with what it measured.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { azar } from '#tests/sim/reloj.ts';
import { CLASES, type Clase, type Llamada } from './llamadas.ts';
import { type Mano, TelefonoDeCarga } from './telefono.ts';

export interface Tarea {
  /** Phone `i` talks to server `i % bases.length`. */
  readonly bases: readonly string[];
  readonly manos: readonly Mano[];
  readonly segundos: number;
  /** A phone scans once in this, on average, ms. */
  readonly cadaMs: number;
  readonly vaciadoMs: number;
  readonly semilla: number;
  /** Instead of scanning: each phone comes back from a shift without signal with so many lines. */
  readonly regreso?: number;
}

export interface Cifra {
  readonly n: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

export interface Medida {
  /** Until every phone was level for the first time, all switched on in the same instant. */
  readonly arranqueMs: number;
  readonly rechazosAlArrancar: number;
  /** Answers of 200, ms. */
  readonly clases: Readonly<Record<Clase, Cifra>>;
  readonly deLecturaAServidor: Cifra;
  /** Answers by status while scanning and draining; 0: none came. */
  readonly estados: Readonly<Record<string, number>>;
  readonly sinAvisos: number;
  readonly lineas: number;
  readonly vaciadoMs: number;
  readonly sinEnviar: number;
  readonly conteos: readonly string[];
  /** This process, while measuring: seconds of processor, and how late its timers were (p95, ms). */
  readonly cpuS: number;
  readonly atrasoMs: number;
}

/** What came of phones that came back all at once: for each, ms until it was level and empty; null: it was not. */
export interface Regreso {
  readonly listosMs: readonly (number | null)[];
  readonly estados: Readonly<Record<string, number>>;
  readonly conteos: readonly string[];
  readonly cpuS: number;
}

export type Dicho =
  | { kind: 'nivelados' }
  | { kind: 'vacios' }
  | { kind: 'preparados' }
  | { kind: 'regreso'; regreso: Regreso }
  | { kind: 'fin'; medida: Medida };

function cifra(valores: number[]): Cifra {
  const orden = valores.sort((a, b) => a - b);
  const en = (parte: number) => orden[Math.min(orden.length - 1, Math.floor(orden.length * parte))] ?? 0;
  return { n: orden.length, p50: en(0.5), p95: en(0.95), max: orden.at(-1) ?? 0 };
}

async function hasta(listo: () => boolean, plazoMs: number): Promise<number> {
  const desde = performance.now();
  while (!listo() && performance.now() - desde < plazoMs) await sleep(50);
  return performance.now() - desde;
}

async function corre(tarea: Tarea): Promise<Medida> {
  const random = azar(tarea.semilla);
  let llamadas: Llamada[] = [];
  let esperas: number[] = [];
  let sinAvisos = 0;
  const telefonos = tarea.manos.map(
    (mano, i) =>
      new TelefonoDeCarga(tarea.bases[i % tarea.bases.length]!, mano, azar(tarea.semilla + i + 1), {
        llamada: (una) => llamadas.push(una),
        confirmada: (ms) => esperas.push(ms),
        sinAvisos: () => {
          sinAvisos += 1;
        },
      }),
  );
  for (const telefono of telefonos) telefono.enciende();
  const arranqueMs = await hasta(() => telefonos.every(({ nivelado }) => nivelado), 120_000);
  const rechazosAlArrancar = llamadas.filter(({ estado }) => estado === 429 || estado === 503).length;
  // What the first round set off (hints of every new count) is not what is measured.
  await sleep(2_000);
  llamadas = [];
  esperas = [];
  process.send?.({ kind: 'nivelados' } satisfies Dicho);

  const cpu = process.cpuUsage();
  const atraso = monitorEventLoopDelay({ resolution: 10 });
  atraso.enable();
  const fin = performance.now() + tarea.segundos * 1_000;
  await Promise.all(
    telefonos.map(async (telefono) => {
      for (;;) {
        await sleep(random() * 2 * tarea.cadaMs);
        if (performance.now() > fin) return;
        telefono.escanea();
      }
    }),
  );
  const sinEnviar = () => telefonos.reduce((total, { pendientes }) => total + pendientes, 0);
  const vaciadoMs = await hasta(() => sinEnviar() === 0, tarea.vaciadoMs);
  const { user, system } = process.cpuUsage(cpu);
  process.send?.({ kind: 'vacios' } satisfies Dicho);
  for (const telefono of telefonos) telefono.apaga();

  const de = (clase: Clase) =>
    cifra(llamadas.filter((una) => una.clase === clase && una.estado === 200).map(({ ms }) => ms));
  const estados: Record<string, number> = {};
  for (const { clase, estado } of llamadas) {
    const nombre = estado === 200 ? '200' : `${estado} ${clase}`;
    estados[nombre] = (estados[nombre] ?? 0) + 1;
  }
  return {
    arranqueMs,
    rechazosAlArrancar,
    clases: Object.fromEntries(CLASES.map((clase) => [clase, de(clase)])) as Record<Clase, Cifra>,
    deLecturaAServidor: cifra(esperas),
    estados,
    sinAvisos,
    lineas: telefonos.reduce((total, { guardadas }) => total + guardadas, 0),
    vaciadoMs,
    sinEnviar: sinEnviar(),
    conteos: telefonos.map(({ conteo }) => conteo),
    cpuS: (user + system) / 1e6,
    atrasoMs: atraso.percentile(95) / 1e6,
  };
}

/** All come back in the same instant, which whoever asked gives once everybody is ready. */
async function regresa(tarea: Tarea, lineas: number): Promise<Regreso> {
  const estados: Record<string, number> = {};
  const telefonos = tarea.manos.map(
    (mano, i) =>
      new TelefonoDeCarga(tarea.bases[i % tarea.bases.length]!, mano, azar(tarea.semilla + i + 1), {
        llamada: ({ clase, estado }) => {
          const nombre = `${estado} ${clase}`;
          estados[nombre] = (estados[nombre] ?? 0) + 1;
        },
        confirmada: () => {},
        sinAvisos: () => {},
      }),
  );
  for (const telefono of telefonos) {
    telefono.abre();
    for (let i = 0; i < lineas; i += 1) telefono.escanea();
  }
  process.send?.({ kind: 'preparados' } satisfies Dicho);
  await new Promise((ya) => process.once('message', ya));
  const cpu = process.cpuUsage();
  const desde = performance.now();
  for (const telefono of telefonos) telefono.enciende();
  await hasta(() => telefonos.every(({ listoEn }) => listoEn !== null), tarea.vaciadoMs);
  const { user, system } = process.cpuUsage(cpu);
  for (const telefono of telefonos) telefono.apaga();
  return {
    listosMs: telefonos.map(({ listoEn }) => (listoEn === null ? null : listoEn - desde)),
    estados,
    conteos: telefonos.map(({ conteo }) => conteo),
    cpuS: (user + system) / 1e6,
  };
}

process.once('message', (tarea: Tarea) => {
  const trabajo: Promise<Dicho> =
    tarea.regreso === undefined
      ? corre(tarea).then((medida) => ({ kind: 'fin', medida }))
      : regresa(tarea, tarea.regreso).then((regreso) => ({ kind: 'regreso', regreso }));
  void trabajo.then(async (dicho) => {
    await new Promise((enviado) => process.send?.(dicho, undefined, {}, enviado));
    process.exit(0);
  });
});
// Whoever asked is gone.
process.once('disconnect', () => process.exit(1));
