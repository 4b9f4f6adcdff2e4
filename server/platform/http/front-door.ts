import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type HealthBad, unhealthy } from './health.ts';

/** A server that listens from the first moment and says why it can't serve yet. */
export interface FrontDoor {
  readonly server: Server;
  /** `http://host:port` as a browser on this machine would write it. */
  readonly url: string;
  /** What `GET /api/health` answers until `open`. */
  setReason(status: HealthBad['status'], reason: string): void;
  /** From now on the app answers. */
  open(handler: RequestListener): void;
  /** Takes no new connections and ends the open ones. */
  close(): Promise<void>;
}

const RETRY_SECONDS = '2';
/** A request whose body is not here by then is cut: it holds a place in its lane. A photo of 400 kB needs 30 kbit/s. */
const REQUEST_MS = 120_000;

function page(reason: string): string {
  return `<!doctype html><html lang="es-MX"><meta charset="utf-8"><meta http-equiv="refresh" content="${RETRY_SECONDS}"><title>DevCompras</title><p>DevCompras está arrancando: ${reason}</p></html>`;
}

function displayHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

/** Listens. Rejects with the system's error (EADDRINUSE, EACCES). */
export async function openFrontDoor(host: string, port: number): Promise<FrontDoor> {
  let state = unhealthy('starting', 'Preparando la base de datos.');
  let handler: RequestListener | undefined;

  function wait(request: IncomingMessage, response: ServerResponse): void {
    const isHealth = request.url?.split('?')[0] === '/api/health';
    const wantsPage = !isHealth && (request.headers.accept ?? '').includes('text/html');
    response.writeHead(503, {
      'content-type': wantsPage ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'retry-after': RETRY_SECONDS,
    });
    const health = { ...state, uptime_s: Math.floor(process.uptime()) };
    response.end(wantsPage ? page(state.reason) : JSON.stringify(health));
  }

  const server = createServer({ requestTimeout: REQUEST_MS }, (request, response) =>
    (handler ?? wait)(request, response),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  const actualPort = typeof address === 'object' && address !== null ? address.port : port;

  return {
    server,
    url: `http://${displayHost(host)}:${actualPort}`,
    setReason(status, reason) {
      state = unhealthy(status, reason);
    },
    open(listener) {
      handler = listener;
    },
    close() {
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
