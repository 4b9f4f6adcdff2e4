import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const RAIZ = path.resolve(import.meta.dirname, '../..');
const PROPIO = path.join(RAIZ, 'node_modules/node/bin/node');
/** The node that the project pins, as the starter takes it. */
export const NODE = existsSync(PROPIO) ? PROPIO : process.execPath;
const ARRANQUE_MS = 120_000;
/** What node compiled, kept over starts: hundreds of them would mostly strip types. Written at an orderly end only. */
const COMPILADO = path.join(RAIZ, '.cache', 'compilado');

/** One real `server/main.ts`, started as scripts/start.mjs starts it, on a port that the system chooses. */
export class Proceso {
  readonly puerto: number;
  readonly pid: number;
  /** Resolves when it is gone, however it went. */
  readonly fin: Promise<void>;
  readonly #child: ChildProcess;
  readonly #dicho: () => string;

  private constructor(child: ChildProcess, puerto: number, fin: Promise<void>, dicho: () => string) {
    this.#child = child;
    this.puerto = puerto;
    this.pid = child.pid!;
    this.fin = fin;
    this.#dicho = dicho;
  }

  /** Resolves once it serves; rejects with what it said when it ends before. */
  static async arranca(entorno: Readonly<Record<string, string>>): Promise<Proceso> {
    const child = spawn(NODE, [path.join(RAIZ, 'server', 'main.ts')], {
      cwd: RAIZ,
      // The channel tells the server when this process is gone, however it went.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        PATH: process.env.PATH,
        HOST: '127.0.0.1',
        PORT: '0',
        DEMO: '0',
        LOG_LEVEL: 'error',
        DUMP_MINUTES: '0',
        RATE_PER_MINUTE: '1000000',
        NODE_COMPILE_CACHE: COMPILADO,
        ...entorno,
      },
    });
    const fin = new Promise<void>((done) => child.once('exit', () => done()));
    let dicho = '';
    const puerto = await new Promise<number>((listo, falla) => {
      const reloj = setTimeout(() => falla(new Error(`the server did not start: ${dicho}`)), ARRANQUE_MS);
      const oye = (trozo: Buffer) => {
        dicho = (dicho + trozo.toString()).slice(-8_000);
        const encontrado = /está lista en http:\/\/[^:\s]+:(\d+)/.exec(dicho)?.[1];
        if (encontrado === undefined) return;
        clearTimeout(reloj);
        listo(Number(encontrado));
      };
      child.stdout?.on('data', oye);
      child.stderr?.on('data', oye);
      void fin.then(() => {
        clearTimeout(reloj);
        falla(new Error(`the server ended: ${dicho}`));
      });
    });
    return new Proceso(child, puerto, fin, () => dicho);
  }

  /** The last that it printed. */
  get dicho(): string {
    return this.#dicho();
  }

  get vivo(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** `kill -9`. */
  async mata(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.fin;
  }

  /** In order, with what a shutdown writes. */
  async apaga(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.fin;
  }

  /** Resident memory in bytes; 0 where the system doesn't say. */
  rss(): number {
    try {
      const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))?.[1];
      return Number(kib ?? 0) * 1024;
    } catch {
      return 0;
    }
  }
}
