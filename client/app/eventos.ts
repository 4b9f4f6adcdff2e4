import { backoffMs } from '#client/offline/core/backoff.ts';
import { cualquiera } from '#client/offline/core/senales.ts';
import { sincronizaYa } from '#client/offline/index.ts';
import { fetchVigilado, retryAfterMs } from './fetch-vigilado.ts';

const URL_EVENTOS = '/api/eventos';
/** The server pings every 20 s; a stream silent for this long is dead. */
const SILENCIO_MS = 50_000;

/** Splits a stream of text into the names of its events; comments (pings) have none. */
export class LectorSse {
  #rest = '';

  /** Event names completed by this chunk. */
  push(chunk: string): string[] {
    this.#rest = (this.#rest + chunk).replaceAll('\r\n', '\n');
    const blocks = this.#rest.split('\n\n');
    this.#rest = blocks.pop() ?? '';
    return blocks.flatMap((block) => {
      const lines = block.split('\n');
      const event = lines
        .find((line) => line.startsWith('event:'))
        ?.slice(6)
        .trim();
      const data = lines.some((line) => line.startsWith('data:'));
      return event ?? (data ? 'message' : []);
    });
  }
}

/**
 * Listens to the server's "pull now" while there is a session. A hint that is lost costs a minute, never a row. Returns the
 * function that stops it.
 */
export function escuchaEventos(deps: { tieneSesion: () => boolean }): () => void {
  const stop = new AbortController();
  void escucha(deps, stop.signal);
  return () => stop.abort();
}

async function escucha(deps: { tieneSesion: () => boolean }, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    let esperaMs = 0;
    if (deps.tieneSesion() && navigator.onLine) {
      const fin = await unaConexion(signal);
      failures = fin.heard ? 0 : failures + 1;
      esperaMs = fin.esperaMs;
    }
    const pausaMs = backoffMs(Math.max(1, failures), Math.random());
    // A server that is full says when; coming back online changes nothing of that.
    if (esperaMs > 0) await pausa(Math.max(esperaMs, pausaMs), signal, false);
    else await pausa(pausaMs, signal);
  }
}

/** How a connection ended: whether the server was heard, and its Retry-After. */
type Fin = { heard: boolean; esperaMs: number };

/** One connection until it ends. */
async function unaConexion(signal: AbortSignal): Promise<Fin> {
  const silent = new AbortController();
  const both = cualquiera(signal, silent.signal);
  let timer = setTimeout(() => silent.abort(), SILENCIO_MS);
  let heard = false;
  try {
    const response = await fetchVigilado(
      URL_EVENTOS,
      { headers: { accept: 'text/event-stream' }, signal: both },
      'text/event-stream',
    );
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      return { heard, esperaMs: retryAfterMs(response.headers.get('retry-after'), Date.now()) ?? 0 };
    }
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const lector = new LectorSse();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { heard, esperaMs: 0 };
      heard = true;
      clearTimeout(timer);
      timer = setTimeout(() => silent.abort(), SILENCIO_MS);
      if (lector.push(value).length > 0) sincronizaYa('aviso');
    }
  } catch {
    return { heard, esperaMs: 0 };
  } finally {
    clearTimeout(timer);
    silent.abort();
  }
}

function pausa(ms: number, signal: AbortSignal, despierta = true): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      globalThis.removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
    if (despierta) globalThis.addEventListener('online', done, { once: true });
  });
}
