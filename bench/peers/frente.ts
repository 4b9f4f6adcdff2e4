import { createReadStream, existsSync } from 'node:fs';
import { Agent, createServer, request as pide } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

const MIME: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript' };

/**
 * What stands before each server of the race: serves the page, which an installed app has on the phone, and passes the
 * rest on untouched. `corta` takes the signal away from all but the page. Counts what crosses the wire.
 */
export class Frente {
  url = '';
  /** Bodies as they travel, compressed when they are, and how many requests. */
  subidos = 0;
  bajados = 0;
  peticiones = 0;
  cortado = false;
  readonly codificadas = new Set<string>();
  #destino: string;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #server;

  constructor(destino: string, paginas: string, fijos: Readonly<Record<string, object>> = {}) {
    this.#destino = destino;
    this.#server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://x').pathname;
      const fijo = fijos[path];
      if (fijo !== undefined) {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(fijo));
        return;
      }
      const file = join(paginas, path === '/' ? 'index.html' : path);
      if (request.method === 'GET' && existsSync(file) && extname(file) in MIME) {
        response.writeHead(200, { 'content-type': MIME[extname(file)] });
        createReadStream(file).pipe(response);
        return;
      }
      if (this.cortado) {
        request.socket.destroy();
        return;
      }
      this.peticiones += 1;
      const llego = performance.now();
      if (process.env.BITACORA) {
        response.once('close', () =>
          console.log(
            `  ${llego.toFixed(0)} +${(performance.now() - llego).toFixed(0)} ms ${request.method} ${request.url?.slice(0, 70)} ${response.statusCode}`,
          ),
        );
      }
      const ida = pide(
        this.#destino + request.url,
        { method: request.method, headers: request.headers, agent: this.#agent },
        (vuelta) => {
          this.codificadas.add(vuelta.headers['content-encoding'] ?? 'sin comprimir');
          response.writeHead(vuelta.statusCode ?? 502, vuelta.headers);
          vuelta.on('data', (trozo: Buffer) => {
            this.bajados += trozo.length;
          });
          vuelta.pipe(response);
        },
      );
      ida.on('error', () => response.destroy());
      request.on('data', (trozo: Buffer) => {
        this.subidos += trozo.length;
      });
      request.pipe(ida);
    });
  }

  async abre(puerto: number): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(puerto, '127.0.0.1', done));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async cierra(): Promise<void> {
    this.#agent.destroy();
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}
