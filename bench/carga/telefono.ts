import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { empaca } from '#client/app/push-red.ts';
import { backoffMs } from '#client/offline/core/backoff.ts';
import { SyncEngine } from '#client/offline/core/engine.ts';
import { type ClockPort, NetFailure, type Pendiente } from '#client/offline/core/ports.ts';
import { newId } from '#server/platform/clock.ts';
import {
  ESQUEMA_PULL,
  type HelloSalida,
  type PullSalida,
  type PushEntrada,
  type PushSalida,
  type RegistraSalida,
} from '#shared/contracts/sync.ts';
import { linea } from '#tests/sync/telefono.ts';
import { conexiones, type Llamada, llama } from './llamadas.ts';

/** Of a mutation as JSON beside its arguments, more or less. */
const SOBRE_BYTES = 250;

/** Who holds a phone, and where. */
export interface Mano {
  readonly token: string;
  readonly almacenId: string;
}

const reloj: ClockPort = {
  now: () => Date.now(),
  mono: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const fin = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', fin);
        resolve();
      };
      const timer = setTimeout(fin, ms);
      signal.addEventListener('abort', fin, { once: true });
    }),
};

/** What the load generator wants to know of its phones. */
export interface Oidos {
  llamada(llamada: Llamada): void;
  /** Milliseconds from the scan to the server's answer about it. */
  confirmada(ms: number): void;
  /** A stream of hints that the server refused. */
  sinAvisos(): void;
}

/**
 * A phone for the load: the app's own engine, with its rounds, backoff and Retry-After, over a journal and cursors in
 * memory. Rows are read and dropped: two hundred full caches would cost more processor than the server.
 */
export class TelefonoDeCarga {
  readonly conteo = newId();
  readonly engine: SyncEngine;
  guardadas = 0;
  nivelado = false;
  /** When, on the page's clock, it was level with nothing left to send. */
  listoEn: number | null = null;
  readonly #stop = new AbortController();
  readonly #agent = conexiones();
  readonly #cola: (Pendiente & { en: number })[] = [];
  readonly #oidos: Oidos;
  readonly #mano: Mano;
  readonly #base: string;
  readonly #device = { id: newId(), secret: randomBytes(24).toString('hex') };
  #mid = 1;
  #turno: string | null = null;
  #epoch: string | null = null;
  #acked: { mid: number; hash: string } | null = null;
  #cursors: Record<string, string> = {};

  constructor(base: string, mano: Mano, random: () => number, oidos: Oidos) {
    this.#base = base;
    this.#mano = mano;
    this.#oidos = oidos;
    const nada = async () => {};
    const pide =
      <T>(clase: 'hello' | 'push' | 'pull') =>
      (input: unknown, signal: AbortSignal) =>
        this.#llama<T>(clase, input, signal);
    this.engine = new SyncEngine({
      journal: {
        device: async () => this.#device,
        stats: async () => ({
          pending: this.#cola.length,
          oldestPendingAt: this.#cola[0]?.createdAt ?? null,
          oldestMid: 1,
          acked: this.#acked,
        }),
        batch: async (cuantas, bytes, tras) => {
          const desde = tras === undefined ? 0 : this.#cola.findIndex(({ mid }) => mid > tras.mid);
          const elegidas: (Pendiente & { en: number })[] = [];
          let largo = 0;
          for (const una of desde < 0 ? [] : this.#cola.slice(desde, desde + cuantas)) {
            largo += una.args.length * 1.1 + SOBRE_BYTES;
            if (largo > bytes && elegidas.length > 0) break;
            elegidas.push(una);
          }
          return elegidas.map(({ en: _en, ...una }) => ({ ...una, turno: this.#turno }));
        },
        applyResults: async (_device, _sent, results) => this.#contesta(results),
        rewind: async () => 0,
        fork: () => Promise.reject(new Error('a phone of the load was taken for a clone')),
        setAside: (_device, mid, error) => Promise.reject(new Error(`${mid} was set aside: ${error}`)),
        takeBack: async () => 0,
        noteFailure: nada,
        epoch: async () => this.#epoch,
        setEpoch: async (epoch) => {
          this.#epoch = epoch;
        },
        setClockOffset: nada,
        setLevel: async () => {
          this.nivelado = true;
          if (this.#cola.length === 0) this.listoEn ??= performance.now();
        },
        reopen: () => {},
      },
      cache: {
        schema: ESQUEMA_PULL,
        cursors: async () => this.#cursors,
        applyPull: async ({ pages, scopesRemoved }) => {
          const cursors = { ...this.#cursors };
          for (const scope of scopesRemoved) delete cursors[scope];
          for (const page of pages) cursors[page.scope] = page.cursor;
          this.#cursors = cursors;
        },
        dropLevel: nada,
        reopen: () => {},
        rebuild: nada,
      },
      net: {
        hello: pide<HelloSalida>('hello'),
        push: (input, signal) => this.#llama<PushSalida>('push', empaca(input as PushEntrada), signal),
        pull: pide<PullSalida>('pull'),
      },
      auth: {
        hasSession: () => true,
        refresh: async () => 'ok',
        register: async (device, signal) => {
          try {
            const alta = { deviceId: device.id, secret: device.secret, nombre: 'Carga', app: 'carga' };
            const { turno } = await this.#llama<RegistraSalida>('registra', alta, signal);
            this.#turno = turno.token;
            return 'ok';
          } catch (error) {
            if (error instanceof NetFailure && error.kind !== 'http') return 'unreachable';
            throw error;
          }
        },
      },
      clock: reloj,
      random,
      app: 'carga',
      log: () => {},
    });
  }

  get pendientes(): number {
    return this.#cola.length;
  }

  #llama<T>(clase: Llamada['clase'], input: unknown, signal: AbortSignal): Promise<T> {
    const anota = (llamada: Llamada) => this.#oidos.llamada(llamada);
    return llama<T>(this.#base, clase, input, {
      agent: this.#agent,
      token: this.#mano.token,
      signal,
      anota,
    });
  }

  #contesta(results: readonly PushSalida['results'][number][]): number {
    const hechas = new Map(results.map(({ mid, status, code }) => [mid, `${status} ${code ?? ''}`]));
    const antes = this.#cola.length;
    const quedan = this.#cola.filter(({ mid, hash, en }) => {
      const dicho = hechas.get(mid);
      if (dicho === undefined) return true;
      if (!dicho.startsWith('applied')) throw new Error(`a line was not applied: ${dicho}`);
      this.#acked = { mid, hash };
      this.#oidos.confirmada(performance.now() - en);
      return false;
    });
    this.#cola.splice(0, antes, ...quedan);
    return antes - quedan.length;
  }

  #guarda(name: string, datos: unknown): void {
    const args = JSON.stringify(datos);
    const hash = createHash('sha256').update(args).digest('hex');
    const createdAt = new Date().toISOString();
    this.#cola.push({ mid: this.#mid, name, args, hash, createdAt, turno: null, en: performance.now() });
    this.#mid += 1;
    this.engine.poke('guardado');
  }

  /** Starts a count of its own, unless `abre` did, and goes on until `apaga`. */
  enciende(): void {
    if (this.#mid === 1) this.abre();
    void this.engine.run(this.#stop.signal);
    void this.#escucha();
  }

  /** A count begun without signal: nothing travels before `enciende`. */
  abre(): void {
    const { conteo: id } = this;
    const abierto = { id, almacenId: this.#mano.almacenId, nombre: '', ciego: true };
    this.#guarda('conteo.libre/1', { ...abierto, abiertoEn: new Date().toISOString() });
  }

  escanea(): void {
    this.#guarda('conteo.linea/1', linea(this.conteo));
    this.guardadas += 1;
  }

  /** The server's "pull now", as `client/app/eventos.ts` listens to it. */
  async #escucha(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const esperaMs = await new Promise<number>((resolve) => {
        const headers = { accept: 'text/event-stream', authorization: `Bearer ${this.#mano.token}` };
        const call = request(`${this.#base}/api/eventos`, { agent: false, headers, signal }, (respuesta) => {
          const bien = respuesta.statusCode === 200;
          if (!bien) this.#oidos.sinAvisos();
          respuesta.on('data', (t: Buffer) => bien && t.includes('data:') && this.engine.poke('aviso'));
          // why: a stream that ends, however, is opened again
          respuesta.on('error', () => {});
          respuesta.on('close', () => resolve(Number(respuesta.headers['retry-after'] ?? 0) * 1_000));
        });
        call.on('error', () => resolve(0));
        call.end();
      });
      await reloj.sleep(Math.max(esperaMs, backoffMs(1, Math.random())), signal);
    }
  }

  apaga(): void {
    this.#stop.abort();
    this.#agent.destroy();
  }
}
