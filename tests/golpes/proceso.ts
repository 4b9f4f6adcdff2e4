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
    // The port is only listened on once somebody asks for its memory.
    const child = spawn(NODE, ['--inspect-port=0', path.join(RAIZ, 'server', 'main.ts')], {
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

  /**
   * Bytes that are still in use after a full collection, outside the heap too. Resident memory says less: it is what V8 was
   * given so far, and V8 collects late when the machine has room.
   */
  async enUso(): Promise<number> {
    const oyendo = () => /Debugger listening on (ws:\S+)/.exec(this.#dicho())?.[1];
    if (oyendo() === undefined) this.#child.kill('SIGUSR1');
    while (oyendo() === undefined) await new Promise((resolve) => setTimeout(resolve, 50));
    const ws = new WebSocket(oyendo()!);
    await new Promise((abierto, falla) => {
      ws.onopen = abierto;
      ws.onerror = falla;
    });
    let n = 0;
    const pide = (method: string, params: object = {}) =>
      new Promise<{ result?: { value?: number } }>((contesta) => {
        n += 1;
        const id = n;
        ws.addEventListener('message', ({ data }) => {
          const dicho = JSON.parse(String(data)) as { id?: number; result: { result?: { value?: number } } };
          if (dicho.id === id) contesta(dicho.result);
        });
        ws.send(JSON.stringify({ id, method, params }));
      });
    await pide('HeapProfiler.collectGarbage');
    await pide('HeapProfiler.collectGarbage');
    const expression = 'process.memoryUsage().heapUsed + process.memoryUsage().external';
    const { result } = await pide('Runtime.evaluate', { expression, returnByValue: true });
    ws.close();
    return result?.value ?? Number.NaN;
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
