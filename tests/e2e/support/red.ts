import {
  createServer,
  type IncomingMessage,
  request as pideHttp,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server said to one device: everything, as it would be read there. */
export interface Recibido {
  readonly metodo: string;
  readonly ruta: string;
  readonly status: number;
  /** Headers and body; bodies are asked for uncompressed. */
  texto: string;
}

/**
 * `normal`; `caida`: refuses connections as they come; `cortada`: the answer ends in the middle; `sin_respuesta`: the
 * server does the work and its answer is lost; `portal`: a captive portal's page with 200; or an error of that status.
 */
export type Modo =
  | 'normal'
  | 'caida'
  | 'cortada'
  | 'sin_respuesta'
  | 'portal'
  | { status: number; retryAfter?: number };

/** The API and the log-in; the app's files always come, as from a cache. */
const DE_DATOS = /^\/(api|auth)(\/|$)/;
export const PORTAL = '<!doctype html><title>Wi-Fi gratis</title><h1>Acepta los términos para navegar</h1>';

/**
 * The network between one phone and the server: a proxy with an address of its own, so that each device's bytes are
 * its own, and the app's origin stays when the server starts again elsewhere.
 */
export class Red {
  modo: Modo = 'normal';
  /** Longest request body let through; a longer one gets 413. */
  limite = Number.POSITIVE_INFINITY;
  /** Appended to the service worker: another version of the app. */
  version = '';
  readonly recibido: Recibido[] = [];
  /** Sizes of the bodies refused by `limite` and of those let through after, bytes. */
  readonly cuerpos: { ruta: string; bytes: number; pasa: boolean }[] = [];
  /** Paths asked for, in order, answered or not. */
  readonly pedidas: string[] = [];
  readonly #destino: () => string;
  readonly #http: Server;
  #puerto = 0;

  private constructor(destino: () => string) {
    this.#destino = destino;
    this.#http = createServer((request, response) => this.#atiende(request, response));
  }

  static async abre(destino: () => string): Promise<Red> {
    const red = new Red(destino);
    await new Promise<void>((done) => red.#http.listen(0, '127.0.0.1', done));
    red.#puerto = (red.#http.address() as AddressInfo).port;
    return red;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#puerto}`;
  }

  /** Cuts what is open: a change of cell, a door. */
  corta(): void {
    this.#http.closeAllConnections();
  }

  async cierra(): Promise<void> {
    this.corta();
    await new Promise((done) => this.#http.close(done));
  }

  #atiende(request: IncomingMessage, response: ServerResponse): void {
    const ruta = request.url ?? '/';
    const modo = DE_DATOS.test(ruta) ? this.modo : 'normal';
    this.pedidas.push(ruta);
    const trozos: Buffer[] = [];
    request.on('data', (trozo: Buffer) => trozos.push(trozo));
    request.on('error', () => undefined);
    request.on('end', () => {
      const cuerpo = Buffer.concat(trozos);
      if (modo === 'caida') response.destroy();
      else if (modo === 'portal') response.writeHead(200, { 'content-type': 'text/html' }).end(PORTAL);
      else if (typeof modo === 'object' && !(modo.status === 401 && ruta.startsWith('/auth/'))) {
        const espera = modo.retryAfter === undefined ? {} : { 'retry-after': String(modo.retryAfter) };
        response.writeHead(modo.status, { 'content-type': 'application/json', ...espera }).end('{}');
      } else if (cuerpo.length > this.limite) {
        this.cuerpos.push({ ruta, bytes: cuerpo.length, pasa: false });
        response.writeHead(413, { 'content-type': 'text/html' }).end('<h1>413 Request Entity Too Large</h1>');
      } else {
        if (cuerpo.length > 0) this.cuerpos.push({ ruta, bytes: cuerpo.length, pasa: true });
        this.#pasa(request, response, cuerpo, typeof modo === 'object' ? 'normal' : modo);
      }
    });
  }

  #pasa(request: IncomingMessage, response: ServerResponse, cuerpo: Buffer, modo: string): void {
    const destino = new URL(this.#destino());
    const headers = { ...request.headers };
    // Uncompressed, so that what is recorded can be read.
    delete headers['accept-encoding'];
    if (request.url === '/sw.js') {
      delete headers['if-none-match'];
      delete headers['if-modified-since'];
    }
    const ida = pideHttp(
      { host: destino.hostname, port: destino.port, method: request.method, path: request.url, headers },
      (vuelta) => {
        const anotado: Recibido = {
          metodo: request.method ?? 'GET',
          ruta: request.url ?? '/',
          status: vuelta.statusCode ?? 0,
          texto: `${JSON.stringify(vuelta.headers)}\n`,
        };
        if (modo === 'sin_respuesta') {
          vuelta.resume();
          vuelta.on('end', () => response.destroy());
          return;
        }
        this.recibido.push(anotado);
        const cabeceras = { ...vuelta.headers };
        if (this.version !== '') delete cabeceras['content-length'];
        response.writeHead(vuelta.statusCode ?? 502, cabeceras);
        vuelta.on('data', (trozo: Buffer) => {
          anotado.texto += trozo.toString('utf8');
          if (modo === 'cortada') {
            response.write(trozo.subarray(0, trozo.length >> 1), () => response.destroy());
            vuelta.destroy();
          } else response.write(trozo);
        });
        vuelta.on('end', () => {
          if (request.url === '/sw.js' && this.version !== '') response.write(`\n// ${this.version}`);
          response.end();
        });
        vuelta.on('error', () => response.destroy());
      },
    );
    ida.on('error', () => response.destroy());
    response.on('close', () => ida.destroy());
    ida.end(cuerpo);
  }
}
