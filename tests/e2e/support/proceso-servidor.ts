import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');
const PROPIO = join(ROOT, 'node_modules/node/bin/node');
/** The first start makes the demo company. */
const ARRANQUE_MS = 180_000;

/** One `node server/main.ts`, on a port that the system chooses. */
export class ProcesoServidor {
  readonly url: string;
  readonly #proceso: ChildProcess;
  readonly #fin: Promise<void>;

  private constructor(url: string, proceso: ChildProcess, fin: Promise<void>) {
    this.url = url;
    this.#proceso = proceso;
    this.#fin = fin;
  }

  /** Resolves once it serves; rejects with what it said when it ends before. */
  static async arranca(entorno: Record<string, string>): Promise<ProcesoServidor> {
    const proceso = spawn(existsSync(PROPIO) ? PROPIO : process.execPath, ['server/main.ts'], {
      cwd: ROOT,
      // The channel tells the server when this process is gone, however it went.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        PATH: process.env.PATH,
        HOST: '127.0.0.1',
        PORT: '0',
        LOG_LEVEL: 'error',
        DUMP_MINUTES: '0',
        RATE_PER_MINUTE: '1000000',
        ...entorno,
      },
    });
    const fin = new Promise<void>((done) => proceso.once('exit', () => done()));
    let dicho = '';
    const url = await new Promise<string>((listo, falla) => {
      const reloj = setTimeout(() => falla(new Error(`the server did not start: ${dicho}`)), ARRANQUE_MS);
      const oye = (trozo: Buffer) => {
        dicho = (dicho + trozo.toString()).slice(-8_000);
        const encontrada = /está lista en (http\S+)/.exec(dicho)?.[1];
        if (encontrada === undefined) return;
        clearTimeout(reloj);
        listo(encontrada);
      };
      proceso.stdout?.on('data', oye);
      proceso.stderr?.on('data', oye);
      void fin.then(() => {
        clearTimeout(reloj);
        falla(new Error(`the server ended: ${dicho}`));
      });
    });
    return new ProcesoServidor(url, proceso, fin);
  }

  get pid(): number {
    return this.#proceso.pid!;
  }

  /** In order, with what a shutdown writes. */
  async apaga(): Promise<void> {
    this.#proceso.kill('SIGTERM');
    await this.#fin;
  }

  /** `kill -9`. */
  async mata(): Promise<void> {
    this.#proceso.kill('SIGKILL');
    await this.#fin;
  }
}
