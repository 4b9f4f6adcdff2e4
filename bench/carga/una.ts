import { createHash, randomBytes } from 'node:crypto';
import { newId } from '#server/platform/clock.ts';
import {
  ESQUEMA_PULL,
  type PullSalida,
  type PushSalida,
  type RegistraSalida,
} from '#shared/contracts/sync.ts';
import type { Proceso } from '#tests/golpes/proceso.ts';
import { linea } from '#tests/sync/telefono.ts';
import { type Clase, conexiones, llama } from './llamadas.ts';
import { cpuDe, cpuDeFamilia } from './procesador.ts';
import type { Mano } from './telefono.ts';

/** Processor time is counted in hundredths of a second: fewer calls would measure that. */
const VECES = 300;
/** The first calls of a server are of code that nobody has compiled. */
const ANTES = 100;

/** What one call of each kind costs, one after the other and alone: processor of the server and of PostgreSQL, ms. */
export async function unaPorUna(servidor: Proceso, mano: Mano, postmaster: number): Promise<void> {
  const agent = conexiones();
  const signal = new AbortController().signal;
  const equipo = { deviceId: newId(), secret: randomBytes(24).toString('hex') };
  const pide = <T>(clase: Clase, input: object) =>
    llama<T>(
      `http://127.0.0.1:${servidor.puerto}`,
      clase,
      { ...equipo, ...input },
      { agent, token: mano.token, signal, anota: () => {} },
    );
  const { turno } = await pide<RegistraSalida>('registra', { nombre: 'Carga', app: 'carga' });
  let mid = 0;
  const mutacion = (name: string, datos: unknown) => {
    mid += 1;
    const args = JSON.stringify(datos);
    const hash = createHash('sha256').update(args).digest('hex');
    return { mid, name, args, hash, createdAt: new Date().toISOString(), turno: turno.token };
  };
  const push = async (mutations: unknown[]) => {
    const resto = { epoch: null, desfaseEnviarMs: 0, oldestMid: 1, pending: mutations.length };
    const { results } = await pide<PushSalida>('push', { ...resto, mutations });
    if (results.some(({ status }) => status !== 'applied')) throw new Error(JSON.stringify(results[0]));
  };
  const conteo = newId();
  const abierto = { id: conteo, almacenId: mano.almacenId, nombre: '', ciego: true };
  await push([mutacion('conteo.libre/1', { ...abierto, abiertoEn: new Date().toISOString() })]);
  const lineas = (n: number) => Array.from({ length: n }, () => mutacion('conteo.linea/1', linea(conteo)));
  let cursors: Record<string, string> = {};
  const pull = async () => {
    const { pages } = await pide<PullSalida>('pull', { schema: ESQUEMA_PULL, cursors, limit: 1_000 });
    cursors = { ...cursors, ...Object.fromEntries(pages.map(({ scope, cursor }) => [scope, cursor])) };
  };
  const saludo = { app: 'carga', schema: ESQUEMA_PULL, pending: 0, oldestPendingAt: null };
  const trabajos: [string, () => Promise<unknown>][] = [
    ['hello', () => pide('hello', saludo)],
    ['pull sin cambios', pull],
    ['push de 1 línea', () => push(lineas(1))],
    ['push de 20 líneas', () => push(lineas(20))],
  ];
  for (const [nombre, trabajo] of trabajos) {
    for (let i = 0; i < ANTES; i += 1) await trabajo();
    const antes = [cpuDe(servidor.pid), cpuDeFamilia(postmaster)] as const;
    const tiempos: number[] = [];
    for (let i = 0; i < VECES; i += 1) {
      const desde = performance.now();
      await trabajo();
      tiempos.push(performance.now() - desde);
    }
    const ms = (despues: number, de: number) => (((despues - de) / VECES) * 1_000).toFixed(1);
    tiempos.sort((a, b) => a - b);
    console.log(
      `${nombre}, sola: CPU servidor ${ms(cpuDe(servidor.pid), antes[0])} ms, PostgreSQL ${ms(cpuDeFamilia(postmaster), antes[1])} ms; reloj p50 ${Math.round(tiempos[VECES / 2]!)} ms`,
    );
  }
  agent.destroy();
}
