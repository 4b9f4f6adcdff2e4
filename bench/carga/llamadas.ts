import { Agent, type IncomingMessage, type RequestOptions, request } from 'node:http';
import { brotliDecompressSync } from 'node:zlib';
import { NetFailure } from '#client/offline/core/ports.ts';

/** The calls of a phone that are timed apart. */
export const CLASES = ['registra', 'hello', 'push', 'pull'] as const;
export type Clase = (typeof CLASES)[number];

/** What one call was: milliseconds from its first byte out to its last byte in, and how it ended (0: no answer). */
export interface Llamada {
  readonly clase: Clase;
  readonly ms: number;
  readonly estado: number;
}

/** A phone's own connections: phones do not share them. */
export function conexiones(): Agent {
  return new Agent({ keepAlive: true, maxSockets: 6 });
}

async function cuerpo(respuesta: IncomingMessage): Promise<string> {
  const trozos: Buffer[] = [];
  for await (const trozo of respuesta) trozos.push(trozo as Buffer);
  const bytes = Buffer.concat(trozos);
  const abierto = respuesta.headers['content-encoding'] === 'br' ? brotliDecompressSync(bytes) : bytes;
  return abierto.toString();
}

/** One POST of tRPC by `node:http`: `fetch` costs several times the processor, and this process must not be the slow one. */
export function llama<T>(
  base: string,
  clase: Clase,
  input: unknown,
  o: { agent: Agent; token: string; signal: AbortSignal; anota: (llamada: Llamada) => void },
): Promise<T> {
  const body = JSON.stringify(input);
  const opciones: RequestOptions = {
    method: 'POST',
    agent: o.agent,
    signal: o.signal,
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'accept-encoding': 'br',
      authorization: `Bearer ${o.token}`,
    },
  };
  const desde = performance.now();
  const fin = (estado: number) => o.anota({ clase, ms: performance.now() - desde, estado });
  return new Promise<T>((resolve, reject) => {
    const call = request(`${base}/api/trpc/sync.${clase}`, opciones, (respuesta) => {
      cuerpo(respuesta).then(
        (texto) => {
          const estado = respuesta.statusCode ?? 0;
          fin(estado);
          const leido = JSON.parse(texto) as {
            result?: { data: T };
            error?: { data?: { app?: { code?: string } } };
          };
          if (estado === 200 && leido.result !== undefined) return resolve(leido.result.data);
          const espera = respuesta.headers['retry-after'];
          reject(
            new NetFailure('http', {
              status: estado,
              code: leido.error?.data?.app?.code ?? null,
              retryAfterMs: espera === undefined ? null : Number(espera) * 1_000,
            }),
          );
        },
        () => {
          fin(0);
          reject(new NetFailure('sin_red'));
        },
      );
    });
    call.on('error', () => {
      fin(0);
      reject(new NetFailure('sin_red'));
    });
    call.end(body);
  });
}
