import { createReadStream, existsSync } from 'node:fs';
import { Agent, createServer, request as pide } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { extname, join } from 'node:path';
import type { Duplex } from 'node:stream';

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
  #cortado = false;
  readonly #abiertos = new Set<Duplex>();
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
    // A websocket goes through as bytes.
    this.#server.on('upgrade', (request, socket, cabeza) => {
      if (this.cortado) {
        socket.destroy();
        return;
      }
      this.peticiones += 1;
      const { hostname, port } = new URL(this.#destino);
      const ida = connect(Number(port), hostname, () => {
        const cabeceras = request.rawHeaders.map((texto, i) => (i % 2 === 0 ? `${texto}: ` : `${texto}\r\n`));
        ida.write(`${request.method} ${request.url} HTTP/1.1\r\n${cabeceras.join('')}\r\n`);
        ida.write(cabeza);
        socket.pipe(ida).pipe(socket);
      });
      ida.on('data', (trozo: Buffer) => {
        this.bajados += trozo.length;
      });
      socket.on('data', (trozo: Buffer) => {
        this.subidos += trozo.length;
      });
      ida.on('error', () => socket.destroy());
      socket.on('error', () => ida.destroy());
      this.#abiertos.add(socket);
      socket.on('close', () => {
        this.#abiertos.delete(socket);
        ida.destroy();
      });
    });
  }

  get cortado(): boolean {
    return this.#cortado;
  }

  set cortado(si: boolean) {
    this.#cortado = si;
    if (si) for (const socket of this.#abiertos) socket.destroy();
  }

  async abre(puerto: number): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(puerto, '127.0.0.1', done));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async cierra(): Promise<void> {
    for (const socket of this.#abiertos) socket.destroy();
    this.#agent.destroy();
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}
